"""Keeps the house: small files, few public names, documented modules, commands and error codes."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re

import pytest

import aljabr
from aljabr.errors import AljabrError
from tests.conftest import ROOT

SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
# The registry's apps are entered by their actions, queries and models; tests/guards/test_registry.py keeps them.
PACKAGES = sorted(
    path.parent
    for path in SOURCES
    if path.name == "__init__.py" and path.relative_to(ROOT / "src" / "aljabr").parts[0] not in ("__init__.py", "registry")
)
TRACKED_TEXT = [
    path
    for folder in ("src", "tests", "docs", "programmes", "benchmarks", "studies", "requirements", ".ci")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".md", ".yaml", ".txt", ".dmn", ".sql", ".toml", ".html", ".typ", ".csv", ".json", ""}
    and path.is_file()
] + [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"} or path.name == "Makefile"]


def _name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_stays_under_five_hundred_lines_and_its_functions_under_sixty(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 60] == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_says_what_it_does(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_nothing_is_called_after_a_junk_drawer(path):
    assert not {"utils", "helpers", "common", "manager", "handler", "misc"} & set(path.with_suffix("").parts)


@pytest.mark.parametrize("package", PACKAGES, ids=_name)
def test_a_package_has_ten_public_names_or_fewer_and_each_is_documented(package):
    module = importlib.import_module(f"aljabr.{package.relative_to(ROOT / 'src' / 'aljabr').as_posix().replace('/', '.')}")
    assert 1 <= len(module.__all__) <= 10
    undocumented = [name for name in module.__all__ if callable(getattr(module, name)) and not getattr(module, name).__doc__]
    assert undocumented == []


def test_other_rooms_import_only_public_names():
    breaches = []
    for path in SOURCES:
        room = path.relative_to(ROOT / "src" / "aljabr").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aljabr."):
                module = importlib.import_module(node.module or "")
                if (node.module or "").split(".")[1] != room and hasattr(module, "__all__"):
                    breaches += [(_name(path), alias.name) for alias in node.names if alias.name not in module.__all__]
    assert breaches == []


def test_every_error_has_a_code_of_its_own_and_stands_in_the_reference():
    for module in pkgutil.walk_packages(aljabr.__path__, "aljabr."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    todo, codes = [AljabrError], []
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        codes.append(kind.code)
    assert len(codes) == len(set(codes))
    assert [code for code in codes if f"`{code}`" not in page] == []


def test_every_dependency_has_a_reason_in_a_decision_record():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [name for extra in project["optional-dependencies"].values() for name in extra]
    records = "\n".join(path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs" / "decisions").glob("*.md"))
    names = [re.split(r"[~<>=\[ ]", requirement)[0].lower() for requirement in wanted]
    assert [name for name in names if name not in records] == []


def test_no_file_names_a_package_host_or_a_path_of_one_machine():
    host = re.compile(r"https?://[^/\s\"']+/(simple|packages/[0-9a-f]{2})/|" + "files.python" + r"hosted|/ro" + "ot/|/wo" + "rk/")
    found = [_name(path) for path in TRACKED_TEXT if host.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found == []


def test_every_set_of_requirements_pins_the_same_versions_of_what_they_share():
    pin = re.compile(r"^([A-Za-z0-9_.-]+)==([^ \\\n]+)", re.M)
    sets = [
        {name: sorted(version for package, version in found if package == name) for name, _ in found}
        for found in (pin.findall(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "requirements").glob("*.txt")))
    ]
    assert len(sets) == 3 and all(sets)
    pinned = {name: {tuple(one[name]) for one in sets if name in one} for name in set().union(*sets)}
    assert {name: versions for name, versions in pinned.items() if len(versions) > 1} == {}
