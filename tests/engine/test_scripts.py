"""What Python and the scripts of the theme must agree on, and the bundle that is published of the scripts."""

import base64
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from explainer.data import cells
from explainer.figures.csv_tables import serialised
from explainer.outputs.search_files import FOLDER, KIND_FACET, WORDS, YEAR_FACET, SearchSettings, SearchText
from explainer.publish.script_bundle import bundle, of_entry
from explainer.publish.search import parts, words
from explainer.publish.search.names import NameList, encode, last_part, name_list
from explainer.publish.search.shelves import path_of
from explainer.publish.search.slots import slots_of
from explainer.publish.swap import PublishError
from tests.built_harbour import built
from tests.conftest import TESTS
from tests.node import ASSETS, run_node

pytest_plugins = ("tests.built_harbour",)

SHARED: Mapping[str, Any] = json.loads((TESTS / "js" / "fixtures" / "words.json").read_text(encoding="utf-8"))
"""Read by tests/js/shared.test.js as well."""
ENTRIES = ("explainer.js", "search.js", "service-worker.js")
ON_PAGES = ENTRIES[:2]
"""Those that every site has."""
MODULES = sorted(path for path in ASSETS.glob("*/*.js"))
LONGEST = 400
"""Lines of a module."""


def test_the_last_part_of_an_address_is_the_same_as_in_the_script() -> None:
    assert [[address, last_part(address)] for address, _ in SHARED["last"]] == SHARED["last"]


def test_a_cell_is_written_for_the_site_as_the_script_writes_it() -> None:
    written = [[text, serialised((), [[cells.safe(text), "x"]]).decode()[3:-4]] for text, _ in SHARED["cells"]]

    assert written == SHARED["cells"]


def test_words_are_folded_and_parted_for_the_index_as_in_the_script() -> None:
    assert [[text, words.fold(text)] for text, _ in SHARED["folded"]] == SHARED["folded"]
    assert [[text, words.words_of(text)] for text, _ in SHARED["words"]] == SHARED["words"]


FOLDS = """
import { fold } from FOLD;
import { wordsOf } from WORDS;
import { text } from "node:stream/consumers";
const all = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(all.map(one => [fold(one), wordsOf(one)])));
"""


def test_every_letter_mark_digit_and_sign_is_folded_for_the_index_as_in_the_script() -> None:
    chars = [
        chr(code)
        for code in (*range(0x20, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0xFFFE), *range(0x10000, 0x11000))
    ]
    known = [char for char in chars if unicodedata.category(char) not in {"Cn", "Cs", "Co"}]
    texts = [f"a{char}b {char} {char}{char}x" for char in known]
    code = FOLDS.replace("FOLD", json.dumps((ASSETS / "shared/fold.js").as_uri()))
    said = json.loads(
        run_node(code.replace("WORDS", json.dumps((ASSETS / "search/words.js").as_uri())), json.dumps(texts))
    )
    other = [text for text, one in zip(texts, said, strict=True) if [words.fold(text), words.words_of(text)] != one]

    assert len(known) > 10_000
    assert other == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("河流协议", ["河流", "流协", "协议", "议"]),
        ("แม่น้ำ", ["แม่", "ม่น้", "น้ำ", "ำ"]),
        ("والشرطة", ["والشرطه", "شرطه"]),
        ("C++ “quoted” — Épervier Strasse", ["cplusplus", "quoted", "epervier", "strasse"]),
        (
            "Target 8.7 of counter-terrorism",
            ["target", "8", "7", "87", "of", "counter", "terrorism", "counterterrorism"],
        ),
        ("A/RES/71", ["a", "res", "71", "ares71", "res71"]),
        ("and/or 协8", ["and", "or", "协", "8"]),
    ],
)
def test_the_index_holds_a_word_in_every_form_in_which_the_script_asks_for_it(text: str, asked: list[str]) -> None:
    assert [*words.forms_of(text)] == asked


def test_a_text_lies_in_the_slot_and_pack_and_a_word_on_the_shelf_in_which_the_script_looks() -> None:
    assert [[at, slots_of(at)] for at, _ in SHARED["slots"]] == SHARED["slots"]
    assert [[slot, parts.pack_of(slot)] for slot, _ in SHARED["packs"]] == SHARED["packs"]
    assert [[name, path_of(name)] for name, _ in SHARED["shelves"]] == SHARED["shelves"]


def test_the_facets_that_the_script_treats_apart_have_the_keys_that_it_knows() -> None:
    keys = {"kind": KIND_FACET, "year": YEAR_FACET}

    assert keys == SHARED["facets"]


# --- the bundle


def write(folder: Path, **modules: str) -> Path:
    """Write modules into a folder; returns the path of `main`."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def run(script: str) -> Any:
    """Run a classic script, and read what it left in `told`."""
    code = f"import vm from 'node:vm'; const told = []; vm.runInNewContext({json.dumps(script)}, {{ told }}); "
    return json.loads(run_node(code + "process.stdout.write(JSON.stringify(told));"))


def test_a_bundle_runs_every_module_once_after_those_that_it_imports(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main='import { b } from "./b.js";\nimport { c } from "./c.js";\n\ntold.push("main", b, c());\n',
        b='import { c } from "./c.js";\n\ntold.push("b");\nconst own = 1;\nexport const b = c() + own;\n',
        c='told.push("c");\nconst own = 40;\nexport function c() {\n  return own;\n}\n',
    )

    assert [path.name for path in bundle(main).modules] == ["c.js", "b.js", "main.js"]
    assert run(bundle(main).text) == ["c", "b", "main", 41, 40]


def test_a_bundle_is_strict_and_leaves_comments_out_but_not_texts_that_look_like_some(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main=(
            'import {\n  a,\n  b,\n} from "./a.js";\n\n/* Says\n   export default. */\n// import x\n'
            "/** @type {number} */\nconst one = /** @type {number} */ (a / b); // half\n"
            "told.push(one, '// no', \"/* no */\", /\\/\\*x\\*\\//.source, (function () { return this === undefined; })());\n"
        ),
        a="export const a = 1;\nexport const b = 2;\n",
    )
    text = bundle(main).text

    assert run(text) == [0.5, "// no", "/* no */", r"\/\*x\*\/", True]
    assert "Says" not in text
    assert "@type" not in text
    assert "half" not in text


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("export default 1;", 2),
        ('import x from "./a.js";', 2),
        ('import * as x from "./a.js";', 2),
        ('import { a as x } from "./a.js";', 2),
        ('import "./a.js";', 2),
        ("export let x = 1;", 2),
        ("export { a };", 2),
        ('const x = await import("./a.js");', 2),
        ("const x = import.meta.url;", 2),
        ("const x = `one", 2),
    ],
)
def test_a_form_that_the_bundle_does_not_understand_is_refused(line: str, place: int, tmp_path: Path) -> None:
    main = write(tmp_path, main=f'import {{ a }} from "./a.js";\n{line}\n', a="export const a = 1;\n")

    with pytest.raises(PublishError, match=rf"main\.js:{place}: .* is not understood; expected .*; write it so"):
        bundle(main)


def test_modules_that_import_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    main = write(tmp_path, main='import { b } from "./b.js";\nexport const a = 1;\n', b='import { a } from "./main.js";\nexport const b = 1;\n')  # fmt: skip

    with pytest.raises(PublishError, match=r"main\.js: imports itself by way of b\.js; expected .*; move "):
        bundle(main)


def test_a_module_that_is_not_there_is_said(tmp_path: Path) -> None:
    main = write(tmp_path, main='import { b } from "./b.js";\n')

    with pytest.raises(
        PublishError, match=r"b\.js: No such file or directory; expected the module that main\.js imports"
    ):
        bundle(main)


def test_only_a_script_that_imports_and_exports_nothing_is_an_entry() -> None:
    assert [path.name for path in sorted(ASSETS.glob("**/*.js")) if of_entry(path) is not None] == list(ENTRIES)


def test_every_module_of_the_theme_is_in_a_bundle_and_short() -> None:
    bundled = {path for entry in ENTRIES for path in bundle(ASSETS / entry).modules}

    assert [path for path in MODULES if path.resolve() not in bundled] == []
    assert [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


SEARCHES = """
import vm from "node:vm";
import { readFileSync } from "node:fs";
const { names, script, module, asked } = JSON.parse(readFileSync(0, "utf-8"));
const element = () => ({ append() {} });
const data = Uint8Array.from(atob(names), char => char.charCodeAt(0));
console.error = () => {};
const page = () => ({
  currentScript: { src: "https://example.org/assets/search.js" },
  documentElement: { lang: "en", dataset: {} },
  createElement: element,
  head: element(),
});
globalThis.fetch = async () => new Response(data);
const answers = async run => {
  globalThis.document = page();
  globalThis.location = { search: "" };
  globalThis.window = {};
  await run();
  const search = globalThis.window.explainerSearch;
  return Promise.all(asked.map(text => search.find(text)));
};
const bundled = await answers(() => vm.runInThisContext(script));
const imported = await answers(() => import(module));
process.stdout.write(JSON.stringify({ bundled, imported }));
"""
"""Asks the search as it is published and as modules, with as much of a page as they need, and with no texts."""


@pytest.fixture(scope="module")
def harbour_names(generated: Path) -> NameList:
    """The names of the harbour dossier."""
    folder = generated / "docs" / FOLDER
    settings = SearchSettings.decode((folder / WORDS).read_bytes())
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [SearchText.of_line(line) for line in lines]
    return name_list(settings, texts)


def test_the_bundle_of_the_search_finds_what_its_modules_find(harbour_names: NameList) -> None:
    titles = [record.title for record in harbour_names.records]
    asked = [*titles, *(title[: len(title) // 2] for title in titles), "8.7", "lmap office", "the", ""]
    told = {
        "names": base64.b64encode(encode(harbour_names)).decode(),
        "script": bundle(ASSETS / "search.js").text,
        "module": (ASSETS / "search.js").as_uri(),
        "asked": asked,
    }
    said = json.loads(run_node(SEARCHES, json.dumps(told)))
    first = [found[0] for found in said["imported"][: len(titles)]]

    assert said["bundled"] == said["imported"]
    assert [record.title for record, at in zip(harbour_names.records, first, strict=True) if record.at not in at] == []


def own_scripts(site: Path) -> dict[str, str]:
    """Path in a site -> text of the scripts that are not the theme's that ours is based on."""
    paths = {path.relative_to(site).as_posix(): path for path in (site / "assets").rglob("*.js")}
    return {name: path.read_text(encoding="utf-8") for name, path in paths.items() if "/javascripts/" not in name}


def test_a_site_has_the_bundles_and_no_module(built_prototype: Path) -> None:
    assert own_scripts(built_prototype / "site") == {f"assets/{name}": bundle(ASSETS / name).text for name in ON_PAGES}


def test_a_changed_module_changes_the_script_of_the_next_build(built_root: Path) -> None:
    module = built_root / "theme" / "assets" / "search" / "ranking.js"
    module.write_text(module.read_text(encoding="utf-8").replace("mostWords: 24", "mostWords: 23"), encoding="utf-8")
    before = own_scripts(built_root / "site")
    built(built_root)
    after = own_scripts(built_root / "site")

    assert [name for name in after if after[name] != before[name]] == ["assets/search.js"]
    assert "mostWords: 23" in after["assets/search.js"]


def test_a_module_that_cannot_be_bundled_stops_the_build_and_the_old_site_stays(built_root: Path) -> None:
    module = built_root / "theme" / "assets" / "search" / "ranking.js"
    module.write_text("export default 1;\n", encoding="utf-8")
    before = own_scripts(built_root / "site")

    with pytest.raises(PublishError, match=r"ranking\.js:1: export default 1; is not understood"):
        built(built_root)
    assert own_scripts(built_root / "site") == before
