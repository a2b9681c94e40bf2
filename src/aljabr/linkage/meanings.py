"""What a column of a list of people can mean, and the words its header says it with, in Arabic, Kurdish and English: a table.

Headers are compared folded and without the article, so each word stands here once. ``pattern`` is what nearly all values of such a
column look like; where ``other`` is set, a header that carries one of these words speaks of somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One thing a column can mean: the words of its name, and the pattern nearly all of its values match."""

    words: tuple[str, ...]
    pattern: str
    shape: str


def _words(*rows: str) -> tuple[str, ...]:
    return tuple(word.strip() for row in rows for word in row.split(","))


# In front of the name of a column whose values are compared as text, whatever they are.
TEXT = "text_"

DATE = (
    r"^(\d{8}|\d{4}(\.0)?|\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[-/.]\d{4})"
    r"([ T]\d\d:\d\d(:\d\d)?)?$"
)
_WORDY = r"^\P{Nd}+\p{Nd}{0,2}\P{Nd}*$"
_TEXT = r"^.+$"

# The order matters: of meanings whose words fit the name equally well, the first is taken.
MEANINGS: Mapping[str, Meaning] = {
    "born": Meaning(
        words=_words(
            "date of birth, birth date, birthdate, birthday, dob, born, year of birth, birth year, yob, birthyear, date birth",
            "تاريخ الميلاد, تاريخ الولادة, المواليد, مواليد, سنة الميلاد, "
            "سنة الولادة, عام الميلاد, عام الولادة, الميلاد, الولادة, "
            "التولد, تاريخ التولد, سنة التولد, تولد, تاريخ المواليد",
            "لەدایکبوون, ساڵی لەدایکبوون, بەرواری لەدایکبوون, ڕۆژی لەدایکبوون, لەدایک بوون, roja jidayikbune, sala jidayikbune",
        ),
        pattern=DATE,
        shape="dates or years",
    ),
    "age": Meaning(
        words=_words("age, age in years, age years", "العمر, عمر, السن, العمر بالسنوات", "تەمەن, temen"),
        pattern=r"^\d{1,3}(\.\d+)?$",
        shape="ages",
    ),
    "father_name": Meaning(
        words=_words(
            "father name, fathers name, name of father, father, fathername",
            "اسم الأب, اسم الاب, الأب, الاب, اسم الوالد, الوالد, ابوه, اسم والد",
            "ناوی باوک, باوک, nave bav, bav",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "mother_name": Meaning(
        words=_words(
            "mother name, mothers name, name of mother, mother, mothername",
            "اسم الأم, اسم الام, الأم, الام, اسم الوالدة, الوالدة, اسم ام, والدته",
            "ناوی دایک, دایک, nave dayik, dayik",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "grandfather_name": Meaning(
        words=_words("grandfather name, grandfather, grandfathers name", "اسم الجد, الجد", "ناوی باپیر, باپیر"),
        pattern=_WORDY,
        shape="words",
    ),
    "given_name": Meaning(
        words=_words(
            "given name, first name, forename, firstname, givenname, fname, given, name first",
            "الاسم الاول, الاسم الأول, الاسم الشخصي, اسم اول",
            "ناوی یەکەم, nave yekem",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "surname": Meaning(
        words=_words(
            "surname, last name, family name, lastname, familyname, lname, family, tribe, name last",
            "اللقب, اسم العائلة, العائلة, الكنية, النسبة, الشهرة, اسم الشهرة, اسم الأسرة, لقب, العشيرة",
            "نازناو, ناسناو, paşnav, pasnav",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "full_name": Meaning(
        words=_words(
            "full name, fullname, name, complete name, person name, names, "
            "name ar, name arabic, arabic name, name in arabic, ar name, "
            "name en, name english, english name, en name, name en transliterated, "
            "victim name, claimant name, person, full name ar, "
            "full name en, name of victim, name of claimant, beneficiary name, name of beneficiary, applicant name, applicant",
            "الاسم الكامل, الاسم الرباعي, الاسم الثلاثي, اسم المدعي الرباعي, اسم المدعي, اسم مقدم الطلب, اسم صاحب الطلب, الاسم, "
            "الاسم والكنية, الاسم والنسبة, الاسم والشهرة, الاسم والعائلة, "
            "الاسم الثلاثي واللقب, الاسم الرباعي واللقب, الاسم واللقب, اسم الضحية, اسم الشهيد, اسم المفقود, اسم المتضرر, "
            "اسم المستفيد, اسم المواطن, اسم الشخص, اسماء, الاسماء, الأسماء, اسم رب الاسرة, اسم النازح, اسم المعتقل, "
            "الاسم بالعربي, الاسم بالعربية, الاسم بالانكليزي, الاسم بالانجليزية, اسم, "
            "المتوفى, اسم المتوفى, الشهيد, الضحية, المفقود",
            "ناو, ناوی تەواو, ناوی سیانی, ناوی چواری, ناوی سێیانی, nav, nave tevahi, nav u pasnav",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "sex": Meaning(
        words=_words("sex, gender", "الجنس, النوع, جنس, النوع الاجتماعي", "ڕەگەز, رەگەز, zayend"),
        pattern=r"^\P{Nd}{1,10}$|^[0129]$",
        shape="a few codes",
    ),
    "id_number": Meaning(
        words=_words(
            "soc sec id, social security, ssn, national id, national number, id number, identity number, id card, passport, nin, "
            "personal number, tax number, civil id, national id number, document number, id no, identity card, nationalid",
            "رقم الهوية, رقم البطاقة الوطنية, رقم المستمسك, الرقم الوطني, "
            "رقم الجنسية, هوية الاحوال المدنية, رقم البطاقة, رقم الجواز, "
            "رقم جواز السفر, رقم هوية الاحوال, الهوية, رقم البطاقة الموحدة, رقم الوثيقة",
            "ژمارەی ناسنامە, ژمارەی کارتی نیشتمانی, ناسنامە, hejmara nasnameye",
        ),
        pattern=r"^[\w\-/. ]*\d[\w\-/. ]*$",
        shape="numbers",
    ),
    "phone": Meaning(
        words=_words(
            "phone, telephone, mobile, cell, tel, msisdn, phone number, mobile number, contact number, telephone number",
            "رقم الهاتف, الهاتف, الموبايل, رقم الموبايل, رقم الجوال, الجوال, رقم الاتصال, هاتف, موبايل, جوال",
            "ژمارەی مۆبایل, مۆبایل, ژمارەی تەلەفۆن, تەلەفۆن, hejmara telefone",
        ),
        pattern=r"^[+(]?[\d\s().\-/+]{6,22}$",
        shape="telephone numbers",
    ),
    "email": Meaning(
        words=_words("email, e mail, mail, email address", "البريد الالكتروني, الايميل", "ئیمەیل"),
        pattern=r"^[^@\s]+@[^@\s]*$",
        shape="addresses with @",
    ),
    "household": Meaning(
        words=_words(
            "household, household id, household code, family id, household number, ration card, hh id, case number",
            "رقم البطاقة التموينية, البطاقة التموينية, رقم العائلة, رقم الاسرة, رقم الخيمة, رمز الاسرة",
            "ژمارەی خێزان",
        ),
        pattern=_TEXT,
        shape="codes",
    ),
    "postcode": Meaning(
        words=_words("postcode, post code, postal code, zip, zipcode, zip code"), pattern=r"^[\w\- ]{2,10}$", shape="codes"
    ),
    "house_number": Meaning(
        words=_words("street number, house number, house no, building number, street no", "رقم الدار"),
        pattern=r"^\d.*$|^.{1,8}$",
        shape="numbers",
    ),
    "street": Meaning(
        words=_words(
            "street, address 1, address1, address line 1, road, address", "العنوان, الشارع, عنوان السكن, محل السكن", "ناونیشان"
        ),
        pattern=_TEXT,
        shape="text",
    ),
    "address": Meaning(
        words=_words("address 2, address2, address line 2, neighbourhood, quarter", "المحلة, الحي", "گەڕەک"),
        pattern=_TEXT,
        shape="text",
    ),
    "locality": Meaning(
        words=_words(
            "suburb, city, town, locality, village, district, place, municipality, sub district, subdistrict, camp",
            "القضاء, المدينة, الناحية, المنطقة, البلدة, القرية, المديرية, مدينة, قضاء, ناحية, منطقة, قضاء السكن, المخيم",
            "قەزا, شار, ناحیە, شارۆچکە, bajar, navçe",
        ),
        pattern=_TEXT,
        shape="text",
    ),
    "region": Meaning(
        words=_words(
            "state, region, province, governorate, county, governorate of birth, governorate of residence",
            "المحافظة, محافظة, المحافظه, محافظة السكن, محافظة الولادة, الولاية",
            "پارێزگا, parezgeh, parêzgeh",
        ),
        pattern=_TEXT,
        shape="text",
    ),
}

# A header that speaks of somebody or something else is not read as this person's.
OTHERS = frozenset(
    _words(
        "spouse, wife, husband, guardian, witness, kin, employer, company, school, file, user, mother, mothers, father, fathers, "
        "lawyer, agent, officer, donor, organisation, organization, ngo, camp, hospital, document, event, incident, death, died",
        "زوج, زوجة, وصي, شاهد, وكيل, محامي, موظف, ملف, مستشفي, منظمة, حادث, وفاة, اب, ام, والد, والدة, مدخل, كفيل, "
        "استشهاد, استشهاده, فقدان, اعتقال",
    )
)
# Words that mean something else inside longer names: taken only as the whole name of the column.
ALONE = frozenset(
    _words(
        "name, names, family, given, place, state, cell, mail, born, "
        "address, street, town, number, person, tribe, camp, age, father, "
        "mother, nav, applicant",
        "اسم, اسماء, ميلاد, ولادة, اب, ام, والد, والدة, هوية, عمر, سن, نوع, لقب, نسبة, كنية, شهيد, ضحية, مفقود, متوفي, جد, حي, "
        "عائلة, مدينة, منطقة, قرية, ناو, باوک, دایک",
    )
)
KEY_WORDS = frozenset(
    _words(
        "id, key, uuid, guid, index, row, rec, record, unique, reference, ref, number, no, nr, serial, code, seq, sequence, s",
        "ت, تسلسل, رقم, مسلسل, معرف, رمز, قيد, سجل, ژمارە, زنجیرە",
    )
)
# Words that name the grouping an evaluation knows; only evaluations read them.
TRUTH = _words(
    "cluster, truth, true_person, true person, true_id, entity_id, "
    "entity, person_id, true_cluster, cluster_id, gold, label_id, gt_id"
)

# How sexes are written; anything else is not compared.
SEXES: Mapping[str, tuple[str, ...]] = {
    "male": _words("m, male, man, boy, 1, ذكر, رجل, ذ, ولد, نێر, پیاو, ner, mer, mêr, kur, masculine"),
    "female": _words("f, female, woman, girl, 2, انثى, أنثى, انثي, امرأة, بنت, ث, ا, مێ, ژن, me, mê, jin, keç, kec, feminine"),
}
