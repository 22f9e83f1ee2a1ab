"""What archives of research ask of an edition: `CITATION.cff` (version 1.2.0 of its format) and `.zenodo.json`.

JSON is YAML, so every value of `CITATION.cff` is written as JSON writes it, and no text can end it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from explainer.library.releases import ARCHIVE, Release
from explainer.reading import prose
from explainer.records.dossier import Dossier

CITATION, ZENODO = "CITATION.cff", ".zenodo.json"
MARK = "# Written by `explainer release`; what it says stands in content/site.yml."
"""The first line of every `CITATION.cff` that may be written anew."""
_SPDX = re.compile(r"CC0-1\.0|CC-BY(?:-NC)?(?:-SA|-ND)?-[1-4]\.0|ODbL-1\.0|ODC-By-1\.0|MIT|Apache-2\.0")


def spdx(licence: str) -> str | None:
    """The id of a licence in the list of SPDX; None for one of which this is not known."""
    name = "-".join(licence.split())
    name = "CC0-1.0" if name in {"CC0", "CC0-1.0", "CC-0-1.0"} else name
    return name if _SPDX.fullmatch(name) else None


def citation_cff(site: Dossier, release: Release) -> str:
    """How to cite the dossier, as hosts of repositories and managers of references read it."""
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data or texts, please cite them as below.",
        "type": "dataset",
        "title": site.title,
        "abstract": prose.plain(site.summary),
        "authors": [{"name": site.author}],
        "version": release.version,
        "date-released": str(release.frozen),
        "url": f"{site.url.rstrip('/')}/{ARCHIVE}/{release.version}/",
        "repository-code": site.repository,
        "commit": release.commit,
        **_licence(site),
    }
    rows = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"{MARK}\n{''.join(rows)}"


def _licence(site: Dossier) -> Mapping[str, str]:
    known = spdx(site.licence)
    return {"license": known} if known else {"license-url": site.licence_url}


def zenodo(site: Dossier, release: Release) -> bytes:
    """The description of a deposit, as Zenodo reads it."""
    address = f"{site.url.rstrip('/')}/{ARCHIVE}/{release.version}/"
    known = spdx(site.licence)
    fields: dict[str, Any] = {
        "upload_type": "dataset",
        "title": f"{site.title}, {release.version}",
        "description": f"<p>{prose.plain(site.summary).replace('&', '&amp;').replace('<', '&lt;')}</p>",
        "creators": [{"name": site.author}],
        "version": release.version,
        "publication_date": str(release.frozen),
        "language": site.language,
        "access_right": "open",
        "related_identifiers": [
            {"identifier": address, "relation": "isIdenticalTo", "resource_type": "dataset"},
            {"identifier": site.repository, "relation": "isDerivedFrom", "resource_type": "software"},
        ],
    }
    if known:
        fields["license"] = known.lower()
    else:
        fields["notes"] = f"{site.licence}: {site.licence_url}"
    return (json.dumps(fields, ensure_ascii=False, indent=2) + "\n").encode()
