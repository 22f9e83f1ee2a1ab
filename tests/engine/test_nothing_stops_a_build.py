"""What `check` passes is built: no text of a record makes MkDocs warn, lacks an anchor or gives one twice."""

from __future__ import annotations

import dataclasses
import os
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jinja2.meta import find_referenced_templates

from explainer import build
from explainer.base.problems import ContentError
from explainer.incremental.misled import misled
from explainer.incremental.records import RecordCache
from explainer.incremental.results import BuildState
from explainer.kinds import registry
from explainer.library import addresses
from explainer.library.checks.links import pages_of, prose_is_safe_and_leads_somewhere
from explainer.library.library import Library
from explainer.library.mentions import mentions_in
from explainer.pages import anchors, environment, render
from explainer.pages.composers import compose
from explainer.records.dossier import Section
from explainer.records.model import HoldsProse, Model
from explainer.records.record import Record, Story
from explainer.records.references import _model_steps
from tests.conftest import HARBOUR, PROJECT, Run, copied
from tests.ids import ids, ids_twice
from tests.strict import Strict, rendered

PAGE = "../explainers/accord.md"
GONE = "../nope.md"
LINKS = (
    *(f"[x]({target})" for target in (
        PAGE, f"{PAGE}#in-one-minute", f"{PAGE}#In one minute", f"{PAGE}#in%2Done%2Dminute", f"{PAGE}#nothing", f"{PAGE}#",
        "../explainers//../explainers/./accord.md", "../explainers/%61ccord.md", "../Explainers/accord.md", f"{PAGE}?x=1",
        "../explainers/", "../explainers", "../explainers/accord", "../explainers/accord.html", "../index.md", "..", ".", "#",
        f"<{PAGE}>", f'{PAGE} "title"', f" {PAGE} ", f"\n{PAGE}", f"{PAGE}\\#a", "../explainers\\accord.md", "accord.md",
        "../search/index.md", "../fields/index.md", "../fields/operation.md#fields", "../fields/parts.md",
        "../corrections/index.md", "../open-questions/index.md", "../results/index.md#boats", "../data/index.md",
        "../timeline/index.md#y2001", "../404.html", "../assets/logo.svg", "../data/records/explainers/accord.json",
        "../sources/index.md#log-2001", "../countries/index.md#no", "../glossary/index.md#about-this-page", "#source-1",
        "../operations/beacon-2001.md#source-99", "../resolutions/1-2.md#op1", "../resolutions/1-2.md#OP1",
        "../resolutions/compare/1-2/3-4.md#op1", "#about-this-page", "#sources", "#__toc", "mailto:a@b.example",
        "mailto:a@b.example?subject=a%20b", "MAILTO:a@b.example", "https://x.example/a_b_c*d*", "https://x.example/?a=1&b=2",
        "https://x.example/&#41;", "https://x.example/a(b)", "//x.example", "www.x.example", "tel:+1", "a@b.example",
    )),
    f"[a [b] c]({PAGE})", f"[**b**]({PAGE})", f"[`c`]({PAGE})", f"[a\\]b]({PAGE})", f"[]({PAGE})", f"[a\nb]({PAGE})",
    f"![x]({PAGE})", "[a][b]", "<https://x.example/>", f"[x] ({GONE})", f"\\[x]({GONE})", f"`[x]({GONE})`", f"[x\\]({GONE})",
    f"[[x]]({GONE})", f"[x]({PAGE}\\)", f"[x]({PAGE})[y]({PAGE})", f"[`x]({PAGE})`", f"`[x`]({GONE})", f"[x](`{GONE}`)",
    f"[x <b>]({GONE})", f"\\![x]({PAGE})", f"!\\[x]({GONE})", f"[x]({GONE}", f"[x]{GONE})", f"``[x]({GONE})``",
    f"`` ` [x]({PAGE})", f"<a href={GONE}>", f"&lt;a href={GONE}&gt;", "a &# b", "&#Н b", "&#; b", "&#12 b", "&#xz; b", "&#1080; b", f"[x]\\({GONE})", f"*[x]({PAGE})*", f"[*x]({PAGE})*",
)  # fmt: skip
"""Links as people write them, right and wrong."""
BLOCKS = tuple(
    block.replace("Z", f"[x]({GONE})").replace("Y", f"[x]({PAGE}#in-one-minute)")
    for block in (
        "```\nZ\n```", "~~~\nZ\n~~~", "    Z", "\tZ", "| a | b |\n|---|---|\n| Y | `Z` |", "## H Y", "> Y", "- Y\n\n    Y",
        "1. `Z`", "Y\n: def Y", "\\```\nY", "- ```\n  Z\n  ```", "> ```\n> Z\n> ```", "[x\n\n](../nope.md)", "\\## Y", "---\nY",
    )
)  # fmt: skip


def altered(model: Model, more: str, body: str = "") -> Model:
    """A record, or a part of one, with more behind each prose text, and more still behind its story."""
    made: dict[str, object] = {}
    for step in _model_steps(model.__class__):
        value = getattr(model, step.name)
        told = isinstance(step.marker, HoldsProse)
        behind = more + (body if isinstance(step.marker, HoldsProse) and step.marker.story else "")

        def one(item: object, told: bool = told, behind: str = behind) -> object:
            return altered(item, more, body) if isinstance(item, Model) else f"{item}{behind}" if told else item

        if isinstance(value, tuple):
            made[step.name] = tuple(map(one, value))
        elif isinstance(value, dict):
            made[step.name] = {key: one(item) for key, item in value.items()}
        elif value is not None:
            made[step.name] = one(value)
    return model.model_copy(update=made)


class Dossier:
    """A dossier whose records can be changed after they were read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        kinds = registry.load(root)
        self.read, problems = build.read(root, kinds, RecordCache(kinds=kinds))
        assert problems == []

    def linked(self, changed: Mapping[tuple[str, str], Record]) -> Library:
        """The library with some records changed."""
        library = self.tried(changed)
        assert library is not None
        return library

    def tried(self, changed: Mapping[tuple[str, str], Record]) -> Library | None:
        """The same; None where a reference does not resolve."""
        entries = [
            dataclasses.replace(entry, record=record, known=mentions_in(record, self.read.kinds))
            if (record := changed.get(entry.record.key))
            else entry
            for entry in self.read.entries
        ]
        return build.linked(dataclasses.replace(self.read, entries=entries))[0]

    def told(self, library: Library) -> list[str]:
        """What a check says of prose and links."""
        problems = [*prose_is_safe_and_leads_somewhere(library, frozenset())]
        return [str(problem) for problem in problems or misled(self.root, library)]

    def with_texts(self, more: str, body: str = "") -> Library:
        """The library with more behind each prose text of each record."""
        changed = {}
        for entry in self.read.entries:
            if addresses.page(entry.record):
                record = altered(entry.record, more, body)
                assert isinstance(record, Record)
                changed[record.key] = record
        return self.linked(changed)

    def made(self, library: Library) -> None:
        """Write the pages of a library."""
        plan, outputs = build.planned(self.root, library, BuildState(RecordCache(kinds=library.kinds)))
        build._write(self.root, plan, outputs)


def wrong(library: Library, strict: Strict, paths: Iterator[str] | None = None) -> list[str]:
    """What is wrong with some pages: warnings of MkDocs, ids that are there twice, and anchors that were not foreseen."""
    recipes = {recipe.path: recipe for recipe in compose(library)}
    found = list(strict.said)
    for path in paths or recipes:
        content = strict.pages[path].content
        found += [f"{path}: {ident} twice" for ident in ids_twice(content)]
        found += [f"{path}: {ident}" for ident in sorted({*ids(content)} ^ render.anchors_of(library, recipes[path]))]
    return found


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return Dossier(copied(HARBOUR, tmp_path_factory.mktemp("altered") / "harbour"))


def passing(dossier: Dossier, library: Library, story: Story, text: str) -> bool:
    """Whether a check passes a text behind a story."""
    record = story.model_copy(update={"body": f"{story.body or 'Words.'}{text}"})
    return not dossier.told(dossier.linked({record.key: record}))


def test_every_link_that_a_check_passes_is_built_in_every_prose_field(dossier: Dossier) -> None:
    library = dossier.linked({})
    story = next(entry.record for entry in dossier.read.entries if entry.record.key == ("organisation", "guild"))
    assert isinstance(story, Story)
    links = [link for link in LINKS if passing(dossier, library, story, f" {link}")]
    blocks = [block for block in BLOCKS if passing(dossier, library, story, f"\n\n{block}\n")]
    there = [link for link in links if "](#" not in link or "about-this-page" in link]
    changed = dossier.with_texts(" " + ", and ".join(there) + ".", "\n\n" + "\n\nThen:\n\n".join(blocks) + "\n")
    dossier.made(changed)

    assert (len(LINKS) - len(links) > 20, len(links) > 30, len(blocks) > 8) == (True, True, True)
    assert wrong(changed, rendered(dossier.root, changed.dossier)) == []


PASSED = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 60
"""So many stories are built; `make fuzz` goes on for as long as it is told."""
SLIPS = "#[]()*_\\<>&|`!@./-: \n0aA:{}%"


def slipped(chance: random.Random, text: str) -> str:
    """A text with a few slips: marks that came, went or changed places, and words in capitals."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        match chance.randrange(4):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice(SLIPS) + text[at:]
            case 2:
                text = text[:at] + text[at : at + 9].swapcase() + text[at + 9 :]
            case _:
                text = text[:at] + chance.choice(SLIPS) + text[at + 1 :]
    return text


SOUND = (
    f"## What was found\n\nSee [the minute]({PAGE}#in-one-minute) and [below](#на-мові), *now*.[@log-2001]\n\n"
    "## На мові\n\n- [a log](../sources/index.md#log-2001)[@log-2001, p. 4]\n- `code` & \\<more>, \\[x]\n\n"
    "| a | b |\n|---|---|\n| [up](#what-was-found) | b |\n\n### Source 1\n\n1. one\n2. https://x.example/a_b\n"
)


def test_a_story_with_slips_that_a_check_passes_is_built(dossier: Dossier) -> None:
    chance = random.Random(18)
    library = dossier.linked({})
    story = next(entry.record for entry in dossier.read.entries if entry.record.key == ("organisation", "guild"))
    path = addresses.page(story) or ""
    dossier.made(library)
    strict = rendered(dossier.root, library.dossier)
    assert isinstance(story, Story)
    assert passing(dossier, library, story, f"\n\n{SOUND}")  # else hardly any story that is made from it would pass
    passed = refused = 0
    found: list[str] = []
    while passed < PASSED:
        body = slipped(chance, SOUND)
        changed = dossier.tried({story.key: story.model_copy(update={"body": body})})
        if changed is None or dossier.told(changed):
            refused += 1
            continue
        passed += 1
        recipe = next(page for page in compose(changed) if page.path == path)
        strict.again(path, next(render.files(changed, recipe)).data.decode())
        found += [f"{fault} in {body!r}" for fault in wrong(changed, strict, iter([path]))]

    assert found == []
    assert refused > PASSED // 3


def headings(library: Library) -> list[str]:
    """Headings that try every anchor that a template gives, whatever fills it, and those of the theme and of drawings."""
    names = {"__toc", "__drawer", "figure-boats", "figure-boats-title", "list-sources"}
    for template in environment.environment(library.kinds).list_templates(["j2"]):
        for pattern in anchors.patterns(library.kinds, template):
            names |= {
                re.sub(r"\\(.)", r"\1", pattern.replace(".+", filling)) for filling in ("1", "2", "boats", "guild")
            }
    names |= {
        ident for entry in library.entries.values() for ident in (entry.record.ident.lower(), entry.record.anchor)
    }
    names |= {ident for entry in library.entries.values() for ident in entry.known.anchors}
    return sorted(names)


def stories(dossier: Dossier) -> Library:
    """The library with headings that try every anchor in every story and in the introduction of every section."""
    library = dossier.linked({})
    more = "".join(f"\n\n## {name}\n\nText." for name in headings(library))
    site = library.dossier
    sections = dict(site.sections)
    for name in library.kinds.sections:
        own = sections.get(name) or Section.model_validate({})
        sections[name] = own.model_copy(update={"body": f"Text.{more}"})
    changed = {
        entry.record.key: entry.record.model_copy(update={"body": f"{entry.record.body or 'Text.'}{more}"})
        for entry in dossier.read.entries
        if isinstance(entry.record, Story)
    }
    read = dossier.read
    dossier.read = dataclasses.replace(read, dossier=site.model_copy(update={"sections": sections}))
    try:
        return dossier.linked(changed)
    finally:
        dossier.read = read


@pytest.mark.parametrize("which", ["harbour", "init"])
def test_no_page_has_an_id_twice_whatever_headings_are_called(which: str, tmp_path: Path, run: Run) -> None:
    root = tmp_path / which
    if which == "harbour":
        copied(HARBOUR, root)
    else:
        assert run("init", root).status == 0
    dossier = Dossier(root)
    library = stories(dossier)
    dossier.made(library)

    assert len(headings(library)) > 100
    assert wrong(library, rendered(root, library.dossier)) == []


def test_an_anchor_that_a_template_gives_has_no_full_stop(dossier: Dossier) -> None:
    """It parts the prefix `h.` from the words of a heading."""
    library = dossier.linked({})
    for template in environment.environment(library.kinds).list_templates(["j2"]):
        assert not [found for found in anchors.patterns(library.kinds, template) if "." in found.replace(".+", "")]


def test_the_pages_that_a_check_knows_are_those_that_are_made(dossier: Dossier) -> None:
    library = dossier.linked({})

    assert pages_of(library) == {recipe.path for recipe in compose(library)}


def test_a_dossier_whose_link_leads_to_no_anchor_is_not_generated(dossier: Dossier) -> None:
    record = next(entry.record for entry in dossier.read.entries if entry.record.key == ("organisation", "guild"))
    library = dossier.linked({record.key: record.model_copy(update={"body": "See [x](#gone)."})})

    with pytest.raises(ContentError, match="1 problems"):
        dossier.made(library)


def test_the_templates_that_a_template_is_made_of_are_those_that_jinja_finds() -> None:
    kinds = registry.load(PROJECT)
    engine = environment.environment(kinds)
    found = {name: set(anchors.referenced(kinds, name)) for name in engine.list_templates() if name.endswith(".j2")}
    parsed = {name: set(find_referenced_templates(engine.parse(anchors.source(kinds, name)))) for name in found}

    assert sum(map(len, parsed.values())) > 50
    assert found == parsed
