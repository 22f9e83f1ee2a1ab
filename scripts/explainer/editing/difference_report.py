"""The differences between two states as Markdown, as HTML and as JSON; texts of records are data and are escaped."""

import html
import itertools
import json
from collections.abc import Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.data.saying import Speaker
from explainer.library.history import Differs, RecordDifferences
from explainer.reading import prose


@dataclass(frozen=True, slots=True)
class DifferenceReport:
    """The differences between two states, and who says them."""

    old: str
    new: str
    """What the states are called."""
    records: Sequence[RecordDifferences]
    speaker: Speaker

    @property
    def _words(self) -> Language:
        return self.speaker.words

    def _title(self) -> str:
        return self._words("changes.between").format(old=self.old, new=self.new)

    def _count(self) -> str:
        """How many records came, went and changed."""
        firsts = [record.differences[0].what for record in self.records]
        sorts = {"came": firsts.count(Differs.NEW), "went": firsts.count(Differs.GONE)}
        sorts["differ"] = len(firsts) - sum(sorts.values())
        told = [self._number(f"changes.counts.{key}", number) for key, number in sorts.items() if number]
        return self._words("joint.comma").join(told) or self._words("changes.counts.none")

    def _number(self, key: str, number: int) -> str:
        return self._words.phrase(key, number).format(n=self._words.number(number))

    def _by_kind(self) -> Iterator[tuple[str, list[RecordDifferences]]]:
        """The name of each kind in the plural, with its records."""
        for kind, records in itertools.groupby(self.records, key=lambda record: record.kind):
            known = kind in self.speaker.kinds.by_kind
            name = self._words("plural", kind) if known else kind
            yield name[:1].upper() + name[1:], list(records)

    def markdown(self) -> str:
        """As Markdown."""
        lines = [f"# {prose.escape(self._title())}", "", f"{prose.escape(self._count())}."]
        for name, records in self._by_kind():
            lines += ["", f"## {prose.escape(name)}"]
            for record in records:
                lines += ["", f"### {prose.escape(record.label)} (`{record.ident}`)", ""]
                lines += [f"- {prose.escape(text)}" for text in self.speaker.sentences(record)]
        return "\n".join(lines) + "\n"

    def html(self) -> str:
        """As a page of HTML, which loads nothing."""
        parts = [f"<h1>{html.escape(self._title())}</h1>", f"<p>{html.escape(self._count())}.</p>"]
        for name, records in self._by_kind():
            parts.append(f"<h2>{html.escape(name)}</h2>")
            for record in records:
                said = "".join(f"<li>{html.escape(text)}</li>\n" for text in self.speaker.sentences(record))
                head = f"{html.escape(record.label)} <code>{html.escape(record.ident)}</code>"
                parts.append(f"<h3>{head}</h3>\n<ul>\n{said}</ul>")
        title, body = html.escape(self._title()), "\n".join(parts)
        locale = html.escape(self._words("locale").replace("_", "-"))
        direction = "rtl" if self._words.from_right else "ltr"
        return (
            f'<!doctype html>\n<html lang="{locale}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            "<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
            "h3{margin-bottom:.3rem}code{font-weight:normal}</style>\n"
            f"</head>\n<body>\n{body}\n</body>\n</html>\n"
        )

    def json(self) -> str:
        """As JSON: every difference as data, and what it says."""
        records = [
            {
                "type": record.kind,
                "id": record.ident,
                "name": record.label,
                "says": self.speaker.sentences(record),
                "changes": [item.packed() for item in record.differences],
            }
            for record in self.records
        ]
        found = {"old": self.old, "new": self.new, "records": records}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
