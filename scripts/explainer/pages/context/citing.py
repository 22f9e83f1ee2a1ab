"""How the page and what stands on it are cited, for templates: files for bibliographies, data, addresses of figures."""

from markupsafe import Markup

from explainer.kinds.source import Source
from explainer.library import addresses, places
from explainer.pages import head
from explainer.pages.context.page_state import PageState
from explainer.records.identifiers import same_as
from explainer.records.model import Model
from explainer.records.sourced import Figure


class Citing(PageState):
    """Where programs find what the page says."""

    def cited(self) -> str:
        """The files with the entry of the page for bibliographies, without their endings."""
        return addresses.cited(self.page.path)

    def kept_as(self) -> tuple[str, str] | None:
        """The version of the last edition that has the page, and its whole address there, which stays as it is."""
        kept = self.library.releases.kept_as(addresses.hosted(self.page.path))
        return (kept[0].version, places.whole(self.library, kept[1])) if kept else None

    def cited_section(self) -> str | None:
        """The same of all records of a section, on its index."""
        return (
            addresses.cited_section(self.page.path.partition("/")[0]) if head.model(self.library, self.page) else None
        )

    def data(self) -> str | None:
        """The file of the API with what the page shows."""
        return head.data(self.library, self.page)

    def registers(self, record: Model) -> list[tuple[str, str]]:
        """The registers that know a record, each with the address of its entry."""
        return same_as(record)

    def place_of(self, figure: Figure) -> Markup:
        """An anchor for a figure that stays: what is counted, where and when, and not how many stand before it."""
        parts = [figure.measure, str(figure.place or "").replace("/", "-"), str(figure.date or "").replace("/", "-")]
        name = "fig-" + "-".join(part.lower() for part in parts if part)
        number = self.figures[name] = self.figures.get(name, 0) + 1
        return Markup('<span id="{}" class="place"></span>').format(name if number == 1 else f"{name}-{number}")

    def cited_sources(self) -> str | None:
        """The folder with the entries of all sources, on the pages that list them; the script adds links to each."""
        here = self.page.path
        return addresses.relative(here, addresses.cited_source("")) if here.startswith(f"{Source.section()}/") else None
