"""What every built page gets at the end: valid HTML where the theme's is not, and a strict policy for content."""

import base64
import hashlib
import re

from explainer.publish.unbroken_numbers import unbroken

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_MENDED = (
    # Markdown aligns the cells of tables with inline styles, which the policy forbids
    (re.compile(r'<(t[hd]) style="text-align: (left|center|right);">'), r'<\1 class="align-\2">'),
    # Material's toggles are checkboxes, which autocomplete does not exist for
    (re.compile(r'(<input class="md-toggle[^>]*?) autocomplete="off">'), r"\1>"),
    # an attribute of one browser
    (re.compile(r' autocorrect="off"'), ""),
    # an empty tabindex on labels, which no number of the standard is
    (re.compile(r'(<label class="md-nav__[^>]*?) tabindex(?:="")?>'), r"\1>"),
)
"""What is wrong in the HTML that the theme and Markdown make, and what stands there instead."""
_WRITTEN = re.compile(r"<article\b.*</article>", re.DOTALL)
"""What people or records wrote; all around it is the theme's."""
_CHARSET = '<meta charset="utf-8">'
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'{hashes}",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's icons are masks with data: addresses
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


def policy(page: str) -> str:
    """The Content-Security-Policy of a page: the inline scripts of the theme are allowed by their hashes, none in the text."""
    scripts = _INLINE.findall(_WRITTEN.sub("", page))
    digests = dict.fromkeys(hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(_DIRECTIVES).format(hashes=hashes)


def finished(page: str) -> str:
    """A page with the theme's HTML mended, classes for inline styles, numbers in one piece, and its policy in its head."""
    for wrong, right in _MENDED:
        page = wrong.sub(right, page)
    if 'id="__toc"' not in page:  # the theme labels a checkbox that only some pages have
        page = page.replace('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')
    page = unbroken(page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    return page.replace(_CHARSET, f"{_CHARSET}\n      {meta}", 1)
