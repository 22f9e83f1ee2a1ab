"""Knows which Chromium the browser tests use, where to get one when there is none, and how to start it.

Run as `python -m tests.chromium`, it makes sure that there is one and says which.
"""

from __future__ import annotations

import functools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.patience import HANG

PROJECT = Path(__file__).resolve().parent.parent

COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What distributions call it: first the one built without windows, which loads a page in half the processor's time, as it draws
no bars and menus for each; then the free one."""
PACKAGES = ("chromium-headless-shell", "chromium")
"""The distribution's packages of those, in the order in which they are tried."""

MAC_APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
"""Where macOS keeps it: not on PATH."""

DOWNLOADED = ("chrome-headless-shell", "headless_shell", "chrome", "Chromium", "Google Chrome for Testing")
"""What the program is called in Playwright's own downloads, the one built without windows first."""

ARGUMENTS = (
    "--no-sandbox",  # its sandbox refuses to run as root and in most containers; the only pages it opens are ours
    "--disable-quic",
    "--disable-background-networking",  # a test that counts requests must see the page's only
    "--disable-component-update",
    "--no-first-run",
)


def browsers_folder() -> Path:
    """The folder that Playwright downloads browsers to: inside the project, unless the environment names another."""
    return Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or PROJECT / ".venv" / "browsers")


@functools.cache
def find_chromium() -> Path | None:
    """The Chromium to test with, or None where the machine has none that starts.

    EXPLAINER_CHROMIUM names it; else it is the machine's own; else the one that Playwright downloaded.

    Raises:
        FileNotFoundError: EXPLAINER_CHROMIUM names something that does not start.
    """
    if named := os.environ.get("EXPLAINER_CHROMIUM"):
        chosen = shutil.which(named)
        if chosen is None or not _starts(Path(chosen)):
            message = f"EXPLAINER_CHROMIUM is {named!r}, which is no Chromium that starts; mend it or unset it"
            raise FileNotFoundError(message)
        return Path(chosen)
    return next((path for path in (*_installed(), *_downloaded()) if _starts(path)), None)


def launch_options() -> dict[str, Any]:
    """What Playwright is told to start a Chromium without a window.

    Raises:
        FileNotFoundError: there is no Chromium; the message says how to get one.
    """
    chromium = find_chromium()
    if chromium is None:
        message = "no Chromium found; `make test` provides one, or name yours: EXPLAINER_CHROMIUM=/path/to/chromium"
        raise FileNotFoundError(message)
    return {
        "executable_path": chromium,
        "args": list(ARGUMENTS),
        "env": {**_environment()},
        "timeout": HANG * 1000,
    }


def provide_chromium() -> str:
    """Make sure that there is a Chromium, and say in one line which.

    Where there is none, the distribution's package is installed if that is allowed without a password; else Playwright
    downloads one into the project's folder.

    Raises:
        FileNotFoundError: neither worked, or EXPLAINER_CHROMIUM is wrong; the message says what was tried and what to
            do next.
    """
    if chromium := find_chromium():
        return f"Browser for the tests: {chromium}"
    failures = []
    for source, fetch in (
        ("the distribution's package", _install),
        ("Playwright's download", _download),
    ):
        failure = fetch()
        find_chromium.cache_clear()
        if chromium := find_chromium():
            return f"Browser for the tests: {chromium} (new, from {source})"
        failures.append(f"- {source}: {failure or 'came, but does not start; it may lack system libraries'}")
    raise FileNotFoundError(
        "\n".join(
            (
                "There is no Chromium for the browser tests, and none could be had:",
                *failures,
                "Install Chromium or Chrome, or name yours: EXPLAINER_CHROMIUM=/path/to/chromium make test",
                "All other tests run without one: .venv/bin/python -m pytest -m 'not browser'",
            )
        )
    )


def _installed() -> list[Path]:
    """Browsers that somebody installed on this machine, the preferred one first."""
    found = [Path(path) for command in COMMANDS if (path := shutil.which(command))]
    # A snap is confined to folders of its own and cannot read the site under test.
    found = [path for path in found if not path.is_relative_to("/snap")]
    return found + [path for path in MAC_APPLICATIONS if path.is_file()]


def _downloaded() -> list[Path]:
    """Browsers that Playwright downloaded, those built without windows and the newest first."""
    return sorted(
        (path for path in browsers_folder().glob("chromium*/**/*") if path.name in DOWNLOADED and path.is_file()),
        key=lambda path: (-DOWNLOADED.index(path.name), path),
        reverse=True,
    )


def _starts(program: Path) -> bool:
    """Whether the program runs and says that it is a Chromium. Some distributions ship a stand-in that only prints."""
    try:
        answer = subprocess.run(
            [program, "--version"],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=HANG,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return "Chrom" in answer.stdout


def _environment() -> dict[str, str]:
    """The environment that Chromium runs in: its settings and crash reports stay inside the project's folder."""
    home = PROJECT / ".cache" / "chromium"
    return {**os.environ, "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache")}


def install_package(package: str) -> str | None:
    """Install the distribution's package of a browser. Returns why that did not work, or None."""
    if shutil.which("apt-get") is None:
        return "this is not Debian or a relative of it"
    if "ubuntu" in _distribution():
        return "on Ubuntu and its relatives it is a snap, which cannot read the site under test"
    if os.geteuid() == 0:
        prefix = ["env"]
    elif shutil.which("sudo") and _failure(["sudo", "-n", "true"]) is None:
        prefix = ["sudo", "-n", "env"]
    else:
        return f"needs root, or sudo without a password; by hand: sudo apt-get install {package}"
    apt = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    print(f"Installing the distribution's package {package} for the browser tests", flush=True)
    _failure([*apt, "update"])  # one unreachable list need not matter; the next step tells
    return _failure([*apt, "install", "-y", "--no-install-recommends", package])


def _install() -> str | None:
    """Install the first of the packages that the distribution has. Returns why none came, or None."""
    return _first(install_package(package) for package in PACKAGES)


def _first(tried: Iterator[str | None]) -> str | None:
    """Try one thing after the other until one works. Returns why the last did not, or None."""
    failure = None
    for failure in tried:
        if failure is None:
            return None
    return failure


def _download() -> str | None:
    """Let Playwright download its Chromium into the project's folder. Returns why that did not work, or None."""
    print(f"Downloading Chromium into {browsers_folder()} for the browser tests", flush=True)
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(browsers_folder())}
    install = [sys.executable, "-m", "playwright", "install"]
    ways = (["--only-shell", "chromium"], ["chromium"])
    return _first(_failure([*install, *way], environment=environment) for way in ways)


def _distribution() -> set[str]:
    """The names that the distribution gives itself and its parents, such as {'linuxmint', 'ubuntu', 'debian'}."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return set()
    return {release.get("ID", ""), *release.get("ID_LIKE", "").split()}


def _failure(command: list[str], *, environment: dict[str, str] | None = None) -> str | None:
    """Run the command. Returns None where it worked, else the last thing that it said."""
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
            timeout=HANG,
        )
    except subprocess.CalledProcessError as error:
        lines = [line.strip() for line in str(error.stdout).splitlines()]
        said = [line for line in lines if line and not line.startswith("at ")]  # the lines of a stack trace help nobody
        return said[-1] if said else f"ended with {error.returncode}"
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    return None


def main() -> int:
    """Provide a Chromium, say which, and answer with the exit code."""
    try:
        print(provide_chromium(), flush=True)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
