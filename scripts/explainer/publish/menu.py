"""The menu of the site: from the dossier's settings and its kinds, never from the configuration of MkDocs."""

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from explainer.base.language import Language
from explainer.kinds.claim import Claim
from explainer.kinds.country import Country
from explainer.kinds.dispute import Dispute
from explainer.kinds.event import Event
from explainer.kinds.explainer import Explainer
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.kinds.term import Term
from explainer.kinds.theme import Theme
from explainer.library import addresses
from explainer.library.sections import menu_title
from explainer.publish import own_pages
from explainer.records.dossier import Dossier, MenuEntry


def entries(kinds: Kinds, site: Dossier, words: Language) -> tuple[MenuEntry, ...]:
    """The menu that the settings give, or the usual one: the explainers, the dossier's own kinds, who, when, evidence."""
    if site.menu:
        return site.menu
    own = [section for kind, found in kinds.own.items() if (section := found.model.section()) and kind]
    who = [addresses.section(model) for model in (Organisation, Person, Country)]
    evidence = [addresses.section(model) for model in (Claim, Source, Dispute)]
    return (
        MenuEntry(sections=(addresses.section(Explainer),)),
        *(MenuEntry(sections=(section,)) for section in own),
        MenuEntry(sections=(addresses.section(Theme),)),
        MenuEntry(title=words("menu.who"), sections=tuple(who)),
        MenuEntry(sections=(addresses.section(Event),)),
        MenuEntry(sections=(addresses.section(Term),)),
        MenuEntry(
            title=words("menu.evidence"),
            sections=(*evidence, addresses.OPEN_QUESTIONS, addresses.RESULTS, addresses.DATA, addresses.CHANGES),
        ),
        MenuEntry(sections=(addresses.ABOUT, addresses.CONTRIBUTING, addresses.FIELDS)),
    )


def navigation(menu: Iterable[MenuEntry], site: Dossier, words: Language, docs: Path) -> list[Any]:
    """The navigation of MkDocs: the home page, then the sections of the menu that have an index page.

    Titles are escaped, because themes insert them as HTML.
    """
    return [{html.escape(words("home")): addresses.HOME}, *_items(menu, site, words, docs)]


def _items(menu: Iterable[MenuEntry], site: Dossier, words: Language, docs: Path) -> Iterator[dict[str, Any]]:
    def title(section: str) -> str:
        own = not words.has_section(section) and (page := own_pages.place(docs, section))
        return html.escape(own_pages.title(docs, page) if own and page else menu_title(site, words, section))

    for entry in menu:
        at = {section: page for section in entry.sections if (page := own_pages.place(docs, section))}
        there = list(at)
        pages: list[Any] = [{title(section): page} for section, page in at.items()]
        if not there:
            continue
        if entry.title is None and there[0] == entry.sections[0]:
            if len(there) == 1:
                yield {title(there[0]): at[there[0]]}
            else:
                yield {title(there[0]): pages}
        else:
            yield {html.escape(entry.title) if entry.title else title(there[0]): pages}
