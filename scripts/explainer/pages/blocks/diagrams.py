"""Diagrams as drawings, from their nodes and ties."""

from explainer.figures.diagram import Arrow, BoxNode, diagram
from explainer.figures.graphic import Graphic, Table
from explainer.kinds.diagram import Diagram
from explainer.library.library import Library
from explainer.pages.blocks.labels import way
from explainer.pages.blocks.shown import DiagramShown
from explainer.pages.charts.alternatives import alternative
from explainer.reading import prose


def diagram_of(library: Library, record: Diagram, page: str, ident: str) -> DiagramShown:
    """A diagram on a page: boxes lead to the records that they stand for."""
    names = {node.id: node.name for node in record.nodes}
    boxes = [
        BoxNode(node.id, node.name, way(library, page, library.at(node.record)) if node.record else "")
        for node in record.nodes
    ]
    arrows = [Arrow(tie.start, tie.end, number) for number, tie in enumerate(record.ties, start=1)]
    rows = tuple((names[tie.start], names[tie.end], prose.plain(tie.says)) for tie in record.ties)
    graphic = Graphic(
        id=ident,
        title=record.title,
        says=library.words("block.ties"),
        drawing=diagram(boxes, arrows),
        table=Table(("start", "end", "says"), rows),
        kinds=(record.KIND,),
        records=1,
        alternative=alternative(library.words, "ties", [f"{start} → {end}" for start, end, _ in rows]),
    )
    return DiagramShown(graphic, record, names)
