"""The data as a whole, described for catalogues: DCAT for portals of open data, RO-Crate for archives of research."""

import json
from collections.abc import Iterable
from typing import Any

from explainer.data import api
from explainer.data.tables import FilledTable
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.reading import prose

_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IANA = "https://www.iana.org/assignments/media-types/"
_CRATE = "https://w3id.org/ro/crate/1.1"
"""The version of RO-Crate that tools of today read; 1.2 adds nothing that is needed here."""
CRATE = "ro-crate-metadata.json"
"""The name that the specification gives to the description inside a crate."""


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def dcat(library: Library, files: Iterable[tuple[str, str, int]]) -> bytes:
    """`dcat.jsonld`: the data set, its distributions and its service; each file is a path, a media type and a size."""
    site, page = library.dossier, places.whole(library, f"{addresses.DATA}/")
    distributions = [
        {
            "@type": "dcat:Distribution",
            "@id": places.whole(library, path),
            "dct:title": path.rpartition("/")[2],
            "dcat:accessURL": {"@id": page},
            "dcat:downloadURL": {"@id": places.whole(library, path)},
            "dcat:mediaType": {"@id": f"{_IANA}{kind}"},
            "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(size)},
            "dct:license": {"@id": site.licence_url},
        }
        for path, kind, size in files
    ]
    service = {
        "@type": "dcat:DataService",
        "@id": places.whole(library, f"{api.FOLDER}/index.json"),
        "dct:title": f"{site.title}: API",
        "dcat:endpointURL": {"@id": places.whole(library, f"{api.FOLDER}/")},
        "dcat:endpointDescription": {"@id": places.whole(library, f"{api.FOLDER}/openapi.json")},
        "dcat:servesDataset": {"@id": f"{page}#data"},
    }
    whole = {
        "@type": "dcat:Dataset",
        "@id": f"{page}#data",
        "dct:title": {"@language": site.language, "@value": site.title},
        "dct:description": {"@language": site.language, "@value": prose.plain(site.summary)},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": site.author},
        "dct:license": {"@id": site.licence_url},
        "dct:modified": _day(str(site.updated)),
        "dct:language": site.language,
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": distributions,
    }
    return _written({"@context": _DCAT, "@graph": [whole, service]})


def _day(text: str) -> dict[str, str]:
    """A date as exact as it is known, with the type that says how exact it is."""
    return {"@type": ("xsd:gYear", "xsd:gYearMonth", "xsd:date")[text.count("-")], "@value": text}


def crate(library: Library, files: Iterable[tuple[str, str, int]], tables: Iterable[FilledTable]) -> bytes:
    """`ro-crate-metadata.json`, for the zip: what it holds, and from whom; the ids of files are their names in it."""
    site = library.dossier
    says = {f"{table.about.name}.csv": table.about.says for table in tables}
    held = [
        {"@id": name, "@type": "File", "name": name, "encodingFormat": kind, "contentSize": str(size)}
        | ({"description": says[name]} if name in says else {})
        for name, kind, size in files
    ]
    author, licence = places.whole(library, "#author"), site.licence_url
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": site.title,
        "description": prose.plain(site.summary),
        "datePublished": str(site.updated),
        "url": site.url,
        "license": {"@id": licence},
        "author": {"@id": author},
        "hasPart": [{"@id": item["@id"]} for item in held],
    }
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }
    graph = [
        about,
        root,
        {"@id": author, "@type": "Organization", "name": site.author, "url": site.url},
        {"@id": licence, "@type": "CreativeWork", "name": site.licence, "url": licence},
        *held,
    ]
    return _written({"@context": f"{_CRATE}/context", "@graph": graph})
