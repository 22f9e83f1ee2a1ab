"""Updates the search of a served site in a process of its own, which a newer change ends at any moment.

It may take longer than everything else: who saves a record wants to see its page, and does not wait for it.
"""

import os
import subprocess
import sys
from pathlib import Path

from explainer.incremental.store import Store
from explainer.library import addresses
from explainer.publish import manifest, swap
from explainer.publish.search import index

_PACKAGES = Path(__file__).resolve().parents[2]


def begin(root: Path, site: Path) -> "subprocess.Popen[bytes]":
    """Begin to update the search of the site of a dossier."""
    paths = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, "-m", __name__, str(root), str(site)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def end(running: "subprocess.Popen[bytes] | None") -> None:
    """End an update, whether or not it is done: it puts every file in its place in one step."""
    if running is not None:
        running.kill()
        running.wait()


def update(root: Path, site: Path) -> None:
    """Update the search of a site, and its manifest. Raises PublishError or OSError if that fails."""
    with swap.alone(root, lambda _: None):
        store = Store(root)
        known = index.install(store, root / "docs", site, index.kept(store))
        if known:
            manifest.renew(site, root, addresses.SEARCH, known)


if __name__ == "__main__":
    update(*map(Path, sys.argv[1:]))
