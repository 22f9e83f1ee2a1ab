"""The spool: bytes of outputs wait on disk, whoever made them, and nothing of it is left."""

import os
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.base.files import Output, digest_of
from explainer.incremental import spool as module
from explainer.incremental.spool import Spool, SpooledOutput


def test_what_two_processes_put_there_is_read_by_the_first(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.open(2)
    told = [spool.keep(Output("a", b"first", "x.md"), "1")]
    child = os.fork()
    if not child:
        spool.own = 1
        spool.keep(Output("b", b"lost"), "2")
        spool.keep(Output("c", b"second"), "3")
        os._exit(0)
    os.waitpid(child, 0)
    told += [spool.keep(Output("d", b"third"), "4"), module.OutputTold("c", None, "3", module.SpoolPlace(1, 4, 6))]

    outputs = [spool.output(each) for each in told]
    assert [(each.path, each.data, each.source, each.digest) for each in outputs] == [
        ("a", b"first", "x.md", "1"),
        ("d", b"third", None, "4"),
        ("c", b"second", None, "3"),
    ]
    assert list((tmp_path / ".cache").iterdir()) == []


def test_what_finds_no_room_on_the_disk_stays_in_memory(tmp_path: Path) -> None:
    class Full:
        def __init__(self, file: Any) -> None:
            self.seek, self.tell = file.seek, file.tell

        def write(self, data: bytes) -> int:
            return len(data) // 2

    spool = Spool(tmp_path)
    spool._files[0].file = Full(spool._files[0].file)  # type: ignore[assignment]

    assert spool.output(spool.keep(Output("a", b"data"), "1")).data == b"data"
    assert spool.received(spool.send({"a": ["data"]})) == {"a": ["data"]}


def test_where_nobody_writes_no_bytes_are_kept(tmp_path: Path) -> None:
    spool = Spool(None)

    assert spool.output(spool.keep(Output("a", b"data"), "1")) == Output("a", b"", None, "1")


@pytest.mark.parametrize("system", ["unix", "another"])
def test_what_a_worker_answers_is_read_while_it_writes_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    if system == "another":
        monkeypatch.delattr(os, "pread")
    spool = Spool(tmp_path)
    spool.open(2)
    spool.own = 1
    values = [{"name": "é" * at, "each": [at] * at} for at in (0, 3, 70_000)]
    answers = []
    for value in values:
        answers.append(spool.send(value))
        assert [spool.received(answer) for answer in answers] == values[: len(answers)]

    assert [type(answer) for answer in answers] == [module.SpoolPlace] * 3


def test_an_answer_is_neither_pickled_nor_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, pieces = Spool(tmp_path), list[int]()
    write, read = module.SpoolFile.write, module.SpoolFile.read

    def wrote(file: module.SpoolFile, data: bytes) -> None:
        pieces.append(len(data))
        write(file, data)

    def was_read(file: module.SpoolFile, begin: int, length: int) -> bytes:
        pieces.append(length)
        return read(file, begin, length)

    monkeypatch.setattr(module.SpoolFile, "write", wrote)
    monkeypatch.setattr(module.SpoolFile, "read", was_read)
    value = {f"name {at}": f"text {at}" * 50 for at in range(10_000)}

    assert spool.received(spool.send(value)) == value
    assert sum(pieces) > 8_000_000
    assert max(pieces) < 100_000


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_holds_no_bytes_of_what_it_made(harbour: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explainer.incremental.scheduler.FEW", 1)
    outputs = build.planned(harbour, build.load(harbour), jobs=jobs)[1].values()

    assert {type(output) for output in outputs} == {SpooledOutput}
    assert all(digest_of(output.data) == output.digest for output in outputs)
