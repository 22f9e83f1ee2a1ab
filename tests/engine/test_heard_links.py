"""Links that are seen by the same word: those who hear them without what stands around are told what each is of."""

import markdown

from explainer.pages.context import links


def heard(title: str) -> str:
    """A link as Markdown makes it, with a title in its name."""
    return markdown.markdown(
        f'[CSV](a.csv){{: aria-label="CSV: {links.attribute_text(title)}"}}', extensions=["attr_list"]
    )


def test_any_title_may_stand_in_the_name_of_a_link() -> None:
    title = r'a "b" *c* _d_ [e](f) {g} `h` \i <j> & k'

    assert heard(title) == (
        '<p><a aria-label="CSV: a &quot;b&quot; &#42;c&#42; &#95;d&#95; &#91;e&#93;(f) &#123;g&#125; &#96;h&#96; &#92;i &lt;j&gt; &amp; k" '
        'href="a.csv">CSV</a></p>'
    )
