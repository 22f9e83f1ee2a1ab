"""The kinds of record of this dossier: its registry, the models that tests name, and a way to give another dossier the same kinds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.kinds import registry

PROJECT = Path(__file__).resolve().parent.parent
KINDS = registry.load(PROJECT)
"""Loaded before any copy of it: the package of the kinds is imported once for all folders with the same files."""

if TYPE_CHECKING:  # models that the registry imports under a name of their own; their types are those of the files
    from kinds.agreement.model import Agreement
    from kinds.goal.model import Goal
    from kinds.operation import charts as operation_charts
    from kinds.operation.model import Operation
    from kinds.resolution.model import Resolution
    from kinds.sdg.model import Sdg
else:
    Agreement, Goal, Operation, Resolution, Sdg = (
        KINDS.by_kind[kind] for kind in ("agreement", "goal", "operation", "resolution", "sdg")
    )
    operation_charts = KINDS.module(Operation, "charts")

__all__ = ["KINDS", "Agreement", "Goal", "Operation", "Resolution", "Sdg", "bring_kinds", "operation_charts"]


def bring_kinds(root: Path) -> Path:
    """Give the dossier in a folder the kinds of this one."""
    shutil.copytree(PROJECT / registry.FOLDER, root / registry.FOLDER, ignore=shutil.ignore_patterns("__pycache__"))
    return root
