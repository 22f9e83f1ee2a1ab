"""Adds an id to the `aliases:` of a story, and leaves every other character of the file as it is."""

import yaml

from explainer.reading import yaml_reader


def with_alias(text: str, ident: str, line: int) -> str:
    """A story with one more former id; `line` is the one of its `id:`, below which a story without any gets its list."""
    lines = text.split("\n")
    listed = _listed(lines)
    if listed is None:
        lines.insert(line, f"aliases: [{ident}]")
    elif not isinstance(listed, yaml.SequenceNode):
        _insert(lines, listed.end_mark.line, listed.end_mark.column, f" [{ident}]")
    elif not listed.flow_style:
        first = listed.value[0].start_mark.line + 1
        indent = lines[first][: lines[first].index("-")]
        lines.insert(first, f"{indent}- {ident}")
    elif listed.value:
        last = listed.value[-1].end_mark
        _insert(lines, last.line, last.column, f", {ident}")
    else:
        _insert(lines, listed.start_mark.line, listed.start_mark.column + 1, ident)
    return "\n".join(lines)


def _listed(lines: list[str]) -> yaml.Node | None:
    """What `aliases:` holds in the front matter; None without such a field. A story may have such a line as well."""
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---")
    fields = yaml.compose("\n".join(lines[1:end]), Loader=yaml_reader.LOADER)
    named = fields.value if isinstance(fields, yaml.MappingNode) else ()
    return next((value for key, value in named if key.value == "aliases"), None)


def _insert(lines: list[str], line: int, column: int, text: str) -> None:
    """Put a text at a place of the front matter, whose lines are counted from the one below the first `---`."""
    at = lines[line + 1]
    lines[line + 1] = f"{at[:column]}{text}{at[column:]}"
