"""The Jinja environment of the page templates: escaping by default, strict undefined values, cached bytecode."""

import functools

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from explainer.library import addresses
from explainer.pages.template_cache import TemplateCache
from explainer.reading import prose


def _begun(text: str) -> str:
    """Capitalise the first letter only; Jinja's own filter would turn CFCs into cfcs."""
    return text[:1].upper() + text[1:]


def finalize(value: object) -> Markup:
    """Convert the value of a `{{ … }}`: safe text is printed as it is, anything else as escaped Markdown."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    return Markup(prose.escape(str(value)))  # noqa: S704 - escaped for Markdown, which covers HTML


@functools.cache
def environment() -> Environment:
    """The environment that compiles and renders the templates, created once per process."""
    environment = Environment(
        loader=PackageLoader("explainer", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<!--#",  # {# begins an anchor in Markdown
        comment_end_string="#-->",
    )
    environment.filters["capitalize"] = _begun
    environment.globals["section_of"] = addresses.SECTIONS.__getitem__
    environment.globals["sections_of_kinds"] = addresses.SECTIONS
    return environment


def keep_compiled(templates: TemplateCache) -> None:
    """Use `templates` as the bytecode cache."""
    environment().bytecode_cache = templates


def compile_all() -> None:
    """Compile every template before workers are forked, so that they do not each compile all of them."""
    for name in environment().list_templates(["j2"]):
        environment().get_template(name)
