"""The palettes of a configuration: names that a theme prints into attributes of every page, so that they must be names."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from explainer.publish.swap import PublishError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ _-][A-Za-z0-9]+)*")
_ICON = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_NAMED = {"scheme": "slate", "primary": "indigo", "accent": "custom"}
"""What a palette names -> a name that is one."""
Place = tuple[str | int, ...]


def hold(config: Any) -> None:
    """Escape the palettes of a configuration; raises PublishError for what is no name in them."""
    palettes = config.theme.get("palette")
    if lines := faults(palettes, Path(config.config_file_path or "mkdocs.yml")):
        number = f"{len(lines)} problem{'s' * (len(lines) != 1)}"
        raise PublishError("\n".join([f"{number}; the old site is as it was", *lines]))
    if palettes:
        config.theme["palette"] = escaped(palettes)


def faults(palettes: object, file: Path) -> list[str]:
    """A message for each value of the palettes that is no name, with its place in the configuration."""
    marks = _marks(file)
    lines = []
    for place, message in _wrong(palettes):
        known = next((marks[place[:end]] for end in range(len(place), 0, -1) if place[:end] in marks), (1, 1))
        lines.append(f"{file.name}:{known[0]}:{known[1]}: theme.{'.'.join(map(str, place))}: {message}")
    return lines


def escaped(palettes: Any) -> Any:
    """The palettes with every text safe in an attribute, into which themes put it as it is."""
    if isinstance(palettes, Mapping):
        return {name: escaped(value) for name, value in palettes.items()}
    if isinstance(palettes, (list, tuple)):
        return [escaped(each) for each in palettes]
    is_bare = isinstance(palettes, str) and not isinstance(palettes, Markup)
    return Markup(html.escape(palettes)) if is_bare else palettes  # noqa: S704 - escaped


def _wrong(palettes: object) -> Iterator[tuple[Place, str]]:
    """Place and message of each value that is no name."""
    if not palettes:
        return
    each = dict(enumerate(palettes)) if isinstance(palettes, list) else {None: palettes}
    for number, palette in each.items():
        place: Place = ("palette",) if number is None else ("palette", number)
        if isinstance(palette, Mapping):
            yield from _wrong_of(palette, place)
        else:
            yield (
                place,
                f"{_shown(palette)} is no palette; expected scheme: and primary:; write them, or delete palette:",
            )


def _wrong_of(palette: Mapping[str, object], place: Place) -> Iterator[tuple[Place, str]]:
    for name, example in _NAMED.items():
        value = palette.get(name)
        if value is not None and not (isinstance(value, str) and _NAME.fullmatch(value)):
            yield (
                (*place, name),
                f"{_shown(value)} is no name; expected letters, digits and hyphens, as in {example}; correct or delete it",
            )
    media, toggle = palette.get("media"), palette.get("toggle")
    if media is not None and not isinstance(media, str):
        yield (
            (*place, "media"),
            f'{_shown(media)} is no query; expected text, as in "(prefers-color-scheme: dark)"; correct it',
        )
    if toggle:
        yield from _wrong_toggle(toggle, place)


def _wrong_toggle(toggle: object, place: Place) -> Iterator[tuple[Place, str]]:
    icon = toggle.get("icon") if isinstance(toggle, Mapping) else None
    if not isinstance(icon, str) or not _ICON.fullmatch(icon):
        step = "expected {icon: material/weather-night, name: Dark}; correct or delete it"
        yield (*place, "toggle"), f"{_shown(toggle)} names no icon; {step}"


def _shown(value: object) -> str:
    text = str(value)[:60]
    return "'" + "".join(char if char.isprintable() else " " for char in text) + "'"


def _marks(file: Path) -> dict[Place, tuple[int, int]]:
    """Line and column of each value below `theme`; none of a file that cannot be read, as where the palette comes from another."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    found: dict[Place, tuple[int, int]] = {}
    waiting: list[tuple[Place, yaml.Node | None]] = [((), root)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            inside = [((*place, str(key.value)), value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inside = [((*place, number), value) for number, value in enumerate(node.value)]
        else:
            inside = []
        for within, value in inside:
            if within[0] == "theme":
                found[within[1:]] = (value.start_mark.line + 1, value.start_mark.column + 1)
                waiting.append((within, value))
    return found
