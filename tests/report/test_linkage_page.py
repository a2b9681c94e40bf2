"""The report on a linkage: figures counted by hand, one self-contained page."""

from __future__ import annotations

import json
import re

import pytest

from aljabr.linkage.scorers import scorer_named
from aljabr.report.linkage_charts import draw_graph, hills, weight_bars
from aljabr.report.linkage_figures import collect_linkage
from aljabr.report.linkage_page import render_linkage
from aljabr.report.linkage_wording import LANGUAGES, level_text, linkage_words
from aljabr.report.waterfall import Evidence, waterfall


def fields(name):
    return json.dumps([{"column": "name", "meaning": "full_name", "value": name}], ensure_ascii=False)


RECORDS = [
    ("rec_a", "per_a", "a.csv", 1, fields("محمد علي <b>")),
    ("rec_b", "per_a", "b.csv", 1, fields("Mohammed Ali")),
    ("rec_c", "per_a", "b.csv", 2, fields("Mohamed Aly")),
    ("rec_d", "per_d", "a.csv", 2, fields("زينب سالم")),
]
PAIRS = [
    ("rec_a", "rec_b", 8.0, 0.996, "[]"),
    ("rec_b", "rec_c", 5.0, 0.97, "[]"),
    ("rec_a", "rec_c", 2.0, 0.8, "[]"),
    ("rec_a", "rec_d", -3.5, 0.08, "[]"),
]


@pytest.fixture
def figures(db):
    columns = {"record_id": "TEXT", "person_id": "TEXT", "source": "TEXT", "row": "BIGINT", "fields": "TEXT"}
    db.load_rows("review_records", columns, RECORDS)
    kinds = {"left_id": "TEXT", "right_id": "TEXT", "match_weight": "DOUBLE", "probability": "DOUBLE", "explanation": "TEXT"}
    db.load_rows("review_pairs", kinds, PAIRS)
    levels = (("sex", (("same sex", 1.3), ("other sex", -8.5))),)
    verdicts = {("rec_a", "rec_c"): "positive"}
    return collect_linkage(db, title="person_v2", link_weight=3.0, comparisons=levels, verdicts=verdicts)


def test_the_figures_are_those_counted_by_hand(figures):
    assert (figures.records, figures.pairs, figures.linked, figures.persons, figures.doubtful_pairs) == (4, 4, 2, 2, 2)
    assert figures.histogram == ((-4, 1), (2, 1), (5, 1), (8, 1))
    assert figures.sources == (("a.csv", "b.csv", 1), ("b.csv", "b.csv", 1))
    assert figures.judged == (("positive", 1),)


def test_another_threshold_is_judged_by_the_scorers_own_probabilities(figures):
    used = next(point for point in figures.curve if point.used)
    # linked: 0.996 + 0.97 right, 0.004 + 0.03 wrong; not linked: 0.8 + 0.08 missed
    assert (used.pairs, used.right_micro, used.wrong_micro, used.missed_micro) == (2, 1_966_000, 34_000, 880_000)


def test_the_most_doubtful_pair_comes_first_with_what_was_said(figures):
    assert [(pair.left_at, pair.right_at, pair.verdict) for pair in figures.doubtful[:2]] == [
        ("a.csv:1", "b.csv:2", "positive"),
        ("b.csv:1", "b.csv:2", ""),
    ]


def test_a_cluster_is_a_graph_of_its_compared_pairs(figures):
    (cluster,) = figures.clusters
    assert (cluster.size, cluster.edges) == (3, ((0, 1, True), (0, 2, False), (1, 2, True)))


def test_the_page_is_private_self_contained_and_the_same_every_time(figures):
    page = render_linkage(figures)
    assert page == render_linkage(figures)
    assert "<script" not in page and "http://" not in page and "https://" not in page and "url(" not in page
    assert "محمد علي &lt;b&gt;" in page
    assert "do not publish" in page and "ولا تنشره" in page
    shown = re.findall(r'<div class="page(?: first)?" id="page-(\w+)" lang="\w+" dir="(\w+)">', page)
    assert shown == [("ar", "rtl"), ("en", "ltr")]


def test_an_empty_linkage_is_a_page_too(db):
    columns = {"record_id": "TEXT", "person_id": "TEXT", "source": "TEXT", "row": "BIGINT", "fields": "TEXT"}
    db.load_rows("review_records", columns, [])
    kinds = {"left_id": "TEXT", "right_id": "TEXT", "match_weight": "DOUBLE", "probability": "DOUBLE", "explanation": "TEXT"}
    db.load_rows("review_pairs", kinds, [])
    figures = collect_linkage(db, title="learnt", link_weight=3.2, comparisons=(), verdicts={})
    assert "learnt from these records" in render_linkage(figures)


def test_weights_lean_to_the_reading_side():
    levels = [("same", 4.0), ("other", -2.0)]
    assert [(bar.x, bar.width) for bar in weight_bars(levels, scale=4.0, rtl=False)] == [("50", "50"), ("25", "25")]
    assert [(bar.x, bar.width) for bar in weight_bars(levels, scale=4.0, rtl=True)] == [("0", "50"), ("50", "25")]


def test_a_bar_is_linked_when_some_of_its_pairs_are():
    assert [hill.kind for hill in hills([(1, 5), (2, 5), (3, 5)], link_weight=3.0)] == ["below", "below", "linked"]


def test_a_chain_is_drawn_along_its_links():
    graph = draw_graph(4, [(0, 2, True), (2, 1, True), (1, 3, True)])
    steps = [abs(x1 - x2) + abs(y1 - y2) for x1, y1, x2, y2, _ in graph.lines]
    assert len(set(graph.dots)) == 4
    assert max(steps) - min(steps) <= 2, "every link joins neighbours on the circle"


def test_a_waterfall_ends_where_the_score_is_and_mirrors():
    evidence = [
        Evidence(comparison="sex", level="same sex", weight=1.3),
        Evidence(comparison="birth", level="same day", weight=14.5),
    ]
    drawn = [waterfall(evidence, match_weight=3.8, link_weight=3.0, rtl=rtl, first="prior", last="all") for rtl in (False, True)]
    assert [step.weight for step in drawn[0].steps] == ["−12.0", "+1.3", "+14.5", "+3.8"]
    for left, right in zip(drawn[0].steps, drawn[1].steps, strict=True):
        assert float(left.x) + float(left.width) + float(right.x) == pytest.approx(100, abs=0.05)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@pytest.mark.parametrize("scorer", ["person_v1", "person_v2"])
def test_every_level_of_a_shipped_scorer_is_said_in_every_language(scorer, language):
    labels = {level.label for c in scorer_named(scorer).comparisons for level in c.levels} | set(scorer_named(scorer).company)
    assert [label for label in sorted(labels) if level_text(label, language) == label] == []


def test_every_text_of_the_review_is_said_in_all_its_languages():
    tables = ("meanings", "levels", "name_parts", "codes")
    words = {key: text for key, text in linkage_words().items() if key not in tables}
    review = dict(list(words.items())[: list(words).index("report_title")])
    assert [key for key, text in review.items() if set(text) != set(LANGUAGES)] == []
    assert [key for key, text in words.items() if not {"ar", "en"} <= set(text)] == []
    assert [key for key, text in linkage_words()["meanings"].items() if set(text) != set(LANGUAGES)] == []
