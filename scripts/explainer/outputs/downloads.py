"""The files to take away, written beside the page about the data, which lists them."""

from collections.abc import Iterator

from explainer.base.files import Output
from explainer.data.downloads import downloads
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.page import LazyPage


def outputs(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """Every file to take away, beside the page about the data, so that both make them once."""
    if are_beside(recipe):
        for item in downloads(library):
            yield Output(item.path, item.data)


def are_beside(recipe: LazyPage) -> bool:
    """Whether a page is that about the data."""
    return recipe.path == f"{addresses.DATA}/index.md"
