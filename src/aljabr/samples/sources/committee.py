"""The register of a branch committee: an Excel sheet in Arabic, four-part names, dates as cells or as text, sums with commas."""

from __future__ import annotations

from datetime import date

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import EASTERN, Hand, address_ar, day_month_year
from aljabr.samples.people import Person, permuted
from aljabr.samples.sources.layout import Cell, Cells, Layout
from aljabr.samples.vocabulary import words

_COLUMNS = {
    "sequence": "ت",
    "reference": "رقم المعاملة",
    "filed_on": "تاريخ التقديم",
    "claimant_name": "اسم المدعي الرباعي",
    "claimant_kind": "صفة المدعي",
    "claimant_sex": "الجنس",
    "claimant_born": "المواليد",
    "claimant_id": "رقم البطاقة الوطنية",
    "phone": "رقم الهاتف",
    "household": "رقم البطاقة التموينية",
    "claimant_place": "قضاء السكن",
    "victim_name": "اسم المتضرر",
    "victim_born": "مواليد المتضرر",
    "relation": "صلة القرابة",
    "harm": "نوع الضرر",
    "cause": "سبب الضرر",
    "incident_on": "تاريخ الحادث",
    "place": "قضاء الحادث",
    "property_kind": "نوع المال المتضرر",
    "property_ref": "رقم العقار / العنوان",
    "disability": "نسبة العجز %",
    "claimed": "المبلغ المطالب به (دينار)",
    "assessed": "مبلغ الضرر المقدر (دينار)",
    "exhibits": "المستمسكات",
    "resident": "مقيم في المحافظة",
    "exclusion": "قرار استبعاد فردي",
    "note": "ملاحظات",
}
_NOTES = ("", "", "", "", "تراجع اللجنة", "معاملة مكررة؟", "نسخة مصورة", "اعتراض", "بحاجة الى كشف موقعي")


def _write(filing: Filing, hand: Hand) -> Cells:
    loss, claimant, spelled = filing.loss, filing.claimant, words("committee")
    natural = not claimant.company
    cells: Cells = {
        "reference": f"ن/{filing.filed_on.year}/{filing.row:06d}",
        "sequence": filing.row,
        "filed_on": _day(filing.filed_on, "day", hand),
        "claimant_name": hand.names.arabic(claimant, again=filing.again, full=True),
        "claimant_kind": hand.word(spelled["claimant_kind"]["natural" if natural else "legal"]),
        "claimant_sex": hand.word(spelled["sex"][claimant.sex]) if natural else "",
        "claimant_born": _birth(claimant, hand, again=filing.again) if natural and not hand.left_out(0.05) else "",
        "claimant_id": _id_cell(hand.id_number(claimant, again=filing.again, missing=0.3), hand),
        "phone": hand.phone(filing.phone) if not hand.left_out(0.08) else "",
        "household": str(10_000_000 + permuted(claimant.household, multiplier=7_368_787, modulus=10**7))
        if natural and not hand.left_out(0.5)
        else "",
        "claimant_place": hand.word(loss.district.arabic),
        "relation": hand.word(spelled["relation"][filing.relation]) if natural else "",
        "harm": hand.word(spelled["harm"][loss.harm]),
        "cause": hand.word(spelled["cause"][loss.cause]) if not hand.left_out(0.03) else "",
        "incident_on": _day(hand.incident_day(filing), loss.precision, hand),
        "place": hand.word(loss.district.arabic),
        "disability": loss.disability_percent if loss.disability_percent and not hand.left_out(0.1) else "",
        "exhibits": "، ".join(hand.word(spelled["evidence"][paper]) for paper in loss.papers),
        "resident": hand.word(spelled["yes_no"]["no" if claimant.household % 9 == 0 else "yes"]) if not hand.left_out(0.02) else "",
        "exclusion": spelled["yes_no"]["yes"][0] if claimant.number % 163 == 0 else hand.word(spelled["yes_no"]["no"]),
        "note": hand.rng.choice(_NOTES),
    }
    _write_victim(cells, filing, hand)
    _write_property(cells, filing, hand)
    return cells


def _write_victim(cells: Cells, filing: Filing, hand: Hand) -> None:
    victim = filing.loss.victim
    if victim is None:
        return
    cells["victim_name"] = hand.names.arabic(victim, again=filing.again, full=True)
    cells["victim_born"] = _birth(victim, hand, again=filing.again) if not hand.left_out(0.25) else ""


def _write_property(cells: Cells, filing: Filing, hand: Hand) -> None:
    worth = filing.loss.worth_iqd
    if filing.head:
        cells["property_kind"] = hand.word(words("committee")["property_kind"][filing.head])
        cells["property_ref"] = address_ar(filing, hand) if not hand.left_out(0.06) or filing.again else ""
    if worth is None:
        return
    cells["claimed"] = hand.grouped(hand.claimed_iqd(filing)) if not hand.left_out(0.3) else ""
    if not hand.left_out(0.07):
        cells["assessed"] = worth if hand.varied(0.4) else hand.grouped(worth)


def _birth(person: Person, hand: Hand, *, again: bool) -> Cell:
    return _day(*hand.birthday(person, again=again), hand)


def _day(day: date, precision: str, hand: Hand) -> Cell:
    if precision != "day":
        return day_month_year(day, precision)
    if not hand.varied(0.4):
        return day
    written = day_month_year(day, "day", mark=hand.rng.choice("//-"))
    return written.translate(EASTERN) if hand.chance(0.3) else written


def _id_cell(number: str, hand: Hand) -> Cell:
    """Identity numbers end up as numbers when nobody told Excel that they are text."""
    if number and hand.varied(0.3):
        return int(number)
    return number.translate(EASTERN) if hand.varied(0.05) else number


COMMITTEE_REGISTER = Layout(source="committee", file="committee.xlsx", kind="xlsx", columns=_COLUMNS, write=_write)
