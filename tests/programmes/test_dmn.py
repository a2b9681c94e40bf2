"""DMN files: what is read from them, and what is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.dmn import read_tables

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
TABLE = """
<decisionTable hitPolicy="COLLECT" aggregation="SUM" outputLabel="points">
  <input label="Harm"><inputExpression typeRef="string"><text>harm</text></inputExpression></input>
  <output name="points" typeRef="number"><outputValues><text>1, 2</text></outputValues>
    <defaultOutputEntry><text>0</text></defaultOutputEntry></output>
  <annotation name="article"/><annotation name="note"/>
  <rule id="r1"><inputEntry><text>"death"</text></inputEntry><outputEntry><text>1</text></outputEntry>
    <annotationEntry><text>art. 9</text></annotationEntry><annotationEntry><text/></annotationEntry></rule>
  <rule><inputEntry><text> - </text></inputEntry><outputEntry><text><![CDATA[2]]></text></outputEntry></rule>
</decisionTable>"""


def model(tmp_path: Path, content: str, *, namespace: str = MODEL, head: str = "", name: str = "points.dmn") -> Path:
    path = tmp_path / name
    path.write_text(
        f'<?xml version="1.0"?>{head}<definitions xmlns="{namespace}" name="m" namespace="urn:m">{content}</definitions>', "utf-8"
    )
    return path


def decision(inside: str, *, name: str = "Points", key: str = "d1") -> str:
    return f'<decision id="{key}" name="{name}"><variable name="{name}"/>{inside}</decision>'


def test_a_table_is_read_with_policy_defaults_values_and_annotations(tmp_path: Path) -> None:
    (table,) = read_tables(model(tmp_path, decision(TABLE)))
    assert (table.file, table.id, table.name, table.label) == ("points.dmn", "d1", "Points", "points")
    assert (table.hit_policy, table.aggregation, table.inputs[0].expression, table.inputs[0].type) == (
        "COLLECT",
        "SUM",
        "harm",
        "string",
    )
    assert table.outputs[0].model_dump() == {"name": "points", "type": "number", "values": ("1", "2"), "default": "0"}
    assert table.rules[0].model_dump() == {
        "id": "r1",
        "inputs": ('"death"',),
        "outputs": ("1",),
        "annotations": {"article": "art. 9"},
    }
    assert (table.rules[1].id, table.rules[1].inputs, table.rules[1].outputs) == ("rule_2", ("-",), ("2",))


@pytest.mark.parametrize("year", ["20151101/dmn.xsd", "20180521/MODEL/", "20191111/MODEL/", "20211108/MODEL/", "20230324/MODEL/"])
def test_dmn_1_1_to_1_5_are_read(tmp_path: Path, year: str) -> None:
    scheme = "http" if year.startswith(("2015", "2018")) else "https"
    assert len(read_tables(model(tmp_path, decision(TABLE), namespace=f"{scheme}://www.omg.org/spec/DMN/{year}"))) == 1


def test_requirements_are_decisions_names_and_input_data_are_none(tmp_path: Path) -> None:
    needs = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
    needs += '<informationRequirement><requiredDecision href="#d1"/></informationRequirement>'
    inside = decision(TABLE) + decision(needs + TABLE, name="Total", key="d2") + '<inputData id="i" name="harm"/>'
    assert [table.requires for table in read_tables(model(tmp_path, inside))] == [(), ("Points",)]


def test_a_decision_of_an_imported_file_beside_it_can_be_required(tmp_path: Path) -> None:
    model(tmp_path, decision(TABLE))
    inside = '<import name="" namespace="urn:m" locationURI="points.dmn" importType="x"/>'
    inside += decision(
        '<informationRequirement><requiredDecision href="urn:m#d1"/></informationRequirement>' + TABLE, name="Total", key="d2"
    )
    assert read_tables(model(tmp_path, inside, name="total.dmn"))[0].requires == ("Points",)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (
            decision("<literalExpression><text>1</text></literalExpression>"),
            "points.dmn: the decision Points is a literalExpression. Write a",
        ),
        (decision("<context/>"), "one output per entry"),
        (decision(""), "Points has no decision table"),
        (decision(TABLE) + '<businessKnowledgeModel name="PMT"/>', "businessKnowledgeModel PMT is not understood"),
        (decision(TABLE.replace("COLLECT", "BEST")), "Points: there is no hit policy BEST"),
        (
            decision('<informationRequirement><requiredDecision href="#x"/></informationRequirement>' + TABLE),
            "requires the decision #x",
        ),
        (decision("<knowledgeRequirement/>" + TABLE), "requires a knowledge model"),
        (decision(TABLE.replace("<text>harm</text>", "<text/>")), "has no expression"),
        (decision(TABLE.replace('<annotation name="article"/><annotation name="note"/>', "")), "more annotations than columns"),
        ('<import name="lib" locationURI="lib.dmn"/>', "the import lib is not understood"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_write(tmp_path: Path, inside: str, what: str) -> None:
    with pytest.raises(ProgrammeBroken) as refused:
        read_tables(model(tmp_path, inside))
    assert what in str(refused.value)


def test_entities_and_document_types_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ProgrammeBroken, match="document type declaration"):
        read_tables(model(tmp_path, decision(TABLE.replace('"death"', "&file;")), head=bomb))


def test_what_is_no_dmn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeBroken, match="is no DMN"):
        read_tables(model(tmp_path, "", namespace="urn:other"))
    with pytest.raises(ProgrammeBroken, match="no XML that can be read"):
        read_tables(tmp_path / "missing.dmn")


def test_every_table_of_the_compatibility_kit_s_level_2_is_read(test_data: Callable[[str], Path]) -> None:
    folder = test_data("dmn-tck") / "TestCases" / "compliance-level-2"
    models = [path for path in sorted(folder.glob("*/*.dmn")) if b"decisionTable" in path.read_bytes()]
    assert sorted({table.hit_policy for path in models for table in read_tables(path)}) == [
        *("ANY", "COLLECT", "FIRST", "OUTPUT ORDER", "PRIORITY", "RULE ORDER", "UNIQUE")
    ]
