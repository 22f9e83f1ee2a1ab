"""Where a link was meant to lead: the path that an editor should have written, in the likely cases."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from explainer.base.dataclass import dataclass
from explainer.library import addresses
from explainer.library.library import Library

_HOST = re.compile(r"(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)
_ENDINGS = (".md", ".yml", ".yaml", ".html", ".markdown")


@dataclass(frozen=True, slots=True)
class Guesser:
    """Knows the pages of a site, and finds the one that a target was meant to name."""

    library: Library
    pages: Collection[str]

    def written(self, target: str, folder: str) -> str | None:
        """The target that should be written in a text of `folder`; None if nothing is likely."""
        path, _, fragment = target.strip("<> ").replace("\\", "/").partition("#")
        if page := next((page for page in self._candidates(path, folder) if page in self.pages), None):
            return addresses.relative(f"{folder}/{addresses.HOME}", page, fragment or None)
        if listed := self._in_a_list(path):
            return addresses.relative(f"{folder}/{addresses.HOME}", *listed)
        bare = path.removeprefix(f"{folder}/")
        if _HOST.match(bare) and not bare.endswith(_ENDINGS):
            return f"https://{bare}"
        return None

    def of_the_site(self, url: str, folder: str) -> str | None:
        """The relative path to a page of this site that is linked to by its whole address; None if it is none."""
        base = self.library.dossier.url.rstrip("/") + "/"
        if not f"{url.rstrip('/')}/".startswith(base):
            return None
        found = urlsplit(url[len(base) :])
        return self.written(f"{found.path or addresses.HOME}{'#' + found.fragment if found.fragment else ''}", folder)

    def _candidates(self, path: str, folder: str) -> Iterator[str]:
        """The pages that a path may mean, likeliest first."""
        steps = _steps(path)
        for start in range(len(steps)):
            if start and steps[start - 1] not in {folder, "content", "docs", "site"}:
                break
            yield from _spelt("/".join(steps[start:]))
        if steps and len(steps) <= 2:
            yield from self._of_name(_bare(steps[-1]))

    def _of_name(self, name: str) -> list[str]:
        """The only page with a name."""
        same = [page for page in self.pages if name and _bare(page.rpartition("/")[2]) == name]
        return same if len(same) == 1 else []

    def _in_a_list(self, path: str) -> tuple[str, str] | None:
        """Page and anchor of a record that stands in a list, where a path names it as if it had a file."""
        steps = _steps(path)
        if len(steps) < 2:
            return None
        folder, ident = steps[-2], _bare(steps[-1])
        kinds = self.library.kinds
        model = kinds.by_folder.get(folder) or kinds.sections.get(folder)
        records = self.library.by_kind.get(model.KIND, ()) if model else ()
        record = next((record for record in records if record.ident.casefold() == ident.casefold()), None)
        return addresses.on_index(record) if record is not None else None


def _steps(path: str) -> list[str]:
    """The steps of a path that lead downwards."""
    return [step for step in path.split("/") if step not in {"", ".", ".."}]


def _bare(name: str) -> str:
    """The name of a file without its ending, in small letters."""
    ending = next((ending for ending in _ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)].lower()


def _spelt(path: str) -> Iterator[str]:
    """A path as a page of Markdown may be spelt: with its ending, as a folder's index, in small letters."""
    bare = path[: len(path) - len(path.rpartition("/")[2])] + _bare(path.rpartition("/")[2]) if path else ""
    yield from (path, f"{bare}.md", f"{bare}/index.md", f"{bare}.md".lower())
