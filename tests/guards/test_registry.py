"""Keeps the registry: every route has a permission, every action one event, every model a note on personal data."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps

from aljabr.registry.policy import PERMISSIONS, ROLES
from aljabr.registry.web.routes import ROUTES
from tests.conftest import ROOT

REGISTRY = ROOT / "src" / "aljabr" / "registry"
# Besides every actions.py: the modules whose name is the act's own noun.
NOUNS = (
    "decisions/appeals",
    "decisions/sittings",
    "decisions/corrections",
    "decisions/schedules",
    "decisions/objections",
    "procedure/outside",
    "procedure/priorities",
    "procedure/filters",
    "decisions/periods",
    "decisions/attestations",
    "claims/mediation",
    "procedure/filing",
    "procedure/withdrawals",
    "runs/endings",
)
ACTIONS = sorted([*REGISTRY.glob("*/actions.py"), *(REGISTRY / f"{noun}.py" for noun in NOUNS)])
MODELS = [model for model in apps.get_models() if model.__module__.startswith("aljabr.registry")]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_has_a_permission_of_the_policy(route):
    assert route.permission in {"public", "first_factor", "signed_in", *PERMISSIONS}


def test_every_permission_is_held_by_roles_there_are():
    assert {role for roles in PERMISSIONS.values() for role in roles} <= set(ROLES)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_says_its_grain_and_what_personal_data_it_holds(model):
    assert (model.__doc__ or "").startswith("One row for every")
    assert "Personal data:" in (model.__doc__ or "")


def _calls(function, name):
    return sum(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name for node in ast.walk(function)
    )


def _actions():
    for path in ACTIONS:
        functions = {
            node.name: node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
        }
        for name, function in functions.items():
            first = function.args.args[0].arg if function.args.args else ""
            if first == "viewer" and not name.startswith(("_", "require_")) and name != "record_event":
                yield pytest.param(function, functions, id=f"{path.parent.name}.{name}")


@pytest.mark.parametrize(("function", "functions"), list(_actions()))
def test_every_action_requires_a_permission_and_writes_exactly_one_event(function, functions):
    inner = [functions[name] for name in functions if name.startswith("_") and _calls(function, name)]
    assert _calls(function, "record_event") + sum(_calls(called, "record_event") for called in inner) == 1
    assert ".require(" in ast.unparse(function)
