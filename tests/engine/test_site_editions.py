"""Editions of the site: what the repository keeps of them, their store, their pages, and the addresses that they published."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import click
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from explainer import build
from explainer.base.files import digest_of
from explainer.base.problems import ContentError
from explainer.base.values import PartialDate
from explainer.data import api, changes_json, deposit, feeds, references
from explainer.editing import rebuilding, releasing, revisions
from explainer.library import releases
from explainer.library.history import Difference, Differs, RecordDifferences
from explainer.library.library import Library
from explainer.library.releases import ADDRESSES, Published, Release, Releases
from explainer.outputs import citations
from explainer.publish import archive, edition_store, frozen_pages
from explainer.publish.edition_store import EditionStore, MissingEditionError
from explainer.publish.frozen_pages import Filling, Frozen
from explainer.publish.swap import PublishError
from tests.conftest import Run, change, problems_of, tree, whole_harbour
from tests.engine.test_history_log import commit, git

DAY = PartialDate.read("2026-12-01")
CHANGED = RecordDifferences("person", "ada-quay", "Ada Quay", (Difference(Differs.NEW),))
FIRST = Release("2026.6", PartialDate.read("2026-06-01"), "c" * 40, "a" * 64)
SECOND = Release("2026.12", DAY, "d" * 40, "b" * 64, since="2026.6", changes=(CHANGED,))
STOOD = {"people/ada-quay/": Published("people/ada-quay/", "2026.6"), "gone/": Published("gone/", "2026.6", "2026.6")}
WORDS = {name: f"<{name}>" for name in ("old", "banner", "today", "gone", "home", "search", "not-kept")}


def written(root: Path, *known: Release, addresses: str = "") -> None:
    """Have the repository of a dossier tell of editions."""
    for release in known:
        (root / release.file).write_text(release.text(), encoding="utf-8")
    if addresses:
        (root / ADDRESSES).write_text(addresses, encoding="utf-8")


def with_editions() -> Library:
    """The harbour dossier after two editions."""
    return replace(build.load(whole_harbour()), releases=Releases((SECOND, FIRST), STOOD))


# --- what the repository keeps


def test_an_edition_comes_back_from_its_file_as_it_was_and_the_newest_is_first() -> None:
    found, problems = releases.read({release.file: release.text() for release in (FIRST, SECOND)})

    assert (found.every, problems) == ((SECOND, FIRST), [])


def test_addresses_keep_the_edition_that_had_them_first_and_the_last_one_of_those_that_went() -> None:
    before = Releases((FIRST,), {"": Published("", "2026.6"), "a b/": Published("a b/", "2026.6")})
    after = list(releases.published(before, "2026.12", ["", "c/"]))
    text = "".join(item.text() for item in after)

    assert text == ". 2026.6\na b/ 2026.6 2026.6\nc/ 2026.12\n"
    assert [*releases.read({ADDRESSES: text})[0].addresses.values()] == [
        replace(item, line=line) for line, item in enumerate(after, 1)
    ]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            FIRST.file,
            "{}",
            f"{FIRST.file}:1:1: the file tells of no edition; expected it as `explainer release` writes it",
        ),
        (FIRST.file, SECOND.text(), f"{FIRST.file}:1:1: the file tells of no edition"),
        (
            ADDRESSES,
            ". 2026.6\nsomewhere\n",
            f"{ADDRESSES}:2:1: the line is no address with the edition that published it",
        ),
    ],
)
def test_a_file_that_tells_of_no_edition_is_a_problem(harbour: Path, name: str, text: str, told: str) -> None:
    (harbour / name).write_text(text, encoding="utf-8")

    assert [problem.startswith(told) for problem in problems_of(harbour)] == [True]


# --- addresses that were published


def test_an_address_that_would_be_lost_stops_a_build_which_says_where_to_write_the_alias(harbour: Path) -> None:
    story = harbour / "content/people/ada-quay.md"
    written(harbour, FIRST, addresses="people/ada-quay/ 2026.6\npeople/long-gone/ 2026.6 2026.6\n")
    assert problems_of(harbour) == []

    change(story, ("id: ada-quay\n", "id: ada-quay-elder\n"))
    story = story.rename(story.with_name("ada-quay-elder.md"))
    lost = f"{ADDRESSES}:1:1: people/ada-quay/ was published in edition 2026.6 and would be lost; expected every published address to lead somewhere; "
    assert problems_of(harbour) == [f"{lost}write aliases: [ada-quay] in content/people/ada-quay-elder.md:2"]
    with pytest.raises(ContentError):
        build.generate(harbour)

    change(story, ("id: ada-quay-elder\n", "id: ada-quay-elder\naliases: [ada]\n"))
    assert problems_of(harbour) == [f"{lost}add ada-quay to aliases: in content/people/ada-quay-elder.md:3"]

    change(story, ("[ada]", "[ada, ada-quay]"))
    assert problems_of(harbour) == []


def test_a_page_that_a_check_does_not_make_is_not_lost(harbour: Path) -> None:
    written(harbour, FIRST, addresses="data/ 2026.6\n")

    assert problems_of(harbour) == []


def test_an_address_that_nothing_resembles_is_told_with_what_can_be_done(harbour: Path) -> None:
    written(harbour, FIRST, addresses="operations/zephyr/ 2026.6\nnowhere/ 2026.6\n")

    story, page = problems_of(harbour)
    assert story.endswith(
        "write aliases: [zephyr] in the record that takes its place, or bring the record back with withdrawn:, or delete this"
        " line to give the address up"
    )
    assert page.endswith("bring back what made it, or delete this line to give the address up")


# --- pages, feeds, citations


def test_pages_citations_and_the_feed_tell_of_editions_and_lead_to_what_stays(harbour: Path) -> None:
    written(harbour, FIRST, SECOND, addresses="people/ada-quay/ 2026.6\n")
    build.generate(harbour)
    there = harbour / "docs"
    person, listed, told, new = (
        (there / path).read_text(encoding="utf-8")
        for path in ("people/ada-quay.md", "changes/editions.md", "changes/2026.12.md", "changes/index.md")
    )

    permalink = "https://lantern.example/versions/2026.12/people/ada-quay/"
    assert f'As it stands in edition 2026.12: <span class="copyable">[{permalink}]({permalink})</span>' in person
    assert listed.index("[Edition 2026.12](2026.12.md)") < listed.index("[Edition 2026.6](2026.6.md)")
    assert "## What changed since edition 2026.6 {#changed}" in told
    assert "- 1 person, new: [Ada Quay](../people/ada-quay.md)" in told
    assert "[Editions of this site](editions.md): [Edition 2026.12](2026.12.md); [Edition 2026.6](2026.6.md)" in new
    assert "x-permalink" not in (there / "people/index.md").read_text(encoding="utf-8")


def test_entries_for_bibliographies_hold_the_version_and_the_address_that_stays() -> None:
    item = references.of_record(with_editions(), with_editions().at("people/ada-quay"))
    permalink = "https://lantern.example/versions/2026.12/people/ada-quay/"

    assert (
        b"  version = {2026.12},\n  note = {" + permalink.encode() + b"},\n"
        in citations.FORMATS["bib"].entry(item).encode()
    )
    assert f"ET  - 2026.12\r\nLK  - {permalink}\r\n".encode() in citations.FORMATS["ris"].entry(item).encode()
    assert json.loads(references.csl_entry(item))["archive_location"] == permalink


def test_the_feed_and_the_file_of_changes_have_an_entry_for_each_edition() -> None:
    library = with_editions()
    every = next(feed for feed in feeds.feeds(library) if feed.name == feeds.ALL)
    entry = next(entry for entry in every.entries if entry.title == "Edition 2026.12")

    assert every.entries[0] == entry  # the newest first
    assert entry.said == (
        "The whole site as it stood on 1 December 2026, and what changed since the edition before.",
        "1 new record",
    )
    assert [item["archive"] for item in json.loads(changes_json.made(library))["editions"]] == [
        f"https://lantern.example/versions/{version}/" for version in ("2026.12", "2026.6")
    ]
    assert api.index(library)["changes"]


def test_while_an_edition_is_frozen_its_pages_name_no_other_address() -> None:
    assert Releases((replace(SECOND, archive=""), FIRST), STOOD).kept_as("people/ada-quay/") is None
    assert Releases((SECOND, FIRST), STOOD).kept_as("gone/") == (FIRST, "versions/2026.6/gone/")


# --- a page that is frozen


def frozen(text: str, name: str = "people/ada/index.html") -> str:
    """A page as an edition keeps it."""
    there = {name, "index.html", "people/index.html", "search/index.html", "data/download/all.zip", "changes/all.xml"}
    return Frozen("https://a.example/", frozenset(there)).file(name, text.encode()).decode()


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('<a href="../">', '<a href="../">'),
        ('<a href="../../search/?q=a#b">', '<a href="../../../../search/?q=a#b">'),
        ('<a href="../../changes/all.xml">', '<a href="../../../../changes/all.xml">'),
        ('<a href="../../data/download/all.zip">', f'<a title="{frozen_pages.NOT_KEPT}">'),
        (
            '<a href="https://a.example/people/">',
            f'<a href="https://a.example/versions/{frozen_pages.VERSION}/people/">',
        ),
        ('<a href="https://a.example/people/x">', '<a href="https://a.example/people/x">'),
        ('<a href="#a">', '<a href="#a">'),
        ('<a href="/else">', '<a href="/else">'),
    ],
)
def test_links_of_an_old_page_lead_to_the_same_edition_or_to_the_site_as_it_is(link: str, kept: str) -> None:
    assert frozen(link) == kept


def test_an_old_page_says_so_and_where_its_newest_version_is_or_that_it_is_gone() -> None:
    page = '<head><link rel="alternate " href="index.md"></head><a class="x-search" href="../../search/">S</a><article class="a"><h1>'
    kept = frozen(page).encode()
    filling = Filling("2026.6", WORDS, "en", "ltr")
    there = filling.file("people/ada/index.html", kept, {"people/ada/index.html"}).decode()
    gone = filling.file("people/ada/index.html", kept, set()).decode()

    assert '<meta name="robots" content="noindex">\n</head>' in there
    assert "alternate" not in there
    assert '<a class="x-newest" href="../../../../search/">&lt;search&gt;</a>' in there
    aside = '<article class="a"><aside class="x-frozen" lang="en" dir="ltr"><p>'
    assert f'{aside}&lt;banner&gt; <a href="../../../../people/ada/">&lt;today&gt;</a></p></aside><h1>' in there
    assert f'{aside}&lt;banner&gt; &lt;gone&gt; <a href="../../../../">&lt;home&gt;</a></p></aside><h1>' in gone


# --- the store


def test_an_old_edition_has_no_service_worker_and_its_pages_ask_for_none() -> None:
    page = (
        '<html><head></head><body><script src="../assets/explainer.js" data-previews="1" data-kept="{date}"></script>'
    )

    assert 'data-previews="1"></script>' in frozen(page)
    assert not frozen_pages.is_kept("service-worker.js")


def stored(root: Path, *editions: dict[str, bytes]) -> list[Release]:
    """Put editions into the store of a dossier; the newest first."""
    known: list[Release] = []
    for number, files in enumerate(editions, 1):
        store = EditionStore(root)
        store.load(known)
        zipped, digest = store.packed(f"1.{number}", files)
        store.add(f"1.{number}", zipped)
        known.insert(0, Release(f"1.{number}", DAY, "c", digest))
    return known


FILES = st.dictionaries(st.sampled_from(["a/index.html", "b.json", "c"]), st.binary(max_size=60) | st.lists(
    st.sampled_from([b"one\n", b"two\n", b"three\r\n", b"\x00\xff"]), max_size=30).map(b"".join))  # fmt: skip


@given(st.lists(FILES, min_size=1, max_size=4))
@tries(max_examples=25)
def test_every_edition_comes_out_of_the_store_as_it_went_in(editions: list[dict[str, bytes]]) -> None:
    store, again = EditionStore(Path()), EditionStore(Path())
    for number, files in enumerate(editions):
        zipped, _ = store.packed(f"1.{number}", files)
        assert zipped == again.packed(f"1.{number}", files)[0]
        for each in (store, again):
            with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
                about, stream = json.loads(archive.read("files.json")), archive.read("pieces")
            begin = len(each.pieces)
            for length in about["lengths"]:
                each.pieces.append(stream[:length])
                stream = stream[length:]
            assert len(each.pieces) == begin + len(about["lengths"])
            each._files[f"1.{number}"] = {path: tuple(map(tuple, runs)) for path, runs in about["files"].items()}
    for number, files in enumerate(editions):
        assert {path: store.file(f"1.{number}", path) for path in store.paths(f"1.{number}")} == files


def test_ten_editions_cost_less_than_twice_one(tmp_path: Path) -> None:
    """A new date on every page, and a sentence in every tenth."""

    def site(edition: int) -> dict[str, bytes]:
        def page(number: int) -> bytes:
            told = edition if number % 10 == edition % 10 else 0
            lines = (
                f"<p>Line {line} of page {number} says {line * number * 7919 % 10007}.</p>\n" for line in range(60)
            )
            return f"{''.join(lines)}<p>Sentence {told} of {number}.</p>\n<footer>\nDay {edition}\n</footer>\n".encode()

        return {f"{number}/index.html": page(number) for number in range(150)}

    stored(tmp_path, *map(site, range(10)))
    sizes = [edition_store.place(tmp_path, f"1.{number}").stat().st_size for number in range(1, 11)]

    assert sum(sizes) < 2 * sizes[0]


def test_a_store_that_is_damaged_exchanged_or_missing_is_refused_in_words(tmp_path: Path) -> None:
    second, first = stored(tmp_path, {"a": b"one\n"}, {"a": b"two\n"})
    place = edition_store.place(tmp_path, "1.1")
    whole = place.read_bytes()
    remedy = "restore it from a copy, or take it from the host"
    damaged = f".editions/1.1.zip is damaged; expected edition 1.1 as it was frozen ({first.archive[:12]}); {remedy}"
    for wrong in (
        b"",
        whole[:-20],
        whole.replace(b"pieces", b"pieceZ"),
        edition_store.place(tmp_path, "1.2").read_bytes(),
    ):
        place.write_bytes(wrong)
        with pytest.raises(PublishError) as refused:
            EditionStore(tmp_path).load([second, first])
        assert str(refused.value) == damaged

    place.unlink()
    with pytest.raises(MissingEditionError) as missing:
        EditionStore(tmp_path).load([second, first])
    assert (
        str(missing.value)
        == f".editions/1.1.zip is missing; expected edition 1.1, which the repository tells of; {remedy}"
    )


def test_a_build_by_mkdocs_itself_places_editions_as_well_and_says_what_is_wrong_with_their_store(
    harbour: Path,
) -> None:
    page = f"<article>{frozen_pages.BANNER}<p>A</p></article>".encode()
    known = stored(harbour, {"index.html": page, "gone/index.html": page, "a.json": b"{}"})
    written(harbour, *known)
    site = harbour / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"now")
    archive.install_by_mkdocs(harbour, site, "en")
    placed = {path: data.decode() for path, data in tree(site).items() if path.startswith("versions/")}

    assert placed.keys() == {f"versions/1.1/{path}" for path in ("index.html", "gone/index.html", "a.json")}
    assert '<a href="../../">The newest version of this page</a>' in placed["versions/1.1/index.html"]
    assert "This page is no longer on the site." in placed["versions/1.1/gone/index.html"]

    edition_store.place(harbour, "1.1").write_bytes(b"")
    with pytest.raises(click.ClickException, match=r"\.editions/1\.1\.zip is damaged"):
        archive.install_by_mkdocs(harbour, site, "en")


# --- what stops a release


@pytest.fixture
def repository(harbour: Path) -> Path:
    """A dossier with one edition, committed, whose store is whole."""
    lines = b'{"type":"person","id":"nobody","name":"Nobody"}\n'
    zipped, digest = EditionStore(harbour).packed("2026.6", {"data/download/all.jsonl": lines})
    EditionStore(harbour).add("2026.6", zipped)
    written(harbour, replace(FIRST, archive=digest))
    (harbour / ".gitignore").write_text("/.cache/\n", encoding="utf-8")
    git(harbour, "init", "-q")
    commit(harbour, "2026-06-02")
    return harbour


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2026.6"], "edition 2026.6 is there already; expected one after 2026.6; name a higher one"),
        (["2026.06"], "edition 2026.06 is there already; expected one after 2026.6; name a higher one"),
        (["2026.5.9"], "edition 2026.5.9 is lower than the last one, 2026.6; expected a higher one, by which editions are in the order of their days; name a higher one"),
        (["v2026"], "'v2026' is no version; expected two or three numbers with dots, as in 2026.12 or 2026.12.1; correct it"),
        (["2026.7", "--date", "2026-05-31"], "2026-05-31 is before the day of the last edition, 2026-06-01; expected that day or a later one; correct --date"),
    ],
)  # fmt: skip
def test_a_version_that_does_not_fit_is_refused(repository: Path, run: Run, arguments: list[str], told: str) -> None:
    ran = run("--root", repository, "release", *arguments)

    assert (ran.status, ran.err) == (1, f"explainer: no edition was frozen: {told}\n")


def test_an_edition_is_of_a_commit_and_of_a_dossier_without_problems(repository: Path, run: Run) -> None:
    before = (repository / FIRST.file).read_bytes()
    story = repository / "content/people/ada-quay.md"
    change(story, ("name: ", "name: Old "))
    unclean = run("--root", repository, "release", "2026.7")
    change(story, ("name: Old ", "titel: "))
    commit(repository, "2026-06-03")
    broken = run("--root", repository, "release", "2026.7")

    assert unclean.err == (
        "explainer: no edition was frozen: content/people/ada-quay.md differs from the last commit; "
        "expected an edition to be of one; commit or undo it\n"
    )
    assert broken.status == 1
    assert "content/people/ada-quay.md:" in broken.err
    assert [path.name for path in (repository / "content/history").glob("edition-*")] == [Path(FIRST.file).name]
    assert (repository / FIRST.file).read_bytes() == before


def test_without_its_store_or_without_room_nothing_is_written(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explainer.cli import release_command
    from explainer.publish import builder

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(repository / ".editions" / "x.part"))

    monkeypatch.setattr(release_command, "generated", lambda *_: (build.load(repository).dossier, "", 0))
    monkeypatch.setattr(builder, "build", full)
    no_room = run("--root", repository, "release", "2026.7")
    edition_store.place(repository, "2026.6").unlink()
    missing = run("--root", repository, "release", "2026.7")

    assert no_room.err.endswith(
        f"no edition was frozen: {repository}/.editions cannot be used (No space left on device); expected a place that can "
        "be; make space on the disk, then run again\n"
    )
    assert ".editions/2026.6.zip is missing" in missing.err
    assert revisions.unsaved(repository, releasing.MADE) == []
    assert not (repository / "site").exists()


# --- made again


@pytest.fixture
def lost(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier whose only edition has lost its zip, and whose program freezes what a test put beside it as `again.zip`."""
    commit_of_records = revisions.commit(repository, "HEAD")
    known = releases.read({FIRST.file: (repository / FIRST.file).read_text(encoding="utf-8")})[0].every[0]
    written(repository, replace(known, commit=commit_of_records))
    commit(repository, "2026-06-03")
    zipped = edition_store.place(repository, "2026.6")
    zipped.rename(repository.parent / "again.zip")

    def freeze(tree: Path, release: Release) -> None:
        data = (repository.parent / "again.zip").read_bytes()
        edition_store.place(tree, release.version).parent.mkdir(exist_ok=True)
        edition_store.place(tree, release.version).write_bytes(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            digest = digest_of(archive.read("files.json"))
        written(tree, replace(release, archive=digest))

    monkeypatch.setattr(rebuilding, "_freeze", freeze)
    return repository


def test_an_edition_whose_zip_was_lost_is_made_again_from_its_commit(lost: Path, run: Run) -> None:
    ran = run("--root", lost, "release", "2026.6", "--again")
    whole = run("--root", lost, "release", "2026.6", "--again")

    assert ran.out == "Edition 2026.6 is there again, byte for byte: .editions/2026.6.zip. Keep a copy of it.\n"
    assert edition_store.place(lost, "2026.6").read_bytes() == (lost.parent / "again.zip").read_bytes()
    assert whole.err == (
        "explainer: edition 2026.6 is not there again: edition 2026.6 is in .editions/, whole; there is nothing to build again\n"
    )
    assert not list((lost / ".git" / "worktrees").glob("*"))


def test_what_is_not_the_edition_that_was_frozen_never_takes_its_place(lost: Path, run: Run) -> None:
    other, _ = EditionStore(lost).packed("2026.6", {"index.html": b"<p>other</p>"})
    (lost.parent / "again.zip").write_bytes(other)
    ran = run("--root", lost, "release", "2026.6", "--again")

    assert ran.status == 1
    assert (
        "is not the one that was frozen; expected the same bytes, for which Python and the packages must be" in ran.err
    )
    assert not edition_store.place(lost, "2026.6").exists()


@pytest.mark.parametrize(
    ("commit_of", "arguments", "told"),
    [
        ("e" * 40, ["2026.6"], f"the repository lacks commit {'e' * 12}, which edition 2026.6 was made from; expected it, as the tag v2026.6 leads to it; run `git fetch origin tag v2026.6`, or restore the zip from a copy"),
        (None, ["2026.7"], "the repository tells of no edition 2026.7; expected one of: 2026.6; correct it"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_making_an_edition_again_is_said(
    lost: Path, run: Run, commit_of: str | None, arguments: list[str], told: str
) -> None:
    known = releases.read({FIRST.file: (lost / FIRST.file).read_text(encoding="utf-8")})[0].every[0]
    written(lost, replace(known, commit=commit_of or known.commit))
    ran = run("--root", lost, "release", *arguments, "--again")

    assert (ran.status, ran.err) == (1, f"explainer: edition {arguments[0]} is not there again: {told}\n")


# --- for archives of research


def test_the_citation_file_has_what_its_format_asks_for_and_no_text_can_end_it() -> None:
    site = build.load(whole_harbour()).dossier
    hostile = site.model_copy(update={"title": 'A: "b"\n- c #d', "licence": "Our own"})
    found = yaml.safe_load(deposit.citation_cff(site, SECOND))
    other = yaml.safe_load(deposit.citation_cff(hostile, SECOND))

    assert {"cff-version", "message", "title", "authors"} <= found.keys()
    assert (found["cff-version"], found["type"], found["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert (found["version"], found["date-released"]) == ("2026.12", "2026-12-01")
    assert found["url"] == "https://lantern.example/versions/2026.12/"
    assert (other["title"], "license" in other, other["license-url"]) == ('A: "b"\n- c #d', False, site.licence_url)


def test_the_description_of_a_deposit_names_the_version_the_day_and_the_licence() -> None:
    found = json.loads(deposit.zenodo(build.load(whole_harbour()).dossier, SECOND))

    assert (found["upload_type"], found["access_right"], found["license"]) == ("dataset", "open", "cc-by-4.0")
    assert (found["version"], found["publication_date"]) == ("2026.12", "2026-12-01")
    assert found["creators"] == [{"name": "The keepers of the lantern"}]
