"""Names of months in the languages people file in: tables, folded as :func:`aljabr.names.fold` writes them.

Gregorian: the Iraqi and Levantine names, the Egyptian ones, Sorani, Kurmanji and English. Hijri: Arabic.
"""

from __future__ import annotations

from aljabr.names.folding import fold


def _table(rows: tuple[str, ...]) -> dict[str, int]:
    return {fold(name.strip()): month for month, row in enumerate(rows, start=1) for name in row.split(",")}


GREGORIAN_MONTHS = _table(
    (
        "كانون الثاني, كانون ثاني, يناير, کانوونی دووەم, کانونی دووەم, Çile, Rêbendan, Kanûna Duyem, January, Jan",
        "شباط, فبراير, شوبات, Sibat, Reşemî, February, Feb",
        "آذار, مارس, ئازار, Adar, Avdar, March, Mar",
        "نيسان, أبريل, إبريل, نیسان, Nîsan, Avrêl, April, Apr",
        "أيار, مايس, مايو, ئایار, مایس, Gulan, May",
        "حزيران, يونيو, يونيه, حوزەیران, Hezîran, Pûşper, June, Jun",
        "تموز, يوليو, يوليه, تەمووز, تەموز, Tîrmeh, July, Jul",
        "آب, أغسطس, اغسطس, ئاب, Tebax, August, Aug",
        "أيلول, سبتمبر, ئەیلوول, ئەیلول, Îlon, September, Sept, Sep",
        "تشرين الأول, تشرين اول, أكتوبر, تشرینی یەکەم, Cotmeh, Çirîya Pêşîn, October, Oct",
        "تشرين الثاني, تشرين ثاني, نوفمبر, تشرینی دووەم, Mijdar, Çirîya Paşîn, November, Nov",
        "كانون الأول, كانون اول, ديسمبر, کانوونی یەکەم, کانونی یەکەم, Berfanbar, Kanûna Yekem, December, Dec",
    )
)

HIJRI_MONTHS = _table(
    (
        "محرم, محرم الحرام",
        "صفر",
        "ربيع الأول, ربيع اول",
        "ربيع الآخر, ربيع الثاني, ربيع ثاني",
        "جمادى الأولى, جمادى الأول",
        "جمادى الآخرة, جمادى الثانية, جمادى الثاني",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو القعدة, ذي القعدة",
        "ذو الحجة, ذي الحجة",
    )
)
