"""Addresses of the web: which are whole, their host, and the address without what does not distinguish pages."""

import re
from urllib.parse import urlsplit

from explainer.base.unicode_text import hidden

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id)(?:=.*)?", re.IGNORECASE
)
"""Parameters of a query that say from where a reader came, not which page is asked for."""
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
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


def web_address(text: str) -> str:
    """An address as it is; raises ValueError if it is no address of the web, or holds what one must not hold."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"'{text}' is not an address; expected https://host/path") from error
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"'{text}' is not a web address; expected one that begins with https:// or http://")
    _see(text)
    if parts.username or parts.password:
        raise ValueError(f"'{text}' holds a user name; expected https://host/path")
    if re.search(r"[\s<>\"'`\\{}|^\x00-\x20]", text):
        raise ValueError(f"'{text}' holds a space, quote or bracket; write such characters as %20, %22 and so on")
    if not host or not (_HOST.fullmatch(host) or _is_international(host)):
        raise ValueError(f"'{text}' has no host name; expected https://host/path")
    return text


def _see(text: str) -> None:
    """Raise ValueError for an address with a sign that is not seen."""
    if (place := _unseen(text)) is not None:
        raise ValueError(
            f"holds the invisible character U+{ord(text[place]):04X}; expected an address of signs that are seen; delete it"
        )


def _unseen(text: str) -> int | None:
    """The offset of the first sign of an address that is not seen, besides spaces; in text some of these may stay."""
    if text.isprintable():
        return hidden(text)
    return next((place for place, sign in enumerate(text) if not (sign.isprintable() or sign.isspace())), hidden(text))


def site_address(text: str) -> str:
    """The address of a site as it is; raises ValueError if an address of a page cannot be made by adding a path to it."""
    if found := re.search("[?#]", text):
        raise ValueError(
            f"'{text}' holds a '{found[0]}'; expected https://host/path/, to which the paths of pages are added; "
            f"delete '{text[found.start() :]}'"
        )
    segments = urlsplit(text).path.removesuffix("/").split("/")[1:]
    for segment in segments:
        if segment.lower().replace("%2e", ".") in {"", ".", ".."}:
            told = f"'{segment}' for a folder" if segment else "two slashes in a row"
            raise ValueError(
                f"'{text}' holds {told}; expected https://host/path/, as browsers show it; write the path without"
            )
    return text


def _is_international(host: str) -> bool:
    try:
        return bool(_HOST.fullmatch(host.encode("idna").decode()))
    except UnicodeError:
        return False
