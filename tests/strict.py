"""What MkDocs says, at its strictest, of the pages that a dossier makes: in this process, and without the theme."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _populate_page
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from explainer.publish import builder, hooks
from explainer.records.dossier import Dossier


class Strict(logging.Handler):
    """The pages of a generated dossier as MkDocs makes them of their Markdown, and its warnings."""

    def __init__(self, root: Path, about: Dossier) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        hooks.generated(root, about)
        shutil.rmtree(root / "site", ignore_errors=True)  # what another one made of the same dossier
        self.config = hooks.on_config(builder._configuration(root, root / "site", strict=True))
        self.files = get_files(self.config)
        set_exclusions(self.files, self.config)
        get_navigation(self.files, self.config)
        self.pages: dict[str, Any] = {file.src_uri: file.page for file in self.files.documentation_pages()}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.said.append(record.getMessage())

    def make(self, *paths: str) -> None:
        """Make some pages, and follow their links to anchors of pages that were made before or with them."""
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        try:
            for path in paths:
                _populate_page(self.pages[path], self.config, self.files)
            for path in paths:
                level = self.config.validation.links.anchors
                self.pages[path].validate_anchor_links(files=self.files, log_level=level)
        finally:
            logger.removeHandler(self)

    def again(self, path: str, text: str) -> None:
        """Make a page of another text, and forget what was said before."""
        self.said = []
        (Path(self.config.docs_dir) / path).write_text(text, encoding="utf-8")
        self.files.src_uris[path]._content = None
        self.make(path)


def rendered(root: Path, about: Dossier) -> Strict:
    """All pages of a generated dossier."""
    strict = Strict(root, about)
    strict.make(*strict.pages)
    return strict
