"""Knows which Firefox the browser tests use, where to get one when there is none, and drives it by WebDriver BiDi.

Playwright drives a Firefox of its own making only, so a small client of the protocol stands here: a WebSocket, commands and
their answers. Run as `python -m tests.firefox`, it makes sure that there is one, or says why the tests of Firefox are skipped.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import itertools
import json
import os
import re
import secrets
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chromium import install_package
from tests.patience import BROWSER, HANG

COMMANDS = ("firefox-esr", "firefox")
"""What distributions call it."""
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
"""What it does by itself is switched off: a test sees the pages only."""
_LISTENING = re.compile(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
"""Kinds of frame of a WebSocket (RFC 6455)."""


@functools.cache
def find_firefox() -> Path | None:
    """The Firefox to test with: the one that EXPLAINER_FIREFOX names, else the machine's own; None where there is none."""
    named = os.environ.get("EXPLAINER_FIREFOX")
    found = (shutil.which(name) for name in ((named,) if named else COMMANDS))
    # A snap is confined to folders of its own and cannot read the site under test.
    return next((Path(path) for path in found if path and not Path(path).is_relative_to("/snap")), None)


def provide_firefox() -> str:
    """Make sure that there is a Firefox where that is possible, and say in one line which, or why there is none."""
    if firefox := find_firefox():
        return f"Firefox for the tests: {firefox}"
    failure = install_package("firefox-esr")
    find_firefox.cache_clear()
    if firefox := find_firefox():
        return f"Firefox for the tests: {firefox} (new, from the distribution's package)"
    return f"No Firefox for the tests, which skip what needs it ({failure}); name yours: EXPLAINER_FIREFOX=/path/to/firefox"


class _Socket:
    """The client's end of a WebSocket, for texts."""

    def __init__(self, port: int) -> None:
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=HANG)
        self.left = b""
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        head = f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.stream.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.stream.recv(4096)
        head_of_answer, _, self.left = answer.partition(b"\r\n\r\n")
        if b" 101 " not in head_of_answer.split(b"\r\n")[0]:
            raise ConnectionError(head_of_answer.decode())

    def send(self, text: str, kind: int = _TEXT) -> None:
        """Send a frame; what a client sends is masked."""
        data = text.encode()
        size = len(data)
        head = struct.pack("!B", 0x80 | kind)
        if size < 126:
            head += struct.pack("!B", 0x80 | size)
        else:
            head += struct.pack("!BQ", 0x80 | 127, size) if size > 0xFFFF else struct.pack("!BH", 0x80 | 126, size)
        mask = secrets.token_bytes(4)  # Firefox takes one of zeros for none
        self.stream.sendall(head + mask + bytes(byte ^ key for byte, key in zip(data, itertools.cycle(mask))))

    def receive(self) -> str:
        """The next text, of as many frames as it has; a question whether somebody is there is answered."""
        text = b""
        while True:
            first, second = self._exactly(2)
            size = second & 0x7F
            if size >= 126:
                size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
            data = self._exactly(size)
            kind = first & 0x0F
            if kind == _CLOSE:
                raise ConnectionError("Firefox closed the connection")
            if kind == _PING:
                self.send(data.decode(), _PONG)
            elif kind != _PONG:
                text += data
                if first & 0x80:
                    return text.decode()

    def _exactly(self, size: int) -> bytes:
        while len(self.left) < size:
            more = self.stream.recv(1 << 16)
            if not more:
                raise ConnectionError("Firefox is gone")
            self.left += more
        data, self.left = self.left[:size], self.left[size:]
        return data


@dataclass
class Firefox:
    """A window of Firefox, and what it said."""

    socket: _Socket
    errors: list[str] = field(default_factory=list)
    """Errors on the console and of scripts, each with the page that it was said on."""
    requests: list[str] = field(default_factory=list)
    """Every address that was asked for."""
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _window: str = ""
    _at: str = ""

    def begin(self) -> None:
        """Begin a session with one window."""
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._window = self.command("browsingContext.create", type="tab")["context"]

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its answer; keeps what is said in between."""
        number = next(self._numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.receive())
            if said.get("id") == number:
                if said["type"] == "error":
                    raise RuntimeError(f"{method}: {said['message']}")
                return dict(said["result"])
            self._heard(said)

    def _heard(self, said: dict[str, Any]) -> None:
        event, params = said.get("method"), said.get("params", {})
        if event == "log.entryAdded" and params["level"] == "error":
            self.errors.append(f"{self._at}: {params['text']}")
        elif event == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])

    def open(self, address: str, width: int = 1280) -> None:
        """Show a page until it has loaded."""
        self._at = address
        self.command("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": 900})
        self.command("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, which has to be plain."""
        target = {"context": self._window}
        said = self.command("script.evaluate", expression=expression, target=target, awaitPromise=True)
        if said["type"] == "exception":
            raise RuntimeError(said["exceptionDetails"]["text"])
        return said["result"].get("value")

    def wait(self, expression: str) -> Any:
        """The value of an expression as soon as it counts as true; fails where that takes too long."""
        end = time.monotonic() + BROWSER
        while not (value := self.run(expression)):
            if time.monotonic() > end:
                raise TimeoutError(f"{self._at}: {expression}")
            time.sleep(0.05)
        return value

    def keys(self, text: str) -> None:
        """Press keys, one after the other."""
        strokes = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": strokes})

    def point(self, expression: str) -> None:
        """Move the pointer to the middle of an element."""
        x, y = json.loads(
            self.run(
                f"(() => {{const e = {expression}; e.scrollIntoView({{block: 'center'}}); const b = e.getClientRects()[0];"
                "return JSON.stringify([b.left + b.width / 2, b.top + b.height / 2].map(Math.round))})()"
            )
        )
        move = {"type": "pointerMove", "x": x, "y": y}
        self._act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]})

    def _act(self, source: dict[str, Any]) -> None:
        self.command("input.performActions", context=self._window, actions=[source])


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox without a window on the screen, with a profile in a folder."""
    program = find_firefox()
    if program is None:
        raise FileNotFoundError("no Firefox found")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [str(program), "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        try:
            assert run.stderr
            port = next(match[1] for line in run.stderr if (match := _LISTENING.search(line.decode(errors="replace"))))
            window = Firefox(_Socket(int(port)))
            window.begin()
            yield window
            window.socket.stream.close()
        finally:
            run.kill()


if __name__ == "__main__":
    sys.stdout.write(f"{provide_firefox()}\n")
