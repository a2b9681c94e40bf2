"""The page stands alone, speaks two languages, and every number leads to its file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from lxml import html

from aljabr.programmes.records import Programme
from aljabr.relations import RELATIONS, Database
from aljabr.report import ReportFigures, collect_figures, render_report
from aljabr.report.figures import AgreementFigure, RuleFigure, SourceFigure, TableFigure, WorkbookFigure


@pytest.fixture
def figures(run: Database, programme: Programme, as_of: date) -> ReportFigures:
    return collect_figures(run, programme, as_of=as_of, fund="year", alarms=("Rule r3 of Evidence fits 99% of items.",))


@pytest.fixture
def page(figures: ReportFigures) -> html.HtmlElement:
    return html.fromstring(render_report(figures))


def test_the_page_loads_nothing_from_outside_and_runs_no_script(figures: ReportFigures) -> None:
    text = render_report(figures)
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<script|<link|<img|\son\w+=", text)
    assert "default-src 'none'" in text


def test_both_languages_are_in_the_page_and_the_programmes_first_is_shown(page: html.HtmlElement) -> None:
    mains = page.findall(".//main")
    assert [(main.get("lang"), main.get("dir")) for main in mains] == [("ar", "rtl"), ("en", "ltr")]
    assert page.xpath("//div[contains(@class, 'first')]/@id") == ["page-ar"]
    assert page.xpath("//nav/a/@href") == ["#ar", "#en"] * 2
    assert page.xpath("//nav/a[@aria-current]/@lang") == ["ar", "en"]


def test_the_places_of_the_languages_stand_before_the_pages(page: html.HtmlElement) -> None:
    """So that the style sheet shows the page that the address asks for: report.html#en opens in English, without a script."""
    body = page.find("body")
    assert [child.get("id") for child in body] == ["ar", "en", "page-ar", "page-en"]


def test_a_programme_in_english_opens_in_english(figures: ReportFigures) -> None:
    page = html.fromstring(render_report(replace(figures, languages=("en",))))
    assert page.get("lang") == "en" and page.xpath("//div[contains(@class, 'first')]/@id") == ["page-en"]


def test_every_link_goes_to_a_relation_a_public_file_or_a_place_in_the_page(page: html.HtmlElement) -> None:
    ids = set(page.xpath("//@id"))
    files_ = {f"private/relations/{name}.parquet" for name in RELATIONS} | {"public/aggregates/"}
    links = page.xpath("//a/@href")
    assert len(links) > 100
    assert all(link in files_ or link.lstrip("#") in ids for link in links)


def test_every_count_in_a_table_is_a_link(page: html.HtmlElement) -> None:
    plain = [cell for cell in page.xpath("//table//td[contains(@class,'n')]") if cell.find(".//a") is None]
    # Shares, losses (the difference of two linked counts) and amounts of the law are not counts of rows.
    headings = {
        re.sub(r"^(ar|en)-", "", cell.xpath("ancestor::section")[0].get("aria-labelledby")) for cell in plain if cell.text_content()
    }
    assert headings <= {"funnel", "signoff"}


def test_ids_are_unique_and_headings_in_order(page: html.HtmlElement) -> None:
    assert max(Counter(page.xpath("//@id")).values()) == 1
    for main in page.findall(".//main"):
        levels = [int(element.tag[1]) for element in main.iter("h1", "h2", "h3")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_has_a_title_and_a_description(page: html.HtmlElement) -> None:
    charts = page.xpath("//svg[@role='img']")
    assert len(charts) == 8  # four for each language
    for chart in charts:
        named = chart.get("aria-labelledby").split()
        assert [element.tag for element in chart if element.get("id") in named] == ["title", "desc"]
        assert all(element.text.strip() for element in chart if element.get("id") in named)
    assert all(svg.get("aria-hidden") == "true" for svg in page.xpath("//svg[not(@role)]"))


def test_every_heading_has_one_line_of_explanation(page: html.HtmlElement) -> None:
    for heading in page.iter("h2"):
        assert heading.getnext().get("class") == "lead" and len(heading.getnext().text_content()) > 30


def test_the_arabic_half_speaks_arabic_throughout(page: html.HtmlElement) -> None:
    main = page.find(".//main[@lang='ar']")
    words = [
        element.text_content() for element in main.iter("h1", "h2", "h3", "th", "dt", "caption") if not element.findall(".//bdi")
    ]
    assert [word for word in words if re.search("[A-Za-z]", word)] == []


def test_text_from_outside_is_escaped(figures: ReportFigures) -> None:
    source = SourceFigure(source="<img src=x onerror=y>.csv", rows=1, accepted=1, quarantined=0)
    text = render_report(replace(figures, sources=(source,), alarms=("<b>x</b>",)))
    assert "<img" not in text and "&lt;img src=x onerror=y&gt;.csv" in text and "<b>" not in text


def test_parts_that_do_not_apply_are_left_out(figures: ReportFigures) -> None:
    short = replace(figures, stages=("intake", "assess", "report"), funnel=figures.funnel[:4], instalments=(), alarms=())
    page = html.fromstring(render_report(short))
    sections = [name.removeprefix("en-") for name in page.xpath("//main[@lang='en']/section/@aria-labelledby")]
    assert sections == ["funnel", "outcomes", "why", "money", "issues", "signoff", "files"]


def test_why_names_what_is_missing_and_the_grounds(page: html.HtmlElement) -> None:
    missing, grounds = page.xpath("//section[@aria-labelledby='en-why']//table/tbody")
    assert [[cell.text_content() for cell in row] for row in missing] == [
        ["a death certificate", "14"],
        ["the mukhtar's statement", "14"],
    ]
    assert [[cell.text_content() for cell in row] for row in grounds] == [
        ["Filed after the time limit", "Denied", "9"],
        ["It may be the same loss as an earlier claim", "Held for review", "6"],
    ]
    assert {link.get("href") for link in missing.iter("a")} == {"private/relations/determinations.parquet"}


def test_the_programmes_own_words_for_outcomes_come_first(figures: ReportFigures) -> None:
    labels = {**figures.labels, "held": {"en": "kept back"}}
    page = html.fromstring(render_report(replace(figures, labels=labels)))
    heads = page.xpath("//section[@aria-labelledby='en-outcomes']//thead//th/text()")
    assert heads == ["Harm", "Granted", "Denied", "Incomplete", "Kept back", "Items"]


def test_every_table_scrolls_in_a_box_of_its_own(page: html.HtmlElement) -> None:
    assert {table.getparent().get("class") for table in page.iter("table")} == {"scroll"}


def test_agreement_counts_only_what_can_be_compared(figures: ReportFigures) -> None:
    rows = (
        AgreementFigure(published="Paid", outcome="granted", items=90, agrees=True),
        AgreementFigure(published="Paid", outcome="denied", items=10, agrees=False),
        AgreementFigure(published="", outcome="held", items=50, agrees=None),
    )
    page = html.fromstring(render_report(replace(figures, agreement=rows)))
    assert "90.0%" in page.xpath("string(//section[@aria-labelledby='en-agreement']/p/strong)")


def test_the_report_of_an_empty_run_still_renders(db: Database, programme: Programme, as_of: date) -> None:
    page = html.fromstring(render_report(collect_figures(db, programme, as_of=as_of)))
    assert len(page.findall(".//main")) == 2


def test_the_same_figures_give_the_same_bytes(figures: ReportFigures) -> None:
    assert render_report(figures) == render_report(figures)


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_contrast_meets_wcag_aa(mode: int) -> None:
    style = files("aljabr.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    set_ = colours(re.findall(r":root \{(.*?)\}", style, re.S)[mode])
    for text in ("ink", "quiet", "link"):  # WCAG 2.2, 1.4.3: text 4.5 to 1
        assert min(contrast(set_[text], set_["paper"]), contrast(set_[text], set_["sheet"])) >= 4.5
    assert contrast(set_["warn-ink"], set_["warn-paper"]) >= 4.5
    for mark in ("go", "granted", "denied", "incomplete", "held", "awarded", "gap"):  # 1.4.11: graphics 3 to 1
        assert contrast(set_[mark], set_["paper"]) >= 3


def test_what_rules_looked_at_is_told_in_the_pages_language(figures: ReportFigures) -> None:
    told = replace(
        figures,
        alarms=(
            RuleFigure(table="Evidence", rule="r3", hits=0, items=1500),
            RuleFigure(table="Evidence", rule="r4", hits=1499, items=1500),
        ),
    )
    page = html.fromstring(render_report(told))
    arabic, english = (page.xpath(f"//section[@aria-labelledby='{k}-alarms']//li") for k in ("ar", "en"))
    assert [item.text_content() for item in english] == [
        "Evidence: a rule matched none of 1,500 items (r3)",
        "Evidence: a rule matched 1,499 of 1,500 items (r4)",
    ]
    assert all("قاعدة" in item.text_content() for item in arabic)


def test_remarks_beside_the_law_are_in_the_pages_language_or_marked(figures: ReportFigures) -> None:
    both = TableFigure(table="A", signed=False, by="", on=None, why={"en": "Not seen.", "ar": "لم يُطَّلع عليه."})
    one = TableFigure(table="B", signed=False, by="", on=None, why={"en": "Only English."})
    page = html.fromstring(render_report(replace(figures, tables=(both, one))))
    said = page.xpath("(//section[@aria-labelledby='ar-signoff']//table)[1]//td[2]/bdi")
    assert [(remark.get("lang"), remark.text) for remark in said] == [("ar", "لم يُطَّلع عليه."), ("en", "Only English.")]


def test_workbooks_are_linked_only_where_there_are_any(figures: ReportFigures, page: html.HtmlElement) -> None:
    assert page.xpath("//section[contains(@aria-labelledby, 'office')]") == []
    lists = (WorkbookFigure(path="private/determinations/sub ~1.xlsx", title={"ar": "اللجنة", "en": "Sub"}, rows=1200),)
    mend = (WorkbookFigure(path="private/mend/list.csv.xlsx", title={}),)
    shown = html.fromstring(render_report(replace(figures, lists=lists, mend=mend)))
    for k in ("ar", "en"):
        links = shown.xpath(f"//section[@aria-labelledby='{k}-office']//a/@href")
        assert links == ["private/determinations/sub%20~1.xlsx", "private/mend/list.csv.xlsx"]
    assert "1,200" in shown.xpath("//section[@aria-labelledby='en-office']")[0].text_content()
    left = html.fromstring(render_report(replace(figures, lists_left_out=60_000)))
    assert "60,000 are more than 50,000" in left.xpath("//section[@aria-labelledby='en-office']")[0].text_content()
