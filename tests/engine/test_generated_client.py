"""A client of the API, as a program generates it from the description: it has every operation, and gives back every answer."""

import importlib
import importlib.util
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from explainer.data import api, changes_json
from explainer.data.openapi import openapi
from explainer.data.schemas import REFERENCE, pascal
from tests.engine.test_api import answer, library, records

__all__ = ["library"]
NAME = "client_of_harbour"


@pytest.fixture(scope="module")
def client(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package of the client, generated anew."""
    pytest.importorskip("openapi_python_client")
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(api.written(openapi(library)).decode(), encoding="utf-8")
    (folder / "settings.yml").write_text(
        f"package_name_override: {NAME}\nproject_name_override: {NAME}\npost_hooks: []\n", encoding="utf-8"
    )
    where = ["--path", "openapi.json", "--config", "settings.yml", "--output-path", "made"]
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning", *where]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    sys.path.insert(0, str(folder / "made"))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder / "made"))
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def answers(library: Any) -> Iterator[tuple[str, Any]]:
    """The schema and the content of every answer."""
    for record in records(library):
        yield pascal(record.KIND), answer(api.record(library, record))
    for model in library.kinds.types:
        yield "Records", json.loads(api.kind(library, model))
    yield "Index", answer(api.index(library))
    yield "Figures", json.loads(api.figures(library))
    yield "Changes", json.loads(changes_json.made(library))


def test_a_generated_client_reads_every_answer_and_gives_it_back_as_it_was(client: ModuleType, library: Any) -> None:
    models = importlib.import_module(f"{client.__name__}.models")
    for name, found in answers(library):
        assert getattr(models, name).from_dict(found).to_dict() == found


def test_a_generated_client_has_a_function_for_every_operation(client: ModuleType, library: Any) -> None:
    found = openapi(library)
    given = dict(answers(library))
    called = []

    def served(request: httpx.Request) -> httpx.Response:
        path = request.url.path.partition("/v1")[2]
        way = path if path in found["paths"] else f"{path.rpartition('/')[0]}/{{id}}.json"
        called.append(way)
        schema = found["paths"][way]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        return httpx.Response(200, json=given[schema.removeprefix(REFERENCE)])

    caller = client.Client(base_url=found["servers"][0]["url"], httpx_args={"transport": httpx.MockTransport(served)})
    package = importlib.import_module(f"{client.__name__}.api")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.ispkg:
            function = importlib.import_module(module.name).sync
            needed = [name for name in inspect.signature(function).parameters if name != "client"]
            assert function(*(["one"] * len(needed)), client=caller) is not None, module.name

    assert sorted(called) == sorted(found["paths"])
