"""The subcommands that show fields, words and schemas, and that answers programs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base.problems import did_you_mean, listed
from explainer.cli import streams
from explainer.cli.command import LanguageTag, Subcommand, WrongWordError

if TYPE_CHECKING:
    from explainer.kinds.registry import Kinds
    from explainer.records.record import Record


def type_of(kinds: "Kinds", name: str) -> "type[Record]":
    """The type of record with a name; raises WrongWordError if there is none."""
    found = kinds.by_kind.get(name) or kinds.by_folder.get(name)
    if found is None:
        there = f"; expected one of {listed(kinds.by_kind, limit=40)}"
        hint = kinds.hint_of_unused(name) or did_you_mean(name, kinds.by_kind) or there
        raise WrongWordError(f"'{name}' is not a type of record{hint}")
    return found


@click.command(cls=Subcommand)
@click.argument("kind", metavar="[TYPE]", required=False)
def fields(*, root: Path, kind: str | None) -> int:
    """Show the fields of a type of record, or the types.

    TYPE is a type of record, as in person.
    """
    from explainer.kinds import registry
    from explainer.kinds.words import ORIGINAL, words_of
    from explainer.library import field_reference

    kinds = registry.load(root)
    if kind is None:
        for model in kinds.types:
            files = "/*.md" if model.STORY else f".yml or {model.FOLDER}/*.yml"
            print(f"{model.KIND:<14} content/{model.FOLDER}{files}")
        print(f"{field_reference.SITE:<14} content/site.yml")
        return 0
    name = kind if kind == field_reference.SITE else type_of(kinds, kind).KIND
    print("\n".join(field_reference.table(kinds, words_of(kinds, ORIGINAL), name)))
    return 0


@click.command(cls=Subcommand)
@click.argument("kind", metavar="[TYPE]", required=False)
@click.option(
    "--write", is_flag=True, help="Write content/.schemas/, for editors' programs, with the ids that there are."
)
def schema(*, root: Path, kind: str | None, write: bool) -> int:
    """Print the JSON Schema of a type of record, or of all.

    TYPE is a type of record, as in person.
    """
    from explainer.kinds import registry
    from explainer.records import json_schema

    streams.for_programs()
    if write:
        from explainer.cli import dossier_files

        return dossier_files.write_schemas(root)
    kinds = registry.load(root)
    if kind is None:
        shown = {model.KIND: json_schema.json_schema(model) for model in kinds.types}
    else:
        shown = json_schema.json_schema(type_of(kinds, kind))
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return 0


@click.command(cls=Subcommand)
@click.argument("language", metavar="LANGUAGE", type=LanguageTag())
def words(*, root: Path, language: str) -> int:
    """Print the words that a language lacks, to be filled in.

    LANGUAGE is a language tag, as in fr.
    """
    import yaml

    from explainer.docs import words
    from explainer.docs.documents import SETTINGS
    from explainer.kinds import registry

    if not (root / SETTINGS).is_file():
        raise click.ClickException(f"{SETTINGS} is missing; expected the folder of a dossier; add --root DIR")
    lacking = words.lacking(root, registry.load(root), language)
    if not lacking:
        print(f"explainer: nothing is missing in '{language}'", file=sys.stderr)
        return 0
    print(yaml.safe_dump(lacking, allow_unicode=True, sort_keys=False, width=120), end="")
    return 0


@click.command(cls=Subcommand)
def mcp(*, root: Path) -> int:
    """Answer programs by the Model Context Protocol, on standard input and output.

    A program starts this command and asks for records, figures with their sources, editions compared and open questions.
    Nothing is written; the end of the input ends it.
    """
    from explainer import build
    from explainer.serve import context_server

    try:
        server = context_server.server(build.load(root))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise click.ClickException(
            "the package mcp is not installed; expected the SDK of the Model Context Protocol beside this program; "
            "run `pip install 'mcp>=2.3'`, or install this program with its extra [mcp]"
        ) from error
    server.run("stdio")
    return 0
