"""Runs the Pagefind binary as a subprocess: sends pages and receives the index files through pipes."""

import base64
import contextlib
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator
from typing import IO, Any

from explainer.base.problems import quoted
from explainer.publish.swap import PublishError


def pagefind_files(language: str, pages: Iterable[str]) -> dict[str, bytes]:
    """Index HTML pages, numbered in their order: path -> content of Pagefind's files. Raises PublishError on failure.

    The files are received through the pipe, because Pagefind reports success before it has written the last to disk.
    """
    program = _started()
    if program.stdin is None or program.stdout is None:  # pragma: no cover - both are pipes
        raise PublishError(_UNSTARTED.format("it has no pipes"))
    feeder = threading.Thread(target=_feed, args=(program.stdin, _messages(language, pages)), daemon=True)
    feeder.start()
    try:
        for payload in _answers(program.stdout):
            if payload["type"] == "Error":
                raise PublishError(_REFUSED.format(quoted(str(payload["message"]))))
            if payload["type"] == "GetFiles":
                return {file["path"]: base64.b64decode(file["content"]) for file in payload["files"]}
    finally:
        program.kill()
        program.wait()
        feeder.join()
        with contextlib.suppress(OSError):  # input that it did not read before it ended
            program.stdin.close()
        program.stdout.close()
    raise PublishError(_ENDED)


_REFUSED = (
    "the search index could not be made, {} says Pagefind, which makes it of docs/search/.texts/; "
    "expected it to take every text; take out what was added last, or install the packages again"
)
_ENDED = (
    "Pagefind, which makes the search index, ended before it was whole; expected memory and space on the disk enough; "
    "look at both, then run again"
)
_UNSTARTED = (
    "Pagefind, which makes the search index, does not start ({}); expected its program; install the packages again"
)


def _started() -> "subprocess.Popen[bytes]":
    """Start Pagefind as a service; raises PublishError if it cannot be started."""
    import pagefind_bin

    try:
        return subprocess.Popen(  # noqa: S603 - the package's own program
            [str(pagefind_bin.get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise PublishError(_UNSTARTED.format(error.strerror or error)) from None


def _messages(language: str, pages: Iterable[str]) -> Iterator[bytes]:
    """What Pagefind is told: to begin an index, to add each page, and to hand over its files."""
    config = {"force_language": language, "keep_index_url": True}
    yield _message(0, {"type": "NewIndex", "config": config})
    for number, page in enumerate(pages):
        added = {"type": "AddFile", "index_id": 0, "url": f"/{number}", "file_path": None, "file_contents": page}
        yield _message(number + 1, added)
    yield _message(0, {"type": "GetFiles", "index_id": 0})


def _message(number: int, payload: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _feed(pipe: IO[bytes], messages: Iterable[bytes]) -> None:
    """Write all messages and leave the pipe open, because Pagefind exits at end of input, even before it answers."""
    with contextlib.suppress(OSError):  # it exited early; the reader of its answers reports that
        for each in messages:
            pipe.write(each)
        pipe.flush()


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Parse Pagefind's answers (comma-separated base64 of JSON), each as soon as it is complete."""
    begun: list[bytes] = []
    while part := pipe.read1(1 << 20):  # type: ignore[attr-defined] # a BufferedReader; IO lacks read1
        first, *ended = part.split(b",")
        begun.append(first)
        for other in ended:
            yield json.loads(base64.b64decode(b"".join(begun)))["payload"]
            begun = [other]
