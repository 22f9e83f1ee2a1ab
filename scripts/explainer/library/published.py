"""That no address which an edition published is lost, and which `aliases:` would keep one."""

from collections.abc import Collection, Iterator

from explainer.base.problems import Problem, nearest
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.releases import ADDRESSES, Published
from explainer.records.record import Record, Story


def lost(library: Library, files: Collection[str]) -> Iterator[Problem]:
    """A problem for each published address for which none of `files`, relative to `docs/`, makes a page."""
    there = {_address(path) for path in files if path.endswith((".md", "/index.html"))}
    for item in library.releases.addresses.values():
        if item.last is None and item.address not in there:
            yield Problem(ADDRESSES, item.line, 1, _message(library, item))


def _address(path: str) -> str:
    return addresses.hosted(path) if path.endswith(".md") else path.removesuffix("index.html")


def _message(library: Library, item: Published) -> str:
    finding = f"{item.address or 'the home page'} was published in edition {item.first} and would be lost"
    expected = "expected every published address to lead somewhere"
    section, _, ident = item.address.strip("/").partition("/")
    model = library.kinds.sections.get(section)
    if model is None or not model.STORY or not ident or "/" in ident:
        return f"{finding}; {expected}; bring back what made it, or delete this line to give the address up"
    successor = _successor(library, model, ident)
    if successor is None:
        return (
            f"{finding}; {expected}; write aliases: [{ident}] in the record that takes its place, or bring the record back"
            " with withdrawn:, or delete this line to give the address up"
        )
    place = library.document(successor).problem(("aliases",) if _has_aliases(successor) else ("id",), "")
    step = f"add {ident} to aliases: in" if _has_aliases(successor) else f"write aliases: [{ident}] in"
    return f"{finding}; {expected}; {step} {place.path}:{place.line}"


def _has_aliases(record: Record) -> bool:
    return isinstance(record, Story) and bool(record.aliases)


def _successor(library: Library, model: type[Record], ident: str) -> Record | None:
    """The record that the history, or else the likeness of its id, takes for the one that went."""
    by_id = {record.ident.lower(): record for record in library.all(model)}
    _, today = library.history.today((model.KIND, ident))
    meant = today.lower() if today.lower() in by_id else nearest(ident, by_id)
    longer = [other for other in by_id if other.startswith(f"{ident}-") or ident.startswith(f"{other}-")]
    return by_id.get(meant or (longer[0] if len(longer) == 1 else ""))
