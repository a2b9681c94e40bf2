"""Names of months in the languages people file in: tables, and the pattern that finds them inflected, abbreviated or in capitals.

Gregorian: the Iraqi and Levantine names (Syriac in origin), also romanised and by number (ك2), the Egyptian and the Maghrebi ones,
Sorani, Kurmanji (also in Arabic script), Turkish, English, French and German. Hijri: Arabic, Sorani and romanised. Names of the
Kurdish solar calendar are known, to be refused by name: its months begin about the twenty-first.

References
----------
Unicode CLDR 47 (the locales ar, ar-IQ, ar-MA, ar-DZ, ckb, ku, tr, en, fr, de), to which spoken variants were added.
"""

from __future__ import annotations

import re
import unicodedata

from aljabr.names.folding import fold


def plain(text: str) -> str:
    """Return a text folded as the tables are: as names are, without accents, and with one i (``MAYIS``, ``Mayıs``, ``mayis``).

    Examples
    --------
    >>> plain("12'ê GULANÊ"), plain("MAYIS") == plain("Mayıs"), plain("ŞUBAT")
    ('12e gulane', True, 'subat')
    """
    folded = fold(text).replace("ı", "i")
    if folded.isascii():
        return folded
    return "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))


def _table(rows: tuple[str, ...]) -> dict[str, int]:
    return {plain(name.strip()): month for month, row in enumerate(rows, start=1) for name in row.split(",")}


GREGORIAN_MONTHS = _table(
    (
        "كانون الثاني, Kanun al-Thani, كانون ثاني, كانون 2, كانون2, ك2, يناير, جانفي, ينایر, کانوونی دووەم, کانونی دووەم, "
        "کانوونی دووهەم, "
        "کانونی دوەم, کانوونی دوەم, کانوونا دووێ, کانوونا دوویێ, Çile, Çileya Paşîn, Rêbendan, Kanûna Duyem, Kanûna Duyê, "
        "Kanûna Paşîn, "
        "Kanûna Duduyan, Ocak, Oca, January, Jan, janvier, janv, Januar, Jänner",
        "شباط, Shubat, فبراير, فيفري, شوبات, سبات, Sibat, Reşemî, Şibat, Şubat, Şub, February, Feb, février, févr, fév, Februar",
        "آذار, Adhar, مارس, ئازار, ئادار, ئاوەدار, Adar, Avdar, Mart, March, Mar, mars, März, Maerz, Mär",
        "نيسان, Naysan, أبريل, إبريل, أفريل, ابريل, نیسان, Nîsan, Avrêl, Nisan, Nis, April, Apr, avril, avr",
        "أيار, Ayyar, Ayar, مايس, مايو, ماي, ئایار, مایس, گولان, Gulan, Mayıs, May, mai",
        "حزيران, Huzayran, يونيو, يونيه, جوان, حوزەیران, حزەیران, خزیران, Hezîran, Xezîran, Pûşper, Haziran, Haz, June, "
        "Jun, juin, Juni",
        "تموز, Tammuz, يوليو, يوليه, يوليوز, جويلية, تەمووز, تەموز, تەممووز, تیرمەه, Tîrmeh, Tîrmih, Temûz, Temmuz, Tem, "
        "July, Jul, "
        "juillet, juil, Juli",
        "آب, Aab, أغسطس, اغسطس, غشت, أوت, اوت, ئاب, تەباخ, Tebax, Gelawêj, Ağustos, Ağu, August, Aug, août",
        "أيلول, Aylul, سبتمبر, شتنبر, ئەیلوول, ئەیلول, ئیلون, ئیلۆن, Îlon, Eylûl, Eylül, Eyl, September, Sept, Sep, septembre",
        "تشرين الأول, Tishrin al-Awwal, تشرين اول, تشرين 1, تشرين1, ت1, أكتوبر, تشرینی یەکەم, تشرینی یەکێ, چریا ئێکێ, "
        "Cotmeh, Kewçêr, "
        "Çirîya Pêşîn, Çiriya Pêşîn, Teşrîna Yekem, Teşrîna Pêşîn, Ekim, Eki, October, Oct, octobre, Oktober, Okt",
        "تشرين الثاني, Tishrin al-Thani, تشرين ثاني, تشرين 2, تشرين2, ت2, نوفمبر, نونبر, تشرینی دووەم, تشرینی دووهەم, "
        "تشرینی دوەم, چریا دووێ, "
        "Mijdar, Çirîya Paşîn, Çiriya Paşîn, Teşrîna Duyem, Teşrîna Paşîn, Kasım, Kas, November, Nov, novembre",
        "كانون الأول, Kanun al-Awwal, كانون اول, كانون 1, كانون1, ك1, ديسمبر, دجنبر, کانوونی یەکەم, کانونی یەکەم, کانوونا "
        "ئێکێ, Berfanbar, "
        "Berfenbar, Kanûna Yekem, Kanûna Pêşîn, Kanûna Yekê, Çileya Pêşîn, Aralık, Ara, December, Dec, décembre, déc, "
        "Dezember, Dez",
    )
)

HIJRI_MONTHS = _table(
    (
        "محرم, محرم الحرام, المحرم, موحەڕەم, Muharram, Muharrem",
        "صفر, صفر الخير, سەفەر, Safar, Safer",
        "ربيع الأول, ربيع اول, ربيع 1, ڕەبیعی یەکەم, Rabi al-Awwal, Rabi I, Rebiülevvel",
        "ربيع الآخر, ربيع الثاني, ربيع ثاني, ربيع 2, ڕەبیعی دووەم, Rabi al-Thani, Rabi al-Akhir, Rabi II, Rebiülahir",
        "جمادى الأولى, جمادى الأول, جمادى 1, جومادی یەکەم, Jumada al-Ula, Jumada al-Awwal, Jumada I, Cemaziyelevvel",
        "جمادى الآخرة, جمادى الثانية, جمادى الثاني, جمادى الآخر, جمادى 2, جومادی دووەم, Jumada al-Thani, Jumada al-Akhira, "
        "Jumada II, "
        "Cemaziyelahir",
        "رجب, ڕەجەب, Rajab, Recep",
        "شعبان, شەعبان, Shaban, Sha'ban, Şaban",
        "رمضان, ڕەمەزان, Ramadan, Ramadhan, Remezan, Ramazan",
        "شوال, شەووال, Shawwal, Şevval",
        "ذو القعدة, ذي القعدة, ذوالقعدة, زولقەعدە, Dhu al-Qadah, Zilkade",
        "ذو الحجة, ذي الحجة, ذوالحجة, زولحیججە, Dhu al-Hijjah, Zilhicce",
    )
)

# Sorani names of the solar year that begins in March; گوڵان with its ڵ is one, Badini گولان is May.
_SOLAR_NAMES = (
    "خاکەلێوە, جۆزەردان, پووشپەڕ, پوشپەڕ, گەلاوێژ, خەرمانان, ڕەزبەر, خەزەڵوەر, گەڵاڕێزان, سەرماوەز, بەفرانبار, ڕێبەندان, "
    "ڕەشەمێ, ڕەشەمە"
)
_SOLAR = frozenset(plain(name.strip()) for name in _SOLAR_NAMES.split(","))
_SOLAR_GULAN = re.compile("گو+ڵان")

# Endings of the Kurmanji, Turkish and Sorani cases and the izafe: Gulanê, Gulana, Mayıs'ta, ئایاری, گولانێ.
_LATIN_ENDING = r"(?:y?[ae]|an|[dt][ae]n?|[iu]n?|nin|s)?"
_ARABIC_ENDING = r"(?:يدا|ي|دا|ا)?"


def month_pattern(table: dict[str, int]) -> re.Pattern[str]:
    """Return the pattern that finds a month of a table, inflected or not, between anything but letters; ``month_of`` says which."""
    longest_first = sorted(table, key=len, reverse=True)
    named = "|".join(re.escape(name) + _ending(name) for name in longest_first)
    # A name that ends in a digit (ك2) is not the beginning of a year.
    return re.compile(rf"(?<![^\W\d])(?:{named})(?![^\W\d])(?:(?<!\d)|(?!\d))")


def month_of(found: str, table: dict[str, int]) -> int:
    """Return the number of the month that the pattern found: of the longest name the text begins with."""
    return next(table[found[:end]] for end in range(len(found), 0, -1) if found[:end] in table)


def names_solar_month(text: str) -> bool:
    """Whether a text names a month of the Kurdish solar calendar, as Sorani writes them."""
    words = re.split(r"[\W\d_]+", plain(text))
    return bool(_SOLAR_GULAN.search(text)) or any(word in _SOLAR or word.removesuffix("ي") in _SOLAR for word in words)


def _ending(name: str) -> str:
    if name[-1].isdigit():
        return ""
    if any("\u0600" <= letter <= "\u06ff" for letter in name):
        return _ARABIC_ENDING
    return _LATIN_ENDING if len(name) > 3 else ""
