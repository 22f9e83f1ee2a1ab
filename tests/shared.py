"""Folders that the processes of one run of the tests share: each is made once, by whichever process asks for it first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import BaseFileLock, FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this run that is made by whichever process asks for it first; the others wait, and get the same one.

    Whoever wants to change it takes a copy. It is made where it will stand: what a build keeps may depend on its place.
    """
    base = _folder_of_run(factory)
    with alone(factory, name):
        if not (base / f"{name}.made").exists():
            shutil.rmtree(base / name, ignore_errors=True)  # of a process that failed in the middle
            make(base / name)
            (base / f"{name}.made").touch()
    return base / name


def alone(factory: pytest.TempPathFactory, name: str) -> BaseFileLock:
    """Have a shared folder alone, to run a command in it or to copy it whole: a command deletes what it no longer needs of the store."""
    return FileLock(_folder_of_run(factory) / f"{name}.lock")


def _folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run: each of its processes has one of its own in that."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
