"""Draw graphics as SVG."""

from explainer.figures import svg, world
from explainer.figures.graphic import Chart, Graphic, Map


def draw(graphic: Graphic) -> str:
    """Draw a graphic as one line of SVG; empty for a matrix, which is shown as a table."""
    match graphic.drawing:
        case Chart() as chart:
            inside = f'<g font-size="{svg.SIZE}">{chart.marks}</g>'
            size: tuple[float, float] = (chart.width, chart.height)
        case Map() as drawing:
            inside = world.draw(drawing)
            size = world.size(drawing)
        case _:
            return ""
    ident = f"figure-{graphic.id}"
    return svg.framed(
        inside,
        ident=ident,
        title=graphic.title,
        says=graphic.says,
        size=size,
        kind=graphic.shape,
        linked=graphic.drawing.linked,
    )
