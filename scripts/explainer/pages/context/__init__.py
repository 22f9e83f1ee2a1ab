"""Template context: links, citations, words, figures and drawings for templates, each as safe Markdown."""

from explainer.pages.context.numbers import Numbers
from explainer.pages.context.text_parts import TextParts


class TemplateContext(Numbers, TextParts):
    """The context for the templates of one page: links from this page, its numbered sources, words and numbers."""
