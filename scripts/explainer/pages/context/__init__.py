"""Template context: links, citations, words, figures and drawings for templates, each as safe Markdown."""

from explainer.pages.context.field_values import FieldValues
from explainer.pages.context.text_parts import TextParts


class TemplateContext(FieldValues, TextParts):
    """The context for the templates of one page: links from this page, its numbered sources, words and numbers."""
