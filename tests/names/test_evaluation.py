"""The evaluation on published variants, and on a folder so small that its figures can be checked by hand."""

from __future__ import annotations

import json

import pytest

from aljabr.errors import SourceBroken
from aljabr.names import evaluate

SPANS = "span_a,span_b,edit,pairs_seen\nأحمد,احمد,replace,5\nصلاح,صالح,replace,4\nعلي,حسن,replace,1\n,علي,insert,7\n"
ROMANISED = "token_ar,romanised,system,seen\nمحمد,Mohammed,x,3\nحسن,Omar,x,1\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "token_spelling_variants.csv").write_text(SPANS, encoding="utf-8")
    (tmp_path / "token_romanisations.csv").write_text(ROMANISED, encoding="utf-8")
    return tmp_path


def test_the_shares_are_weighted_by_how_often_a_pair_was_seen(folder):
    result = evaluate(folder)
    # Of 5 + 4 + 1 pairs, folding joins the 5, the key the 5 and the 4; of 3 + 1 romanisations the key joins the 3.
    assert (result.span_pairs_seen, result.spans_left_out) == (10, 1)
    assert (result.folding_meets, result.folding_without_alef_meets, result.key_meets) == (0.5, 0.9, 0.9)
    assert (result.romanisations_meet, result.distinct_romanisations_meet) == (0.75, 0.5)
    assert not result.bars_met


def test_the_reduction_ratio_counts_pairs_of_distinct_tokens(folder):
    (folder / "token_counts.csv").write_text("token,count\nمحمد,1\nمحمود,1\nعلي,1\nحسن,1\nعلي,9\n", encoding="utf-8")
    result = evaluate(folder)
    # Four distinct tokens make six pairs, of which one (محمد, محمود) shares its key: 1 - 1/6.
    assert (result.tokens, result.reduction_ratio) == (4, 0.833333)


def test_the_result_is_plain_json_and_readable_lines(folder):
    result = evaluate(folder)
    plain = json.loads(json.dumps(result.to_dict()))
    assert plain["key_meets"] == plain["ways"]["meeting keys"]["spans"] == 0.9
    assert any(line.startswith("RapidFuzz, same cost") for line in result.lines())
    assert result.lines()[-1] == "A bar is missed."


@pytest.mark.parametrize("text", ["span_a,span_b\nx,y\n", "span_a,span_b,pairs_seen\nعلي,على,many\n"])
def test_a_file_of_another_shape_is_refused(folder, text):
    (folder / "token_spelling_variants.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceBroken, match="token_spelling_variants"):
        evaluate(folder)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SourceBroken, match="cannot be read"):
        evaluate(tmp_path)


def test_one_kind_of_file_is_measured_alone(folder):
    (folder / "token_romanisations.csv").unlink()
    result = evaluate(folder)
    assert (result.romanisations, result.key_meets) == (0, 0.9)
    assert result.ways["meeting keys"].reduction_ratio_across is None


def test_names_of_the_whole_world_are_measured_beside(folder):
    (folder / "ar2en-eval.txt").write_text("ميلان\tmilan\nحسن\tomar\n", encoding="utf-8")
    result = evaluate(folder)
    assert (result.foreign_names, result.ways["meeting keys"].foreign) == (2, 0.5)


def test_published_variants_meet_in_the_keys_at_a_published_cost(test_data):
    test_data("iraq-name-tokens")
    test_data("arabic-names-translit-google")
    result = evaluate(test_data("arabic-name-variants"))
    # Published for these spans: plain folding joins 47 %.
    assert round(result.folding_meets, 2) == 0.47
    assert result.folding_without_alef_meets >= 0.98
    assert result.key_meets >= 0.997
    assert result.romanisations_meet >= 0.997
    assert result.distinct_romanisations_meet >= 0.99
    assert result.reduction_ratio >= 0.9989
    assert result.false_meets <= 0.0065
    assert result.variants_near >= 0.99
    assert result.bars_met
    ours, published, fuzzy = (result.ways[name] for name in ("meeting keys", "published key", "RapidFuzz, same cost"))
    assert published.spans >= 0.994 and published.romanisations >= 0.99
    assert ours.foreign is not None and ours.foreign > 0.9 > (published.foreign or 0)
    assert ours.spans > fuzzy.spans and ours.romanisations > fuzzy.romanisations
