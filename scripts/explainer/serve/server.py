"""Development server for editors: rebuilds on save, reloads the browser and shows problems above the page."""

import errno
import http.server
import json
import mimetypes
import shutil
import socket
import sys
import threading
import urllib.parse
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from explainer.base.progress import Progress
from explainer.incremental.cache_folder import unkept, usable
from explainer.publish import builder, moment
from explainer.publish.swap import PublishError
from explainer.serve import later_search, page_script
from explainer.serve.live import Live
from explainer.serve.watch import Watcher

OFTEN = 0.15
"""Seconds between two looks at whether the server is to end."""
PATIENCE = 20.0
"""Timeout in seconds of a long poll, after which the browser asks again."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], live: Live) -> None:
        """Listen on an address of IPv4 or IPv6. Raises OSError or OverflowError if that fails."""
        self.live = live
        self.address_family = socket.AF_INET6 if _is_ipv6(address[0]) else socket.AF_INET
        self.allow_reuse_address = sys.platform != "win32"  # there it would let two servers listen on one port
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore dropped connections."""


def _is_ipv6(host: str) -> bool:
    """Whether a host is an address of IPv6, which alone holds colons."""
    return ":" in host


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name set by the base class
        """Do not log requests."""

    def do_HEAD(self) -> None:
        """Answer like GET; `_send` omits the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Serve a file of the site, or an internal address: reload script, notice style or state."""
        live = self.server.live
        path, _, query = self.path.partition("?")
        name = live.local(path)
        if path == f"{page_script.FOLDER}reload.js":
            self._send(page_script.SCRIPT.encode(), "text/javascript")
        elif path == f"{page_script.FOLDER}notice.css":
            self._send(page_script.STYLE.encode(), "text/css")
        elif path == f"{page_script.FOLDER}state":
            self._state({key: values[0] for key, values in urllib.parse.parse_qs(query).items()})
        elif name is None:
            self._move(live.mount)
        else:
            self._file(live, name)

    def _state(self, asked: dict[str, str]) -> None:
        """Answer when there is news of a page, or after a while."""
        live = self.server.live
        name = live.local(asked.get("page", live.mount)) or ""
        version = live.wait(name, asked.get("after", ""), asked.get("left", "0"), PATIENCE)
        left = live.left
        found = {
            "version": version,
            "problems": live.problems,
            "left": left,
            "told": page_script.to_go(left) if left else "",
        }
        self._send(json.dumps(found).encode(), "application/json")

    def _file(self, live: Live, name: str) -> None:
        with live.news:  # so that a page and its version are of one moment
            found = live.find(name)
            data, version, problems = found.data, live.version(found.data), live.problems
        if found.moved:
            self._move(f"{live.mount}{urllib.parse.quote(name)}/")
            return
        if found.name.endswith(".html"):
            live.open(name)
            data = page_script.injected(data, version, problems)
        self._send(data, mimetypes.guess_type(found.name)[0] or "application/octet-stream", found.status)

    def _move(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("javascript", "json"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def serve(root: Path, host: str, port: int, *, jobs: int, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. Raises PublishError if the address or SOURCE_DATE_EPOCH cannot be used."""
    moment.pin(root)
    progress = Progress()
    with usable(root / ".cache" / "serve", progress) as folder:
        try:
            _serve(Live(root, folder / "site", jobs, say), host, port, say, unkept(progress))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _serve(live: Live, host: str, port: int, say: Callable[[str], None], unkept: str) -> None:
    """Run the server and the watch loop; `unkept`, the cache warning, is shown only if the first build has no problems."""
    host = host.removeprefix("[").removesuffix("]")
    shown = f"[{host}]" if _is_ipv6(host) else host
    try:
        server = _Server((host, port), live)
    except (OSError, OverflowError, TypeError, ValueError) as error:  # the last two for a host that cannot be encoded
        raise PublishError(_unheard(f"{shown}:{port}", error)) from error
    answering = threading.Thread(target=server.serve_forever, args=(OFTEN,), daemon=True)
    try:
        with Watcher(live.root, builder.theme(live.root), say) as watcher:
            live.changed = watcher.has_news
            say(live.refresh())
            if unkept and not live.problems:
                say(unkept)
            answering.start()
            say(f"Serving on http://{shown}:{server.server_port}{live.mount}; Ctrl-C ends it")
            _watch(live, watcher, say)
    except KeyboardInterrupt:
        say("Stopped")
    finally:
        if answering.is_alive():
            server.shutdown()
        server.server_close()


def _unheard(address: str, error: Exception) -> str:
    """Why an address cannot be listened on, and whether another port or another host is the step."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    port = isinstance(error, OverflowError) or getattr(error, "errno", None) in {errno.EADDRINUSE, errno.EACCES}
    step = "a port that is free; choose another with --port"
    if not port:
        step = "a name or an address of this computer, as 127.0.0.1; choose another with --host"
    return f"{address} cannot be listened on ({reason}); expected {step}"


def _watch(live: Live, watcher: Watcher, say: Callable[[str], None]) -> None:
    """Build whenever sources change, and update the search after it, until something else changes."""
    while True:
        ready = not live.problems and not live.left and not watcher.has_news()
        searching = later_search.begin(live.root, live.site) if ready else None
        try:
            watcher.wait()
        finally:
            later_search.end(searching)
        say(live.refresh())
