"""Draw graphics as SVG; Vega's output is cached by the digest of its specification."""

import functools
import hashlib
import json
from importlib import metadata

from explainer.figures import svg, world
from explainer.figures.drawing_cache import DrawingCache
from explainer.figures.graphic import Chart, Graphic, Map

_PACKAGE = "vl-convert-python"


def draw(graphic: Graphic, cache: DrawingCache) -> str:
    """Draw a graphic as one line of SVG; empty for a matrix, which is shown as a table."""
    ident = f"figure-{graphic.id}"
    match graphic.drawing:
        case Chart() as chart:
            inside = svg.tidy(_vega(chart, cache))
            size: tuple[float, float] = (chart.spec["width"], chart.spec["height"])
        case Map() as drawing:
            inside = world.draw(drawing, cache)
            size = world.size(drawing, cache)
        case _:
            return ""
    return svg.framed(inside, ident=ident, title=graphic.title, says=graphic.says, size=size, kind=graphic.shape)


@functools.cache
def _version() -> str:
    return metadata.version(_PACKAGE)


def key(chart: Chart) -> str:
    """Cache key of a chart: SHA-256 of its specification and of the converter's version."""
    text = json.dumps({"spec": chart.spec, "version": _version()}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _vega(chart: Chart, cache: DrawingCache) -> str:
    name = key(chart)
    text = cache.get(name)
    if text is None:
        text = _converted(json.dumps(chart.spec, sort_keys=True, ensure_ascii=False))
        cache.put(name, text)
    return text


@functools.lru_cache(maxsize=500)
def _converted(spec: str) -> str:
    """Convert a specification to SVG with Vega; imported only here, because the import takes half a second."""
    import vl_convert

    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
