"""The server for programs, asked by the client of the official SDK: what it answers, and that it ends."""

import asyncio
import importlib.util
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.serve import context_server
from tests.conftest import HARBOUR, Run, copied

pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("mcp"), reason="the SDK of the Model Context Protocol is not installed"
)
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks a tool of the server of the harbour dossier, by the client of the SDK, without a process."""
    import mcp  # slow to load, and every process that runs tests loads every module

    server = context_server.server(build.load(copied(HARBOUR, tmp_path_factory.mktemp("asked") / "harbour")))

    def asked(tool: str = "", **named: Any) -> Any:
        async def talk() -> Any:
            async with mcp.Client(server) as client:
                return await (client.call_tool(tool, named) if tool else client.list_tools())

        # In a thread of its own: where a browser is driven from this process, a loop runs here already.
        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(asyncio.run, talk()).result()

    return asked


def sourced(answers: list[dict[str, Any]]) -> bool:
    """Whether each of them names sources, and where they are."""
    return bool(answers) and all(
        answer["sources"] and all(source["url"].startswith("http") for source in answer["sources"])
        for answer in answers
    )


def test_it_offers_five_tools_that_only_read(ask: Ask) -> None:
    tools = ask().tools
    assert [tool.name for tool in tools] == ["search", "record", "figures", "compare_editions", "open_questions"]
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_what_a_search_finds_is_a_record_with_its_sources(ask: Ask) -> None:
    found = ask("search", words="BEACON of 2001", kind="operation").structured_content
    first = found["results"][0]
    assert first["id"] == "beacon-2001"
    assert first["url"] == "https://lantern.example/operations/beacon-2001/"
    assert sourced(found["results"])
    whole = ask("record", kind=first["type"], ident=first["id"]).structured_content
    assert whole["url"] == first["url"]
    assert whole["figures"]
    assert whole["citation"]["long"]
    assert sourced([whole])


def test_a_figure_comes_with_how_sure_it_is_and_with_its_sources(ask: Ask) -> None:
    of_record = ask("figures", kind="operation", ident="beacon-2001").structured_content
    assert {"value", "what", "comparator", "certainty", "url"} <= of_record["figures"][0].keys()
    assert sourced(of_record["figures"])
    assert ask("figures", words="boats", limit=1).structured_content["count"] >= 1


def test_editions_are_compared_part_by_part_in_either_order(ask: Ask) -> None:
    texts = ask("search", words="accord edition resolution", kind="resolution").structured_content["results"]
    older, newer = sorted(text["id"] for text in texts)[:2]
    compared = ask("compare_editions", older=older, newer=newer).structured_content
    assert compared == ask("compare_editions", older=newer, newer=older).structured_content
    assert sum(compared["counts"].values()) == len(compared["parts"])
    assert sourced([compared])
    assert "/compare/" in compared["url"]


def test_an_open_question_names_its_record(ask: Ask) -> None:
    found = ask("open_questions").structured_content
    assert found["count"] == len(found["questions"]) or found["count"] > 20
    assert found["questions"][0]["record"]["url"].startswith("https://lantern.example/")


@pytest.mark.parametrize(
    ("tool", "named", "said"),
    [
        ("record", {"kind": "operatoin", "ident": "x"}, "'operatoin' is not a type of record; did you mean 'operation'?"),
        ("record", {"kind": "operation", "ident": "beacon-2002"}, "there is no operation 'beacon-2002'; expected an id as the search gives it"),
        ("compare_editions", {"older": "a", "newer": "b"}, "'a' and 'b' are not compared; expected two editions of one text: "),
    ],
)  # fmt: skip
def test_what_the_dossier_does_not_hold_is_told_with_what_it_holds(
    tool: str, named: dict[str, str], said: str, ask: Ask
) -> None:
    answer = ask(tool, **named)
    assert answer.is_error
    assert said in answer.content[0].text


def test_without_the_sdk_a_sentence_says_how_to_get_it(
    run: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mcp.server.mcpserver", None)
    ran = run("--root", harbour, "mcp")
    assert ran.status == 1
    assert "the package mcp is not installed" in ran.err
    assert "pip install" in ran.err
