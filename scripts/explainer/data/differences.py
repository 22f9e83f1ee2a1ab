"""How two states of the records differ, record by record and field by field: a pure function of their rows.

The order of records, of fields and of the entries of a list says nothing here: an entry is found again by what it is about.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from explainer.data import wordings
from explainer.data.pairing import joined, label, paired
from explainer.data.rows import Row
from explainer.library.history import Difference, Differs, RecordDifferences
from explainer.library.loaded_record import Key

LEFT = frozenset({"type", "id", "page"})
"""Columns of a row that say which record it is, and not what it says."""
_Place = tuple[str, ...]


def differences(
    before: Iterable[Row], after: Iterable[Row], named_by: Mapping[str, str] | None = None
) -> list[RecordDifferences]:
    """Every record that differs between two states, by type and id; `named_by` is kind -> the field with its name.

    A row has the columns `type` and `id` besides its fields, as in the JSON Lines of the downloads.
    """
    old, new = _by_key(before), _by_key(after)
    gone = [key for key in old if key not in new]
    moved = {key: there for key in new.keys() - old.keys() if (there := _former(key, new[key], gone, old))}
    found = [_gone(key, old[key], named_by) for key in gone if key not in moved.values()]
    for key, row in new.items():
        items = _of_record(old.get(moved.get(key, key)), row)
        if key in moved:
            items = [Difference(Differs.RENAMED, before=moved[key][1]), *items]
        if items:
            found.append(RecordDifferences(*key, _name(row, named_by), tuple(items)))
    return sorted(found, key=lambda item: item.key)


def _by_key(rows: Iterable[Row]) -> dict[Key, Row]:
    return {(str(row["type"]), str(row["id"])): row for row in rows}


def _former(key: Key, row: Row, gone: Iterable[Key], old: Mapping[Key, Row]) -> Key | None:
    """The record that this one was before: one that it names as an alias, or that says the same under another id."""
    kind, _ = key
    aliases = {(kind, str(alias)) for alias in row.get("aliases", ())}
    there = sorted(other for other in gone if other[0] == kind)
    named = [other for other in there if other in aliases]
    same = [other for other in there if _same(_said(old[other]), _said(row))]
    return next(iter(named or same), None)


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in LEFT}


def _name(row: Row, named_by: Mapping[str, str] | None) -> str:
    name = (named_by or {}).get(str(row["type"]), "name")
    return str(row.get(name) or row.get("title") or row["id"])


def _gone(key: Key, row: Row, named_by: Mapping[str, str] | None) -> RecordDifferences:
    return RecordDifferences(*key, _name(row, named_by), (Difference(Differs.GONE),))


def _of_record(old: Row | None, new: Row) -> list[Difference]:
    if old is None:
        return [Difference(Differs.NEW)]
    names = sorted((old.keys() | new.keys()) - LEFT)
    return [item for name in names for item in _of_field((name,), old.get(name), new.get(name))]


def _of_field(place: _Place, old: Any, new: Any) -> Iterator[Difference]:
    """The differences between two values of a field; None stands for a field that is not there, as does an empty list."""
    old, new = _filled(old), _filled(new)
    if _same(old, new):
        return
    if place == ("withdrawn",):
        yield Difference(Differs.WITHDRAWN if new else Differs.RESTORED, after=_reason(new))
    elif _any_is(list, old, new):
        yield from _of_list(place, _listed(old), _listed(new))
    elif _any_is(Mapping, old, new):
        yield from _of_part(place, old, new)
    else:
        yield from _of_leaf(place, old, new)


def _filled(value: Any) -> Any:
    return None if value in ([], {}) else value


def _any_is(sort: type, old: Any, new: Any) -> bool:
    return isinstance(old, sort) or isinstance(new, sort)


def _reason(new: Any) -> str:
    return wordings.short(str(new["reason"])) if isinstance(new, Mapping) and "reason" in new else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _of_part(place: _Place, old: Any, new: Any) -> Iterator[Difference]:
    """The differences within a part; one that came or went is told as a whole."""
    if old is None and not _is_keyed(new):
        yield Difference(Differs.PART_NEW, place, after=label(new)[1])
    elif new is None and not _is_keyed(old):
        yield Difference(Differs.PART_GONE, place, before=label(old)[1])
    else:
        # one of them may be written as one value, or not be there where parts stand under their languages
        one, other = ({} if side is None else side for side in (old, new))
        (one,), (other,) = joined([one], [other])
        for name in sorted(one.keys() | other.keys()):
            yield from _of_field((*place, name), one.get(name), other.get(name))


def _is_keyed(value: Any) -> bool:
    """Whether a value holds parts by language, and is no part itself."""
    return isinstance(value, Mapping) and all(isinstance(item, Mapping) for item in value.values())


def _of_leaf(place: _Place, old: Any, new: Any) -> Iterator[Difference]:
    if old is None:
        yield Difference(Differs.ADDED, place, after=wordings.short(_text(new)))
    elif new is None:
        yield Difference(Differs.LEFT_OUT, place, before=wordings.short(_text(old)))
    elif wordings.is_prose(_text(old)) or wordings.is_prose(_text(new)):
        yield from wordings.differences(place, _text(old), _text(new))
    else:
        yield Difference(Differs.CHANGED, place, _text(old), _text(new))


def _of_list(place: _Place, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    one, other = _remaining(old, new), _remaining(new, old)
    if not any(isinstance(item, Mapping) for item in (*one, *other)):
        yield from _of_words(place, list(map(_text, one)), list(map(_text, other)))
        return
    pairs, gone, came = paired(*joined(one, other))
    for before, after in pairs:
        yield from _of_part((*place, "=".join(label(after))), before, after)
    if place[-1] == "cite" and len(gone) == len(came) == 1:
        yield Difference(Differs.REPLACED, place, label(gone[0])[1], label(came[0])[1])
    else:
        yield from (_entry(place, part, gone=True) for part in gone)
        yield from (_entry(place, part, gone=False) for part in came)


def _entry(place: _Place, part: Mapping[str, Any], *, gone: bool) -> Difference:
    """A part of a list that came or went."""
    key, text = label(part)
    special = {"open_questions": (Differs.ASKED, Differs.ANSWERED), "corrections": (Differs.CORRECTED, None)}
    what = special.get(place[0], (None, None))[gone] if len(place) == 1 else None
    if what:
        shown = wordings.short(str(part.get("now", text)))
        return Difference(what, (), *((shown, "") if gone else ("", shown)))
    inner = (*place, f"{key}={text}")
    value = wordings.short(_text(part["value"])) if "value" in part else ""
    if gone:
        return Difference(Differs.PART_GONE, inner, before=value)
    return Difference(Differs.PART_NEW, inner, after=value)


def _of_words(place: _Place, gone: list[str], came: list[str]) -> Iterator[Difference]:
    """The entries of a list of plain values that came or went; one for one, they took each other's place."""
    if place == ("open_questions",):
        yield from (Difference(Differs.ANSWERED, before=wordings.short(text)) for text in gone)
        yield from (Difference(Differs.ASKED, after=wordings.short(text)) for text in came)
    elif len(gone) == len(came) == 1:
        old, new = gone[0], came[0]
        if wordings.is_prose(old) or wordings.is_prose(new):
            yield from wordings.differences(place, old, new)
        else:
            yield Difference(Differs.REPLACED, place, old, new)
    else:
        yield from (Difference(Differs.LEFT_OUT, place, before=wordings.short(text)) for text in gone)
        yield from (Difference(Differs.ADDED, place, after=wordings.short(text)) for text in came)


def _remaining(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """The entries that the other list does not have as they are, in an order that is theirs and not the list's."""
    there = Counter(map(canonical, others))
    by_text: defaultdict[str, list[Any]] = defaultdict(list)
    for item in items:
        by_text[canonical(item)].append(item)
    left = {text: found[there[text] :] for text, found in by_text.items()}
    return [item for _, found in sorted(left.items()) for item in found]


def _same(one: Any, other: Any) -> bool:
    return one is other or (one is not None and other is not None and canonical(one) == canonical(other))


def canonical(value: Any) -> str:
    """A value as one text that does not depend on the order of fields and entries, nor on how numbers are held."""
    match value:
        case Mapping():
            inner = {str(name): canonical(item) for name, item in value.items()}
            return json.dumps(inner, sort_keys=True)
        case list() | tuple():
            return json.dumps(sorted(map(canonical, value)))
        case _:
            return json.dumps(_text(value))


def _text(value: Any) -> str:
    """A plain value as a text."""
    return str(value).lower() if isinstance(value, bool) else str(value)
