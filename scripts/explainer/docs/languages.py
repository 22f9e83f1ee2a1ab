"""Which languages a dossier speaks, as its settings say, and the words that it has in each."""

from collections.abc import Container, Iterable, Iterator, Mapping

from explainer.base.language import Language
from explainer.base.problems import Problem
from explainer.docs import content, words
from explainer.kinds.registry import Kinds
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses
from explainer.reading.document import Document
from explainer.records.dossier import Dossier
from explainer.records.model import Loc
from explainer.records.validate import Shaped


def spoken(
    kinds: Kinds, files: Iterable[content.File], shaped: Shaped[Dossier] | None, settings: Document | None
) -> tuple[Mapping[str, Language], list[Problem]]:
    """The words of the dossier's language and of those of its sections, and the problems with its catalogues.

    Where the settings do not say which language that is, because they have faults, no catalogue can be wrong.
    """
    catalogues = [file for file in files if words.is_catalogue(file.path)]
    site = _speaking(shaped, settings)
    if shaped is None or site is None:
        return words.languages(kinds, catalogues, (ORIGINAL,))[0], []
    places = dict(_places_of_languages(site, addresses.generated(kinds)))
    known = {place: tag for place, tag in places.items() if words.is_known(tag, catalogues)}
    found, problems = words.languages(kinds, catalogues, known.values())
    if unknown := sorted(places.keys() - known.keys(), key=str):
        return found, [shaped.document.problem(place, words.UNKNOWN.format(tag=places[place])) for place in unknown]
    named = dict(_places_of_languages(site, site.sections)).values()
    return found, [*problems, *(words.unused(catalogues, named) if shaped.whole else ())]


def _speaking(shaped: Shaped[Dossier] | None, settings: Document | None) -> Dossier | None:
    """What is left of the settings; None where the language is not that which they name, because that is wrong."""
    site = (shaped.record or shaped.remains) if shaped else None
    if site is None or settings is None:
        return None
    written = settings.data.get("language", Dossier.model_fields["language"].default)
    return site if site.language == written else None


def _places_of_languages(site: Dossier, sections: Container[str]) -> Iterator[tuple[Loc, str]]:
    """Place in the settings and tag of the language of a dossier, and of those of some sections that have their own."""
    yield ("language",), site.language
    for name, section in site.sections.items():
        if section.language and name in sections:  # a check names the sections that are not there
            yield ("sections", name, "language"), section.language
