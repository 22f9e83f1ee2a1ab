"""Runs scripts of the theme in Node, which is installed beside the Python that runs the tests."""

import os
import shutil
import subprocess
import sysconfig

from tests.conftest import PROJECT

ASSETS = PROJECT / "scripts" / "theme" / "assets"
"""The scripts and style sheets of the theme."""
_PLACES = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))


def run_node(code: str, told: str = "", *flags: str) -> str:
    """Run a module that stands in `code`, with `told` on its standard input; returns its standard output."""
    node = shutil.which("node", path=_PLACES)
    assert node is not None, "there is no node; requirements/test.txt brings it"
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"  # the theme has no package.json, which would be published
    command = [node, quiet, *flags, "--input-type=module", "--eval", code]
    ran = subprocess.run(command, input=told, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
