"""The search in every script: words wherever they stand in texts and names, on the served site and from disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import HARBOUR
from tests.searching import ask, opened
from tests.served import copy_project, explainer, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

STORY = """
两个城市同意清理河流，港口协议已经通过。

東京都の住民は川の清掃に参加しました。

สองเมืองตกลงทำความสะอาดแม่น้ำ

ទីក្រុងពីរយល់ព្រមសម្អាតទន្លេ

ສອງເມືອງຕົກລົງທໍາຄວາມສະອາດແມ່ນ້ຳ

မြို့နှစ်မြို့သည်မြစ်ကိုသန့်ရှင်းရန်သဘောတူခဲ့သည်

قُوَّةُ الشرطة أعلنت الإجراءات

שָׁלוֹם לעיר, Ёлки и щит, ο Οδυσσέας, Łódź, Strømsø, Straße, ışık; written in C++ for AT&T.
"""
NAMES = """names:
  zh: {text: 国际领航员协会, status: unverified}
  th: {text: สมาคมนำร่อง, status: unverified}
  ar: {text: جمعية الإرشاد, status: unverified}
"""
IN_TEXT = (
    *("两个", "同意", "港口协议", "通过"),  # beginning, middle and end of a run
    *("東京", "住民", "清掃", "参加"),
    *("สองเมือง", "ตกลง", "แม่น้ำ"),
    *("ទីក្រុង", "ព្រម", "ទន្លេ"),
    *("ສອງ", "ຕົກລົງ", "ແມ່ນ້ຳ"),
    *("မြို့", "မြစ်", "သန့်ရှင်း"),
    *("قوة", "شرطة", "الشرطة", "والشرطة", "اجراءات", "إجراءات"),
    *("שלום", "елки", "οδυσσεας", "ΟΔΥΣΣΕΑΣ", "lodz", "stromso", "strasse", "STRASSE", "isik", "C++", "at&t"),
)
IN_NAMES = ("国际", "领航", "领航员", "协会", "นำร่อง", "สมาคม", "ارشاد", "الارشاد")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the harbour dossier with a story and names in many scripts."""
    root = copy_project(tmp_path_factory.mktemp("world") / "copy", content=HARBOUR / "content", docs=None)
    guild = root / "content/organisations/guild.md"
    head = guild.read_text("utf-8").rstrip().removesuffix("---")
    guild.write_text(f"{head}{NAMES}---\n{STORY}", "utf-8")
    made = explainer(root, "offline")
    assert made.returncode == 0, made.stderr
    built = explainer(root, "build")
    assert built.returncode == 0, built.stderr
    return root


@pytest.fixture(scope="module", params=["hosted", "offline"])
def address(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page that searches, on the served site and on disk."""
    if request.param == "hosted":
        with serving(site / "site") as root:
            yield f"{root}/search/"
        return
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(site / "dist/explainer-offline.zip") as archive:
        archive.extractall(folder)
    yield (folder / "search/index.html").as_uri()


def test_a_word_of_any_script_is_found_wherever_it_stands(address: str, chromium: Browser) -> None:
    with opened(chromium, address) as (page, record):
        missed = []
        for query in (*IN_TEXT, *IN_NAMES):
            ask(page, query)
            first = page.locator(".x-find__results > li a").first
            if not (first.count() and "organisations/guild/" in (first.get_attribute("href") or "")):
                missed.append(query)
        ask(page, "清掃")
        page.locator(".x-find__passage mark").wait_for()

        assert missed == []
        assert page.locator(".x-find__passage mark").all_inner_texts() == ["清掃"]
        assert record.faults == []


def test_words_that_no_text_has_are_not_found_though_their_letters_are_there(address: str, chromium: Browser) -> None:
    with opened(chromium, address) as (page, _):
        for query in ("河市", "掃清"):
            ask(page, query)
            assert page.locator(".x-find__results > li").count() == 0
