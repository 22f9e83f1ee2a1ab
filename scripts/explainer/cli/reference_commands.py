"""The subcommands that show fields and schemas."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.base.problems import did_you_mean, listed

if TYPE_CHECKING:
    from explainer.kinds.registry import Kinds
    from explainer.records.record import Record


def _type(kinds: "Kinds", name: str) -> "type[Record] | None":
    found = kinds.by_kind.get(name) or kinds.by_folder.get(name)
    if found is None:
        hint = did_you_mean(name, kinds.by_kind) or f"; expected one of {listed(kinds.by_kind, limit=40)}"
        print(f"explainer: '{name}' is not a type of record{hint}", file=sys.stderr)
    return found


def show_fields(options: argparse.Namespace, root: Path) -> int:
    """`explainer fields`: the fields of a type of record, or the types."""
    from explainer.kinds import registry
    from explainer.kinds.words import ORIGINAL, words_of
    from explainer.library import field_reference

    kinds = registry.load(root)
    if options.type is None:
        for model in kinds.types:
            print(
                f"{model.KIND:<14} content/{model.FOLDER}{'/*.md' if model.STORY else '.yml or ' + model.FOLDER + '/*.yml'}"
            )
        print(f"{field_reference.SITE:<14} content/site.yml")
        return 0
    found = None if options.type == field_reference.SITE else _type(kinds, options.type)
    if found is None and options.type != field_reference.SITE:
        return 2
    name = found.KIND if found else field_reference.SITE
    print("\n".join(field_reference.table(kinds, words_of(kinds, ORIGINAL), name)))
    return 0


def show_schema(options: argparse.Namespace, root: Path) -> int:
    """`explainer schema`: the JSON Schema of a type of record, or of all."""
    from explainer.kinds import registry
    from explainer.records import json_schema

    if options.write:
        from explainer.cli import editing_commands

        return editing_commands.write_schemas(options, root)
    kinds = registry.load(root)
    if options.type is None:
        print(
            json.dumps(
                {model.KIND: json_schema.json_schema(model) for model in kinds.types}, ensure_ascii=False, indent=2
            )
        )
        return 0
    found = _type(kinds, options.type)
    if found is None:
        return 2
    print(json.dumps(json_schema.json_schema(found), ensure_ascii=False, indent=2))
    return 0


def show_words(options: argparse.Namespace, root: Path) -> int:
    """`explainer words`: the words that a language of the dossier lacks, as YAML with the original texts."""
    import yaml

    from explainer.docs import words
    from explainer.docs.documents import SETTINGS
    from explainer.kinds import registry

    if not (root / SETTINGS).is_file():
        print(f"explainer: {SETTINGS} is missing; expected the folder of a dossier; add --root DIR", file=sys.stderr)
        return 1
    lacking = words.lacking(root, registry.load(root), options.language)
    if not lacking:
        print(f"explainer: nothing is missing in '{options.language}'", file=sys.stderr)
        return 0
    print(yaml.safe_dump(lacking, allow_unicode=True, sort_keys=False, width=120), end="")
    return 0
