"""Post-processes built pages: repairs the theme's invalid HTML and adds a strict Content-Security-Policy."""

import base64
import hashlib
import re

from explainer.publish.unbroken_numbers import unbroken

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_MENDED = (
    # Material's toggles are checkboxes, for which autocomplete is invalid
    (re.compile(r'(<input class="md-toggle[^>]*?) autocomplete="off">'), r"\1>"),
    # a browser-specific attribute
    (re.compile(r' autocorrect="off"'), ""),
    # the link of a heading to itself is for eyes and pointers: ears would hear it as the end of each heading, and the
    # list of contents leads to the same places
    (re.compile(r'<a class="headerlink"'), '<a class="headerlink" aria-hidden="true" tabindex="-1"'),
    # a paragraph of nothing but anchors would be heard as an empty one
    (re.compile(r'<p>((?:<span id="[^"]*"></span>\s*)+)</p>'), r"<div>\1</div>"),
    # the picture in the link to the home page, which has a name and repeats it as its description; the veil behind the drawer
    (re.compile(r'(<a [^>]*?) title="([^"]*)"( class="md-header__button md-logo" aria-label="\2")'), r"\1\3"),
    (re.compile(r'(<img src="[^"]*") alt="logo"'), r'\1 alt=""'),
    (re.compile(r'<label class="md-overlay"'), '<label class="md-overlay" aria-hidden="true"'),
    # an empty tabindex on labels; the standard requires an integer
    (re.compile(r'(<label class="md-nav__[^>]*?) tabindex(?:="")?>'), r"\1>"),
)
"""Regular expression -> replacement, for what is invalid or reads badly in the HTML of the theme and of Markdown."""
_GAP = re.compile(r"\s*\n\s*")
"""An end of a line with the space around it: the theme's templates leave many, a kilobyte of each page."""
_WRITTEN = re.compile(r"<article\b.*</article>", re.DOTALL)
"""The content of a page, from records and people; everything around it comes from the theme."""
_CHARSET = '<meta charset="utf-8">'
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'{hashes}",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's icons are CSS masks with data: URLs
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


def policy(page: str) -> str:
    """The Content-Security-Policy of a page; allows the theme's inline scripts by hash, and none in the content."""
    scripts = _INLINE.findall(_WRITTEN.sub("", page))
    digests = dict.fromkeys(hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(_DIRECTIVES).format(hashes=hashes)


def _close(page: str) -> str:
    """A page without empty lines and indentation around what was written, where the theme has no text that keeps them."""
    before, mark, rest = page.partition("<article")
    written, end, after = rest.rpartition("</article>")
    before, after = (_GAP.sub("\n", part) for part in (before, after))
    return f"{before}{mark}{written}{end}{after}"


def finished(page: str) -> str:
    """Post-process a page: repair the HTML, keep numbers unbroken and put the policy into the head."""
    for wrong, right in _MENDED:
        page = wrong.sub(right, page)
    if 'id="__toc"' not in page:  # the theme labels a checkbox that this page lacks
        page = page.replace('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')
    if '<body dir="rtl"' in page:  # the theme sets the direction below the root, where scroll bars do not see it
        page = page.replace("<html ", '<html dir="rtl" ', 1)
    page = unbroken(_close(page))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    return page.replace(_CHARSET, f"{_CHARSET}\n      {meta}", 1)
