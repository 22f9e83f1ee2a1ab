"""What every built page gets at the end: valid HTML, and a policy that allows its own scripts and no others."""

import base64
import hashlib
import re

from explainer.publish.policy import finished, policy

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>{}</head><body>{}</body></html>'


def test_the_policy_allows_the_scripts_that_stand_in_the_page_and_no_others() -> None:
    page = PAGE.format("<script>a = 1</script>", '<script src="b.js"></script><script>c = "ü"</script>')

    said = policy(page)

    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in ("a = 1", 'c = "ü"')]
    assert said.startswith("default-src 'none'; script-src 'self' ")
    assert re.findall(r"'sha256-([^']+)'", said) == hashes
    assert "unsafe" not in said


def test_the_policy_allows_no_script_in_the_text_of_a_page() -> None:
    text = (
        '<article class="md-typeset"><p>a</p><script>b = 2</script><article>c</article><script>d = 4</script></article>'
    )

    assert policy(PAGE.format("<script>a = 1</script>", text)) == policy(PAGE.format("<script>a = 1</script>", ""))


def test_every_address_in_the_policy_is_the_site_itself() -> None:
    words = policy(PAGE.format("", "")).replace(";", " ").split()

    assert [word for word in words if "://" in word or word in {"*", "https:", "http:"}] == []


def test_a_page_carries_its_policy_right_after_its_encoding() -> None:
    page = finished(PAGE.format("<script>a</script>", ""))

    assert re.search(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="default-src', page)
    assert page.count("Content-Security-Policy") == 1


def test_what_the_theme_writes_against_the_standard_is_mended() -> None:
    body = (
        '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">'
        '<input type="text" autocorrect="off" autocomplete="off">'
        '<label class="md-nav__link" for="__nav_3" id="l" tabindex="">x</label>'
        '<label class="md-nav__title" for="__toc">y</label>'
    )

    page = finished(PAGE.format("", body))

    assert '<input class="md-toggle" type="checkbox" id="__drawer">' in page
    assert '<input type="text" autocomplete="off">' in page
    assert '<label class="md-nav__link" for="__nav_3" id="l">x</label>' in page
    assert '<label class="md-nav__title">y</label>' in page


def test_anchors_that_stand_alone_are_not_heard_as_an_empty_paragraph() -> None:
    page = finished(PAGE.format("", '<p><span id="a"></span><span id="b"></span></p><p><span id="c"></span>Text</p>'))

    assert '<div><span id="a"></span><span id="b"></span></div>' in page
    assert '<p><span id="c"></span>Text</p>' in page
