"""What a served page gets besides what a build made: a script that asks for news, and a notice of problems.

The policy for content of the page lets in scripts and style sheets of the same origin only, so these are files of their own.
"""

import html
from collections.abc import Iterable

FOLDER = "/-/explainer/"
"""Where the server answers by itself; no page of a site has such an address."""
SCRIPT = """\
(() => {
  const { version } = document.currentScript.dataset;
  let left = "0";
  let note;
  const tell = (words) => {
    if (!words) { note?.remove(); note = undefined; return; }
    if (!note) {
      note = document.createElement("p");
      note.className = "explainer-left";
      document.body.append(note);
    }
    note.textContent = words;
  };
  const ask = async () => {
    let wait = 500;
    try {
      if (!document.hidden) {
        const query = new URLSearchParams({ page: location.pathname, after: version, left });
        const answer = await fetch(`/-/explainer/state?${query}`);
        if (answer.ok) {
          const found = await answer.json();
          if (found.version !== version) { location.reload(); return; }
          left = String(found.left);
          tell(found.told);
          wait = 0;
        }
      }
    } catch { /* the server is away; it may come back */ }
    setTimeout(ask, wait);
  };
  ask();
})();
"""
STYLE = """\
.explainer-notice { position: sticky; top: 0; z-index: 9; padding: 1rem; background: #fff; color: #7d0000;
  border-bottom: .25rem solid; font: 16px/1.5 sans-serif; max-height: 50vh; overflow: auto; overflow-wrap: anywhere; }
.explainer-notice p { margin: 0 0 .5rem; font-weight: bold; }
.explainer-notice ul { margin: 0; padding-left: 1.5rem; }
.explainer-left { position: fixed; inset-block-end: .5rem; inset-inline-end: .5rem; z-index: 9; margin: 0; padding: .1rem .5rem;
  background: #fff; color: #333; border: 1px solid; border-radius: .25rem; font: 14px/1.5 sans-serif; pointer-events: none; }
@media print { .explainer-notice, .explainer-left { display: none; } }
"""
_TITLE = "This page is as it was before: the newest change has problems."


def injected(data: bytes, version: str, problems: Iterable[str]) -> bytes:
    """A page with the script, which knows the version of the page, and a notice at its top if there are problems."""
    text = data.decode("utf-8", "replace")
    head = (
        f'<script src="{FOLDER}reload.js" data-version="{version}" defer></script>'
        f'<link rel="stylesheet" href="{FOLDER}notice.css">'
    )
    if rows := "".join(f"<li>{html.escape(line)}</li>" for line in problems):
        notice = f'<div class="explainer-notice" role="alert"><p>{_TITLE}</p><ul>{rows}</ul></div>'
        at = text.find(">", text.find("<body")) + 1
        text = text[:at] + notice + text[at:]
    return text.replace("</head>", f"{head}</head>", 1).encode()


def to_go(pages: int) -> str:
    """How many pages are still to be made, for people."""
    return f"{pages:,} page{'s' * (pages != 1)} to go"
