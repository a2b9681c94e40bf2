"""Names of months in the languages people file in: tables, folded as :func:`aljabr.names.fold` writes them.

Gregorian: the Iraqi and Levantine names (Syriac in origin), also romanised, the Egyptian ones, Sorani, Kurmanji, Turkish
and English. Hijri: Arabic, Sorani and romanised.
"""

from __future__ import annotations

from aljabr.names.folding import fold


def _table(rows: tuple[str, ...]) -> dict[str, int]:
    return {fold(name.strip()): month for month, row in enumerate(rows, start=1) for name in row.split(",")}


GREGORIAN_MONTHS = _table(
    (
        "كانون الثاني, Kanun al-Thani, كانون ثاني, يناير, کانوونی دووەم, کانونی دووەم, Çile, Rêbendan, Kanûna Duyem, "
        "Ocak, January, Jan",
        "شباط, Shubat, فبراير, شوبات, Sibat, Reşemî, Şubat, February, Feb",
        "آذار, Adhar, مارس, ئازار, Adar, Avdar, Mart, March, Mar",
        "نيسان, Naysan, أبريل, إبريل, نیسان, Nîsan, Avrêl, Nisan, April, Apr",
        "أيار, Ayyar, مايس, مايو, ئایار, مایس, Gulan, Mayıs, May",
        "حزيران, Huzayran, يونيو, يونيه, حوزەیران, Hezîran, Pûşper, Haziran, June, Jun",
        "تموز, Tammuz, يوليو, يوليه, تەمووز, تەموز, Tîrmeh, Temmuz, July, Jul",
        "آب, Aab, أغسطس, اغسطس, ئاب, Tebax, Ağustos, August, Aug",
        "أيلول, Aylul, سبتمبر, ئەیلوول, ئەیلول, Îlon, Eylül, September, Sept, Sep",
        "تشرين الأول, Tishrin al-Awwal, تشرين اول, أكتوبر, تشرینی یەکەم, Cotmeh, Çirîya Pêşîn, Ekim, October, Oct",
        "تشرين الثاني, Tishrin al-Thani, تشرين ثاني, نوفمبر, تشرینی دووەم, Mijdar, Çirîya Paşîn, Kasım, November, Nov",
        "كانون الأول, Kanun al-Awwal, كانون اول, ديسمبر, کانوونی یەکەم, کانونی یەکەم, Berfanbar, Kanûna Yekem, Aralık, "
        "December, Dec",
    )
)

HIJRI_MONTHS = _table(
    (
        "محرم, محرم الحرام, موحەڕەم, Muharram",
        "صفر, سەفەر, Safar",
        "ربيع الأول, ربيع اول, ڕەبیعی یەکەم, Rabi al-Awwal",
        "ربيع الآخر, ربيع الثاني, ربيع ثاني, ڕەبیعی دووەم, Rabi al-Thani, Rabi al-Akhir",
        "جمادى الأولى, جمادى الأول, جومادی یەکەم, Jumada al-Ula, Jumada al-Awwal",
        "جمادى الآخرة, جمادى الثانية, جمادى الثاني, جومادی دووەم, Jumada al-Thani, Jumada al-Akhira",
        "رجب, ڕەجەب, Rajab",
        "شعبان, شەعبان, Shaban",
        "رمضان, ڕەمەزان, Ramadan, Ramadhan",
        "شوال, شەووال, Shawwal",
        "ذو القعدة, ذي القعدة, زولقەعدە, Dhu al-Qadah",
        "ذو الحجة, ذي الحجة, زولحیججە, Dhu al-Hijjah",
    )
)
