"""Normalisation of the URLs of sources: the host, and the URL without what does not distinguish pages."""

import re
from urllib.parse import urlsplit

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id)(?:=.*)?", re.IGNORECASE
)
"""Parameters of a query that say from where a reader came, not which page is asked for."""
_OWN_PORTS = {None, 80, 443}
"""Ports that a URL need not name."""


def host(url: str) -> str:
    """The host of a URL without `www.`, in lower case; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _port(url: str) -> str:
    try:
        port = urlsplit(url).port
    except ValueError:
        return ""
    return "" if port in _OWN_PORTS else f":{port}"


def bare_address(url: str) -> str:
    """Normalise a URL for comparison: without scheme, `www.`, default port, fragment, tracking parameters and trailing slash."""
    address, _, query = url.partition("#")[0].partition("?")
    path = address.partition("://")[2].partition("/")[2].rstrip("/")
    asked = "&".join(part for part in query.split("&") if part and not _TRACKING.fullmatch(part))
    return f"{host(url)}{_port(url)}/{path}?{asked}"
