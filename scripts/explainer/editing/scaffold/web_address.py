"""Parts of the address of a source: its host, and the address without what does not tell pages apart."""

from urllib.parse import urlsplit


def host(url: str) -> str:
    """The host of an address without `www.`, in small letters; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def bare_address(url: str) -> str:
    """An address without what two spellings of it may differ in."""
    address, _, query = url.partition("#")[0].partition("?")
    return f"{host(url)}/{address.partition('://')[2].partition('/')[2].rstrip('/')}?{query}"
