"""A number, a range or a date is kept in one piece by the markup that a built page gets."""

import pytest

from explainer.publish.unbroken_numbers import unbroken


def test_ranges_dates_and_names_with_numbers_are_kept_in_one_piece() -> None:
    text = "<body><p>On 16–20 October, 2019-05-29, I-24/7 and COVID-19; 1,300–1,500.</p>"

    assert unbroken(text) == (
        '<body><p>On <span class="whole">16–20</span> October, <span class="whole">2019-05-29</span>, '
        '<span class="whole">I-24/7</span> and <span class="whole">COVID-19</span>; '
        '<span class="whole">1,300–1,500</span>.</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<body><p>1,300,000 of 94; 73/11; epervier-2017.md; well-known; 5 – 6 x 10 km, A/RES/71/19, B-side, v2-3</p>",
        '<body><a href="/71-19/" title="2017–2018">x</a><!-- 2017–2018 -->',
        '<body><svg><text>2017–2018</text><path d="M5-6"/></svg><script>a = "2017–2018"</script>x',
        "<body><select><option>2017–2018</option></select>",
        "<head><title>2017–2018</title></head>",
        "<body>1234-5678-1234-5678-1234-5678 is wider than a phone",
    ],
)
def test_what_is_no_such_number_or_no_text_stays_as_it_is(text: str) -> None:
    assert unbroken(text) == text
