"""What became of the records: on the page of what is new, on the page of a record, in feeds and as JSON."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser

from explainer import build
from explainer.base.values import PartialDate
from explainer.data import feeds, news
from explainer.data.feeds import ATOM, CORRECTIONS
from explainer.docs import write
from explainer.library import history
from explainer.library.history import Difference, Differs, RecordDay, RecordDifferences
from explainer.library.library import Library
from tests.conftest import change, problems_of, tree

HOSTILE = "</title><script>alert(1)</script> ]]> & <!-- -- --> \"' {x} \x0b"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BEACON = ("operation", "beacon-2003")
FILE = "content/history/2026-01.jsonl"


def passage(day: str, ident: str, *items: Difference, note: str = "") -> RecordDay:
    return RecordDay(PartialDate.read(day), RecordDifferences("operation", ident, ident.title(), items), note)


def add(root: Path, *passages: RecordDay) -> None:
    """Add passages to the history of a dossier."""
    place = root / FILE
    place.write_text(place.read_text(encoding="utf-8") + "".join(item.line() for item in passages), encoding="utf-8")


def made(library: Library) -> dict[str, bytes]:
    """Path -> every feed."""
    return {feed.path: feeds.xml(library, feed) for feed in feeds.feeds(library)}


# --- the history itself


def test_a_passage_comes_back_from_its_line_as_it_was() -> None:
    told = passage(
        "2026-01-02", "beacon", Difference(Differs.CHANGED, ("figures", "measure=a=b"), "1", "2"), note="Why."
    )

    assert history.read(FILE, told.line() * 2) == ([told, told], [])


def test_a_record_has_the_history_of_its_former_ids_as_well() -> None:
    first, second, third = (
        passage("2026-01-01", "a", Difference(Differs.NEW)),
        passage("2026-01-02", "b", Difference(Differs.RENAMED, before="a")),
        passage("2026-01-03", "c", Difference(Differs.RENAMED, before="b")),
    )
    told = history.history([second, third, first])

    assert told.of(("operation", "c")) == (third, second, first)
    assert told.today(("operation", "a")) == ("operation", "c")
    assert told.passages == (third, second, first)


# --- pages


def test_a_record_says_when_it_came_and_what_changed_last(generated: Path) -> None:
    page = (generated / write.DOCS / "operations/beacon-2003.md").read_text(encoding="utf-8")

    assert "First published here on 24 December 2025, last changed on 2 January 2026." in page
    assert "- Boats found: 8 became 9\n" in page
    assert "**2 January 2026.** The gazette turned up.\n" in page


def test_what_changed_on_a_day_stands_whole_on_the_page_of_the_record_and_the_list_of_all_leads_there(
    harbour: Path,
) -> None:
    asked = [Difference(Differs.ASKED, ("open_questions",), after=f"Who paid {number}?") for number in range(40)]
    add(harbour, passage("2026-01-03", "beacon-2003", *asked))
    build.generate(harbour)
    page = (harbour / write.DOCS / "operations/beacon-2003.md").read_text(encoding="utf-8")
    every = (harbour / write.DOCS / "changes/index.md").read_text(encoding="utf-8")

    assert all(f"Who paid {number}?" in page for number in range(40))
    assert "more change" not in page
    assert "[and 38 more changes](../operations/beacon-2003.md#what-became-of-it)" in every


def test_many_records_of_a_day_are_counted_and_not_named(harbour: Path) -> None:
    add(harbour, *(passage("2026-01-05", f"new-{n}", Difference(Differs.NEW)) for n in range(news.MOST_NEW + 1)))
    build.generate(harbour)
    page = (harbour / write.DOCS / "changes/index.md").read_text(encoding="utf-8")
    entries = feedparser.parse((harbour / write.DOCS / "changes/operations.xml").read_bytes()).entries

    assert "- 31 operations, new: [Operations](../operations/index.md)\n" in page
    assert "New-30" not in page
    assert [entry.title for entry in entries][:1] == ["31 operations, new"]


def test_a_feed_holds_the_newest_entries_up_to_a_number_and_no_two_of_one_name(harbour: Path) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in range(2, 7) for day in range(1, 26)]
    changed = [passage(day, "beacon-2003", Difference(Differs.ASKED, after=f"Asked on {day}?")) for day in days]
    add(harbour, *changed)
    library = build.load(harbour)
    record = feeds.of_record(library, library.at("operations/beacon-2003"))
    assert record

    for feed in (record, *(item for item in feeds.feeds(library) if item.name in {"all", "operations"})):
        entries = feedparser.parse(feeds.xml(library, feed)).entries
        assert len(days) > len(entries) == feeds.MOST == 100
        assert [entry.updated[:10] for entry in entries] == days[:-101:-1]
        assert len({entry.id for entry in entries}) == len(entries)


def test_a_dossier_without_a_history_has_no_page_of_changes_and_no_feed(harbour: Path) -> None:
    for file in (harbour / history.FOLDER).iterdir():
        file.unlink()
    build.generate(harbour)
    docs = tree(harbour / write.DOCS)

    assert [path for path in docs if path.startswith("changes/")] == []
    assert [path for path, data in docs.items() if b"changes/" in data and path.endswith(".md")] == []


def test_after_a_change_of_the_history_what_is_kept_is_as_if_made_anew(generated: Path, tmp_path: Path) -> None:
    harbour = shutil.copytree(generated, tmp_path / "harbour")
    add(harbour, passage("2026-01-06", "beacon-2001", Difference(Differs.ASKED, after="Who lit it?")))
    build.generate(harbour)
    warm = tree(harbour / write.DOCS)
    for path in sorted((harbour / ".cache").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    build.generate(harbour)

    assert warm == tree(harbour / write.DOCS)
    assert b"New open question: Who lit it?" in warm["operations/beacon-2001.md"]


def test_what_is_new_stands_as_json_with_data_and_words(generated: Path) -> None:
    data = json.loads((generated / write.DOCS / "changes/changes.json").read_bytes())
    newest = next(item for item in data["changes"] if item["id"] == "beacon-2003")

    assert newest["page"] == "https://lantern.example/operations/beacon-2003/"
    assert "Boats found: 8 became 9" in newest["says"]
    assert {"what": "changed", "place": ["dates", "start"], "before": "2003", "after": "2003-04"} in newest["changes"]


# --- feeds


def test_every_feed_is_one_by_the_rules_of_atom(harbour: Path) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("figures:\n", "corrections:\n  - {date: 2026-01, was: Three., now: Two harbours took part.}\nfigures:\n"),
    )
    found = made(build.load(harbour))

    assert {"changes/all.xml", "changes/operations.xml", "changes/corrections.xml"} <= found.keys()
    for path, data in found.items():
        assert_atom(path, data)
        parsed = feedparser.parse(data)
        assert (parsed.bozo, parsed.version, parsed.encoding) == (False, "atom10", "utf-8")
    (correction,) = feedparser.parse(found[feeds.path(CORRECTIONS)]).entries
    assert "Right is: Two harbours took part." in correction.content[0].value


def assert_atom(path: str, data: bytes) -> None:
    """Hold a feed against RFC 4287: what must be there, how often, and what it may hold."""
    root = ET.fromstring(data)  # noqa: S314 - a feed of our own
    assert root.tag == tag("feed")
    assert_has(root, once=("id", "title", "updated"), at_most_once=("rights", "subtitle", "generator"))
    assert [link.get("href") for link in root.findall(tag("link")) if link.get("rel") == "self"] == [
        f"https://lantern.example/{path}"
    ]
    assert root.find(f"{tag('author')}/{tag('name')}") is not None
    assert_is_address(root.findtext(tag("id")))
    entries = root.findall(tag("entry"))
    for entry in entries:
        assert_has(entry, once=("id", "title", "updated", "content"), at_most_once=("published", "summary"))
        assert entry.find(tag("content")).get("type") == "html"  # type: ignore[union-attr] # it has one
        links = [(link.get("rel"), link.get("type")) for link in entry.findall(tag("link"))]
        assert links == [("alternate", "text/html")]
    idents = [entry.findtext(tag("id")) for entry in entries]
    assert len(set(idents)) == len(idents)
    for element in root.iter():
        assert element.tag.startswith(f"{{{ATOM}}}")
        if element.tag in {tag("updated"), tag("published")}:
            assert MOMENT.fullmatch(element.text or "")
        if element.tag == tag("link"):
            assert_is_address(element.get("href"))


def tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def assert_has(parent: ET.Element, *, once: tuple[str, ...], at_most_once: tuple[str, ...]) -> None:
    assert [len(parent.findall(tag(name))) for name in once] == [1] * len(once)
    assert all(len(parent.findall(tag(name))) <= 1 for name in at_most_once)
    assert all((parent.findtext(tag(name)) or "").strip() for name in once)


def assert_is_address(text: str | None) -> None:
    parts = urlsplit(text or "")
    assert parts.scheme == "https"
    assert parts.netloc


def test_no_text_breaks_out_of_a_feed(harbour: Path) -> None:
    item = Difference(Differs.CHANGED, ("figures", f"measure={HOSTILE}", HOSTILE), HOSTILE, HOSTILE)
    add(
        harbour,
        RecordDay(PartialDate.read("2026-01-07"), RecordDifferences("operation", HOSTILE, HOSTILE, (item,)), HOSTILE),
    )
    for path, data in made(build.load(harbour)).items():
        assert_atom(path, data)
        assert b"<script" not in data
        for entry in feedparser.parse(data, sanitize_html=False).entries:
            assert "<script" not in entry.content[0].value


def test_the_same_history_gives_the_same_bytes(harbour: Path) -> None:
    assert made(build.load(harbour)) == made(build.load(harbour))


def test_a_record_has_a_feed_of_its_own_and_its_page_names_it(generated: Path) -> None:
    docs = generated / write.DOCS
    page = (docs / "operations/beacon-2003.md").read_text(encoding="utf-8")

    assert '"path": "changes/operations/beacon-2003.xml"' in page
    assert_atom("changes/operations/beacon-2003.xml", (docs / "changes/operations/beacon-2003.xml").read_bytes())


def test_a_day_of_the_dossier_before_the_last_of_its_history_is_remarked(harbour: Path) -> None:
    change(harbour / "content/site.yml", ("updated: '2026-01-02'", "updated: '2026-01-02'\nremarks: 1"))
    add(harbour, passage("2026-01-05", "beacon-2001", Difference(Differs.REWORDED, ("summary",))))

    (remark,) = problems_of(harbour)
    assert remark == (
        "content/site.yml:9:10: remark: is before 2026-01-05, the last day of which content/history/ tells changes; "
        "expected that day or a later one, by which pages are cited; write 2026-01-05"
    )
    change(harbour / "content/site.yml", ("updated: '2026-01-02'", "updated: '2026-01-05'"))
    assert problems_of(harbour) == []
