"""The Jinja environment of the page templates: escaping by default, strict undefined values, cached bytecode."""

import contextlib
import functools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from explainer.base.apart import begun
from explainer.kinds.registry import Kinds
from explainer.pages.template_cache import TemplateCache
from explainer.reading import prose

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


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


def _attribute(value: object) -> Markup:
    """Convert a value that stands in an attribute between double quotes, which end it unless they are escaped."""
    return Markup(str(finalize(value)).replace('"', "&#34;"))  # noqa: S704 - escaped


def _json(value: object) -> str:
    """Convert a value that the site's script reads from an attribute."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _folders(kinds: Kinds) -> list[str]:
    return [str(own.folder) for own in kinds.own.values()]


def has_template(kinds: Kinds, name: str) -> bool:
    """Whether there is a template of a name."""
    return any(own.file(name) for own in kinds.own.values()) or (_TEMPLATES / name).is_file()


class _Escaped(CodeGenerator):
    """Prints what `finalize` returns as it is; Jinja would escape it once more, which changes nothing in safe text."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src is None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"({finalize.src}")


class _QuickContext(Context):
    """Calls macros and methods at once; Jinja asks each several times what else it wants to be given."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not MethodType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


@functools.lru_cache(maxsize=8)
def environment(kinds: Kinds) -> Environment:
    """The environment that compiles and renders the templates of a registry of kinds, created once per process."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("explainer", "templates"), FileSystemLoader(_folders(kinds))]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<!--#",  # {# begins an anchor in Markdown
        comment_end_string="#-->",
    )
    environment.context_class = _QuickContext
    environment.code_generator_class = _Escaped
    environment.filters["capitalize"] = _begun
    environment.filters["attribute"] = _attribute
    environment.filters["json"] = _json
    sections = {model.KIND: section for section, model in kinds.sections.items()}
    environment.globals["sections_of_kinds"] = sections
    environment.globals["section_of"] = sections.__getitem__
    return environment


def keep_compiled(kinds: Kinds, templates: TemplateCache) -> None:
    """Use `templates` as the bytecode cache."""
    environment(kinds).bytecode_cache = templates


def compiling(kinds: Kinds, templates: TemplateCache) -> Callable[[], None]:
    """Begin to compile every template beside this process. Returns what waits for them and adds them to `templates`."""

    def work() -> Mapping[str, bytes]:
        made = TemplateCache({})
        keep_compiled(kinds, made)
        compile_all(kinds)
        return made.known

    ended = begun(work)

    def waited() -> None:
        with contextlib.suppress(Exception):  # a template is wrong, which is told where it is used
            templates.add(ended())

    return waited


def compile_all(kinds: Kinds) -> None:
    """Compile every template before workers are forked, so that they do not each compile all of them."""
    for name in environment(kinds).list_templates(["j2"]):
        environment(kinds).get_template(name)
