"""What the head of a page tells programs: how to cite it, the data behind it, what it is about."""

import json
from collections.abc import Iterator

from explainer.data import api, linked, references
from explainer.data.downloads import FOLDER, downloads
from explainer.data.linked import Node
from explainer.data.references import CitedWork
from explainer.library import addresses, places, sections
from explainer.library.as_of import as_of
from explainer.library.library import Library
from explainer.pages.page import Page
from explainer.records.record import Record

MOST = 30
"""So many records of an index have nodes of their own in its head; of more, the API and the vocabularies tell."""

_DESCRIBING = {"dcat.jsonld": "application/ld+json", "datapackage.json": "application/json"}
"""The files that describe the data as a whole, with their media types."""


def reference(library: Library, page: Page) -> CitedWork:
    """A page as an entry of a bibliography, of the day that its record tells; that of the dossier where it shows many."""
    library = library.speaking(page.path.partition("/")[0])
    date = as_of(library, [page.record]) if page.record else library.dossier.updated
    return references.of_page(library, addresses.hosted(page.path), page.title, date)


def front(library: Library, page: Page) -> dict[str, object]:
    """The entries of the front matter from which the theme writes the head."""
    entry = reference(library, page)
    found: dict[str, object] = {"dated": str(entry.issued), "cite": addresses.cited(page.path)}
    if file := data(library, page):
        found["data"] = file
    if page.path == f"{addresses.DATA}/index.md":
        found["described"] = [[kind, f"{FOLDER}/{name}"] for name, kind in _DESCRIBING.items()]
    graph = {"@context": linked.CONTEXT, "@graph": list(_graph(library, page, entry))}
    return found | {"linked": json.dumps(graph, ensure_ascii=False, separators=(",", ":"))}


def model(library: Library, page: Page) -> type[Record] | None:
    """The kind of which a page is the index."""
    section, _, name = page.path.partition("/")
    found = library.kinds.sections.get(section) if name == "index.md" else None
    return found if found and library.all(found) else None


def data(library: Library, page: Page) -> str | None:
    """The file of the API with the record, or the records, that a page shows."""
    if page.record:
        return api.path_of(page.record)
    of = model(library, page)
    return api.path_of_kind(of) if of else None


def _graph(library: Library, page: Page, entry: CitedWork) -> Iterator[Node]:
    home = places.whole(library)
    about = list(linked.nodes(library, _records(library, page)))
    web: Node = {
        "@type": "WebPage",
        "@id": f"{entry.url}#page",
        "url": entry.url,
        "name": page.title,
        "inLanguage": entry.language,
        "dateModified": str(entry.issued),
        "isPartOf": {"@type": "WebSite", "@id": home, "name": library.dossier.title},
    }
    if page.record and about:
        web["mainEntity"] = {"@id": about[0]["@id"]}
    yield web
    if page.path == addresses.HOME:
        yield _site(library)
    else:
        yield _crumbs(library, page, entry)
    if page.path == f"{addresses.DATA}/index.md":
        yield _data_set(library, page, entry)
    yield from about


def _records(library: Library, page: Page) -> tuple[Record, ...]:
    """The records that a page is about: its own, or those that stand on an index and have no page of their own."""
    if page.record:
        return (page.record,)
    of = model(library, page)
    found = library.all(of) if of and not of.STORY and not of.PAGED else ()
    return found if len(found) <= MOST else ()


def _site(library: Library) -> Node:
    home = places.whole(library)
    return {
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": library.dossier.title,
        "inLanguage": library.dossier.language,
        "license": library.dossier.licence_url,
        "publisher": linked.author(library),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{home}{addresses.SEARCH}/?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _crumbs(library: Library, page: Page, entry: CitedWork) -> Node:
    """The way from the home page: through the section, where the page is not its index."""
    home, section = places.whole(library), page.path.partition("/")[0]
    way = [(library.dossier.title, home)]
    if page.path != f"{section}/index.md":
        way.append((sections.title(library.dossier, library.words, section), f"{home}{section}/"))
    way.append((page.title, entry.url))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _data_set(library: Library, page: Page, entry: CitedWork) -> Node:
    """The data as a whole, with each file to take away."""
    return {
        "@type": "Dataset",
        "@id": f"{entry.url}#data",
        "name": library.dossier.title,
        "description": page.description,
        "url": entry.url,
        "license": library.dossier.licence_url,
        "dateModified": str(entry.issued),
        "creator": linked.author(library),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": item.name,
                "encodingFormat": item.media_type,
                "contentUrl": places.whole(library, item.path),
            }
            for item in downloads(library)
        ],
    }
