"""Development server for editors: rebuilds on save, reloads the browser and shows problems above the page."""

import contextlib
import html
import http.server
import json
import mimetypes
import posixpath
import shutil
import sys
import threading
import time
import traceback
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from explainer import build
from explainer.base import refusals
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.incremental.cache_folder import unkept, usable
from explainer.incremental.store import Store
from explainer.publish import builder, moment, swap
from explainer.publish.search import index
from explainer.publish.swap import PublishError
from explainer.serve.watch import OWN_FOLDERS, Watcher

OFTEN = 0.15
"""Seconds between two looks at whether the server is to end."""
PATIENCE = 20.0
"""Timeout in seconds of a long poll, after which the browser asks again."""
_SCRIPT = """\
(() => {
  const version = document.currentScript.dataset.version;
  const ask = async () => {
    let wait = 500;
    try {
      if (!document.hidden) {
        const answer = await fetch(`/-/explainer/state?after=${version}`);
        if (answer.ok && String((await answer.json()).version) !== version) { location.reload(); return; }
        if (answer.ok) wait = 0;
      }
    } catch { /* the server is away; it may come back */ }
    setTimeout(ask, wait);
  };
  ask();
})();
"""
_STYLE = """\
.explainer-notice { position: sticky; top: 0; z-index: 9; padding: 1rem; background: #fff; color: #7d0000;
  border-bottom: .25rem solid; font: 16px/1.5 sans-serif; max-height: 50vh; overflow: auto; overflow-wrap: anywhere; }
.explainer-notice p { margin: 0 0 .5rem; font-weight: bold; }
.explainer-notice ul { margin: 0; padding-left: 1.5rem; }
@media print { .explainer-notice { display: none; } }
"""
_BARE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>explainer</title></head><body></body></html>'


@dataclass
class Live:
    """State of the server: the last good site, the current problems and a version for reloading."""

    root: Path
    site: Path
    jobs: int
    problems: tuple[str, ...] = ()
    version: int = field(default_factory=lambda: int(time.time() * 1000))
    """Starts at the current time in milliseconds and grows with every build, so it also grows across restarts."""
    mount: str = "/"
    """URL path under which the site is served: the path of its own URL."""
    news: threading.Condition = field(default_factory=threading.Condition)

    def refresh(self) -> str:
        """Rebuild and notify waiting browsers. Returns a summary of the build, or its problems."""
        started = time.perf_counter()
        said = ""
        try:
            if not self.root.is_dir():
                raise PublishError(f"{self.root} is gone; expected the dossier's folder; bring it back")  # noqa: TRY301 - reported like every failure
            with swap.alone(self.root, lambda _: None):
                about = build.generate(self.root, jobs=self.jobs)[0].dossier  # lets the library be freed
                built = builder.build(self.root, self.site, about, jobs=self.jobs, last_search=True)
            self.mount = urllib.parse.urlsplit(about.url).path.rstrip("/") + "/"
            problems: tuple[str, ...] = ()
            said = f"{built.rendered:,} of {built.pages:,} pages rendered in {time.perf_counter() - started:.2f} s"
        except ContentError as stopped:
            problems = tuple(str(problem) for problem in stopped.problems)
        except PublishError as failed:
            problems = tuple(str(failed).splitlines())
        except OSError as error:
            problems = (refusals.in_words(error),)
        except Exception as error:  # noqa: BLE001 - an own kind may raise anything, and will be mended while this runs
            last = traceback.extract_tb(error.__traceback__)[-1]
            reason = str(error).split("\n")[0]
            problems = (f"{last.filename}:{last.lineno}: failed ({type(error).__name__}: {reason})",)
        with self.news:
            self.problems = problems
            self.version += 1
            self.news.notify_all()
        return said or "\n".join(problems)

    def search(self) -> None:
        """Update the search index after the build, so that the changed page does not wait for it."""
        if self.problems:
            return
        with contextlib.suppress(PublishError, OSError), swap.alone(self.root, lambda _: None):
            index.install(Store(self.root), self.root / "docs", self.site)

    def page(self, data: bytes) -> bytes:
        """Inject the reload script into an HTML page and, if there are problems, a notice at its top."""
        text = data.decode("utf-8", "replace")
        head = f'<script src="{OWN_FOLDERS}reload.js" data-version="{self.version}" defer></script>'
        if self.problems:
            head += f'<link rel="stylesheet" href="{OWN_FOLDERS}notice.css">'
            rows = "".join(f"<li>{html.escape(line)}</li>" for line in self.problems)
            title = "This page is as it was before: the newest change has problems."
            notice = f'<div class="explainer-notice" role="alert"><p>{title}</p><ul>{rows}</ul></div>'
            at = text.find(">", text.find("<body")) + 1
            text = text[:at] + notice + text[at:]
        return text.replace("</head>", f"{head}</head>", 1).encode()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], live: Live) -> None:
        """Listen on an address. Raises OSError or OverflowError if that fails."""
        self.live = live
        self.allow_reuse_address = sys.platform != "win32"  # there it would let two servers listen on one port
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore dropped connections."""


def _inside(folder: Path, target: Path) -> bytes | None:
    """The bytes of a file; None if there is none, or if it lies outside the folder."""
    try:
        return target.read_bytes() if target.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None


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
        path = posixpath.normpath("/" + urllib.parse.unquote(path).lstrip("/")) + ("/" if path.endswith("/") else "")
        path = path.replace("//", "/")
        if path == f"{OWN_FOLDERS}reload.js":
            self._send(_SCRIPT.encode(), "text/javascript")
        elif path == f"{OWN_FOLDERS}notice.css":
            self._send(_STYLE.encode(), "text/css")
        elif path == f"{OWN_FOLDERS}state":
            self._state(urllib.parse.parse_qs(query).get("after", [""])[0])
        elif not path.startswith(live.mount):
            self._move(live.mount)
        else:
            self._file(live, path.removeprefix(live.mount))

    def _state(self, after: str) -> None:
        live = self.server.live
        with live.news:
            live.news.wait_for(lambda: str(live.version) != after, timeout=PATIENCE)
            found = {"version": live.version, "problems": live.problems}
        self._send(json.dumps(found).encode(), "application/json")

    def _file(self, live: Live, name: str) -> None:
        target = live.site / name
        is_folder = target.is_dir()
        if is_folder and name and not name.endswith("/"):
            self._move(f"{live.mount}{urllib.parse.quote(name)}/")
            return
        if is_folder or name.endswith("/"):
            target /= "index.html"
        status, data = HTTPStatus.OK, _inside(live.site, target)
        if data is None:
            status, target = HTTPStatus.NOT_FOUND, live.site / "404.html"
            data = _inside(live.site, target) or _BARE.encode()
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        self._send(live.page(data) if target.suffix == ".html" else data, kind, status)

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
        _serve(Live(root, folder / "site", jobs), host, port, say, unkept(progress))


def _serve(live: Live, host: str, port: int, say: Callable[[str], None], unkept: str) -> None:
    """Run the server and the watch loop; `unkept`, the cache warning, is shown only if the first build has no problems."""
    root = live.root
    try:
        server = _Server((host, port), live)
    except (OSError, OverflowError, TypeError, ValueError) as error:  # the last two for a host that cannot be encoded
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise PublishError(f"{host}:{port} cannot be listened on ({reason}); choose another with --port") from error
    with Watcher(root, builder.theme(root), say) as watcher:
        say(live.refresh())
        if unkept and not live.problems:
            say(unkept)
        threading.Thread(target=server.serve_forever, args=(OFTEN,), daemon=True).start()
        say(f"Serving on http://{host}:{server.server_port}{live.mount}; Ctrl-C ends it")
        try:
            while True:
                live.search()
                watcher.wait()
                say(live.refresh())
        except KeyboardInterrupt:
            say("Stopped")
        finally:
            server.shutdown()
            server.server_close()
            shutil.rmtree(live.site.parent, ignore_errors=True)
