"""Writes what a link shows of the record or page that it leads to: title, type, date and summary, in a few small files.

The files are scripts that hand over JSON, because a page that is read from disk may load a script and fetch nothing; so a
site on a server and its offline edition do the same. `theme/assets/explainer/preview.js` loads the piece that holds an
address, which both compute from the address itself.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from explainer.base.files import Output
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.outputs import search_texts
from explainer.outputs.search_files import OVERVIEW
from explainer.outputs.search_passages import answer
from explainer.pages.page import LazyPage
from explainer.records.record import Record
from explainer.records.traits import Dated

LARGEST = 20_000
"""Maximum size of a piece in bytes, unless a single preview is larger."""
_LONGEST = 300
"""Characters of a summary, after which the last word ends."""
_MOST_PIECES = 4096


def piece(address: str, pieces: int) -> int:
    """The number of the piece that holds an address; the script computes the same."""
    number = 0
    for letter in address:
        number = (number * 31 + ord(letter)) % pieces
    return number


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """Yield the pieces: as few as keep each of them small, and a power of two, so that their number seldom changes."""
    every = [of_page(library, page) for page in pages]
    every += (
        of_small_record(library, record)
        for model in library.kinds.types
        for record in library.all(model)
        if search_texts.is_small(record)
    )
    for number, text in enumerate(_pieces(each for each in every if each)):
        yield Output(f"{addresses.PREVIEWS}/{number}.js", text.encode())


def of_page(library: Library, page: LazyPage) -> str:
    """The preview of a page, with its place; kept between runs."""
    return library.shared.text(f"preview {page.path}", partial(_of_page, library, page))


def of_small_record(library: Library, record: Record) -> str:
    """The same of a record without a page; empty if it is withdrawn."""
    make = partial(_of_record, library, record)
    return library.shared.text(f"preview {' '.join(record.key)}", lambda: "" if record.is_withdrawn else make())


def _pieces(every: Iterable[str]) -> list[str]:
    """The scripts: each calls what the page provides with its number, and address -> preview; of one address the last.

    The number of an address among fewer pieces is what is left of that among most, since all are powers of two.
    """
    found = {address: (int(number), text) for number, address, text in (each.split("\t", 2) for each in every)}
    ordered = [found[address] for address in sorted(found)]
    sizes = [len(text.encode()) + 1 for _, text in ordered]
    pieces = 1
    while pieces < _MOST_PIECES and _largest(ordered, sizes, pieces) > LARGEST:
        pieces *= 2
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for number, text in ordered:
        parts[number % pieces].append(text)
    return [_script(number, parts[number]) for number in range(pieces)]


def _largest(told: Iterable[tuple[int, str]], sizes: Iterable[int], pieces: int) -> int:
    """The size of the largest of some pieces in bytes."""
    held: Counter[int] = Counter()
    for (number, _), size in zip(told, sizes, strict=True):
        held[number % pieces] += size
    return max((len(_script(number, [])) - 1 + size for number, size in held.items()), default=0)


def _script(number: int, previews: Iterable[str]) -> str:
    return f"explainerPreviews({number},{{{','.join(previews)}}});\n"


def _of_page(library: Library, recipe: LazyPage) -> str:
    page = recipe.composed()
    if page.record is not None:
        return _of_record(library, page.record, page.title)
    kind = library.words.kind_found(OVERVIEW)
    return _line(addresses.hosted(page.path), page.title, kind, page.description)


def _of_record(library: Library, record: Record, title: str | None = None) -> str:
    words = library.words
    when = words.date(record.when) if isinstance(record, Dated) and record.when else ""
    # The summary of a source is its publisher, date and type.
    about = (
        ""
        if isinstance(record, Source)
        else words("joint.comma").join(filter(None, (words.kind_found(record.KIND), when)))
    )
    language = search_texts.language_of(library, record)
    return _line(search_texts.at(library, record), title or record.label, about, answer(library, record), language)


def _line(address: str, title: str, about: str, summary: str, language: str = "") -> str:
    """A preview: title, type and date, summary, and the language of the title where it is another."""
    return told(address, [title, about, _short(summary), *([language] if language else [])])


def told(address: str, said: Sequence[str]) -> str:
    """A preview with its place: the number of its piece among most, the address, and both as the script has them."""
    return f"{piece(address, _MOST_PIECES)}\t{address}\t{_encode(address)}:{_encode(said)}"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _short(text: str) -> str:
    """The beginning of a text, cut after a whole word."""
    if len(text) <= _LONGEST:
        return text
    end = text.find(" ", _LONGEST)
    return text if end < 0 else f"{text[:end]} …"
