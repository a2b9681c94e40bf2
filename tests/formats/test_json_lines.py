"""JSON lines: flat or one level nested, exact numbers, and a bad line costs only itself."""

from __future__ import annotations

import pytest

from aljabr.errors import SourceBroken
from aljabr.formats import open_source


def test_one_level_becomes_dotted_names_and_numbers_keep_their_text(written, read):
    line = '{"claim":{"no":"A1","paid":true},"amount":1098.0,"big":123456789012345678901,"kinds":["deed","photo"],"none":null}'
    source, good, bad = read(written(line + '\n\n{"amount":1,"late":"x"}\n', "portal.jsonl"))
    assert source.headers == ("claim.no", "claim.paid", "amount", "big", "kinds", "none", "late")
    assert good == [
        (1, 1, "A1", "true", "1098.0", "123456789012345678901", "deed;photo", "", ""),
        (2, 3, "", "", "1", "", "", "", "x"),
    ]
    assert (source.kind, bad) == ("jsonl", [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "row.not_json"),
        ("[1]", "row.not_json"),
        ('{"a":NaN}', "row.not_json"),
        ('{"":1}', "row.not_json"),
        ("[" * 100_000 + "]" * 100_000, "row.not_json"),
        ('{"a":1,"a":1000000}', "row.twice"),
        ('{"a":{"b":1},"a.b":2}', "row.twice"),
        ('{"a":{"b":{"c":1}}}', "row.nested"),
        ('{"a":[{"b":1}]}', "row.nested"),
        ('{"a":["x;y"]}', "row.nested"),
        ('{"a":"\\ud800"}', "row.undecodable"),
        ('{"a":"' + "x" * 200_000 + '"}', "row.too_long"),
        ('{"a":' + "9" * 5_000_000 + "}", "row.too_long"),
    ],
    ids=lambda value: value[:24],
)
def test_a_bad_line_is_refused_alone(written, read, line, code):
    _, good, bad = read(written(f'{{"a":"1"}}\n{line}\n{{"a":"2"}}\n', "portal.jsonl"))
    assert good == [(1, 1, "1"), (3, 3, "2")]
    assert bad == [(2, 2, code)]


def test_a_file_without_any_object_breaks_the_source(written):
    with pytest.raises(SourceBroken, match="No line"):
        open_source(written("[]\n1\n", "portal.jsonl"))
