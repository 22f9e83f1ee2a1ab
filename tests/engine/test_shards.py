"""Sites that several machines make: the pieces of any division join into the bytes that one machine makes, or a message says why not."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explainer import build
from explainer.base.files import digest_of
from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.outputs.kept_pictures import ELSEWHERE
from explainer.publish import builder, joining, manifest, page_workers, pieces
from explainer.publish.shards import spread
from explainer.publish.swap import PublishError
from tests.built_harbour import built, made
from tests.conftest import Run, change, tree

pytest_plugins = ("tests.built_harbour",)
EXTRA = "# More\n\n[There](hidden.md#there) and [back](../people/ada-quay.md)\n"
"""A page whose title stands in its text, and which links to a place on a page of another share."""


@pytest.fixture(autouse=True)
def _time(built_time: None) -> None:
    """Every build has the same time."""


@pytest.fixture(scope="module", autouse=True)
def _forks() -> Iterator[None]:
    """Let even few pages be rendered by several processes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page_workers, "FEW", 4)
        yield


def with_pages(root: Path) -> Path:
    """The dossier with hand-written pages whose titles the menu shows, whose places others link to, and one for no site map."""
    folder = root / "docs" / "contributing"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("# How to *help*\n\n## Here {#here}\n", "utf-8")
    (folder / "one.md").write_text(EXTRA, "utf-8")
    (folder / "hidden.md").write_text("---\nrobots: noindex\n---\n\n# Hidden\n\n## There {#there}\n", "utf-8")
    for name in ("apart", "aside", "away"):
        (folder / f"{name}.md").write_text(f"---\nrobots: noindex\n---\n\n# {name}\n", "utf-8")
    (folder / "plan.txt").write_text("a plan", "utf-8")
    return root


def shard(root: Path, number: int, of: int, *, clean: bool = False, jobs: int = 1, folder: Path | None = None) -> Path:
    """Generate and build one piece."""
    library, _ = build.generate(root, jobs=jobs, shard=Shard(number, of))
    place = pieces.settled(root, folder or root.parent / "pieces" / f"{number}-of-{of}")
    builder.build_shard(root, place, library.dossier, Shard(number, of), progress=Progress(), clean=clean, jobs=jobs)
    return place


def joined(root: Path, *folders: Path) -> dict[str, bytes]:
    """Join pieces; returns the files of the site."""
    joining.join(root, folders, root / "site")
    return tree(root / "site")


@pytest.fixture(scope="module")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier, built by one machine."""
    root = with_pages(made(tmp_path_factory.mktemp("shards") / "dossier"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1767225600")
        built(root)
    return root


@pytest.fixture(scope="module")
def three(prototype: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Its three pieces; not to be changed."""
    folder = tmp_path_factory.mktemp("pieces")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1767225600")
        return [shard(prototype, number, 3, folder=folder / f"{number}") for number in (1, 2, 3)]


@pytest.fixture
def root(prototype: Path, tmp_path: Path) -> Path:
    """A copy of the dossier as git holds it: nothing is generated or kept."""
    here = shutil.copytree(prototype, tmp_path / "here", ignore=shutil.ignore_patterns(".cache", "site", ".site.*"))
    for path in (here / "docs").iterdir():
        if path.name not in {"about", "contributing"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return here


@pytest.fixture
def parts(three: list[Path], tmp_path: Path) -> list[Path]:
    """Copies of the three pieces, to be spoilt."""
    return [shutil.copytree(piece, tmp_path / "parts" / piece.name) for piece in three]


# --- the same bytes


@pytest.mark.parametrize(("of", "clean", "jobs"), [(1, True, 2), (2, True, 2), (3, False, 2), (5, True, 1)])
def test_the_pieces_of_any_division_join_into_the_site_of_one_machine(
    of: int, clean: bool, jobs: int, prototype: Path, root: Path, tmp_path: Path
) -> None:
    warm = shutil.copytree(prototype, tmp_path / "warm")
    parts = [shard(warm, number, of, clean=clean, jobs=jobs) for number in range(1, of + 1)]

    assert joined(root, *reversed(parts)) == tree(prototype / "site")


def test_machines_that_begin_with_nothing_make_the_same_site(prototype: Path, root: Path, tmp_path: Path) -> None:
    machines = [shutil.copytree(root, tmp_path / f"machine {number}") for number in (1, 2, 3)]
    parts = [
        shard(machine, number, 3, folder=tmp_path / "parts" / f"{number}") for number, machine in enumerate(machines, 1)
    ]
    drawn = [{path for path in pieces.read(piece).files if path.endswith(".png")} for piece in parts]
    left_out = {
        path.name for path in (machines[0] / "docs/data/cards").rglob("*.png") if path.read_bytes() == ELSEWHERE
    }

    assert joined(root, *parts) == tree(prototype / "site")
    assert all(path.startswith("data/") for piece in drawn[1:] for path in piece)
    assert len(drawn[1]) > 3 < len(drawn[2])
    assert left_out

    built(machines[0])
    assert tree(machines[0] / "site") == tree(prototype / "site")


def test_more_shares_than_pages_leave_some_empty(prototype: Path, tmp_path: Path) -> None:
    warm = shutil.copytree(prototype, tmp_path / "warm")
    piece = pieces.read(shard(warm, 100_000, 100_000))

    assert (piece.files, piece.anchors) == ({}, {})


def test_each_page_is_in_one_piece_and_the_first_has_what_is_no_page(prototype: Path, three: list[Path]) -> None:
    found = [pieces.read(piece) for piece in three]
    pages = [{path for path in piece.files if path.endswith("index.html")} for piece in found]
    rest = {path for path in found[0].files if not path.endswith(("index.html", "index.md"))}

    assert sorted(path for piece in found for path in piece.files) == sorted(
        tree(prototype / "site").keys() - {"manifest.json"}
    )
    assert {"404.html", "sitemap.xml.gz", "contributing/plan.txt", "search/names.bin"} <= rest
    assert all(pages)
    others = {path for piece in found[1:] for path in piece.files}
    assert {path for path in others if not path.endswith(("index.html", "index.md", ".png"))} == set()


def test_pages_are_dealt_out_evenly_beside_other_work() -> None:
    dealt = spread({f"{number}": number * 1000 for number in range(40)}, [300_000, 0, 0, 0])
    loads = [
        300_000 * (share == 0) + sum(int(page) * 1000 + 2000 for page in dealt if dealt[page] == share)
        for share in range(4)
    ]

    assert set(dealt.values()) == {1, 2, 3}
    assert max(loads[1:]) - min(loads[1:]) < 5000


def test_a_shard_leaves_to_the_next_build_what_is_kept_of_other_pages(prototype: Path, tmp_path: Path) -> None:
    warm = shutil.copytree(prototype, tmp_path / "warm")
    shard(warm, 2, 3)
    again = built(warm)

    assert again.rendered == 0
    assert tree(warm / "site") == tree(prototype / "site")


def test_a_changed_title_in_the_menu_is_seen_by_every_shard(prototype: Path, tmp_path: Path) -> None:
    warm = shutil.copytree(prototype, tmp_path / "warm")
    change(warm / "docs/contributing/index.md", ("# How to *help*", "# Ways to help"))
    parts = [shard(warm, number, 2) for number in (1, 2)]
    built(warm)
    alone = tree(warm / "site")

    assert joined(warm, *parts) == alone


# --- pieces travel


def test_a_piece_has_no_link_no_mode_and_no_hidden_name(three: list[Path]) -> None:
    for piece in three:
        paths = list(piece.rglob("*"))

        assert {path.name for path in piece.iterdir()} == {"piece.json", "files"}
        assert not [path for path in paths if path.name[0] == "." or path.is_symlink()]
        assert not [path for path in paths if path.is_file() and path.stat().st_nlink > 1]


def test_a_new_piece_takes_the_place_of_an_older_one(three: list[Path], root: Path, tmp_path: Path) -> None:
    place = shutil.copytree(three[1], tmp_path / "piece")
    (place / "files" / "stale").write_text("stale", "utf-8")

    assert tree(shard(root, 2, 3, folder=place)) == tree(three[1])
    assert [path.name for path in tmp_path.iterdir() if "piece" in path.name] == ["piece"]


def test_what_a_killed_build_left_beside_a_piece_is_cleared_away(three: list[Path], root: Path, tmp_path: Path) -> None:
    shutil.copytree(three[1], tmp_path / ".piece.old")
    (tmp_path / ".piece.new" / "site").mkdir(parents=True)
    (tmp_path / ".piece.new" / manifest.STAGING).touch()
    shard(root, 2, 3, folder=tmp_path / "piece")

    assert sorted(path.name for path in tmp_path.iterdir() if "piece" in path.name) == ["piece"]


def test_a_build_that_fails_leaves_the_old_piece(three: list[Path], root: Path, tmp_path: Path) -> None:
    place = shutil.copytree(three[1], tmp_path / "piece")
    change(root / "docs/about/index.md", ("beacon-2001.md", "beacon-1999.md"))
    with pytest.raises(PublishError, match=r"docs/about/index\.md:3:10: links to .*beacon-1999"):
        shard(root, 1, 1, folder=place)

    assert tree(place) == tree(three[1])


# --- refusals of build --shard


@pytest.mark.parametrize(
    "given", ["0/8", "9/8", "1/0", "x/y", "3", "", "3/8/1", "-1/2", "1/1000000", "1.5/2", "03/8", "٣/٨"]
)
def test_a_share_that_is_none_is_a_wrong_command_line(given: str, harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "build", "--shard", given)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"explainer: Invalid value for '--shard': {given!r} is no share of a site; expected its number and how many there "
        "are, as in 3/8. Run `explainer build --help` for what there is.\n"
    )


def in_the_way(place: Path) -> str:
    return f"{place} holds something else than a piece ('own.txt'); expected an empty folder, or an older piece; name another folder with --site-dir"


@pytest.mark.parametrize("what", ["own folder", "a site", "a piece with more", "a file"])
def test_what_is_no_piece_is_never_replaced(what: str, three: list[Path], prototype: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    match what:
        case "a file":
            place.write_text("own", "utf-8")
        case "a site":
            shutil.copytree(prototype / "site", place)
        case "own folder":
            place.mkdir()
        case _:
            shutil.copytree(three[0], place)
    if place.is_dir() and what != "a site":
        (place / "own.txt").write_text("own", "utf-8")
    with pytest.raises(PublishError) as refused:
        pieces.settled(prototype, place)

    assert (
        str(refused.value)
        == {
            "own folder": in_the_way(place),
            "a site": in_the_way(place).replace("own.txt", "404.html"),
            "a piece with more": in_the_way(place).replace("own.txt", "files"),
            "a file": f"{place} is not a folder; expected one for the piece, or none; name another folder with --site-dir",
        }[what]
    )


def test_a_folder_beside_a_piece_that_is_not_ours_stays(root: Path, tmp_path: Path) -> None:
    (tmp_path / ".piece.new").mkdir()
    (tmp_path / ".piece.new" / "own.txt").write_text("own", "utf-8")
    with pytest.raises(PublishError) as refused:
        shard(root, 2, 3, folder=tmp_path / "piece")

    assert str(refused.value) == (
        f"{tmp_path}/.piece.new is where a build makes a piece, and holds something else; move it elsewhere"
    )


def test_a_dossier_with_plugins_of_its_own_cannot_be_shared_out(root: Path) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nextra_templates: [x.html]\n")
    with pytest.raises(PublishError, match="plugins, hooks, extensions or templates that this program does not know"):
        shard(root, 1, 2)


# --- refusals of join


Spoil = Callable[[list[Path]], object]


def resealed(piece: Path, **changed: object) -> None:
    """Change what a piece says of itself, as a build would have written it."""
    told = json.loads((piece / pieces.NAME).read_bytes().rpartition(b"\n}")[0] + b"\n}")
    origin = told["origin"]
    told |= {name: value for name, value in changed.items() if name not in origin}
    told["origin"] = origin | {name: value for name, value in changed.items() if name in origin}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    (piece / pieces.NAME).write_text(f"{text}\n{digest_of(text.encode())}\n", "utf-8")


def one_file(piece: Path) -> Path:
    """A file of a piece: that of a page."""
    digest = pieces.read(piece).files["contributing/plan.txt"]
    return piece / "files" / digest


def _every(parts: list[Path], **changed: object) -> None:
    for part in parts:
        resealed(part, **changed)


def _as_link(path: Path) -> None:
    path.symlink_to(path.replace(path.parents[2] / "kept"))


def _with_files_of(piece: Path, other: Path) -> None:
    resealed(piece, files=pieces.read(other).files)
    shutil.rmtree(piece / "files")
    shutil.copytree(other / "files", piece / "files")


ANEW = "expected the same; make all pieces of the same state of the dossier"
AGAIN = "copy the piece again, with all its files"
HERE = "expected the same; join them where they were made, or make them of what is here"
REFUSALS: dict[str, tuple[Spoil, str]] = {
    "one is missing": (lambda parts: parts.pop(), "share 3 of 3 is missing; expected a piece for each; make it with `explainer build --shard 3/3`"),
    "two are missing": (
        lambda parts: [parts.pop(0), parts.pop(0)],
        "shares 1, 2 of 3 are missing; expected a piece for each; make them with `explainer build --shard 1/3` and so on",
    ),
    "one twice": (
        lambda parts: parts.append(shutil.copytree(parts[0], parts[0].with_name("again"))),
        "PARTS/again and PARTS/1 are both share 1 of 3; expected each share once; leave one of them out",
    ),
    "of another division": (
        lambda parts: resealed(parts[1], of=5),
        "PARTS/2 is share 2 of 5, and PARTS/1 is share 1 of 3; expected shares of one division; leave out those of the other",
    ),
    "of another commit": (lambda parts: resealed(parts[1], commit="abc"), f"PARTS/2 was made of commit abc, PARTS/1 of no commit; {ANEW}"),
    "of another program": (
        lambda parts: resealed(parts[2], program="x"),
        f"PARTS/3 was made by another version of this program, or of its packages, than PARTS/1; {ANEW}",
    ),
    "of another time": (
        lambda parts: resealed(parts[2], moment="7"), f"PARTS/3 bears the time 7, PARTS/1 the time 1767225600 (SOURCE_DATE_EPOCH); {ANEW}"
    ),
    "of other records": (lambda parts: resealed(parts[1], sources="x"), f"PARTS/2 was made of other records, pages or settings than PARTS/1; {ANEW}"),
    "of other pages": (lambda parts: resealed(parts[1], inputs="x"), f"PARTS/2 was made of other records, pages or settings than PARTS/1; {ANEW}"),
    "all of another commit": (lambda parts: _every(parts, commit="abc"), f"the pieces were made of commit abc, and no commit is here; {HERE}"),
    "all of another program": (
        lambda parts: _every(parts, program="x"),
        f"the pieces were made by another version of this program, or of its packages, than is here; {HERE}",
    ),
    "all of another dossier": (
        lambda parts: _every(parts, sources="x"), f"the pieces were made of other records, pages or settings than are in ROOT; {HERE}"
    ),
    "a file is missing": (
        lambda parts: one_file(parts[0]).unlink(),
        f"PARTS/1/files/DIGEST is missing, which becomes contributing/plan.txt; expected COUNT files there; {AGAIN}",
    ),
    "a file is damaged": (
        lambda parts: one_file(parts[0]).write_text("another plan", "utf-8"),
        f"PARTS/1/files/DIGEST is damaged, which becomes contributing/plan.txt; expected the bytes that its name says; {AGAIN}",
    ),
    "a file is a link": (
        lambda parts: _as_link(one_file(parts[0])),
        f"PARTS/1/files/DIGEST is damaged, which becomes contributing/plan.txt; expected the bytes that its name says; {AGAIN}",
    ),
    "a file too many": (
        lambda parts: (parts[1] / "files" / "own.txt").write_text("own", "utf-8"),
        f"PARTS/2/files/own.txt is no file of the piece; expected only what piece.json names; delete it, or {AGAIN}",
    ),
    "a description that is cut": (
        lambda parts: (parts[1] / "piece.json").write_bytes((parts[1] / "piece.json").read_bytes()[:-9]),
        f"PARTS/2/piece.json is damaged, or another version's; expected what a build wrote; {AGAIN}",
    ),
    "a description of another shape": (
        lambda parts: resealed(parts[1], files=[1]), f"PARTS/2/piece.json is damaged, or another version's; expected what a build wrote; {AGAIN}"
    ),
    "a description of another version": (
        lambda parts: resealed(parts[1], version=2), f"PARTS/2/piece.json is damaged, or another version's; expected what a build wrote; {AGAIN}"
    ),
    "a path out of the site": (
        lambda parts: resealed(parts[1], files={"../own.txt": "0" * 64}),
        f"PARTS/2/piece.json is damaged, or another version's; expected what a build wrote; {AGAIN}",
    ),
    "a path that another piece has": (
        lambda parts: _with_files_of(parts[1], parts[0]),
        "PARTS/2 has a file for 404.html, as another piece has; expected each file in one piece; make all pieces of the same state of the dossier",
    ),
    "no description": (
        lambda parts: (parts[1] / "piece.json").unlink(),
        f"PARTS/2 has no piece.json; expected a piece, made by `explainer build --shard`; name another folder, or {AGAIN}",
    ),
    "no folder": (
        lambda parts: shutil.rmtree(parts[1]), "PARTS/2 is no folder; expected a piece, made by `explainer build --shard`; correct its path"
    ),
}  # fmt: skip
"""What is done to three pieces, and the message."""


@pytest.mark.parametrize("name", REFUSALS)
def test_what_does_not_fit_together_is_refused_and_the_old_site_stays(
    name: str, parts: list[Path], prototype: Path, root: Path
) -> None:
    spoil, said = REFUSALS[name]
    above, count, digest = parts[0].parent, len(set(pieces.read(parts[0]).files.values())), one_file(parts[0]).name
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("old", "utf-8")
    manifest.write(root / "site", root, {})
    before = tree(root / "site")
    spoil(parts)
    with pytest.raises(PublishError) as refused:
        joined(root, *parts)

    told = str(refused.value).replace(str(above), "PARTS").replace(str(root), "ROOT").replace(digest, "DIGEST")
    assert told.replace(f"{count:,} files", "COUNT files") == said
    assert tree(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


def test_a_link_to_a_place_that_a_page_of_another_piece_lacks_is_told_as_a_build_tells_it(
    prototype: Path, root: Path, tmp_path: Path
) -> None:
    change(root / "docs/contributing/one.md", ("#there", "#nowhere"))
    with pytest.raises(PublishError) as alone:
        built(shutil.copytree(root, tmp_path / "alone"))
    parts = [shard(root, number, 6) for number in range(1, 7)]
    with pytest.raises(PublishError) as together:
        joined(root, *parts)

    assert str(together.value) == str(alone.value)
    assert str(alone.value).splitlines()[1].startswith("docs/contributing/one.md:3:9: links to 'hidden.md#nowhere'")


def test_a_site_and_a_piece_lie_apart(three: list[Path], root: Path, tmp_path: Path) -> None:
    step = "expected places of their own for both; name another folder with --site-dir, or another piece"
    place = shutil.copytree(three[0], tmp_path / "piece")
    said = []
    for site, piece in ((place, place), (place / "site", place), (tmp_path, place)):
        with pytest.raises(PublishError) as refused:
            joining.join(root, [piece], site)
        said.append(str(refused.value))

    assert said == [
        f"{place} is the site itself; {step}",
        f"{place} and the site {place}/site lie in each other; {step}",
        f"{place} and the site {tmp_path} lie in each other; {step}",
    ]
    assert tree(place) == tree(three[0])


# --- the commands


def test_the_commands_make_pieces_and_join_those_that_lie_side_by_side(
    prototype: Path, tmp_path: Path, run: Run
) -> None:
    warm = shutil.copytree(prototype, tmp_path / "warm")
    before = tree(warm / "site")
    made = [run("--root", warm, "build", "--shard", f"{number}/2") for number in (1, 2)]
    alike = run("--root", warm, "join", "--site-dir", warm / "other")
    told = run("--root", warm, "join", warm / "pieces/1-of-2", warm / "pieces/2-of-2", "--format", "json")

    assert [(ran.status, ran.err) for ran in (*made, alike, told)] == [(0, "")] * 4
    assert made[1].out.splitlines()[-1].startswith(f"Piece 2 of 2 is in {warm}/pieces/2-of-2: 0 pages rendered, ")
    assert alike.out.splitlines()[-1].startswith(f"The site is in {warm}/other: ")
    assert alike.out.endswith(" pages of 2 pieces.\n")
    assert json.loads(told.out).keys() == {"pages", "pieces", "seconds", "peak_rss_mb"}
    assert tree(warm / "site") == tree(warm / "other") == before


def test_join_refuses_in_one_line(prototype: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "x").write_text("own", "utf-8")
    ran = [
        run("--root", prototype, "join"),
        run("--root", prototype, "join", prototype / "site", "--site-dir", tmp_path / "new"),
        run("--root", prototype, "join", "x", "--pieces", tmp_path),
        run("--root", prototype, "join", "x", "--site-dir", tmp_path / "own"),
        run("--root", prototype, "join", "x", "--site-dir", prototype / "content"),
    ]

    assert [(each.status, each.out, each.err.count("\n")) for each in ran] == [(1, "", 1)] * 2 + [(2, "", 1)] + [
        (1, "", 1)
    ] * 2
    assert [each.err.partition(": ")[2].removeprefix("the site was not joined: ").rstrip() for each in ran] == [
        f"{prototype}/pieces holds no pieces; expected a folder for each; make them with `explainer build --shard`, or name them",
        f"{prototype}/site is a whole site and no piece; expected a piece, made by `explainer build --shard`; name another folder, or {AGAIN}",
        "--pieces names a folder of pieces, and PIECE a piece; expected one of both. Run `explainer join --help` for what there is.",
        f"{tmp_path}/own holds something else than a built site ('x', and no manifest.json that fits); expected an empty folder or an old site; name another folder with --site-dir",
        f"{prototype}/content lies in content/ of the dossier, and every file there is read as a record; expected a place of its own; name another folder with --site-dir",
    ]
