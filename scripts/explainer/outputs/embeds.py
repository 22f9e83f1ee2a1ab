"""Figures as pages by themselves, for the frames of other sites: `embed/ID/`, and the style sheet that all share.

Such a page needs no script and nothing from outside of its folder, follows the reader's system into the dark, and holds its
own policy. The lines to copy stand on it too, and are shown only where its address ends in `#copy`, so never in a frame.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import Template

from explainer.base.files import Output
from explainer.figures import palette, svg
from explainer.figures.draw import marks
from explainer.figures.graphic import Graphic, Map, Matrix
from explainer.figures.picture_style import BY_SCHEME, packed
from explainer.figures.standalone import alone, lighter
from explainer.figures.swatches import swatch
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.outputs.embed_tables import data_table, matrix_table
from explainer.outputs.frames import framed, is_open
from explainer.pages.page import LazyPage, Page
from explainer.reading import prose

STYLE = f"{addresses.EMBED}/style.css"
"""The style sheet, relative to `docs/`."""
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
"""Who may show the page in a frame cannot stand here: browsers take `frame-ancestors` from the header of a server alone."""
_PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<title>$title</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="$canonical">
<link rel="stylesheet" href="../style.css">
</head>
<body dir="$direction">
<main class="$shape">
<h1>$title</h1>
<p>$says</p>
$drawing
$after
</main>
<footer>
<p>$source</p>
<p>$licence</p>
</footer>
<section id="copy" aria-labelledby="to-copy">
<h2 id="to-copy">$copy</h2>
<p>$how</p>
<pre tabindex="0">$snippet</pre>
</section>
</body>
</html>
""")
_LAYOUT = """
body { margin: 0; padding: 12px; background: var(--x-ground); color: var(--x-ink); font: 15px/1.45 system-ui,sans-serif; overflow-wrap: break-word }
main, footer, section { max-width: 640px; margin: 0 auto }
main.chart, main.chart ~ * { max-width: 460px }
h1 { margin: 0; font-size: 17px; line-height: 1.3 }
h2 { font-size: 15px }
p { margin: 4px 0 0 }
a, summary { color: var(--x-link) }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--x-accent) }
.drawing { margin: 12px 0 8px; direction: ltr; forced-color-adjust: none; color: var(--x-ink) }
.drawing > svg { display: block; width: 100%; height: auto; font-variant-numeric: tabular-nums }
@media (forced-colors: active) { .drawing { background: var(--x-chart-paper) } }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 14px }
.key { display: inline-flex; align-items: center; gap: 6px }
.swatch { flex: none; forced-color-adjust: none }
.about, footer, details { font-size: 13px }
.about, footer { color: var(--x-muted) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid var(--x-line); text-align: start; vertical-align: top }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.matrix table { font-size: 13px }
.matrix :is(th, td) { padding: 4px 3px 4px 0 }
[scope=row] { font-weight: 400 }
.drawing .swatch { display: block }
details { margin-top: 8px }
footer { margin-top: 10px; border-top: 2px solid var(--x-strong) }
#copy { display: none; margin-top: 24px }
#copy:target { display: block }
pre { padding: 10px; border: 1px solid var(--x-line); white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; direction: ltr }
"""


def style(_library: Library, _pages: Sequence[LazyPage]) -> Iterator[Output]:
    """The style sheet of all these pages."""
    yield Output(STYLE, f"{palette.by_system()}{packed(_LAYOUT)}{BY_SCHEME}\n".encode(), None)


def outputs(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The figures of a page, each as a page of its own; where several pages show one, that of the first stands."""
    page = recipe.composed()
    library = library.speaking(page.path.partition("/")[0])
    for graphic in page.drawings:
        yield Output(addresses.embedded(graphic.id), embedded(library, page, graphic).encode(), page.source)


def embedded(library: Library, page: Page, graphic: Graphic) -> str:
    """A figure of a page as a page of its own."""
    words, dossier = library.words, library.dossier
    named = dossier.title if page.path == addresses.HOME else f"{dossier.title}: {page.title}"
    back = f"{addresses.hosted(page.path)}#figure-{graphic.id}"
    source = _link(f"../../{back}", named)
    licence = _link(dossier.licence_url, dossier.licence, ' rel="license"')
    ends = (
        words("graphic.file.source").format(source=named),
        words("graphic.file.licence").format(licence=dossier.licence),
    )
    return _PAGE.substitute(
        language=escape(library.language),
        direction="rtl" if words.from_right else "ltr",
        policy=_POLICY,
        title=escape(graphic.title),
        says=escape(graphic.says, quote=False),
        canonical=escape(places.whole(library, back)),
        shape=graphic.shape,
        drawing=_drawing(graphic),
        after="\n".join(_after(library, graphic)),
        source=escape(words("graphic.file.source"), quote=False).format(source=source),
        licence=escape(words("graphic.file.licence"), quote=False).format(licence=licence),
        copy=escape(words("graphic.embed.title"), quote=False),
        how=escape(words("graphic.embed.how"), quote=False),
        snippet=escape(framed(library, graphic, (*_notes(library, graphic), *ends)), quote=False),
    )


def _link(address: str, text: str, more: str = "") -> str:
    """A link that leaves the frame: the page around it is somebody else's."""
    return f'<a href="{escape(address)}" target="_blank"{more}>{escape(text, quote=False)}</a>'


def _drawing(graphic: Graphic) -> str:
    """The drawing without links; of a matrix, its table."""
    if isinstance(graphic.drawing, Matrix):
        return f'<div class="drawing scroll">{matrix_table(graphic.title, graphic.drawing)}</div>'
    inside, size = marks(lighter(graphic))
    drawn = svg.framed(alone(inside), says=graphic.alternative or graphic.says, size=size, kind=graphic.shape)
    return f'<div class="drawing">{drawn}</div>'


def _after(library: Library, graphic: Graphic) -> Iterator[str]:
    """The legend, the notes, and the data as a table."""
    keys = (
        f'<span class="key">{alone(swatch(key.swatch))} {escape(key.label, quote=False)}</span>'
        for key in graphic.legend
    )
    if graphic.legend:
        yield f'<p class="legend">{" ".join(keys)}</p>'
    for note in _notes(library, graphic):
        yield f'<p class="about">{escape(note, quote=False)}</p>'
    if graphic.table.rows:
        summary = escape(library.words("graphic.table"), quote=False)
        way = " open" if is_open(graphic) else ""
        yield f'<details{way}><summary>{summary}</summary><div class="scroll">{data_table(library, graphic)}</div></details>'


def _notes(library: Library, graphic: Graphic) -> Iterable[str]:
    designations = library.dossier.designations
    if isinstance(graphic.drawing, Map) and designations:
        return (*graphic.notes, prose.plain(designations))
    return graphic.notes
