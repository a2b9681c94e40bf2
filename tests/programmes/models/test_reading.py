"""DMN files to models: forms of logic, versions, imports with and without a name, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from aljabr.errors import ProgrammeBroken
from aljabr.feel.boxed import Context, Invocation, Iteration, Relation, Table
from aljabr.feel.dynamic import decide
from aljabr.feel.models import Decision, ItemDefinition, Model
from aljabr.programmes.models import read_model

DMN15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def written(folder: Path, name: str, content: str, version: str = DMN15) -> Path:
    path = folder / f"{name}.dmn"
    path.write_text(f'<definitions xmlns="{version}" namespace="ns:{name}" name="{name}">{content}</definitions>', encoding="utf-8")
    return path


def decision(name: str, logic: str, requires: str = "", type_ref: str = "Any") -> str:
    return f'<decision id="_{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/>{requires}{logic}</decision>'


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def needs(href: str) -> str:
    return f'<informationRequirement><requiredDecision href="{href}"/></informationRequirement>'


def imports(namespace: str, name: str = "") -> str:
    return f'<import namespace="{namespace}" name="{name}" importType="{DMN15}"/>'


FORMS = {
    "table": (
        '<decisionTable hitPolicy="RULE ORDER"><input><inputExpression typeRef="number"><text>1</text></inputExpression></input>'
        '<output name="x" typeRef="string"><outputValues><text>"a"</text></outputValues></output>'
        '<rule id="r"><inputEntry><text>-</text></inputEntry><outputEntry><text>"a"</text></outputEntry></rule></decisionTable>',
        Table,
    ),
    "context": (f'<context><contextEntry><variable name="a b"/>{literal("1")}</contextEntry></context>', Context),
    "invocation": (f'<invocation>{literal("f")}<binding><parameter name="x"/>{literal("1")}</binding></invocation>', Invocation),
    "relation": (f'<relation><column name="c"/><row>{literal("1")}</row></relation>', Relation),
    "for": (f'<for iteratorVariable="i"><in>{literal("[1]")}</in><return>{literal("i")}</return></for>', Iteration),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_logic_becomes_its_record(tmp_path: Path, form: str) -> None:
    text, kind = FORMS[form]
    model = read_model(written(tmp_path, "m", decision("d", text)))
    element = model.named("d")
    assert isinstance(element, Decision) and isinstance(element.logic, kind)
    assert model.names() >= {"d"}


@pytest.mark.parametrize(
    "version",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        DMN15,
    ],
)
def test_versions_1_1_to_1_5_are_read(tmp_path: Path, version: str) -> None:
    assert decide(read_model(written(tmp_path, "m", decision("d", literal("1 + 1")), version)), "d", {}) == 2


def test_item_definitions_keep_their_parts(tmp_path: Path) -> None:
    model = read_model(
        written(
            tmp_path,
            "m",
            '<itemDefinition name="t" isCollection="true"><itemComponent name="p q"><typeRef>feel:string</typeRef>'
            "<allowedValues><text>&quot;a&quot;</text></allowedValues></itemComponent></itemDefinition>",
        )
    )
    part = ItemDefinition(name="p q", type_ref="string", allowed='"a"')
    assert model.types == {"t": ItemDefinition(name="t", collection=True, components=(part,))}
    assert "p q" in model.member_names()


def test_a_named_import_is_read_under_its_name(tmp_path: Path) -> None:
    written(tmp_path, "b", decision("the answer", literal("42")).replace("_the answer", "_b"))
    path = written(tmp_path, "a", imports("ns:b", "other") + decision("d", literal("other.the answer + 1"), needs("ns:b#_b")))
    assert decide(read_model(path), "d", {}) == 43


def test_an_import_without_a_name_merges_and_its_own_names_win(tmp_path: Path) -> None:
    written(tmp_path, "b", decision("x", literal('"b"')) + decision("y", literal("x"), needs("#_x")))
    written(tmp_path, "c", decision("x", literal('"c"')) + decision("z", literal('"z"')))
    path = written(tmp_path, "a", imports("ns:b") + imports("ns:c") + decision("d", literal("[x, z]"), needs("#_x") + needs("#_z")))
    assert decide(read_model(path), "d", {}) == ["b", "z"]
    own = written(tmp_path, "a2", imports("ns:b") + decision("x", literal('"own"')) + decision("d", literal("y"), needs("#_y")))
    assert decide(read_model(own), "d", {}) == "own"


def test_imports_in_a_circle_are_read_once(tmp_path: Path) -> None:
    written(tmp_path, "b", imports("ns:c") + decision("y", literal("1")))
    written(tmp_path, "c", imports("ns:b") + decision("z", literal("2")))
    path = written(tmp_path, "a", imports("ns:a") + imports("ns:b") + decision("d", literal("y + z"), needs("#_y") + needs("#_z")))
    model: Model = read_model(path)
    assert decide(model, "d", {}) == 3


def test_what_is_no_model_or_not_there_is_refused(tmp_path: Path) -> None:
    broken = [
        written(tmp_path, "form", decision("d", "<somethingNew/>")),
        written(tmp_path, "lost", imports("ns:nowhere", "n")),
        written(tmp_path, "old", "", "http://www.omg.org/spec/DMN/20990101/MODEL/"),
    ]
    bomb = tmp_path / "bomb.dmn"
    bomb.write_text(f'<!DOCTYPE definitions [<!ENTITY a "b">]><definitions xmlns="{DMN15}">&a;</definitions>')
    for path in (*broken, bomb):
        with pytest.raises(ProgrammeBroken, match=path.stem):
            read_model(path)
