"""The skeleton of a record, made from its model: what is needed first, the rest as comments."""

import functools
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from explainer import frontmatter
from explainer.frontmatter import Document, Place
from explainer.library import sort_key
from explainer.problems import Problem, article, did_you_mean, listed
from explainer.records import BY_KIND, Goal, Sdg, Source
from explainer.records.record import Citation, Record, Refers
from explainer.schema import Part, in_order, part
from explainer.values import LONGEST_SLUG, SLUG

Values = Mapping[Place, str]
"""What is known of a record, by the place of each value in it; lists of ids as texts with commas."""
Documents = Sequence[tuple[type[Record], Document]]
"""Every record of a dossier, as it stands in its file."""

WIDTH = 100
"""The columns that a comment takes at most."""
LONGEST_WORDS = 40
"""How many characters of the words of an address its id takes."""
_OPTIONAL = 'Optional: delete the "#" before a field and fill it in; delete what is not used.'
_SIMPLE = re.compile(r"[\w./-][\w ./-]*")
_STEM = re.compile(r"(?:^|[-/])((?:19|20)[0-9]{2})(?=[-/]|$)")


class Refused(Exception):  # noqa: N818 - it names what happened
    """A skeleton that was not made; the message says what was found, what was expected and the next step."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that a record needs and that stands in no other one."""

    place: Place
    model: type[BaseModel]
    name: str

    @property
    def info(self) -> FieldInfo:
        """The field of the model."""
        return self.model.model_fields[self.name]

    @property
    def words(self) -> str:
        """The place as a person reads it: `dates.start`, `positions.1.says`."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.place)


# What a record needs


def slots(model: type[BaseModel], place: Place = ()) -> Iterator[Slot]:
    """Every value that a record of a type cannot do without, in the order of its fields."""
    for name in _required(model):
        info = model.model_fields[name]
        found = part(info.annotation)
        if _is_value(found):
            yield Slot((*place, name), model, name)
        elif found.inner:
            for index in range(_least(info)) if found.many else (None,):
                inside = (*place, name) if index is None else (*place, name, index)
                yield from slots(found.inner, inside)


def _asked(info: FieldInfo) -> bool:
    """Whether a field is asked for: it is required, or a list of several, which only an exception may leave out."""
    return info.is_required() or _least(info) > 1


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name in in_order(model) if _asked(model.model_fields[name])]


def _optional(model: type[BaseModel]) -> list[str]:
    return [name for name in in_order(model) if not _asked(model.model_fields[name]) and name != "body"]


def _is_value(found: Part) -> bool:
    """Whether a field is written as one text, or a list of texts on one line."""
    return found.inner is None or found.inner is Citation


def _least(info: FieldInfo) -> int:
    return max(1, *(int(getattr(item, "min_length", None) or 1) for item in (*info.metadata, None)))


# The text


def skeleton(model: type[Record], values: Values, *, bare: bool = False) -> str:
    """A record as text: a story file with its front matter, or an entry of a list.

    Needed fields come first, in the order of the model, filled with `values` where they are known; optional ones follow
    as comments, so that the record is valid as soon as nothing needed is empty. `bare` leaves every comment out.
    """
    lines = list(_fields(model, values, (), _required(model), bare=bare))
    written = [name for name in _optional(model) if any(place[0] == name for place in values)]
    lines += _fields(model, values, (), written, bare=bare)
    rest = [name for name in _optional(model) if name not in written]
    if not bare and rest:
        lines += ["", f"# {_OPTIONAL}"]
        for name in rest:
            sentence, *field = _fields(model, {}, (), [name], bare=False, deep=True)
            lines += [sentence, *(line if line.lstrip().startswith("#") else f"#{line}" for line in field)]
    if model.STORY:
        return "\n".join(["---", *lines, "---", ""])
    indented = [f"  {line}" if line else "" for line in lines]
    first = next(index for index, line in enumerate(indented) if line.startswith("  id:"))
    return "\n".join(["- " + indented[first][2:], *indented[:first], *indented[first + 1 :], ""])


def _fields(
    model: type[BaseModel], values: Values, place: Place, names: Iterable[str], *, bare: bool, deep: bool = False
) -> Iterator[str]:
    """Fields as lines; `deep` leaves out the sentences of inner fields, which would be twice commented."""
    for name in names:
        info = model.model_fields[name]
        found = part(info.annotation)
        here = (*place, name)
        if not bare and name != "id":
            yield from _sentence(info, found)
        if _is_value(found):
            yield f"{name}: {_written(values.get(here, ''), many=found.many)}".rstrip()
        elif found.inner:
            yield f"{name}:"
            yield from _inner(found, info, values, here, bare=bare or deep)


def _inner(found: Part, info: FieldInfo, values: Values, here: Place, *, bare: bool) -> Iterator[str]:
    inner = found.inner
    assert inner is not None  # noqa: S101 - _fields asked before
    if found.keyed:
        yield "  en:"
        yield from (f"    {line}" for line in _fields(inner, values, (*here, "en"), _required(inner), bare=True))
    elif found.many:
        for index in range(_least(info)):
            lines = list(_fields(inner, values, (*here, index), _required(inner), bare=bare or index > 0))
            start = next(number for number, line in enumerate(lines) if not line.startswith("#"))
            yield from (f"    {line}" for line in lines[:start])
            yield f"  - {lines[start]}"
            yield from (f"    {line}" for line in lines[start + 1 :])
    else:
        yield from (f"  {line}" for line in _fields(inner, values, here, _required(inner), bare=bare))


def _sentence(info: FieldInfo, found: Part) -> Iterator[str]:
    text = " ".join((info.description or "").split())
    if any(word not in text for word in found.words):
        text = f"{text} One of: {', '.join(found.words)}."
    yield from (f"# {line}" for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False))


def _written(value: str, *, many: bool) -> str:
    if many:
        return f"[{', '.join(scalar(item.strip(), flow=True) for item in value.split(',') if item.strip())}]"
    return scalar(value) if value else ""


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as a YAML value that is read as exactly this text, plain where that is possible."""
    source = f"[{text}]" if flow else f"a: {text}"
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)  # stricter than libyaml, so both read what it writes
    except yaml.YAMLError:
        node = None
    if flow and not _SIMPLE.fullmatch(text):
        node = None
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        value = node.value[0][1]
    elif isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
        value = node.value[0]
    else:
        value = None
    plain = isinstance(value, yaml.ScalarNode) and not value.style and value.value == text
    if plain and value is not None and value.tag in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}:
        return text
    if all(char.isprintable() for char in text):
        return "'" + text.replace("'", "''") + "'"
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)).strip()


# Where it goes


def path_of(model: type[Record], values: Values, documents: Documents, chosen: str | None = None) -> str:
    """The file that a new record of a type belongs in. Raises Refused where there are several and nothing decides."""
    ident = values[("id",)]
    if model.STORY:
        return f"content/{model.FOLDER}/{ident}.md"
    files = files_of(model, values, documents)
    if chosen:
        name = PurePosixPath(chosen).name.removesuffix(".yml")
        if not SLUG.fullmatch(name):
            raise Refused(
                f"'{name}' is not the name of a list; expected letters a to z, digits and hyphens, as in press"
            )
        every = files_of(model, {}, documents)
        fits = [path for path in every if PurePosixPath(path).stem == name]
        return fits[0] if fits else f"content/{model.FOLDER}/{name}.yml"
    if len(files) > 1:
        names = listed(PurePosixPath(path).stem for path in files)
        also = ", or say --set kind=" if "kind" in model.model_fields else ""
        raise Refused(
            f"records of type {model.KIND} stand in several files; expected the one to write into; add --file: {names}{also}"
        )
    return files[0] if files else f"content/{model.FOLDER}.yml"


def files_of(model: type[Record], values: Values, documents: Documents) -> list[str]:
    """The lists that hold records of a type; only the one with most of the same kind, where the kind is known."""
    files = sorted({document.path for kind, document in documents if kind is model})
    if len(files) > 1 and (kind := values.get(("kind",))):
        homes = Counter(doc.path for kin, doc in documents if kin is model and doc.data.get("kind") == kind)
        files = [homes.most_common(1)[0][0]] if homes else files
    return files


def refuse_taken(model: type[Record], ident: str, documents: Documents) -> None:
    """Raise Refused where the type has a record with the id, or one that differs only in case."""
    for kind, document in documents:
        other = document.data.get("id")
        if kind is model and isinstance(other, str) and other.casefold() == ident.casefold():
            line = document.place(("id",))[0]
            raise Refused(
                f"there is {article(model.KIND)} '{other}' in {document.path}:{line}; expected a new id; edit that one, or choose another id"
            )


def refuse_known(url: str, documents: Documents) -> None:
    """Raise Refused where a source has the address already, perhaps with http, with www or with a slash at its end."""
    for kind, document in documents:
        known = (str(document.data.get(name) or "") for name in ("url", "read_at"))
        if kind is Source and _bare(url) in map(_bare, known):
            line = document.place(("id",))[0]
            raise Refused(
                f"the source '{document.data.get('id')}' in {document.path}:{line} has this address; expected a new one; cite that source"
            )


def inserted(path: str, text: str, entry: str) -> str:
    """A list of records with one entry more, where its id belongs; every other byte stays as it is.

    Where the list is not in the order of ids, the entry goes to its end. Raises Refused where the file is no list with
    an entry on each dash.
    """
    if not text.strip():
        return entry
    text = text if text.endswith("\n") else f"{text}\n"
    found = frontmatter.split_list(path, text)
    node = (
        yaml.compose(text, Loader=frontmatter.LOADER) if not any(isinstance(item, Problem) for item in found) else None
    )
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise Refused(f"{path} is not a list with a dash before each entry; expected one; run `explainer check {path}`")
    lines = text.split("\n")
    starts = [_dash(lines, item.start_mark.line) for item in node.value]
    idents = [str(item.data.get("id", "")) for item in found if isinstance(item, Document)]
    new = entry.split("\n", 1)[0].removeprefix("- id: ").strip("'\"")
    keys = [sort_key(ident) for ident in idents]
    later = [index for index, key in enumerate(keys) if key > sort_key(new)] if keys == sorted(keys) else []
    end = starts[later[0]] if later else len(lines)
    indent = lines[starts[0]].index("-")
    head = starts[0] if later and later[0] == 0 else 0  # what stands above the first entry speaks of the file
    while end > head and (not lines[end - 1].strip() or _is_comment(lines[end - 1], indent)):
        end -= 1
    apart = len(starts) > 1 and any(not line.strip() for line in lines[starts[0] : starts[1]])
    shifted = "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in entry.rstrip("\n").split("\n"))
    before = "\n".join(lines[:end]) + ("\n" if end else "")
    rest = "\n".join(lines[end:]) if end < len(lines) else ""
    gap = "\n" if apart else ""
    result = before + gap + shifted + rest if end > head else before + shifted + gap + rest
    _hold(path, found, result)
    return result


def _dash(lines: Sequence[str], line: int) -> int:
    """The line of the dash before an entry that begins on `line`."""
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _is_comment(line: str, indent: int) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= indent


def _hold(path: str, before: Sequence[Document | Problem], text: str) -> None:
    """Raise Refused where a list no longer reads as it did, with one entry more."""
    after = frontmatter.split_list(path, text)
    old = [item.data for item in before if isinstance(item, Document)]
    new = [item.data for item in after if isinstance(item, Document)]
    if len(new) != len(old) + 1 or any(data not in new for data in old):
        raise Refused(f"the entry cannot be put into {path} safely; add it by hand")


# What can be filled in


def slug(text: str) -> str:
    """A text as an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def host(url: str) -> str:
    """The host of an address without `www.`, in small letters; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _bare(url: str) -> str:
    """An address without what two spellings of it may differ in."""
    address, _, query = url.partition("#")[0].partition("?")
    return f"{host(url)}/{address.partition('://')[2].partition('/')[2].rstrip('/')}?{query}"


def from_address(url: str, documents: Documents) -> dict[Place, str]:
    """What the sources of the same host say of a new one at `url`: publisher and kind, where most agree; a language; an id.

    Where no source has the host, those of the host above it speak: `unis.union.example` is known by `union.example`.
    Nothing is fetched.
    """
    found: dict[Place, str] = {("url",): url}
    sources = [doc.data for kind, doc in documents if kind is Source]
    same = _of_host(host(url), sources)
    for name in ("publisher", "kind", "language"):
        counted = Counter(str(data[name]) for data in same if data.get(name))
        if counted and (most := counted.most_common(1)[0])[1] * 2 > len(same):
            found[(name,)] = most[0]
    if language := _language(url, {str(data.get("language")) for data in sources}):
        found["language",] = language
    found[("id",)] = _unused(_ident(url, same), {str(data.get("id")) for data in sources})
    return found


def _of_host(name: str, sources: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sources of a host, or of the nearest host above it that has any."""
    hosts = [(host(str(data.get("url", ""))), data) for data in sources]
    while name:
        if same := [data for there, data in hosts if there == name]:
            return same
        name = name.partition(".")[2]
    return []


def _language(url: str, known: Iterable[str]) -> str | None:
    """The language that an address names at its beginning, as in `https://union.example/fr/`, among those that are known."""
    words = (host(url).split(".")[0], *urlsplit(url).path.lower().split("/")[1:2])
    return next((word for word in words if word in known), None)


def _ident(url: str, same: Sequence[Mapping[str, Any]]) -> str:
    """`publisher-year-words`, the first as the host's other sources have it."""
    prefixes = Counter(str(data.get("id", "")).split("-")[0] for data in same)
    address = urlsplit(url)
    labels = host(url).split(".")
    prefix = prefixes.most_common(1)[0][0] if prefixes else slug(labels[-2] if len(labels) > 1 else labels[0])
    segments = [slug(unquote(segment).rsplit(".", 1)[0]) for segment in address.path.split("/")]
    words = next((segment for segment in reversed(segments) if segment and not segment.isdecimal()), "")
    year = _STEM.search(address.path)
    rest = "-".join(word for word in words.split("-") if not (year and word == year[1]))
    short = rest if len(rest) <= LONGEST_WORDS else rest[:LONGEST_WORDS].rpartition("-")[0]
    return slug("-".join(bit for bit in (prefix, year[1] if year else "", short) if bit)) or "source"


def _unused(ident: str, taken: set[str]) -> str:
    number = 2
    unused = ident
    while unused in taken:
        unused, number = f"{ident}-{number}", number + 1
    return unused


def suggested(model: type[Record], values: Values, documents: Documents) -> str | None:
    """An id for a record whose name is known: its words, with the year where the other ids of the type end with one.

    Goals are known by their number.
    """
    if issubclass(model, Goal | Sdg) and (number := values.get(("number",))):
        return number
    label = values.get((model.LABEL,)) or values.get(("name",)) or values.get(("title",))
    if not label:
        return None
    idents = [str(doc.data.get("id", "")) for kind, doc in documents if kind is model]
    dates = (values.get(("dates", "start")), values.get(("date",)), values.get(("adopted", "date")))
    year = next((date[:4] for date in dates if date), "")
    ends = sum(bool(re.search(r"-[0-9]{4}$", ident)) for ident in idents)
    words = slug(label)
    return f"{words}-{year}" if year and ends * 2 > len(idents) and not words.endswith(year) else words


# Asking


def asked(
    model: type[Record], values: Values, documents: Documents, ask: Callable[[str], str], tell: Callable[[str], None]
) -> dict[Place, str]:
    """`values`, with what a person answers for each needed value that is not there yet; an empty answer leaves it open."""
    found = dict(values)
    waiting = [slot for slot in slots(model) if slot.place not in found and slot.place != ("id",)]
    for slot in waiting:
        found |= {slot.place: answer} if (answer := _answer(slot, documents, ask, tell)) else {}
    if ("id",) not in found:
        words = suggested(model, found, documents)
        taken = {str(doc.data.get("id")) for kind, doc in documents if kind is model}
        guess = _unused(words, taken) if words else ""
        slot = Slot(("id",), model, "id")
        answer = _answer(slot, documents, ask, tell, guess) or guess
        found |= {("id",): answer} if answer else {}
    return found


def asked_file(files: Sequence[str], ask: Callable[[str], str], tell: Callable[[str], None]) -> str:
    """The name of the list that a person chooses to write into."""
    names = [PurePosixPath(path).stem for path in files]
    tell("")
    tell("The file to write into: one of those that there are, or a new name.")
    while True:
        answer = ask(f"file ({listed(names, limit=40)}): ").strip().removesuffix(".yml")
        if answer in names or (SLUG.fullmatch(answer) and not did_you_mean(answer, names)):
            return answer
        tell(f"'{answer}' is none of the files{did_you_mean(answer, names) or '; expected a name, as in press'}")


def _answer(
    slot: Slot,
    documents: Documents,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    default: str = "",
) -> str:
    found = part(slot.info.annotation)
    tell("")
    for line in _sentence(slot.info, found):
        tell(line.removeprefix("# "))
    many = " (several with commas)" if found.many else ""
    offered = f" [{default}]" if default else ""
    while True:
        answer = ask(f"{slot.words}{many}{offered}: ").strip()
        wrong = refused(slot, answer, documents) if answer else None
        if wrong is None:
            return answer
        tell(wrong)


def refused(slot: Slot, answer: str, documents: Documents) -> str | None:
    """What is wrong with a value for a slot; None where nothing is."""
    found = part(slot.info.annotation)
    value: Any = [item.strip() for item in answer.split(",") if item.strip()] if found.many else answer
    try:
        _adapter(slot.model, slot.name).validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        if found.words:
            return f"'{answer}' is not one of {', '.join(found.words)}{did_you_mean(answer, found.words)}"
        if detail["type"] == "too_short":
            return f"too few entries; expected at least {_least(slot.info)}, with a comma between them"
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    kind = _refers(slot)
    if kind is None:
        return None
    known = [str(doc.data.get("id")) for other, doc in documents if other is BY_KIND[kind]]
    for ident in value if found.many else [answer]:
        if ident not in known:
            now = next(
                (doc.data["id"] for other, doc in documents if other is BY_KIND[kind] and ident in _old(doc)), None
            )
            if now is not None:
                return f"'{ident}' is now '{now}'; write {now}"
            guess = (
                did_you_mean(ident, known) or f"; add one in content/{BY_KIND[kind].FOLDER} first, or leave this open"
            )
            return f"no {kind} has the id '{ident}'{guess}"
    return None


def _old(document: Document) -> Iterable[str]:
    aliases = document.data.get("aliases")
    return aliases if isinstance(aliases, list) else ()


@functools.cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = Annotated[info.annotation, *info.metadata, info]
    return TypeAdapter(annotation)


def _refers(slot: Slot) -> str | None:
    """The type of record that a value names by its id."""
    found = part(slot.info.annotation)
    if found.inner is Citation:
        return Source.KIND
    marks = [*slot.info.metadata, *found.marks]
    return next((mark.kind for mark in marks if isinstance(mark, Refers)), None)
