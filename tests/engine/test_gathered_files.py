"""The files of `docs/` are those that MkDocs gathers, in its order and with what it knows of each."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, get_files
from mkdocs.theme import Theme
from pathspec.gitignore import GitIgnoreSpec

from explainer.publish import gathered_files, hooks

NAMES = (
    "index.md", "about.md", "b.md", "index.json", "indexes.md", "a.b.js", "a/index.md", "a/a.md", "a/Index.md", "a/ä ö.csv", "a/b/c.MD",
    "a/b/index.html", "a/b/d.markdown", ".hidden", "a/.texts/x.jsonl", "templates/x.md", "a/templates/x.md", "z/deep/er/1.png",
)  # fmt: skip


def configured(docs: Path, names: tuple[str, ...], *, urls: bool = True) -> MkDocsConfig:
    """The configuration of a site of some files."""
    for name in names:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(b"x")
    config = load_config(
        config_file=None, docs_dir=str(docs), site_dir=str(docs.parent / "site"), site_name="x", use_directory_urls=urls
    )
    config.not_in_nav = hooks.EVERY_PAGE
    return config


def told(file: File) -> tuple[object, ...]:
    """What MkDocs asks of a file."""
    return (
        file.src_uri, file.src_dir, file.abs_src_path, file.dest_uri, file.dest_dir, file.abs_dest_path, file.url, file.name,
        file.inclusion, file.edit_uri, file.is_documentation_page(), file.page, file.generated_by, file.use_directory_urls,
    )  # fmt: skip


@pytest.mark.parametrize("urls", [True, False])
@pytest.mark.parametrize("names", [NAMES, (*NAMES, "a/README.md"), (*NAMES, "README.md"), ("a/README.txt", "a/a.md")])
def test_every_file_is_as_mkdocs_gathers_it(names: tuple[str, ...], urls: bool, tmp_path: Path) -> None:
    config = configured(tmp_path / "docs", names, urls=urls)

    assert list(map(told, gathered_files.gathered(config))) == list(map(told, get_files(config)))


def test_the_files_of_the_theme_are_those_that_mkdocs_adds(tmp_path: Path) -> None:
    config = configured(tmp_path / "docs", ("index.md", "css/base.css"))
    config.theme = Theme(name="material")
    ours, theirs = gathered_files.gathered(config), get_files(config)
    for files in (ours, theirs):
        files.add_files_from_theme(config.theme.get_env(), config)

    assert len(ours) > 20
    assert list(map(told, ours)) == list(map(told, theirs))


def test_names_alone_tell_it_where_nobody_has_other_patterns(tmp_path: Path) -> None:
    config = configured(tmp_path / "docs", NAMES)
    by_name = {type(file) for file in gathered_files.gathered(config)}
    config.exclude_docs = GitIgnoreSpec.from_lines(["b.md"])
    by_pattern = gathered_files.gathered(config)

    assert by_name == {gathered_files.GatheredFile}
    assert {type(file) for file in by_pattern} == {File}
    assert list(map(told, by_pattern)) == list(map(told, get_files(config)))
