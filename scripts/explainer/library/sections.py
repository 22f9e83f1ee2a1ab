"""What a section of the site is called and how it is introduced: in the dossier's own words, else in the catalogue's."""

from explainer.base.language import Language
from explainer.records.dossier import Dossier


def title(dossier: Dossier, words: Language, section: str) -> str:
    """The title of a section's index."""
    own = dossier.sections.get(section)
    return own.title if own and own.title else words.section(section, "title")


def menu_title(dossier: Dossier, words: Language, section: str) -> str:
    """What the menu calls a section: its own word for the menu, else its own title."""
    own = dossier.sections.get(section)
    return (own and (own.menu or own.title)) or words.section(section, "menu")


def own_summary(dossier: Dossier, section: str) -> str | None:
    """The dossier's own sentence below the title of a section's index, as prose."""
    own = dossier.sections.get(section)
    return own.summary if own and own.summary else None


def summary(dossier: Dossier, words: Language, section: str) -> str:
    """The sentence below the title of a section's index."""
    return own_summary(dossier, section) or words.section(section, "summary")


def body(dossier: Dossier, section: str) -> str | None:
    """The dossier's introduction to a section's list, as prose."""
    own = dossier.sections.get(section)
    return own.body if own and own.body else None


def language(dossier: Dossier, section: str) -> str:
    """The language of the pages of a section."""
    own = dossier.sections.get(section)
    return own.language if own and own.language else dossier.language


def anchors(dossier: Dossier, section: str) -> tuple[str, ...]:
    """The anchors of headings that the stories of a section had before."""
    own = dossier.sections.get(section)
    return own.anchors if own else ()
