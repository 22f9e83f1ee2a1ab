"""Words with a meaning as SKOS, in Turtle: terms, themes and other records that define a word, and every vocabulary."""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote

from explainer.data import api
from explainer.kinds.term import Term
from explainer.library import places, sections
from explainer.library.field_reference import sentence, title, vocabularies
from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.identifiers import same_as
from explainer.records.model import Vocabulary
from explainer.records.other_names import SpokenName
from explainer.records.record import Named, Record

_DEFINED = "DefinedTerm"
"""What the records of a kind that becomes a scheme are in the vocabulary of schema.org."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
Line = tuple[str, str]
"""A property of a thing, and its value, both as Turtle has them."""


def skos(library: Library) -> bytes:
    """`vocabularies.ttl`: a scheme for each kind whose records define words, and one for each field with a list of words."""
    found = ["@prefix dct: <http://purl.org/dc/terms/> .", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", ""]
    for model in library.kinds.types:
        if model.LINKED == _DEFINED and library.all(model):
            found += _of_kind(library, model)
    found += _of_words(library)
    return ("\n".join(found) + "\n").encode()


def _text(text: str, language: str) -> str:
    """A text with its language; nothing in it can end the literal."""
    return f'"{text.translate(_ESCAPES)}"@{language}'


def _address(url: str) -> str:
    """An address; what Turtle does not allow in one is written as %20 and the like."""
    return f"<{quote(url, safe=':/?#[]@!$&()*+,;=%~')}>"


def _thing(address: str, kind: str, lines: Iterable[Line]) -> str:
    said = "".join(f" ;\n    {name} {value}" for name, value in lines)
    return f"{_address(address)} a skos:{kind}{said} .\n"


def _scheme(library: Library, name: str, called: str, said: str) -> tuple[str, str]:
    """The address of a scheme, and the scheme."""
    address = places.whole(library, f"data/#{quote(name)}")
    lines = [
        ("dct:title", _text(called, library.language)),
        ("dct:description", _text(said, "en")),
        ("dct:license", _address(library.dossier.licence_url)),
    ]
    return address, _thing(address, "ConceptScheme", lines)


def _of_kind(library: Library, model: type[Record]) -> Iterator[str]:
    section = model.section()
    name = sections.title(library.dossier, library.words, section) if section else library.words("plural", model.KIND)
    scheme, thing = _scheme(library, model.FOLDER, name, " ".join((model.__doc__ or "").split()))
    yield thing
    speaking = library.speaking(section or "")
    for record in library.all(model):
        yield library.shared.text(f"concept {' '.join(record.key)}", partial(_defined, speaking, record, scheme))


def _defined(library: Library, record: Record, scheme: str) -> str:
    """A record as a concept of a scheme."""
    return _thing(_concept(library, record), "Concept", [("skos:inScheme", _address(scheme)), *_said(library, record)])


def _concept(library: Library, record: Record) -> str:
    return places.address(library, record) or places.whole(library, api.path_of(record))


def _said(library: Library, record: Record) -> Iterator[Line]:
    """The names of a record, what it means, and the words beside it."""
    yield "skos:prefLabel", _text(record.label, library.language)
    yield "skos:notation", f'"{record.ident.translate(_ESCAPES)}"'
    if isinstance(record, Named):
        for name in record.other_names:
            spoken = name.language if isinstance(name, SpokenName) else library.language
            yield "skos:altLabel", _text(str(name), spoken)
        for tag, said in record.names.items():
            yield "skos:altLabel" if tag == library.language else "skos:prefLabel", _text(said.text, tag)
    if record.answer:
        yield "skos:definition", _text(prose.plain(record.answer), library.language)
    if isinstance(record, Term):
        for ident in record.see_also:
            yield "skos:related", _address(_concept(library, library.get(Term, ident)))
    for _, url in same_as(record):
        yield "skos:exactMatch", _address(url)


def _of_words(library: Library) -> Iterator[str]:
    """A scheme for every closed list of words, with what each word means."""
    found = {each: model.KIND for model in reversed(library.kinds.types) for each in vocabularies(model)}
    for words, kind in sorted(found.items(), key=lambda item: (item[0].__name__, item[1])):
        name = f"{kind}-{words.__name__.lower()}" if words.__module__.endswith(".model") else words.__name__.lower()
        yield from _vocabulary(library, name, words)


def _vocabulary(library: Library, name: str, words: type[Vocabulary]) -> Iterator[str]:
    scheme, thing = _scheme(library, name, title(words), sentence(words))
    yield thing
    for word, said in words.sentences().items():
        lines = [("skos:inScheme", _address(scheme)), ("skos:prefLabel", _text(word, "en"))]
        yield _thing(f"{scheme}-{quote(word)}", "Concept", [*lines, ("skos:definition", _text(said, "en"))])
