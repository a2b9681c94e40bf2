"""Words that stand beside a date and say nothing (``بتاريخ``, ``born in``), that it is about so, or that a second one follows.

Tables in Arabic, Sorani, Kurmanji, Turkish, English, French and German, folded as :func:`aljabr.names.months.plain` writes them.
"""

from __future__ import annotations

from aljabr.names.months import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word.strip()) for word in text.split(",") if word.strip())


SAYS_NOTHING = _words(
    "سنة, السنة, لسنة, بسنة, سنه, عام, العام, لعام, بعام, شهر, لشهر, بشهر, يوم, اليوم, ليوم, بيوم, في, من, تاريخ, بتاريخ, "
    "التاريخ, مواليد, "
    "المواليد, تولد, التولد, ولد, ولدت, المولود, المولودة, الموافق, الميلاد, ميلاد, تاريخه, "
    "ساڵی, ساڵ, ساڵا, مانگی, مانگ, مەها, هەیڤا, ڕۆژی, ڕۆژ, لە, ل, ی, دا, بەرواری, بەروار, لەدایکبووی, لەدایکبوو, ژدایکبوو, "
    "ڕێکەوتی, "
    "sala, sal, salê, salî, roja, roj, meha, meh, heyva, li, di, de, da, ji dayik bûye, dayikbûyî, dîroka, dîrok, ê, a, an, "
    "ya, yê, "
    "yıl, yılı, yılında, yılının, sene, senesi, ay, ayı, ayının, gün, günü, tarihi, tarihinde, tarih, doğum, doğumlu, te, "
    "ta, nin, nın, "
    "born, b, in, on, the, of, year, month, date, dated, dob, day, yr, le, en, né, née, l, annee, am, im, den, der, jahr, "
    "geboren, geb"
)
WEEKDAYS = _words(
    "الاثنين, الإثنين, اثنين, الثلاثاء, ثلاثاء, الأربعاء, اربعاء, الخميس, خميس, الجمعة, جمعة, السبت, سبت, الأحد, احد, "
    "شەممە, شەمبە, یەکشەممە, دووشەممە, سێشەممە, چوارشەممە, پێنجشەممە, پێنچشەممە, هەینی, جومعە, ئەینی, "
    "شەممەی, یەکشەممەی, دووشەممەی, سێشەممەی, چوارشەممەی, پێنجشەممەی, "
    "şemî, şemiyê, yekşem, yekşemê, duşem, duşemê, sêşem, sêşemê, çarşem, çarşemê, pêncşem, pêncşemê, în, înê, "
    "pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar, "
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun, "
    "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag"
)
ABOUT = _words(
    "حوالي, حوالى, حدود, بحدود, تقريبا, تقريبي, قرابة, نحو, زهاء, قريب, قريبا, تقدير, تقديري, تخمينا, "
    "نزیکەی, نزیک, دەوروبەری, دەوربەری, نێزیکی, نزیکی, نێزیک, بە نزیکەیی, تەقریبەن, "
    "nêzîkî, nêzîk, derdora, dora, texmînî, yaklaşık, civarı, civarında, tahminen, tahmini, takriben, "
    "c, ca, cca, circa, about, approx, approximately, approximate, around, abt, est, estimated, probably, perhaps, maybe, "
    "environ, vers, "
    "etwa, ungefähr, um, ~, ≈, ?, ؟"
)
UNTIL = _words(
    "الى, إلى, حتى, لغاية, ولغاية, to, until, till, through, thru, heta, بۆ, تا, تاکو, هەتا, ile, ila, ilâ, kadar, bis, jusqu'au, à"
)
BETWEEN = _words("بين, ما بين, between, نێوان, لەنێوان, navbera, arasında, arası, arasi, zwischen, entre")
AND = _words("و, and, û, u, ve, und, et")
ERAS = {
    "gregorian": _words("ميلادي, ميلادية, الميلادي, للميلاد, م, ad, ce, زایینی, زاینی, ز, miladi, zayînî, zayînê"),
    "hijri": _words("هجري, هجرية, الهجري, للهجرة, ه, هـ, ah, hijri, hijrî, hicri, کۆچی, koçî, kochi"),
}
