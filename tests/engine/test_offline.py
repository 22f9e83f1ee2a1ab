"""The edition for reading offline: everything in one zip, the same bytes every time, and no request to anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from explainer.publish import offline
from tests.conftest import HARBOUR
from tests.served import TIME, copy_project, environment, explainer


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dossier whose offline edition was made."""
    root = copy_project(tmp_path_factory.mktemp("bundled") / "copy", content=HARBOUR / "content", docs=None)
    made = explainer(root, "offline")
    assert made.returncode == 0, made.stderr
    return root


def test_the_same_records_give_the_same_zip_in_another_folder_and_time_zone(bundled: Path, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "elsewhere" / "copy", content=HARBOUR / "content", docs=None)
    command = [sys.executable, "-m", "explainer", "offline"]
    moved = environment(TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="7")
    subprocess.run(command, cwd=other, env=moved, check=True, capture_output=True)

    assert (bundled / offline.NAME).read_bytes() == (other / offline.NAME).read_bytes()


def test_a_second_edition_is_the_first_one_again(bundled: Path) -> None:
    before = (bundled / offline.NAME).read_bytes()
    explainer(bundled, "offline")

    assert (bundled / offline.NAME).read_bytes() == before


def test_a_file_in_the_zip_bears_the_time_of_the_commit(bundled: Path) -> None:
    with zipfile.ZipFile(bundled / offline.NAME) as archive:
        moments = {entry.date_time for entry in archive.infolist()}
        names = archive.namelist()

    assert moments == {(2026, 1, 1, 0, 0, 0)}
    assert TIME == "1767225600"
    assert names == sorted(names)


def test_every_link_of_a_page_leads_to_a_file_of_the_zip(bundled: Path) -> None:
    with zipfile.ZipFile(bundled / offline.NAME) as archive:
        there = set(archive.namelist())
        pages = {name: archive.read(name).decode() for name in there if name.endswith(".html")}
    astray = [
        (name, link)
        for name, text in pages.items()
        for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', text)
        if not urlsplit(link).scheme and not link.startswith("#")
        if unquote(urlsplit(urljoin(f"http://host/{name}", link)).path).removeprefix("/") not in there
    ]

    assert len(pages) > 20
    assert astray == []


def test_the_first_page_says_which_edition_this_is(bundled: Path) -> None:
    with zipfile.ZipFile(bundled / offline.NAME) as archive:
        text = archive.read("index.html").decode()

    assert '<p class="x-edition">Edition for reading offline: the dossier as of ' in text


def test_data_and_citations_are_inside(bundled: Path) -> None:
    with zipfile.ZipFile(bundled / offline.NAME) as archive:
        names = archive.namelist()

    assert "data/records/operations/beacon-2001.json" in names
    assert any(name.endswith(".csv") for name in names)
    assert {"search/names.bin.js", "search/index.bin.js"} < set(names)
    assert not [
        name for name in names if name.endswith(".bin") or name.startswith("search/.") or name == "manifest.json"
    ]


def test_a_disk_that_takes_nothing_is_said_and_leaves_no_half_of_a_zip(bundled: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    made = explainer(bundled, "offline", "--output", str(tmp_path / "taken" / "x.zip"))

    assert made.returncode == 1
    assert "the offline edition was not made" in made.stderr
    assert "Traceback" not in made.stderr
