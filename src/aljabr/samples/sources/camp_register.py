"""The register of displaced people's camps: a Windows-Arabic file with semicolons, typed off PDF lists.

Few papers are left, of birthdays only the years, and many people give the telephone of the camp's management.
"""

from __future__ import annotations

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import Hand, address_ar, day_month_year, hijri_year
from aljabr.samples.people import Person
from aljabr.samples.sources.layout import Cells, Layout
from aljabr.samples.spelling import lam_alef_damage
from aljabr.samples.vocabulary import words

_COLUMNS = {
    "reference": "رقم التسجيل",
    "filed_on": "تاريخ التسجيل",
    "camp": "المخيم",
    "household": "رقم الخيمة",
    "claimant_name": "اسم مقدم الطلب",
    "claimant_sex": "الجنس",
    "claimant_born": "سنة الميلاد",
    "claimant_id": "رقم الهوية",
    "phone": "الهاتف",
    "victim_name": "اسم الضحية",
    "victim_sex": "جنس الضحية",
    "victim_born": "سنة ميلاد الضحية",
    "relation": "القرابة",
    "harm": "الضرر",
    "cause": "السبب",
    "incident_on": "تاريخ الحادث",
    "place": "قضاء الأصل",
    "property_kind": "نوع الملك",
    "property_ref": "عنوان الملك",
    "assessed": "تقدير اللجنة (دينار)",
    "exhibits": "الأوراق الموجودة",
    "note": "ملاحظات",
}
_CAMPS = ("الجدعة", "حسن شام", "الخازر", "السلامية", "الحاج علي", "حمام العليل", "شاريا", "قاديا", "مام رشان", "باجد كندالا")
_NOTES = ("", "", "", "بدون اوراق", "انتقل الى مخيم اخر", "عاد الى منطقته")
_PAPERS_LEFT = 0.55


def _write(filing: Filing, hand: Hand) -> Cells:
    loss, claimant, spelled = filing.loss, filing.claimant, words("camp_register")
    camp = claimant.household % len(_CAMPS)
    household = f"{chr(65 + camp)}-{claimant.household // len(_CAMPS):05d}"
    cells: Cells = {
        "reference": f"CR{filing.row:06d}",
        "filed_on": day_month_year(filing.filed_on, "day"),
        "camp": _CAMPS[camp],
        "household": household if not hand.left_out(0.05) else "",
        "claimant_name": _name(claimant, hand, again=filing.again),
        "claimant_sex": hand.word(spelled["sex"][claimant.sex]),
        "claimant_born": _birth_year(claimant, hand, again=filing.again) if not hand.left_out(0.1) else "",
        "claimant_id": hand.id_number(claimant, again=filing.again, missing=0.65),
        "phone": _phone(filing, hand, camp),
        "relation": hand.word(spelled["relation"][filing.relation]),
        "harm": hand.word(spelled["harm"][loss.harm]),
        "cause": hand.word(spelled["cause"][loss.cause]),
        "incident_on": day_month_year(
            hand.incident_day(filing), "month" if hand.varied(0.15) and loss.precision == "day" else loss.precision
        ),
        "place": hand.word(loss.district.arabic),
        "exhibits": "، ".join(hand.word(spelled["evidence"][paper]) for paper in loss.papers if hand.chance(_PAPERS_LEFT)),
        "note": hand.rng.choice(_NOTES),
    }
    if loss.victim is not None:
        cells["victim_name"] = _name(loss.victim, hand, again=filing.again)
        cells["victim_sex"] = hand.word(spelled["sex"][loss.victim.sex])
        cells["victim_born"] = _birth_year(loss.victim, hand, again=filing.again) if not hand.left_out(0.3) else ""
    if filing.head:
        cells["property_kind"] = hand.word(spelled["property_kind"][filing.head])
        cells["property_ref"] = address_ar(filing, hand).translate(_WESTERN) if not hand.left_out(0.15) or filing.again else ""
    if loss.worth_iqd is not None:
        cells["assessed"] = f"{loss.worth_iqd:,}" if not hand.left_out(0.65) else ""
    return cells


_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _name(person: Person, hand: Hand, *, again: bool) -> str:
    written = hand.names.arabic(person, again=again)
    return lam_alef_damage(written) if hand.varied(0.4) else written


def _birth_year(person: Person, hand: Hand, *, again: bool) -> str:
    """The year, Gregorian mostly; some papers have the Hijri year, some lists 1 July for a birthday nobody knows."""
    born, _ = hand.birthday(person, again=again)
    draw = hand.rng.random() if hand.level.spelling else 1.0
    if draw < 0.06:
        return f"{hijri_year(born)} هـ"
    return f"1/7/{born.year}" if draw < 0.2 else str(born.year)


def _phone(filing: Filing, hand: Hand, camp: int) -> str:
    """Many people give the number of the camp's management."""
    if not filing.ring and hand.varied(0.18):
        return f"0770{4_100_000 + camp}"
    return hand.phone(filing.phone) if not hand.left_out(0.25) else ""


CAMP_REGISTER = Layout(
    source="camp_register", file="camp_register.csv", kind="csv", columns=_COLUMNS, write=_write, encoding="cp1256", delimiter=";"
)
