"""Whether a text file was decoded as it was encoded: how plausible the words of a reading are, beside those of its rivals.

Every byte is a character in most one-byte encodings, so a wrong reading raises no error; it gives words that nobody writes.
Order: 1. a sample is decoded with each rival; 2. its words beyond ASCII are weighed: Arabic ones by pairs of letters and by
known words, Latin ones by the letters that Turkish, Kurdish and the languages of Europe have; words of two scripts, signs
within words and open bytes weigh against; 3. the reading is kept when no rival outweighs it and few of its words speak against
it. Nothing is guessed: what is implausible is refused with the likeliest encoding named, for a person to state.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aljabr.names.folding import fold

__all__ = ["Verdict", "is_text_encoding", "mixes_scripts", "weigh"]

RIVALS = ("cp1256", "iso8859-6", "cp1254", "cp1252", "mac_arabic", "cp720", "cp864", "mac_turkish", "cp857", "cp850", "cp1251")
_SAMPLE = 400_000
_ENOUGH_WORDS = 4_000
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff"
_MARKS = "\u064b-\u0652\u0670\u0640\u200e\u200f"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_MIXED = re.compile(
    f"[{_LATIN}][{_MARKS}]*[{_ARABIC}]|[{_ARABIC}][{_MARKS}]*[{_LATIN}]|[{_LATIN}][{_MARKS}]+[{_LATIN}\u200e\u200f]"
)
# The same where nobody writes so: «بلوكA» is a block, «ضmer» is not a name.
_SURELY_MIXED = re.compile(
    f"[\u00c0-\u024f][{_MARKS}]*[{_ARABIC}]|[{_ARABIC}][{_MARKS}]*[\u00c0-\u024f]|[{_LATIN}][{_MARKS}]+[{_LATIN}\u200e\u200f]"
    f"|(?<![{_ARABIC}{_MARKS}])[{_ARABIC}][A-Za-z]{{2}}|[A-Za-z]{{2}}[{_ARABIC}](?![{_ARABIC}{_MARKS}])"
)
# UTF-8 of two letters and more, read as cp1256.
_UTF8_IN_CP1256 = re.compile("(?:[طظعغ][\u20acپ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u200c\u200dں\u00a0،¢-©ھ«-¹؛»-¾؟]){2}")
_WORD = re.compile(r"[^\s,;:|\t/\\(){}\[\]<>\"'.!?،؛؟+*=&@#%_0-9٠-٩۰-۹-]+")
_COMMON_LATIN = frozenset("çğıöşüâêîûéèàùôëïäßñáíóúãõåæø" + "žšćčđřýěůłąęśżźńőűățș")
_RARE_LATIN = frozenset("ðþýµƒªºœ")
_REGISTER_WORDS = (
    "اسم الاسم الكامل رقم الملف تاريخ الطلب التقديم الجنس الميلاد الهويه موبايل هاتف الصله المتوفي او المصاب الضرر الحادثه "
    "القضاء الناحيه "
    "مبلغ التقدير نسبه العجز الوثائق ملاحظه ملاحظات ذكر انثي نفسه زوجه زوج ابن ابنه بنت اب ام اخ اخت شهيد استشهاد وفاه "
    "مفقود فقدان اعاقه "
    "عجز كلي جزئي اصابه جريح بيت دار سكن محل سياره اضرار بالممتلكات هويه شهاده لجنه تقرير طبي طابو صور سند ملكيه نعم لا "
    "الموصل نينوي سنجار "
    "تلعفر بغداد البصره العراق محافظه قضاء ناحيه قريه حي شارع محله المعامله المواطن من في علي الي عن مع بعد قبل كان هذا هذه "
    "لم لا تم دينار "
    "الحمدانيه تلكيف البعاج الحضر مخمور الشيخان عقره دهوك اربيل كركوك صلاح الدين الانبار ديالي كربلاء النجف بابل واسط ميسان "
    "القادسيه المثني "
    # Names of Kurds, Yazidis, Assyrians and Turkmens in Arabic letters that need none of cp1256's own.
    "ازاد اراز ارام باران بابان بهنام بوترس بطرس جوان حافظ حافز خدر خلف دلشاد دنخا دلير رزكار رشو ريبوار سردار سركيس شمعون "
    "شمو شيرزاد شيلان "
    "شيروان فرهاد فارس كاوه كارزان كوراني مراد ميرزا نازدار نوزاد نسرين هودا هوشيار هيوا هيمن هيرش اوميد اوغوز اوشانا يلدا "
    "يوخنا ايشو"
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of weighing a reading.

    Parameters
    ----------
    plausible : bool
        Whether the reading may be kept.
    likelier : str
        The encoding that reads the bytes best; empty when none does better.
    example : str
        A word of the reading that speaks against it, or the first beyond ASCII.
    surely : bool
        Whether the difference is so large that even a stated encoding cannot be right.
    """

    plausible: bool
    likelier: str
    example: str
    surely: bool


def is_text_encoding(name: str) -> bool:
    """Whether Python knows a text encoding of that name that reads files as they are."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name not in {
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
    }


def mixes_scripts(text: str) -> bool:
    r"""Whether a word read as Windows Arabic is surely of two scripts, or UTF-8 that was taken for it.

    Examples
    --------
    >>> mixes_scripts("Ay\u200f\u200ee"), mixes_scripts("GـL"), mixes_scripts("ط£ط\xadظ…ط¯"), mixes_scripts("محمد Ali بلوكA")
    (True, True, True, False)
    """
    return bool(_SURELY_MIXED.search(text) or _UTF8_IN_CP1256.search(text))


def weigh(raw: bytes, encoding: str) -> Verdict:
    """Weigh a reading of the first bytes of a file beside its rivals.

    Parameters
    ----------
    raw : bytes
        From the beginning of the file.
    encoding : str
        The reading that is asked about.
    """
    sample = raw[:_SAMPLE]
    asked = _weighed(sample, encoding)
    if not asked.words:
        return Verdict(plausible=True, likelier="", example="", surely=False)
    rivals = [(_weighed(sample, rival), rival) for rival in RIVALS if codecs.lookup(rival).name != codecs.lookup(encoding).name]
    best, name = max(rivals, key=lambda pair: pair[0].weight)
    behind = best.weight - asked.weight
    # A few rows of another encoding are refused alone when the rest is beyond doubt.
    bad = asked.against * (4 if behind < -_BEYOND_DOUBT else 20) > asked.words
    same = best.text == asked.text
    return Verdict(
        plausible=not bad and (same or behind <= -_MARGIN),
        likelier=name if behind > 0 and not same else "",
        example=asked.example,
        surely=(bad and behind > 0) or behind > _BEYOND_DOUBT,
    )


@dataclass(frozen=True, kw_only=True)
class _Reading:
    text: str
    words: int
    against: int
    weight: float
    example: str


def _weighed(raw: bytes, encoding: str) -> _Reading:
    text = raw.decode(encoding, "replace")
    counted = Counter(word for word in _WORD.findall(text) if not word.isascii())
    words = dict(counted.most_common(_ENOUGH_WORDS))
    weights = {word: _weight(word) for word in words}
    against = [word for word in words if weights[word] <= _AGAINST]
    example = next(iter(against), next(iter(words), ""))
    # Each distinct word speaks once: a register's words repeat, and its names do not.
    return _Reading(text=text, words=len(words), against=len(against), weight=sum(weights.values()), example=example)


_AGAINST = -6.0
_MARGIN = 2.0
_BEYOND_DOUBT = 25.0


def _weight(word: str) -> float:
    """Return how much a word speaks for a reading, in nats beside a word of letters drawn by lot."""
    if _MIXED.search(word) or _UTF8_IN_CP1256.search(word):
        return -12.0
    folded = unicodedata.normalize("NFKC", word).strip("\u200c\u200d\u200e\u200f\u00a0«»“”‘’–—…•")
    if not folded or folded.isascii():
        return 0.0
    if any(not (letter.isalpha() or unicodedata.combining(letter) or letter in "\u0640\u200c\u200d") for letter in folded):
        return -8.0
    if all("\u0600" <= letter <= "\u06ff" or letter in "\u200c\u200d" for letter in folded):
        return _arabic(folded)
    return _latin(folded)


def _latin(word: str) -> float:
    if any(ord(letter) > 0x24F for letter in word):
        return -3.0
    high = [letter for letter in word if not letter.isascii()]
    inner_capital = any(one.islower() and other.isupper() for one, other in itertools.pairwise(word))
    lower = {letter.lower() for letter in high}
    if inner_capital or word[0] in "ëïÿ" or lower & _RARE_LATIN or len(high) * 2 > len(word) + 1:
        return -8.0
    return 2.0 * len(high) if lower <= _COMMON_LATIN | {"i̇"} else -4.0


def _arabic(word: str) -> float:
    """Return the log-likelihood of a word under pairs of letters, beside equally likely letters."""
    pairs, singles, known = _model()
    folded = fold(word)
    if folded in known or folded.removeprefix("ال") in known or folded.removeprefix("و") in known:
        return 3.0 + 1.0 * len(folded)
    total = 0.0
    for one, other in zip(f" {folded}", f"{folded} ", strict=True):
        likely = (pairs[one, other] + 8 * (singles[other] + 0.02) / (singles.total() + 1)) / (singles[one] + 8)
        total += math.log(likely * 34)
    return max(total, _AGAINST + 0.5)


@cache
def _model() -> tuple[Counter[tuple[str, str]], Counter[str], frozenset[str]]:
    """Return pairs of letters and letters as names and registers have them, and their words."""
    file = resources.files("aljabr.names") / "tables" / "iraq_names.csv"
    weights: Counter[str] = Counter()
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        if row["token"] not in {"*", "?"} and not row["governorate"]:
            weights[fold(row["token"])] += int(row["records"])
    weights.update(dict.fromkeys(_REGISTER_WORDS.split(), 60))
    pairs: Counter[tuple[str, str]] = Counter()
    singles: Counter[str] = Counter()
    for word, weight in weights.items():
        often = round(math.sqrt(weight))
        for one, other in zip(f" {word}", f"{word} ", strict=True):
            pairs[one, other] += often
            singles[one] += often
    return pairs, singles, frozenset(word for word in weights if len(word) > 2)
