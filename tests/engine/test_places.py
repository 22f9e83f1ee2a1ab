"""Where a site and an offline edition may stand: not among sources, not in the place of what somebody else made."""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from explainer.publish import manifest, offline, places
from explainer.publish.swap import PublishError
from tests.conftest import Run, tree

SITE_OF_ANOTHER_PROGRAM = ("index.html", "sitemap.xml", "404.html", "thesis.txt")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file, link and folder below a folder, by path."""
    folders = {f"{path.relative_to(folder)}/": b"" for path in folder.rglob("*") if path.is_dir()}
    return {**tree(folder), **folders}


@pytest.fixture
def root(harbour: Path) -> Path:
    """The harbour dossier with all folders that a dossier may have; nothing was generated."""
    for name in ("docs", "scripts", "tests", ".cache", ".git"):
        (harbour / name).mkdir(exist_ok=True)
        (harbour / name / "own.txt").write_text("own", "utf-8")
    return harbour


@pytest.mark.parametrize("name", ["content", "docs", "scripts", "tests", ".cache", ".git"])
@pytest.mark.parametrize("how", ["{}", "{}/site", "{}/a/b/c", "site/../{}/site", "link", "link/../{}/x", "capitals"])
def test_a_site_among_sources_is_refused_before_anything_is_written(
    name: str, how: str, root: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(root / name / "a")
    place = {
        "link": tmp_path / "link",
        "link/../{}/x": tmp_path / "link" / ".." / "x",
        "capitals": root / name.upper() / "site",
    }.get(how, root / how.format(name))
    before = everything(tmp_path)
    ran = run("--root", root, "build", "--site-dir", place)

    assert ran.status == 1
    assert f" lies in {name}/ of the dossier, and " in ran.err
    assert ran.err.endswith("; expected a place of its own; name another folder with --site-dir\n")
    assert ran.err.count("\n") == 1
    assert everything(tmp_path) == before


@pytest.mark.parametrize("how", [".", "..", "content/..", "link"])
def test_a_site_that_holds_the_dossier_is_refused(how: str, root: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    before = everything(tmp_path)
    ran = run("--root", root, "build", "--site-dir", tmp_path / "link" if how == "link" else root / how)

    assert ran.status == 1
    assert " holds content/ of the dossier, which no build may replace; " in ran.err
    assert everything(tmp_path) == before


def test_a_folder_of_sources_that_is_a_link_is_refused_under_both_names(root: Path, run: Run, tmp_path: Path) -> None:
    (root / "docs").rename(tmp_path / "pages")
    (root / "docs").symlink_to(tmp_path / "pages")
    for place in (tmp_path / "pages" / "site", root / "docs" / "site", tmp_path / "pages"):
        ran = run("--root", root, "build", "--site-dir", place)

        assert (ran.status, " lies in docs/ of the dossier, " in ran.err) == (1, True)
        assert tree(tmp_path / "pages") == {"own.txt": b"own"}


def test_the_usual_folder_that_is_a_link_to_sources_is_refused(root: Path, run: Run) -> None:
    (root / "site").symlink_to(root / "content")
    before = everything(root)
    for command in ("build", "offline"):
        ran = run("--root", root, command)

        assert (ran.status, " lies in content/ of the dossier, " in ran.err) == (1, True)
        assert everything(root) == before


def test_the_folder_of_a_theme_is_no_place_for_a_site(root: Path, run: Run) -> None:
    (root / "theme").mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, custom_dir: theme}\nplugins: []\n", "utf-8")
    ran = run("--root", root, "build", "--site-dir", root / "theme" / "site")

    assert (ran.status, f"lies in {root / 'theme'}, and the site is made of what is there" in ran.err) == (1, True)
    assert everything(root / "theme") == {}


@pytest.mark.parametrize("what", ["file", "below a file", "circle"])
def test_something_that_can_be_no_folder_is_refused_as_the_site(
    what: str, root: Path, run: Run, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    if what == "circle":
        place.symlink_to(place)
    else:
        place.write_text("mine", "utf-8")
    before = everything(tmp_path)
    ran = run("--root", root, "build", "--site-dir", place / "site" if what == "below a file" else place)

    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert f"{place} is " in ran.err
    assert "expected a folder" in ran.err
    assert everything(tmp_path) == before


def test_a_pipe_is_refused_as_a_manifest(root: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    os.mkfifo(tmp_path / "other" / manifest.NAME)
    ran = run("--root", root, "build", "--site-dir", tmp_path / "other")

    assert (ran.status, "holds something else than a built site" in ran.err) == (1, True)


# --- what another program made


def strange(folder: Path, found: object) -> Path:
    """A folder with the site of another program and a manifest."""
    folder.mkdir()
    for name in SITE_OF_ANOTHER_PROGRAM:
        (folder / name).write_text(f"their {name}", "utf-8")
    if found is not None:
        text = found if isinstance(found, str) else json.dumps(found)
        (folder / manifest.NAME).write_text(text, "utf-8")
    return folder


DIGEST = "0" * 64
OURS: dict[str, object] = {"commit": None, "packages": {}}


@pytest.mark.parametrize(
    "found",
    [
        None,
        {"name": "An app", "icons": [], "start_url": "/"},
        {"files": {"index.html": DIGEST}},
        {**OURS, "files": {"index.html": DIGEST}},
        {**OURS, "files": {"gone.html": DIGEST}},
        {**OURS, "files": ["index.html"]},
        {**OURS, "files": {"../x": DIGEST}},
        {**OURS, "files": {"a\0": DIGEST, "\ud800": DIGEST}},
        {**OURS, "files": {"index.html": 1}},
        ["files"],
        "no JSON",
        "[" * 100_000,
        "",
    ],
)
def test_a_folder_without_a_manifest_of_ours_is_refused_whatever_it_looks_like(
    found: object, root: Path, run: Run, tmp_path: Path
) -> None:
    folder = strange(tmp_path / "other", found)
    before = everything(tmp_path)
    ran = run("--root", root, "build", "--site-dir", folder)

    assert ran.status == 1
    assert f"{folder} holds something else than a built site ('404.html', and no manifest.json that fits); " in ran.err
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", [".git", ".well-known", "CNAME"])
def test_a_folder_with_nothing_but_somebodys_hidden_files_is_refused_as_well(
    name: str, root: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "other" / name).mkdir(parents=True)
    ran = run("--root", root, "build", "--site-dir", tmp_path / "other")

    assert (ran.status, f"({name!r}, and no manifest.json that fits)" in ran.err) == (1, True)


def test_a_name_that_cannot_be_printed_is_written_out(root: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "other") + b"/a\xff\n")).write_text("x", "utf-8")
    ran = run("--root", root, "build", "--site-dir", tmp_path / "other")

    assert (ran.status, ran.err.count("\n"), r"'a\udcff\n'" in ran.err) == (1, 1, True)


def test_what_is_mounted_in_a_site_is_not_replaced(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explainer.publish import strangers

    site = tmp_path / "a site"
    site.mkdir()
    mounts = tmp_path / "mounts"
    inside = str(site / "own").replace(" ", r"\040")
    mounts.write_text(
        f"1 2 8:1 / / rw - ext4 x rw\n1 2 8:1 / {str(site).replace(' ', chr(92) + '040')} rw - ext4 x rw\n", "utf-8"
    )
    monkeypatch.setattr(strangers, "MOUNTS", mounts)
    assert places.settled(root, site) == site

    with mounts.open("a", encoding="utf-8") as file:
        file.write(f"1 2 8:1 / {inside} rw - ext4 x rw\n")
    with pytest.raises(PublishError, match=r"a site/own is mounted in the site"):
        places.settled(root, site)


# --- the offline edition


def looks(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Inode, size and time of everything below a folder."""
    return {
        path: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for path in folder.rglob("*") for stat in [path.lstat()]
    }


def zipped(path: Path, **files: str) -> None:
    """A zip with files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)


@pytest.mark.parametrize(
    "name", ["content/people/x.zip", "docs/x.zip", ".cache/x.zip", ".git/x", "scripts/x", "tests/x"]
)
def test_an_offline_edition_among_sources_is_refused(name: str, root: Path, run: Run) -> None:
    before = everything(root)
    ran = run("--root", root, "offline", "--output", root / name)

    assert ran.status == 1
    assert f" lies in {Path(name).parts[0]}/ of the dossier, and " in ran.err
    assert ran.err.endswith("; name another file with --output\n")
    assert everything(root) == before


@pytest.mark.parametrize("what", ["text", "zip", "page", "pipe", "folder", "link"])
def test_an_offline_edition_replaces_nothing_that_is_none(what: str, root: Path, run: Run, tmp_path: Path) -> None:
    place = tmp_path / "mine.zip"
    match what:
        case "text":
            place.write_text("mine", "utf-8")
        case "zip":
            zipped(place, thesis_txt="mine")
        case "page":
            zipped(place, index_html="<html lang='en'>mine</html>")
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case _:
            (tmp_path / "other.txt").write_text("mine", "utf-8")
            place.symlink_to(tmp_path / "other.txt")
    before = looks(tmp_path)
    ran = run("--root", root, "offline", "--output", place)

    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "is there, and is no offline edition" in ran.err or "is not a regular file" in ran.err
    assert looks(tmp_path) == before


def test_an_older_edition_an_empty_file_and_a_link_to_either_are_replaced(root: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.zip"
    with zipfile.ZipFile(older, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", '<!doctype html>\n<html data-offline lang="en">')
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to(older)

    assert offline.place(root, older) == older
    assert offline.place(root, tmp_path / "empty") == tmp_path / "empty"
    assert offline.place(root, tmp_path / "link") == older
    assert offline.place(root, tmp_path / "new" / "x.zip") == tmp_path / "new" / "x.zip"


def test_a_damaged_zip_is_no_edition(root: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", '<html data-offline lang="en">' + "x" * 500)
    data = whole.read_bytes()
    for size in range(1, len(data)):
        hurt = tmp_path / "hurt.zip"
        hurt.write_bytes(data[:size])
        with pytest.raises(PublishError, match="is no offline edition"):
            offline.place(root, hurt)
        hurt.write_bytes(data[:size] + b"\xff" + data[size + 1 :])
        try:
            offline.place(root, hurt)  # a byte that does not matter
        except PublishError as failed:
            assert "is no offline edition" in str(failed)  # noqa: PT017 - either is right
    shutil.rmtree(tmp_path)


# --- what stands beside the site, and where caches lead


@pytest.mark.parametrize("name", [".site.new", ".site.new/deeper"])
def test_a_strangers_folder_beside_the_site_is_refused_and_kept(name: str, root: Path, run: Run) -> None:
    (root / name).mkdir(parents=True)
    (root / name / "precious.txt").write_text("mine", "utf-8")
    ran = run("--root", root, "build")

    assert (ran.status, ".site.new is where a build makes the new site, and holds something else" in ran.err) == (
        1,
        True,
    )
    assert (root / name / "precious.txt").read_text("utf-8") == "mine"


def test_folders_whose_names_only_begin_like_ours_are_left_alone(root: Path, run: Run) -> None:
    shutil.rmtree(root / "docs")
    for name in (".site.new.2024-backup", ".site.new.2"):
        (root / name).mkdir()
        (root / name / "precious.txt").write_text("mine", "utf-8")

    assert run("--root", root, "build", "--quiet").status == 0
    assert tree(root / ".site.new.2024-backup") == tree(root / ".site.new.2") == {"precious.txt": b"mine"}
    assert not (root / "site" / manifest.STAGING).exists()


@pytest.mark.parametrize("linked", [".cache", ".cache/store"])
def test_a_cache_that_is_a_link_to_something_else_is_not_used(
    linked: str, root: Path, run: Run, tmp_path: Path
) -> None:
    shutil.rmtree(root / "docs")
    shutil.rmtree(root / ".cache")
    other = tmp_path / "other"
    for name in ("", "store", "figures"):
        (other / name).mkdir(exist_ok=True)
        (other / name / "thesis.txt").write_text("mine", "utf-8")
    (root / linked).parent.mkdir(exist_ok=True)
    (root / linked).symlink_to(other)
    for flag in ("--quiet", "--clean"):
        ran = run("--root", root, "build", flag)

        assert (ran.status, "it is a link to a folder that holds something else" in ran.err) == (0, True)
    theirs = {path: data for path, data in tree(other).items() if path.endswith("thesis.txt")}

    assert theirs == {"thesis.txt": b"mine", "store/thesis.txt": b"mine", "figures/thesis.txt": b"mine"}


def test_a_cache_on_another_disk_may_be_a_link_to_an_empty_folder(root: Path, run: Run, tmp_path: Path) -> None:
    shutil.rmtree(root / "docs")
    shutil.rmtree(root / ".cache")
    (tmp_path / "elsewhere").mkdir()
    (root / ".cache").symlink_to(tmp_path / "elsewhere")
    told = [run("--root", root, "build", "--quiet", "--format", "json") for _ in range(2)]

    assert [(ran.status, ran.err) for ran in told] == [(0, ""), (0, "")]
    assert json.loads(told[1].out)["rendered"] == 0


@pytest.mark.parametrize("name", ["content/site", "docs/site"])
def test_the_folders_of_another_dossier_are_no_place_for_a_site(
    name: str, root: Path, run: Run, tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "another")
    before = everything(tmp_path / "another")
    ran = run("--root", root, "build", "--site-dir", tmp_path / "another" / name)

    assert (ran.status, f"lies in {name.partition('/')[0]}/ of the dossier {tmp_path / 'another'}" in ran.err) == (
        1,
        True,
    )
    assert everything(tmp_path / "another") == before


def test_a_folder_called_git_is_no_place_for_a_site(root: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    for place in (tmp_path / "repository" / ".git", tmp_path / "repository" / ".git" / "x"):
        ran = run("--root", root, "build", "--site-dir", place)

        assert (ran.status, "lies in a folder called .git" in ran.err) == (1, True)


@pytest.mark.parametrize("name", [".github/site", ".vscode", ".venv/x", ".site.new"])
def test_a_hidden_folder_of_the_dossier_is_no_place_for_a_site(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        PublishError, match=rf"lies in the hidden folder {re.escape(name.partition('/')[0])}/ of the dos"
    ):
        places.apart(tmp_path, tmp_path / name, places.REMEDY)


def test_the_program_and_virtual_environments_are_no_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "pyvenv.cfg").touch()
    (tmp_path / "dossier").mkdir()
    for place, said in (
        (places.ENGINE / "templates", "lies in "),
        (tmp_path / "env" / "lib" / "site", "lies in the virtual environment"),
    ):
        with pytest.raises(PublishError, match=said):
            places.apart(tmp_path / "dossier", place, places.REMEDY)


def test_a_tilde_that_a_shell_left_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "dossier").mkdir()

    assert places.settled(tmp_path / "dossier", Path("~/public")) == tmp_path / "home" / "public"
    assert offline.place(tmp_path / "dossier", Path("~/x.zip")) == tmp_path / "home" / "x.zip"
