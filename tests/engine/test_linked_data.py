"""What pages and files tell programs about the data: read by the libraries for each format, and never a way in."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rdflib

from explainer import build
from explainer.data import linked
from explainer.data.downloads import downloads
from explainer.data.skos import skos
from explainer.kinds.claim import Claim, Verdict
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person
from explainer.kinds.term import Term
from explainer.library.library import Library
from explainer.pages.composers import compose
from explainer.pages.head import front
from explainer.publish import hooks, policy
from explainer.records.identifiers import SCHEMES
from tests.conftest import HARBOUR, change, copied

HOSTILE = "\\</script>\\<script>alert(1)\\</script> \\<!-- -- --> \\\" ]]> {x} ' & ;"
SCHEMA = rdflib.Namespace("https://schema.org/")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
TYPE = rdflib.RDF.type


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The harbour dossier, with hostile texts and ids of registers."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("linked") / "harbour")
    told = json.dumps(HOSTILE)
    change(root / "content/claims/gazette.yml", ("says: Both operations found fifty boats.", f"says: {told}"))
    change(
        root / "content/organisations/guild.md",
        ("kind: organisation\n", "kind: organisation\nidentifiers: {ror: 05gq02987, wikidata: Q42}\n"),
    )
    return build.load(root)


@pytest.fixture(scope="module")
def heads(library: Library) -> dict[str, dict[str, Any]]:
    """Path -> what the head of the page tells."""
    return {recipe.path: front(library, recipe.composed()) for recipe in compose(library)}


def nodes(head: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of the linked data of a page."""
    found: list[dict[str, Any]] = json.loads(head["linked"])["@graph"]
    return found


def of_type(heads: dict[str, dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    """The nodes of a type on all pages."""
    for head in heads.values():
        yield from (node for node in nodes(head) if node["@type"] == name)


def test_every_page_is_linked_data_that_a_library_reads(heads: dict[str, dict[str, Any]]) -> None:
    for head in heads.values():
        graph = rdflib.Graph()
        document = {**json.loads(head["linked"]), "@context": {"@vocab": str(SCHEMA)}}
        graph.parse(data=json.dumps(document), format="json-ld")

        assert list(graph.subjects(TYPE, SCHEMA.WebPage))
        assert list(graph.subjects(TYPE, SCHEMA.BreadcrumbList)) or list(graph.subjects(TYPE, SCHEMA.WebSite))


def test_a_kind_says_what_its_records_are(library: Library, heads: dict[str, dict[str, Any]]) -> None:
    assert len(list(of_type(heads, "Person"))) == len(library.all(Person))
    assert len(list(of_type(heads, "Organization"))) == len(library.all(Organisation))
    assert [node["legislationDate"] for node in of_type(heads, "Legislation")]
    assert all(node["startDate"] <= node["endDate"] for node in of_type(heads, "Event"))
    [guild] = [node for node in of_type(heads, "Organization") if node["url"].endswith("/guild/")]
    assert guild["sameAs"] == ["https://ror.org/05gq02987", "http://www.wikidata.org/entity/Q42"]
    [data] = of_type(heads, "Dataset")
    assert len(data["distribution"]) == len(downloads(library))


def test_only_a_verdict_that_rates_makes_a_review(library: Library) -> None:
    [claim] = library.all(Claim)
    for verdict in Verdict:
        node = linked.node(library, claim.model_copy(update={"verdict": verdict}))

        assert (node is None) == (verdict in {Verdict.ATTRIBUTED, Verdict.MISSING})
    review = linked.node(library, claim)
    assert review
    assert review["reviewRating"]["alternateName"] == "Consistent"
    assert review["itemReviewed"]["appearance"]["url"].startswith("http")


def test_no_text_ends_the_element_of_the_linked_data(heads: dict[str, dict[str, Any]]) -> None:
    [review] = of_type(heads, "ClaimReview")
    page = SimpleNamespace(meta=dict(heads["claims/index.md"]), file=SimpleNamespace(src_uri="claims/index.md"))
    config = SimpleNamespace(extra={"generated": ("claims",), "edit": "https://e.example/"})
    hooks.on_page_markdown("", page=page, config=config, files=None)

    assert "</script>" in review["claimReviewed"]
    assert not re.search(r"[<>&]", page.meta["linked"])
    assert json.loads(page.meta["linked"]) == json.loads(heads["claims/index.md"]["linked"])


def test_data_in_the_head_is_no_script_that_the_policy_lets_run() -> None:
    page = '<html><head><meta charset="utf-8"><script type="application/ld+json">{}</script></head><body></body></html>'

    assert "sha256" not in policy.policy(page)


def test_vocabularies_are_read_as_skos_with_every_term_and_every_word(library: Library) -> None:
    graph = rdflib.Graph().parse(data=skos(library), format="turtle")
    concepts = set(graph.subjects(TYPE, SKOS.Concept))

    assert all(graph.value(concept, SKOS.prefLabel) and graph.value(concept, SKOS.inScheme) for concept in concepts)
    assert {str(label) for label in graph.objects(None, SKOS.prefLabel)} >= {term.name for term in library.all(Term)}
    assert {str(word) for word in graph.objects(None, SKOS.prefLabel)} >= set(Verdict)
    assert set(graph.objects(None, SKOS.related)) <= concepts


def test_no_text_ends_a_literal_of_the_vocabularies(library: Library) -> None:
    told = f'{HOSTILE} """ \n . <x> a <y> ;\t'
    term = library.all(Term)[0]
    plain = "Twice."
    changed = term.model_copy(update={"name": told, "definition": plain})
    from explainer.data import skos as module

    lines = list(module._said(library, changed))
    text = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + module._thing(
        "https://a.example/", "Concept", lines
    )
    graph = rdflib.Graph().parse(data=text, format="turtle")

    assert [str(label) for label in graph.objects(None, SKOS.prefLabel) if label.language == "en"] == [told]  # type: ignore[attr-defined]


def test_a_catalogue_reads_the_data_set_with_the_size_and_type_of_every_file(library: Library) -> None:
    files = {item.name: item for item in downloads(library)}
    graph = rdflib.Graph().parse(data=files["dcat.jsonld"].data, format="json-ld")
    [whole] = graph.subjects(TYPE, DCAT.Dataset)
    sizes = {
        str(graph.value(each, DCTERMS.title)): graph.value(each, DCAT.byteSize)
        for each in graph.objects(whole, DCAT.distribution)
    }

    assert graph.value(whole, DCTERMS.license)
    assert {name: int(str(size)) for name, size in sizes.items()} == {
        name: len(item.data) for name, item in files.items() if name != "dcat.jsonld"
    }


def test_the_zip_is_a_crate_and_a_data_package_that_their_own_programs_accept(library: Library, tmp_path: Path) -> None:
    from frictionless import Package  # slow to load, and every process that runs tests loads every module
    from rocrate.rocrate import ROCrate

    files = {item.name: item for item in downloads(library)}
    with zipfile.ZipFile(io.BytesIO(files["all.zip"].data)) as archive:
        archive.extractall(tmp_path)
    crate = ROCrate(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert {entity.id for entity in crate.data_entities} == {
        path.name for path in tmp_path.iterdir() if path.name not in {"ro-crate-metadata.json", "SHA256SUMS"}
    }
    assert crate.root_dataset["license"]
    assert report.valid, report.flatten(["name", "type", "message"])


def test_the_example_of_every_register_is_an_id_of_it() -> None:
    for scheme in SCHEMES.values():
        assert re.fullmatch(scheme.form, scheme.example)
        assert scheme.address.startswith("http")
