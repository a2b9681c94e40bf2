"""The export of an aid organisation's Kobo form: English, ``group/question`` headers, ISO dates, names in many romanisations."""

from __future__ import annotations

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import Hand, address_en, iso
from aljabr.samples.people import permuted
from aljabr.samples.sources.layout import Cells, Layout
from aljabr.samples.vocabulary import words

_COLUMNS = {
    "start": "start",
    "end": "end",
    "filed_on": "interview/date",
    "language": "respondent/language",
    "claimant_name": "respondent/full_name",
    "claimant_sex": "respondent/sex",
    "claimant_born": "respondent/birth_date",
    "claimant_id": "respondent/national_id",
    "phone": "respondent/phone",
    "household": "respondent/household_code",
    "claimant_place": "respondent/current_district",
    "resident": "respondent/resident_in_ninewa",
    "victim_name": "victim/full_name",
    "victim_sex": "victim/sex",
    "victim_born": "victim/birth_date",
    "relation": "victim/respondent_is",
    "harm": "harm/type",
    "cause": "harm/cause",
    "incident_on": "harm/date",
    "place": "harm/district",
    "disability": "harm/disability_percent",
    "property_kind": "property/kind",
    "property_ref": "property/address",
    "claimed": "property/claimed_iqd",
    "assessed": "property/committee_assessment_iqd",
    "exhibits": "documents/held",
    "note": "remarks",
    "submission": "_id",
    "reference": "_uuid",
}
_LANGUAGES = {"ar": 0.74, "kmr": 0.14, "ckb": 0.08, "en": 0.04}
_NOTES = ("", "", "", "", "spoke to brother by phone", "wants call back", "referred, legal aid", "no papers, burned")


def _write(filing: Filing, hand: Hand) -> Cells:
    loss, claimant, spelled = filing.loss, filing.claimant, words("ngo_kobo")
    cells: Cells = {
        "start": f"{filing.filed_on.isoformat()}T{8 + filing.row % 9:02d}:{filing.row % 60:02d}:00.000+03:00",
        "end": f"{filing.filed_on.isoformat()}T{9 + filing.row % 9:02d}:{filing.row % 60:02d}:00.000+03:00",
        "reference": _uuid(hand),
        "submission": 41_000_000 + 7 * filing.row,
        "filed_on": filing.filed_on.isoformat(),
        "language": spelled["language"][_language(hand)][0],
        "claimant_name": hand.names.latin(claimant, again=filing.again),
        "claimant_sex": spelled["sex"][claimant.sex][0],
        "claimant_born": iso(*hand.birthday(claimant, again=filing.again)) if not hand.left_out(0.08) else "",
        "claimant_id": hand.id_number(claimant, again=filing.again, missing=0.5),
        "phone": hand.phone(filing.phone) if not hand.left_out(0.1) else "",
        "household": f"HH-{permuted(claimant.household, multiplier=3_141_593, modulus=10**7):07d}"
        if not hand.left_out(0.2)
        else "",
        "claimant_place": hand.word(loss.district.english),
        "resident": spelled["yes_no"]["no" if claimant.household % 9 == 0 else "yes"][0],
        "relation": spelled["relation"][filing.relation][0],
        "harm": spelled["harm"][loss.harm][0],
        "cause": spelled["cause"][loss.cause][0],
        "incident_on": iso(hand.incident_day(filing), loss.precision),
        "place": hand.word(loss.district.english),
        "disability": loss.disability_percent if loss.disability_percent and not hand.left_out(0.3) else "",
        "exhibits": " ".join(spelled["evidence"][paper][0] for paper in loss.papers if hand.chance(0.95)),
        "note": hand.rng.choice(_NOTES),
    }
    _write_victim(cells, filing, hand)
    _write_property(cells, filing, hand)
    return cells


def _write_victim(cells: Cells, filing: Filing, hand: Hand) -> None:
    victim = filing.loss.victim
    if victim is None:
        return
    cells["victim_name"] = hand.names.latin(victim, again=filing.again)
    cells["victim_sex"] = words("ngo_kobo")["sex"][victim.sex][0] if not hand.left_out(0.05) else ""
    born, precision = hand.birthday(victim, again=filing.again)
    cells["victim_born"] = iso(born, "year" if hand.varied(0.3) else precision) if not hand.left_out(0.15) else ""


def _write_property(cells: Cells, filing: Filing, hand: Hand) -> None:
    if filing.head:
        cells["property_kind"] = words("ngo_kobo")["property_kind"][filing.head][0]
        cells["property_ref"] = address_en(filing, hand) if not hand.left_out(0.08) or filing.again else ""
    if filing.loss.worth_iqd is None:
        return
    claimed = hand.claimed_iqd(filing)
    cells["claimed"] = "about 5 million" if hand.doubtful(0.3) else claimed if not hand.left_out(0.2) else ""
    cells["assessed"] = filing.loss.worth_iqd if not hand.left_out(0.4) else ""


def _language(hand: Hand) -> str:
    draw = hand.rng.random()
    for language, share in _LANGUAGES.items():
        if draw < share:
            return language
        draw -= share
    return "ar"


def _uuid(hand: Hand) -> str:
    digits = f"{hand.rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


NGO_KOBO = Layout(source="ngo_kobo", file="ngo_kobo.csv", kind="csv", columns=_COLUMNS, write=_write, encoding="utf-8-sig")
