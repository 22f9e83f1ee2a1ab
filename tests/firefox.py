"""Knows which Firefox the browser tests use, where to get one when there is none, and drives it by WebDriver BiDi.

Playwright drives a Firefox of its own making only, so a small client of the protocol stands here: commands and their answers. Run as `python -m tests.firefox`, it makes sure that there is one, or says why the tests of Firefox are skipped.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

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


@dataclass
class Firefox:
    """A window of Firefox, and what it said."""

    socket: ClientConnection
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
            said = json.loads(self.socket.recv(HANG))
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
            # No message is too long, and no proxy of the machine stands between.
            with connect(f"ws://127.0.0.1:{port}/session", max_size=None, open_timeout=HANG, proxy=None) as socket:
                window = Firefox(socket)
                window.begin()
                yield window
        finally:
            run.kill()


if __name__ == "__main__":
    sys.stdout.write(f"{provide_firefox()}\n")
