"""What a build says of itself."""

from pathlib import Path
from typing import TYPE_CHECKING

from explainer.base.dataclass import dataclass

if TYPE_CHECKING:
    from explainer.publish.kept_pages import KeepPages


@dataclass(frozen=True, slots=True)
class Built:
    """Result of a successful build: the published site and its page counts."""

    site: Path
    pages: int
    rendered: int
    outside: tuple[str, ...] | None = None
    """Files and folders of the configuration and its theme that a site is made from, wherever they are; None if it is
    made from more than files, such as variables of the environment and what unknown plugins read."""
    warm: "KeepPages | None" = None
    """The plugin that made the pages; None if there was nothing to make."""

    @property
    def kept(self) -> int:
        """Number of pages reused from the page cache."""
        return self.pages - self.rendered
