"""Renders single pages with what the last build of MkDocs in this process still knows, without building a site.

The page is made in a folder of its own, by the same steps and hooks as in a build, so that its bytes are those that a
build makes as long as configuration, theme and navigation are the same.
"""

import logging
from pathlib import Path, PurePath

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from explainer.base.progress import Progress
from explainer.publish import plain_twin
from explainer.publish.kept_pages import KeepPages
from explainer.publish.set_aside import forget


class PageMaker:
    """What renders single pages after a build, until the next one."""

    def __init__(self, warm: KeepPages, folder: Path) -> None:
        """Take over from the plugin of a finished build; the pages are made in `folder`."""
        self._warm, self._folder = warm, folder
        self._in_menu = {id(page) for page in warm.nav}
        warm.progress = Progress()
        for file in warm.files:
            if file.page is not None:
                forget(file.page)

    def made(self, wanted: str, markdown: str) -> dict[str, bytes]:
        """Address -> bytes of a page and of its plain twin."""
        warm = self._warm
        files = _ExpectedFiles(warm.files, warm.config)
        file = files.expected(wanted)
        file.content_string = markdown
        file.dest_dir = str(self._folder)
        vars(file).pop("abs_dest_path", None)  # worked out once, for the folder before
        page = file.page
        if page is None or id(page) not in self._in_menu:
            page = Page(None, file, warm.config)
        warm.keys.setdefault(wanted, "")
        logger = logging.getLogger("mkdocs")
        quiet = logging.NullHandler()  # the build that follows says what is wrong
        logger.addHandler(quiet)
        try:
            _populate_page(page, warm.config, files)
            _build_page(page, warm.config, (), warm.navigation, warm.env)
        finally:
            logger.removeHandler(quiet)
            forget(page)
        addresses = (file.dest_uri, plain_twin.path_of(file.dest_uri))
        return {address: (self._folder / address).read_bytes() for address in addresses}


class _ExpectedFiles(Files):
    """The files of the last build, and those in the folders of generated pages to which a page leads: they will be there."""

    def __init__(self, known: Files, config: MkDocsConfig) -> None:
        """Look files up in `known` first."""
        super().__init__(())
        self._known, self._config = known, config

    def get_file_from_path(self, path: str) -> File | None:
        """Look up a file as MkDocs does."""
        found = self._known.get_file_from_path(path)
        generated = PurePath(path).parts[:1] in {(folder,) for folder in self._config.extra["generated"]}
        return self.expected(path) if found is None and generated else found

    def expected(self, path: str) -> File:
        """A file of the last build, or of the next one."""
        path = PurePath(path).as_posix()
        config = self._config
        return self._known.src_uris.get(path) or File(
            path, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV
        )
