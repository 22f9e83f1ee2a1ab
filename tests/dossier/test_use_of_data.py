"""The guide to the data: what it shows in the shell and in Python works on the files of the site."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.data import api
from tests.conftest import PROJECT

pytest_plugins = ("tests.served",)

ADDRESS = "https://un-interpol.example/"
GUIDE = (PROJECT / "docs/contributing/use-the-data.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(shell|python)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def beside(site: Path, folder: Path) -> Path:
    """What the guide fetches, in a folder: the addresses that the API gives lead into it as well."""
    for name in (api.FOLDER, "cite", "data/download"):
        shutil.copytree(site / name, folder / name)
    for path in (folder / api.FOLDER).rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(ADDRESS, f"{folder.as_uri()}/"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def files(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the site that the guide speaks of."""
    return beside(site, tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize(("language", "text"), BLOCKS, ids=[text.splitlines()[0][-50:] for _, text in BLOCKS])
def test_a_block_of_the_guide_works(language: str, text: str, files: Path, tmp_path: Path) -> None:
    program = ["sh", "-eu"] if language == "shell" else [sys.executable, "-"]
    if missing := [
        name for name in ("curl", "jq", "unzip", "sqlite3") if f"{name} " in text and not shutil.which(name)
    ]:
        pytest.skip(f"there is no {missing[0]} here")
    text = text.replace(ADDRESS, f"{files.as_uri()}/")
    ran = subprocess.run(program, input=text, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip() or "sha256sum" in text


def test_the_guide_shows_both_languages_and_every_way_to_the_data() -> None:
    assert {language for language, _ in BLOCKS} == {"shell", "python"}
    assert all(name in GUIDE for name in ("figures.csv", "all.zip", "all.sqlite", "api/v1/index.json", ".bib", ".ris"))
