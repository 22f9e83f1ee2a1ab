"""Event hooks for MkDocs and ProperDocs, so that their stock commands build the complete site.

Imports neither package: both pass objects with the same attributes.
"""

import html
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from markupsafe import Markup
from pathspec.gitignore import GitIgnoreSpec

from explainer.base.language import Language
from explainer.base.problems import ContentError, shown
from explainer.data import feeds
from explainer.docs import words, write
from explainer.incremental.store import Store
from explainer.kinds import registry
from explainer.kinds.registry import Kinds
from explainer.library import addresses
from explainer.library.sections import title
from explainer.publish import (
    archive,
    assets,
    contents,
    keeping,
    manifest,
    menu,
    moment,
    own_pages,
    palette_names,
    places,
    plain_twin,
    quick_markdown,
    strangers,
    style_sheets,
    table_cells,
)
from explainer.publish.policy import finished
from explainer.publish.search import index
from explainer.publish.swap import PublishError
from explainer.reading.headings import slug
from explainer.records.dossier import Dossier, MenuEntry

KEEPER = "explainer/warm"
"""Name under which `explainer build` registers its plugin (`KeepPages`) with MkDocs."""
EVERY_PAGE = GitIgnoreSpec.from_lines(["*"])
"""The pages that may be outside the menu: it holds sections, and people add pages of their own."""
_done: dict[Path, Dossier] = {}
"""Root folder -> dossier, for pages that this process has just generated."""
_begun: dict[Path, tuple[Path, list[str]]] = {}
"""Site folder of a running stock build -> the dossier's root and the foreign files in that site folder."""


def generated(root: Path, site: Dossier) -> None:
    """Mark the pages of a dossier as up to date, so that the next `on_config` does not generate them again."""
    _done[root.resolve()] = site


def _generated(root: Path) -> Dossier:
    from explainer import (
        build,  # `explainer build` generates in another process, and this one does not load what that takes
    )

    return build.generate(root)[0].dossier


def _root(config: Any) -> Path:
    """The dossier's folder: the one that `docs/` stands in, wherever it leads if it is a link."""
    return Path(os.path.realpath(os.path.dirname(os.path.abspath(config.docs_dir))))  # noqa: PTH100, PTH120 - Path.resolve() follows the link


def on_config(config: Any) -> Any:
    """Generate the pages, then fill the configuration with the dossier's title, URL, language and links."""
    root = _root(config)
    if KEEPER not in config.plugins:
        _spare(root, config)
    try:
        palette_names.hold(config)
        moment.pin(root)
        site = _done.pop(root) if root in _done else _generated(root)
    except ContentError as stopped:
        lines = "\n".join(str(problem) for problem in stopped.problems)
        raise click.ClickException(f"{len(stopped.problems)} problems; nothing was written.\n{lines}") from None
    except PublishError as failed:
        raise click.ClickException(str(failed)) from None
    kinds = registry.load(root)
    said = words.language(root, kinds, site.language)
    _describe(root, config, kinds, site, said)
    config.nav = menu.navigation(menu.entries(kinds, site, said), site, said, Path(config.docs_dir))
    config.mdx_configs["toc"] = {"slugify": _slug, **config.mdx_configs.get("toc", {})}
    for extension in (table_cells.NAME, quick_markdown.NAME):
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    config.not_in_nav = EVERY_PAGE
    left_out = [f"/{path}" for path in write.readmes(root)]
    excluded = list(config.exclude_docs.patterns) if config.exclude_docs else []
    config.exclude_docs = GitIgnoreSpec([*excluded, *GitIgnoreSpec.from_lines(left_out).patterns])
    return config


def _slug(text: str, separator: str) -> str:
    """The anchor of a heading, in any script, as Python-Markdown asks for it; `separator` is always a hyphen."""
    return slug(text)


def _spare(root: Path, config: Any) -> None:
    """Abort a stock build that would delete foreign files: MkDocs empties the site folder except for hidden files."""
    remedy = "name another with --site-dir, or as site_dir in mkdocs.yml"
    try:
        site = places.settled(root, Path(config.site_dir), remedy)
        folders = [Path(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder]
        places.apart(root, site, remedy, folders)
    except PublishError as failed:
        raise click.ClickException(str(failed)) from None
    kept = strangers.found(site)
    for path in kept:
        if not path.startswith("."):
            raise click.ClickException(
                f"{shown(str(site / path))} was not made by a build, and this command would delete it; expected only what"
                f" {manifest.NAME} names; move it elsewhere, or run `explainer build`, which keeps it"
            )
    _begun[site] = root, kept


def _as_html(text: str) -> Markup:
    """Escape plain text for HTML elements and attributes, because the theme inserts most values unescaped."""
    return Markup(html.escape(text))  # noqa: S704 - escaped


def _in_script(text: str) -> Markup:
    """JSON for a `<script>` that holds data: nothing in it can end the element or begin a comment."""
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped


def _describe(root: Path, config: Any, kinds: Kinds, site: Dossier, words: Language) -> None:
    from explainer.pages.descriptions import describe

    config.site_name = _as_html(site.title)
    config.extra["short_name"] = _as_html(site.short_name or site.title)
    config.extra["contents"] = _as_html(words("contents"))
    config.extra["menus"] = {name: _as_html(words(f"menu.{name}")) for name in ("close", "all", "here")}
    config.site_url = site.url if site.url.endswith("/") else f"{site.url}/"
    config.site_description = _as_html(describe(site.summary))
    config.site_author = _as_html(site.author)
    if site.language != config.theme["language"]:
        _translate(config, words)
    if any((Path(folder) / f"partials/languages/{site.language}.html").is_file() for folder in config.theme.dirs):
        config.theme["language"] = site.language  # otherwise the theme keeps the language of mkdocs.yml
    config.extra["language"] = config.theme["language"]
    config.extra["direction"] = "rtl" if words.right_to_left(site.language) else "ltr"
    licence = f'<a href="{html.escape(site.licence_url)}" rel="license">{html.escape(site.licence)}</a>'
    config.extra["independence"] = _as_html(describe(site.independence))
    config.extra["terms"] = Markup(  # noqa: S704 - all parts are escaped
        html.escape(words("footer.terms")).format(
            author=html.escape(site.author), licence=licence, date=html.escape(words.day(site.updated))
        )
    )
    config.extra["search"] = {
        name: _as_html(words(f"search.{name}")) for name in ("open", "browse-all", "label", "close", "failed")
    }
    config.extra["missing"] = {name: _as_html(words(f"missing.{name}")) for name in ("title", "why", "remedy")}
    config.extra["previews"] = len(list((root / "docs" / addresses.PREVIEWS).glob("*.js")))
    config.extra["feed"] = _feed(site, words, Path(config.docs_dir))
    config.extra.update(
        tag=site.language, release=archive.footer(root, words), editions=_at(config, addresses.EDITIONS)
    )
    config.extra["keeping"] = keeping.settings(site, words)
    config.extra["dark"] = _dark(config.theme.get("palette"))
    config.extra["generated"] = addresses.owned(kinds)
    _lead(root, config, menu.entries(kinds, site, words), site, words)
    config.extra["licence_url"] = _as_html(site.licence_url)
    config.extra["edit"] = f"{site.repository.rstrip('/')}/{site.edit_path.strip('/')}/"


def _dark(palettes: Any) -> str | None:
    """The scheme of a palette for systems that are set dark; None without a choice of palettes."""
    choice = palettes if isinstance(palettes, list) else []
    return next((each.get("scheme") for each in choice if each.get("media") == "(prefers-color-scheme: dark)"), None)


def _feed(site: Dossier, words: Language, docs: Path) -> dict[str, Markup] | None:
    """Title and path of the feed of all that is new; None if there is none."""
    path, name = feeds.path(feeds.ALL), words("changes.feeds.all").format(site=site.title)
    return {"title": _as_html(name), "path": _as_html(path)} if (docs / path).is_file() else None


def _lead(root: Path, config: Any, entries: Sequence[MenuEntry], site: Dossier, words: Language) -> None:
    """Fill in the links of the page that is not there, and of the footer."""
    named = {section for entry in entries for section in entry.sections}
    config.extra["sections"] = _links(config, site, words, [entry.sections[0] for entry in entries])
    config.extra["footer_links"] = [*_links(config, site, words, _FOOTER), *_own(root, config, {*_FOOTER, *named})]


def _translate(config: Any, words: Language) -> None:
    """Take the words that mkdocs.yml holds in its own language from the catalogue of the dossier's language.

    They are the names of the switches between palettes, by the scheme that they switch to, and of the links to headings.
    """
    palettes = config.theme.get("palette")
    names = {"slate": _as_html(words("palette.dark")), "default": _as_html(words("palette.light"))}
    if isinstance(palettes, list):
        following = [*palettes[1:], *palettes[:1]]  # a switch leads to the next palette, the last one to the first
        config.theme["palette"] = [
            palette | {"toggle": palette["toggle"] | {"name": names[scheme]}}
            if "toggle" in palette and (scheme := after.get("scheme")) in names
            else palette
            for palette, after in zip(palettes, following, strict=True)
        ]
    contents = config.mdx_configs.get("toc", {})
    if contents.get("permalink"):
        config.mdx_configs["toc"] = {"permalink_title": words("permalink"), **contents}


_FOOTER = (
    "about",
    addresses.DATA,
    addresses.CHANGES,
    "sources",
    "disputes",
    addresses.OPEN_QUESTIONS,
    addresses.ACCESSIBILITY,
    "contributing",
)


def _links(config: Any, site: Dossier, words: Language, sections: Iterable[str]) -> list[tuple[Markup, str]]:
    """Title (as HTML) and address of each of these sections that has a page."""
    docs = Path(config.docs_dir)
    there = ((name, page) for name in sections if (page := own_pages.place(docs, name)))
    return [
        (
            _as_html(title(site, words, name) if words.has_section(name) else own_pages.title(docs, page)),
            _at(config, page),
        )
        for name, page in there
    ]


def _own(root: Path, config: Any, named: Collection[str]) -> list[tuple[Markup, str]]:
    """The same of the hand-written pages that neither the menu nor the footer names otherwise."""
    docs = Path(config.docs_dir)
    pages = own_pages.entrances(write.hand_written(root), named)
    return [(_as_html(own_pages.title(docs, page)), _at(config, page)) for page in pages]


def _at(config: Any, page: str) -> str:
    """The address of a page, relative to the root of the site."""
    path = addresses.hosted(page)
    if config.use_directory_urls:
        return path
    index = Path(page).stem in addresses.INDEXES
    return f"{path}index.html" if index else f"{page.removesuffix('.md')}.html"


def on_files(files: Any, *, config: Any) -> Any:
    """Replace our scripts by one classic script for each that imports others, and leave out the theme's, which no page loads.

    The theme's own style sheets are put in without what no page uses, and ours packed. The entrance for programs goes to
    the root, where they look for it.
    """
    if entrance := files.get_file_from_path(addresses.ENTRANCE_MADE):
        entrance.dest_uri = addresses.ENTRANCE
    if not config.theme.custom_dir:
        return files
    try:
        assets.packed(files, config)
    except PublishError as failed:
        if KEEPER in config.plugins:
            raise
        raise click.ClickException(str(failed)) from None
    keeping.install(files, config.extra["keeping"])
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Set the edit link of a page and escape the title and description of its front matter.

    The link opens the source file to edit, or jumps to the list of sources where there are several (`#…`). A generated
    page without `edit` gets none.
    """
    for name in ("title", "description"):
        if page.meta.get(name) is not None:
            page.meta[name] = _as_html(str(page.meta[name]))
    if "linked" in page.meta:
        page.meta["linked"] = _in_script(str(page.meta["linked"]))
    source, path = page.meta.get("edit"), page.file.src_uri
    if source is None and path.split("/")[0] not in config.extra["generated"]:
        source = f"docs/{path}"
    page.edit_url = source if source is None or source.startswith("#") else f"{config.extra['edit']}{source}"
    return markdown


def on_page_content(content: str, *, page: Any, config: Any, files: Any) -> str:
    """Take the title from the heading where the front matter has none, and write the page's plain twin."""
    if "title" not in page.meta and not page.is_homepage:
        # the heading is HTML in which quotation marks may be bare
        page.meta["title"] = _as_html(html.unescape(page.title))
    plain_twin.write(page.file.abs_dest_path, content, page.canonical_url)
    return content if page.is_homepage else contents.marked(content, page.toc)


def on_page_context(context: Any, *, page: Any, config: Any, nav: Any) -> Any:
    """Mark the tab of the page's section as active if the page itself is not in the navigation."""
    if "lang" in page.meta:
        config.theme["language"] = page.meta["lang"]  # the theme takes its words, and the direction, from there
    page.section_index = None
    page.contents = contents.entries(page.toc)
    page.neighbours = _neighbours(page.meta.get("neighbours"), config)
    page.sheets = style_sheets.needed(page.content, config.extra.get("reach", {}))
    if page.parent is None and page not in nav.pages:
        section = page.file.src_uri.split("/")[0]
        page.section_index = next((item for item in nav.pages if item.file.src_uri == f"{section}/index.md"), None)
    if page.section_index is not None:
        page.section_index.active = True
    return context


def _neighbours(given: Any, config: Any) -> tuple[Markup, list[tuple[Markup, str]]] | None:
    """The title above the neighbours of a page, and the title and address of each, from its front matter."""
    if not given:
        return None
    ending = "/" if config.use_directory_urls else ".html"
    pages = [(_as_html(title), path.removesuffix(".md") + ending) for title, path in given["pages"]]
    return _as_html(given["title"]), pages


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """Reset the tab that `on_page_context` marked as active, and post-process the HTML."""
    if page.section_index is not None:
        page.section_index.active = False
    page.contents, page.neighbours = (), None
    config.theme["language"] = config.extra["language"]
    return finished(output)


def on_post_template(output_content: str, *, template_name: str, config: Any) -> str:
    """Post-process the HTML of pages without a Markdown source (404.html)."""
    return finished(output_content) if template_name.endswith(".html") else output_content


def on_post_build(*, config: Any) -> None:
    """Install the search and old editions and write the manifest in a stock build; `explainer build` does both itself."""
    if KEEPER not in config.plugins:
        site = Path(config.site_dir)
        store = Store(_root(config))
        index.install(store, Path(config.docs_dir), site, index.kept(store))
        archive.install_by_mkdocs(_root(config), site, config.extra["tag"])
        root, kept = _begun.pop(site.resolve(), (_root(config), []))
        manifest.write(site, root, {}, kept)


def on_build_error(*, error: Exception) -> None:
    """Write a manifest for the remains of a failed stock build, so that the next build may replace them."""
    for site, (root, kept) in _begun.items():
        if site.is_dir() and any(site.iterdir()) and not (site / manifest.NAME).exists():
            manifest.write(site, root, {}, kept)
    _begun.clear()


def on_serve(server: Any, *, config: Any, builder: Callable[..., Any]) -> Any:
    """Watch `content/` too, so that MkDocs rebuilds when a record changes."""
    server.watch(str(_root(config) / "content"))
    return server
