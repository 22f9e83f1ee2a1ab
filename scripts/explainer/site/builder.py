"""Builds a dossier's `docs/` with MkDocs into a folder beside the site, and puts it in the site's place when it is whole."""

import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.site import hooks

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

CONFIGURATION = "mkdocs.yml"
OWN = Path(__file__).resolve().parents[3] / CONFIGURATION
"""The configuration that a dossier without its own is built with."""
_MARKS = ("index.html", "sitemap.xml", "404.html")


class Failed(Exception):  # noqa: N818 - it names what happened
    """The site could not be built; the old one is as it was."""


def _configuration(root: Path, site: Path, *, strict: bool) -> "MkDocsConfig":
    os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    own = root / CONFIGURATION
    (root / "docs").mkdir(exist_ok=True)
    try:
        return load_config(
            config_file=str(own if own.is_file() else OWN),
            docs_dir=str(root / "docs"),
            site_dir=str(site),
            strict=strict,
        )
    except MkDocsException as error:
        raise Failed(str(error)) from error


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, so that a failed build can say it."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning."""
        self.said.append(record.getMessage())


def build(root: Path, site: Path) -> Path:
    """Build the generated pages of a dossier; return the site's folder. Raises Failed, with the old site untouched."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import MkDocsException

    if site.exists() and not _is_ours(site):
        raise Failed(
            f"{site} holds something else than a built site; expected an empty folder or an old site; name another with --site-dir"
        )
    staging = site.with_name(f".{site.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    hooks.generated(root)
    warnings = _Warnings()
    logging.getLogger("mkdocs").addHandler(warnings)
    hooks.pin_time(root)
    config = _configuration(root, staging, strict=True)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except MkDocsException as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise Failed("\n".join([str(error).strip(), *warnings.said])) from error
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise Failed(f"{error.strerror}: {error.filename}") from error
    finally:
        config.plugins.on_shutdown()
        logging.getLogger("mkdocs").removeHandler(warnings)
    _swap(staging, site)
    return site


def _is_ours(site: Path) -> bool:
    return site.is_dir() and (not any(site.iterdir()) or all((site / name).is_file() for name in _MARKS))


def _swap(staging: Path, site: Path) -> None:
    """Put a whole new site in the place of the old one."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        staging.rename(site)
    except OSError as error:
        if old.exists():
            old.rename(site)
        raise Failed(f"{site} cannot be replaced ({error.strerror})") from error
    shutil.rmtree(old, ignore_errors=True)


def serve(root: Path, address: str) -> None:
    """Build and serve a dossier until Ctrl-C; build again when a record or a page changes."""
    os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    import click
    from mkdocs.commands.serve import serve as mkdocs_serve
    from mkdocs.exceptions import MkDocsException

    own = root / CONFIGURATION
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("watchdog").setLevel(logging.WARNING)
    (root / "docs").mkdir(exist_ok=True)
    try:
        mkdocs_serve(
            config_file=str(own if own.is_file() else OWN),
            docs_dir=str(root / "docs"),
            dev_addr=address,
            livereload=True,
        )
    except (MkDocsException, click.ClickException) as error:
        raise Failed(str(error)) from error
    except OSError as error:
        raise Failed(f"{address} cannot be listened on ({error.strerror}); choose another with --port") from error
