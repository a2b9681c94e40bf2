"""Words with a part to play in a name, and names whose usual spelling no letter rule reaches: tables, no logic.

Arabic-script entries are written folded (:func:`aljabr.names.fold`), Latin entries in plain lower case.
"""

from __future__ import annotations

from aljabr.names.letters import pairs, words

ARTICLES = words("ال al el ul il as ash ar an ad az at aal")

# They join the next token into one name: عبد + الله, ابو + علي, ام + كلثوم, ذو + الفقار, ال + ياسين.
PREFIXES = ARTICLES | words(
    "عبد ابو ابا ابي ام ذو ذي البو عەبد abd abdul abdel abdal abdol abdool abdoul "
    "abu abou abo aboo abi umm um om oum thu dhu zu albu"
)

# They join the token before: نور + الدين, عطا + الله, سيف + الاسلام, زين + العابدين.
SUFFIXES = words(
    "الله الدين الاسلام العابدين الفقار الزهراء الزهرا الهدي الهدا النبي allah ullah ollah uddin eddin eddine uddeen aldin "
    "aldeen eldin eldeen addin uldin din deen alabidin abidin alislam"
)

# "Son of", "daughter of": between two names they say nothing that the order does not say.
CONNECTORS = words("بن ابن بنت ابنه كوري كچي bin ben ibn bint bnt ould wuld kure keca")

# Courtesy and office, in front of a name only.
TITLES = words(
    "السيد السيده الشيخ الحاج الحاجه حجي حجيه حاج حاجي الدكتور الدكتوره دكتور دكتوره د الاستاذ الاستاذه استاذ المهندس المهندسه "
    "المرحوم المرحومه مرحوم الشهيد الشهيده العلويه المحامي المحاميه كاك مام ماموستا شيخ سەيد مەلا dr mr mrs ms miss prof eng "
    "haji hajji hajj hajja hajjia sheikh shaikh shaykh sheik mullah kak mam mamosta late"
)

# They begin with ال or al- and that is no article.
NOT_ARTICLE = words(
    "الهام الياس الماس الماز الفت الكسندر الكساندر الند الان اليسا الين اليزا الينا اليزابيت الهان التون التفات البرت المير "
    "ilham elham alham elias ilias alias almas ulfat olfat alexander alexandra alan aland elan albert alfred altun elton elsa "
    "alwan alwani elwan alban alma ilyas elyas ilhan elhan almir elmir elvin elvira alba alvin"
)

# Spellings that letter rules would send elsewhere, each with the spelling whose skeleton and key it takes.
SAME_NAME = pairs(
    # Turkish and Turkmen: final hardening, h for خ, v for و.
    "ahmet:احمد mehmet:محمد mehmed:محمد muhammet:محمد mahmut:محمود halit:خالد halid:خالد halil:خليل hamit:حميد davut:داود "
    "davud:داود velid:وليد velit:وليد vahit:وحيد vahid:وحيد necip:نجيب yakup:يعقوب eyup:ايوب nevzat:نوزاد "
    # s for ث, in Sorani and in Turkish.
    "osman:عثمان usman:عثمان عوسمان:عثمان haris:حارث حارس:حارث kawsar:كوثر kevser:كوثر كەوسەر:كوثر maysam:ميثم haysam:هيثم "
    "sabit:ثابت سابت:ثابت gays:غيث "
    # An h that begins a syllable after t, s, d, z.
    "fathi:فتحي fathy:فتحي fathia:فتحيه fathiya:فتحيه fathiyah:فتحيه fathiah:فتحيه fatheya:فتحيه fathallah:فتحالله "
    "ishaq:اسحاق ishak:اسحاق eshaq:اسحاق adham:ادهم midhat:مدحت medhat:مدحت mithat:مدحت azhar:ازهر mazhar:مظهر nuzha:نزهه "
    "nuzhat:نزهت nozhat:نزهت izhar:اظهار mudhish:مدهش "
    # g for ج, as in Egypt; other g and c.
    "gamal:جمال gamila:جميله gaber:جابر gabr:جبر magdi:مجدي magdy:مجدي magda:ماجده maged:ماجد ragab:رجب farag:فرج nagi:ناجي "
    "nagy:ناجي naguib:نجيب nagwa:نجوي nagla:نجلا hagar:هاجر galal:جلال george:جورج georges:جورج gina:جينا gihan:جيهان "
    "gibran:جبران gazi:غازي gazwan:غزوان celine:سيلين celia:سيليا nancy:نانسي carol:كارول caroline:كارولين camelia:كاميليا "
    # Two words in one, and one l for two.
    "zulfiqar:ذوالفقار zulfikar:ذوالفقار zulfaqar:ذوالفقار dhulfiqar:ذوالفقار thulfiqar:ذوالفقار زولفيقار:ذوالفقار "
    "abdulatif:عبداللطيف abdelatif:عبداللطيف abdulateef:عبداللطيف"
)
