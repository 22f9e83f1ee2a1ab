"""Template context: links, citations, words, figures and drawings for templates, each as safe Markdown."""

from explainer.pages.context.citing import Citing
from explainer.pages.context.numbers import Numbers
from explainer.pages.context.terms_held import TermsHeld
from explainer.pages.context.text_parts import TextParts
from explainer.pages.context.told_changes import ToldChanges


class TemplateContext(Numbers, TextParts, ToldChanges, TermsHeld, Citing):
    """The context for the templates of one page: links from this page, its numbered sources, words and numbers."""
