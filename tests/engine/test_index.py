"""The search as files: the same from the same texts, kept from build to build, never believed when damaged."""

import gzip
import json
import marshal
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.incremental.store import FOLDER, Store
from explainer.outputs.search_files import SearchKind, SearchSettings, SearchText
from explainer.publish.search import hand_written, index, parts, shelves
from explainer.publish.search.contents import NAME, PASSAGE, TITLE, decoded, level, stemmer
from explainer.publish.search.names import NAMES
from explainer.publish.search.slots import slots_of
from tests.conftest import change, tree


@pytest.fixture
def made(harbour: Path) -> Path:
    """The harbour dossier with its pages generated and its search placed once."""
    build.generate(harbour)
    install(harbour)
    return harbour


def install(root: Path, ahead: index.Ahead = index.not_begun) -> None:
    """Place the search of a dossier in its site."""
    store = Store(root)
    index.install(store, root / "docs", root / "site", index.kept(store), ahead=ahead)


def names(root: Path) -> dict[str, Any]:
    """What the script is told of the records."""
    told: dict[str, Any] = json.loads(gzip.decompress((root / "site/search" / NAMES).read_bytes()))
    return told


def test_every_text_lies_in_a_pack_and_every_word_on_a_shelf(made: Path) -> None:
    search = made / "site/search"
    at = names(made)["records"]["at"]
    told = decoded((search / parts.INDEX).read_bytes())
    packs = {slot: each for path in (search / "texts").iterdir() for slot, each in decoded(path.read_bytes()).items()}
    titles = [packs[str(slot)][0][0] for slot in slots_of(at)]
    shelved = {path.name for path in (search / shelves.FOLDER).iterdir()}

    assert titles == names(made)["records"]["title"]
    assert len(packs) == len(at) == len(told["lengths"])
    assert {f"{shelves.FOLDER}/{name}" for name in shelved} == {shelves.path_of(name) for name in told["shelves"]}
    assert {path.name for path in search.iterdir()} == {"index.bin", "names.bin", "texts", "words"}


def test_a_record_is_told_with_its_names_its_facets_and_what_uses_it(made: Path) -> None:
    told = names(made)
    records = told["records"]
    number = records["at"].index("operations/beacon-2001/")
    values = {facet["key"]: facet["values"] for facet in told["facets"]}
    facets = {key: [values[key][value] for value in column[number] or ()] for key, column in records["facets"].items()}

    assert records["title"][number] == "Operation Beacon"
    assert 0 in records["names"][number]  # its id, which its address ends with
    assert facets["year"] == [2001]
    assert values["kind"][records["kind"][number]] == "Operation"
    columns = (records["title"], records["names"], records["kind"], records["users"], *records["facets"].values())
    assert {len(column) for column in columns} == {len(records["at"])}


def test_the_same_texts_give_the_same_bytes(made: Path) -> None:
    before = tree(made / "site")
    shutil.rmtree(made / FOLDER)
    install(made)

    assert tree(made / "site") == before


def test_nothing_is_made_again_where_nothing_changed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(made / "site")
    monkeypatch.setattr(parts, "make", None)
    shutil.rmtree(made / "site")
    install(made)

    assert tree(made / "site") == before


def ahead(root: Path) -> index.Ahead:
    """Begin to make the search of a dossier beside this process."""
    store = Store(root)
    return index.begun(store, root / "docs", index.kept(store))


def test_a_search_that_is_begun_beside_the_build_is_the_same(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MANY", 1)
    change(made / "content/operations/beacon-2001.md", ("other_names: [Béacon]", "other_names: [Marigold]"))
    build.generate(made)
    other = made.parent / "other"
    shutil.copytree(made, other)
    install(other)
    begun = ahead(made)
    monkeypatch.setattr(parts, "make", None)
    install(made, begun)

    assert tree(made / "site") == tree(other / "site")
    assert ahead(made)() is None  # it is the one that is kept


def test_a_search_that_was_begun_before_somebody_wrote_in_docs_is_not_taken(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_MANY", 1)
    (made / "docs/by-hand.md").write_text("# By hand\n\nFirst words.\n", encoding="utf-8")
    begun = ahead(made)
    found = begun()
    (made / "docs/by-hand.md").write_text("# By hand\n\nSecond words.\n", encoding="utf-8")
    install(made, lambda: found)
    written = tree(made / "site")
    shutil.rmtree(made / FOLDER)
    install(made)

    assert found is not None
    assert tree(made / "site") == written


def test_a_damaged_search_that_is_begun_is_made_anew(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MANY", 1)
    before = tree(made / "site")
    store = Store(made)
    _, digests, state, pages = store.load(index.KEPT)
    store.save(index.KEPT, ("other", dict.fromkeys(digests, "0" * 64), state, pages))
    install(made, ahead(made))

    assert tree(made / "site") == before


def test_few_texts_begin_no_process(made: Path) -> None:
    assert ahead(made) is index.not_begun


@pytest.mark.parametrize("named", ["../../content/people/ada-quay.md", "search/../../docs/index.md", "index.html"])
def test_a_search_that_comes_from_elsewhere_never_writes_outside_its_folder(named: str, made: Path) -> None:
    before, records = tree(made / "site"), tree(made / "content")
    store = Store(made)
    key, _, state, pages = store.load(index.KEPT)
    store.save(index.KEPT, (key, {named: store.put(b"poison")}, state, pages))
    install(made)

    assert (tree(made / "site"), tree(made / "content")) == (before, records)


def test_a_changed_text_takes_the_place_of_the_old_search(made: Path) -> None:
    store = Store(made)
    key, digests, state, pages = store.load(index.KEPT)
    gone = "search/texts/fff.bin"
    store.save(index.KEPT, (key, {**digests, gone: store.put(b"old")}, state, pages))
    (made / "site" / gone).write_bytes(b"old")
    change(made / "content/operations/beacon-2001.md", ("other_names: [Béacon]", "other_names: [Marigold]"))
    build.generate(made)
    install(made)

    assert not (made / "site" / gone).exists()
    assert ["Marigold"] in [[name for name in each if name == "Marigold"] for each in names(made)["records"]["names"]]


def held(folder: Path, word: str) -> bool:
    """Whether a file of a search has a word."""
    return any(word in gzip.decompress(file.read_bytes()).decode() for file in folder.rglob("*.bin"))


def test_search_terms_find_a_text_and_are_in_no_pack(made: Path) -> None:
    terms = ("other_names: [Béacon]\n", "other_names: [Béacon]\nsearch_terms: [zzyzx lanterns]\n")
    for old, new, word in (
        (*terms, "zzyzx"),
        ("zzyzx", "quuxes", "quux"),
        ("search_terms: [quuxes lanterns]\n", "", ""),
    ):
        change(made / "content/operations/beacon-2001.md", (old, new))
        build.generate(made)
        install(made)
        warm = tree(made / "site/search")
        shutil.rmtree(made / FOLDER)
        install(made)

        assert tree(made / "site/search") == warm
        assert [each for each in ("zzyzx", "quux") if held(made / "site/search/words", each)] == [word][: bool(word)]
        assert not held(made / "site/search/texts", "lanterns")


@pytest.mark.parametrize("spoilt", ["names.bin", "index.bin", "texts", "words"])
def test_a_damaged_part_of_the_search_before_is_made_again(spoilt: str, made: Path) -> None:
    change(made / "content/operations/beacon-2001.md", ("other_names: [Béacon]", "other_names: [Marigold]"))
    build.generate(made)
    digests = Store(made).load(index.KEPT)[1]
    for path, digest in digests.items():
        if path.startswith(f"search/{spoilt}"):
            (made / FOLDER / digest).unlink()
            (made / FOLDER / digest).write_bytes(b"something else")
    install(made)
    found = tree(made / "site/search")
    shutil.rmtree(made / FOLDER)
    install(made)

    assert tree(made / "site/search") == found


STATES: tuple[object, ...] = (None, (), ("", {1: ()}, {}, b""), ("", {}, {"lamp": "x"}, b""), (1, 2, 3, 4))
PAGES: tuple[object, ...] = (None, (), {"about/index.md": 1}, {"about/index.md": ("", "{}")}, {1: ("", "")})


@pytest.mark.parametrize(("place", "damaged"), [*((2, state) for state in STATES), *((3, pages) for pages in PAGES)])
def test_a_damaged_state_or_damaged_texts_of_pages_are_not_gone_on_with(
    place: int, damaged: object, made: Path
) -> None:
    before = tree(made / "site/search")
    store = Store(made)
    kept = list(store.load(index.KEPT))
    digests = kept[1]
    kept[0], kept[place] = "", damaged
    store.save(index.KEPT, tuple(kept), digests.values())
    install(made)

    assert tree(made / "site/search") == before


def test_only_a_changed_hand_written_page_is_read_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (made / f"docs/{name}.md").write_text(f"# Page {name}\n\nA plain page.\n", encoding="utf-8")
    install(made)
    (made / "docs/one.md").write_text("# Page one\n\nThe marigold.\n", encoding="utf-8")
    read: list[str] = []
    real = hand_written.text_of

    def noted(path: str, data: bytes) -> SearchText:
        read.append(path)
        return real(path, data)

    monkeypatch.setattr(hand_written, "text_of", noted)
    install(made)
    found = tree(made / "site/search")
    shutil.rmtree(made / FOLDER)
    install(made)

    assert read[0] == "one.md"
    assert {*read[1:]} >= {"one.md", "other.md"}
    assert tree(made / "site/search") == found


# --- edit by edit

SETTINGS = SearchSettings("en", {}, (SearchKind("ship", "Ship", 1.0, 1.0, "ships/"),), (), ())
WORDS = (
    "lamp",
    "lamps",
    "the",
    "tide",
    "tides",
    "trafficking",
    "trafficked",
    "tower",
    "协议",
    "é-1",
    *map(chr, range(97, 110)),
)
TEXTS = st.builds(
    lambda name, title, text: SearchText(f"ships/{name}/", "ship", title, [name], "A ship.", [text]),
    st.sampled_from([f"s{number}" for number in range(12)]),
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
)


def of(texts: Iterable[SearchText], before: parts.Made | None = None) -> parts.Made:
    """The search of some texts, made from the one before, with all its files."""
    files = {} if before is None else before.files
    state = parts.NOTHING if before is None else before.state
    kept = parts.State(*marshal.loads(marshal.dumps(state.plain())))  # noqa: S302 - as the store does
    lines = [text.line() for text in {text.at: text for text in texts}.values()]
    made = parts.make(SETTINGS, lines, kept, lambda name: files[name] or b"", "this")
    return parts.Made({name: files[name] if data is None else data for name, data in made.files.items()}, made.state)


@given(st.lists(st.lists(TEXTS, max_size=12), min_size=2, max_size=4))
@settings(max_examples=60)
def test_a_search_made_edit_by_edit_is_the_one_made_at_once(states: list[list[SearchText]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "MOST", 30)  # so that shelves are split and joined
        patch.setattr(shelves, "LEAST", 9)
        made = of(states[0])
        for texts in states[1:]:
            made = of(texts, made)

        assert made == of(states[-1])


def many() -> list[SearchText]:
    """Texts enough for several packs and shelves."""
    return [
        SearchText(
            f"ships/s{number}/", "ship", f"Ship {number}", [], "A ship.", [f"word{number} lamp lantern{number % 7}"]
        )
        for number in range(400)
    ]


def remade(texts: list[SearchText], before: parts.Made) -> set[str]:
    """The files that were made anew for some texts, or are gone."""
    after = of(texts, before).files
    return {name for name in before.files.keys() | after.keys() if before.files.get(name) != after.get(name)}


def test_an_edit_touches_the_pack_of_its_text_and_the_shelves_of_its_words() -> None:
    texts = many()
    before = of(texts)
    texts[7] = replace(texts[7], text=["word7 lamp quay"])
    slot = slots_of([text.at for text in texts])[7]
    touched = {
        shelves.path_of(
            max(
                (name for name in decoded(before.files[parts.INDEX] or b"")["shelves"] if word.startswith(name)),
                key=len,
            )
        )
        for word in ("lantern0", "quay")
    }

    assert remade(texts, before) - {parts.INDEX} == {parts.pack_of(slot), *touched}


def test_a_new_text_touches_few_files() -> None:
    texts = many()
    before = of(texts)
    touched = remade([SearchText("ships/new/", "ship", "New", [], "A ship.", []), *texts], before)

    assert {parts.INDEX, "names.bin"} < touched
    assert len(touched) < 8 < len(before.files) / 4


def test_what_another_version_made_is_not_gone_on_with() -> None:
    before = of(many())
    made = parts.make(SETTINGS, [text.line() for text in many()], before.state, lambda _: b"", "another")

    assert None not in made.files.values()
    assert made.files == before.files


def test_a_word_stands_with_its_stem_its_texts_and_how_often() -> None:
    texts = [
        SearchText("ships/a/", "ship", "Traffickers", [], "They traffic.", []),
        SearchText("ships/b/", "ship", "Other", ["Traffickers"], "A ship.", []),
    ]
    files = of(texts).files
    a, b = slots_of([text.at for text in texts])
    words: dict[str, tuple[str, dict[int, str]]] = {}
    for name, data in files.items():
        if name.startswith(shelves.FOLDER):
            words |= shelves.decode_shelf(data or b"")

    assert words["traffickers"] == ("traffick", {a: level(TITLE), b: level(NAME)})
    assert words["traffic"] == ("traffic", {a: level(PASSAGE)})
    assert level(1) < level(4) < level(7) < level(10**9) == level(10**10)


@pytest.mark.parametrize(
    ("language", "word", "stem"),
    [("en", "operations", "oper"), ("fr", "operations", "oper"), ("pt-BR", "navios", "navi"), ("zh", "lamps", "lamps")],
)
def test_a_word_is_stemmed_by_the_rules_of_its_language(language: str, word: str, stem: str) -> None:
    assert stemmer(language)(word) == stem


def test_the_passages_of_a_long_text_lie_apart_and_follow_its_edits() -> None:
    def long(word: str) -> SearchText:
        return replace(many()[0], text=[f"{word} lamp " * 2_000])

    before = of([long("old"), *many()[1:]])
    after = of([long("new"), *many()[1:]], before)
    (apart,) = (name for name in before.files if "long" in name)
    short = of(many(), after)

    assert after == of([long("new"), *many()[1:]])
    assert "new" in decoded(after.files[apart] or b"")[0]
    assert all(
        len(data or b"") < 1_000 for name, data in after.files.items() if name.startswith("texts/") and name != apart
    )
    assert (apart in short.files, short) == (False, of(many()))


@pytest.mark.parametrize(("words", "apart"), [(1_700, 0), (2_000, 1)])
def test_a_text_is_long_from_some_1830_words_on(words: int, apart: int) -> None:
    made = of([replace(many()[0], text=["lamp " * words])])

    assert sum("long" in name for name in made.files) == apart
