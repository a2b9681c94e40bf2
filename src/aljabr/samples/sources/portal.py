"""The claimants' portal: JSON lines in the claimant's own language and script, with an account for some."""

from __future__ import annotations

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import Hand, address_ar, address_en, iso
from aljabr.samples.people import Person
from aljabr.samples.sources.layout import Cells, Layout
from aljabr.samples.vocabulary import District, words

_COLUMNS = {
    "reference": "claim_no",
    "filed_on": "submitted_on",
    "language": "language",
    "claimant_name": "full_name",
    "claimant_sex": "sex",
    "claimant_born": "birth_date",
    "claimant_id": "national_id",
    "phone": "mobile",
    "claimant_place": "district_of_residence",
    "resident": "resident_in_ninewa",
    "account": "iban",
    "victim_name": "victim_name",
    "victim_sex": "victim_sex",
    "victim_born": "victim_birth_date",
    "relation": "relation",
    "harm": "harm",
    "cause": "cause",
    "incident_on": "incident_date",
    "place": "incident_district",
    "disability": "disability_percent",
    "property_kind": "property_kind",
    "property_ref": "property_address",
    "claimed": "amount_claimed",
    "assessed": "amount_assessed",
    "exhibits": "documents",
    "note": "client",
}
LANGUAGES = ("ar", "ckb", "kmr", "en")
_SHARES = {"ar": 0.68, "ckb": 0.1, "kmr": 0.18, "en": 0.04}
# Bank codes nobody has: the registry of the central bank knows no code beginning with X or Z.
_BANKS = ("ZAIQ", "XNWB", "ZRFD", "XMSL", "ZDJL")


def _write(filing: Filing, hand: Hand) -> Cells:
    loss, claimant, spelled = filing.loss, filing.claimant, words("portal")
    language = _language(hand)
    cells: Cells = {
        "reference": f"P{filing.filed_on.year}-{filing.row:07d}",
        "filed_on": filing.filed_on.isoformat(),
        "language": language,
        "claimant_name": _name(claimant, language, hand, again=filing.again),
        "claimant_sex": spelled["sex"][claimant.sex][0],
        "claimant_born": iso(*hand.birthday(claimant, again=filing.again)) if not hand.left_out(0.02) else None,
        "claimant_id": hand.id_number(claimant, again=filing.again, missing=0.25) or None,
        "phone": hand.phone(filing.phone),
        "claimant_place": _place(loss.district, language, hand),
        "resident": claimant.household % 9 != 0,
        "account": iban(claimant) if hand.chance(0.45) else None,
        "relation": spelled["relation"][filing.relation][LANGUAGES.index(language)],
        "harm": spelled["harm"][loss.harm][0],
        "cause": spelled["cause"][loss.cause][0],
        "incident_on": iso(hand.incident_day(filing), loss.precision),
        "place": _place(loss.district, language, hand),
        "exhibits": [spelled["evidence"][paper][0] for paper in loss.papers if hand.chance(0.9)],
        "note": hand.rng.choice(("android", "android", "ios", "web")),
    }
    if loss.disability_percent and not hand.left_out(0.3):
        cells["disability"] = loss.disability_percent
    if loss.victim is not None:
        cells["victim_name"] = _name(loss.victim, language, hand, again=filing.again)
        cells["victim_sex"] = spelled["sex"][loss.victim.sex][0]
        cells["victim_born"] = iso(*hand.birthday(loss.victim, again=filing.again)) if not hand.left_out(0.15) else None
    if filing.head:
        cells["property_kind"] = spelled["property_kind"][filing.head][0]
        cells["property_ref"] = _address(filing, language, hand) if not hand.left_out(0.08) or filing.again else None
    if loss.worth_iqd is not None:
        cells["claimed"] = "حوالي خمسة ملايين" if hand.doubtful(0.3) else hand.claimed_iqd(filing)
        cells["assessed"] = loss.worth_iqd if not hand.left_out(0.45) else None
    return cells


def iban(person: Person) -> str:
    """Return an account number with correct check digits at a bank that does not exist.

    References
    ----------
    ISO 13616 and the registry's format for Iraq: IQ, two check digits, four letters of the bank, three digits of the branch,
    twelve of the account.
    """
    bank, account = _BANKS[person.number % len(_BANKS)], f"{person.number % 900 + 1:03d}{person.number:012d}"
    digits = "".join(str(int(letter, 36)) for letter in f"{bank}{account}IQ00")
    return f"IQ{98 - int(digits) % 97:02d}{bank}{account}"


def _language(hand: Hand) -> str:
    draw = hand.rng.random()
    for language, share in _SHARES.items():
        if draw < share:
            return language
        draw -= share
    return "ar"


def _name(person: Person, language: str, hand: Hand, *, again: bool) -> str:
    match language:
        case "ckb":
            return hand.names.sorani(person, again=again)
        case "kmr":
            return hand.names.kurmanji(person, again=again)
        case "en":
            return hand.names.latin(person, again=again)
        case _:
            return hand.names.arabic(person, again=again)


def _place(district: District, language: str, hand: Hand) -> str:
    spelled = {"ar": district.arabic, "ckb": district.sorani, "kmr": district.kurmanji, "en": district.english}
    return hand.word(spelled[language])


def _address(filing: Filing, language: str, hand: Hand) -> str:
    return address_ar(filing, hand) if language in ("ar", "ckb") else address_en(filing, hand)


PORTAL_LINES = Layout(source="portal", file="portal.jsonl", kind="jsonl", columns=_COLUMNS, write=_write)
