"""Normalisation of the URLs of sources: the host, and the URL without what does not distinguish pages."""

from urllib.parse import urlsplit


def host(url: str) -> str:
    """The host of a URL without `www.`, in lower case; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def bare_address(url: str) -> str:
    """Normalise a URL for comparison: without scheme, `www.`, fragment and trailing slash."""
    address, _, query = url.partition("#")[0].partition("?")
    return f"{host(url)}/{address.partition('://')[2].partition('/')[2].rstrip('/')}?{query}"
