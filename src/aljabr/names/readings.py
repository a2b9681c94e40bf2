"""Names that no letter rule brings together, and the vowels that Arabic letters leave out: tables, no logic.

``ALSO_WRITTEN``: a folded or plain Latin spelling and the names (folded Arabic letters) it may be; it widens the keys
and replaces none. ``VOCALISED``: how the commonest names whose consonants are shared are read, so that a Latin Hassan is
nearer حسن than حسين. A reading says how a name sounds. Nothing here, and nothing built on it, says where a bearer comes
from.

References
----------
L. Baranî, E. Bamernî, D. M. Şerîf, Kurdish Personal Names: A Sociolinguistic Perspective (Kanîzar 5; names borrowed into
Kurmanji and their Kurdish forms). Registered short forms of the Raniya and Pishdar districts (حمه for محمد, خدر for خضر):
a note of A. H. Amin on English Wikipedia, user space. Final devoicing in Turkish forms of Arabic names (Ahmet, Mehmet,
Halit): M. Miyake, amritas.com, 15 June 2019. Gewargis, Giwargis, Girgis, Gorgis for George, Yohannan for John:
ashvinsblog.blogspot.com, July 2005; mkalmanackan.se, Syrianska/assyriska namn. Chaldean family names: A. Miri, What's in a
Name?, Chaldean News, May 2024. The rest are judgements of the authors and open to correction.
"""

from __future__ import annotations

from aljabr.names.letters import pairs


def _several(text: str) -> dict[str, tuple[str, ...]]:
    return {word: tuple(names.split(",")) for word, names in pairs(text).items()}


ALSO_WRITTEN = _several(
    # Kurmanji and Sorani forms of names with a sound lost or moved.
    "xecice:خديجه xece:خديجه خەجيجە:خديجه خەجێ:خديجه birahim:ابراهيم brahim:ابراهيم brayim:ابراهيم برايم:ابراهيم "
    "brahem:ابراهيم simail:اسماعيل smail:اسماعيل سمايل:اسماعيل usiv:يوسف usif:يوسف "
    "evdo:عبدو evdi:عبدي evdal:عبدال silo:سليمان hemo:محمد hama:محمد hame:محمد حەمە:محمد حمه:محمد حمە:محمد heme:محمد mihe:محمد "
    "miho:محمد "
    "mista:مصطفي miste:مصطفي مستو:مصطفي heyder:حيدر eziz:عزيز عەزيز:عزيز esed:اسد ئەسەد:اسد "
    "xidede:خديده خودێدە:خديده  "
    # The alef of old spelling, left out or written.
    "رحمان:رحمن عبدالرحمان:عبدالرحمن هرون:هارون اسحق:اسحاق اسمعيل:اسماعيل ابرهيم:ابراهيم يس:ياسين حرث:حارث "
    "سليمن:سليمان عثمن:عثمان لقمن:لقمان معويه:معاويه داوود:داود "
    "طاها:طه عيشه:عايشه سلمن:سلمان عمرن:عمران نعمن:نعمان مرون:مروان سفين:سفيان عدنن:عدنان يسين:ياسين زكريه:زكريا يحي:يحيي "
    "yousif:يوسف yusif:يوسف yousef:يوسف yousuf:يوسف youssef:يوسف yosif:يوسف "
    "david:داود asur:اشور ashur:اشور sleman:سليمان,سلمان sileman:سليمان suleman:سليمان "
    # Turkish forms.
    "izzet:عزت izzettin:عزالدين necmettin:نجمالدين nurettin:نورالدين semsettin:شمسالدين sabahattin:صباحالدين "
    "selahattin:صلاحالدين "
    "fahrettin:فخرالدين hayrettin:خيرالدين kemalettin:كمالالدين seyfettin:سيفالدين aziz:عزيز hasim:هاشم hatice:خديجه "
    "hadice:خديجه ayse:عايشه aise:عايشه "
    "eyse:عايشه ese:عايشه seyma:شيما suphi:صبحي subhi:صبحي fethi:فتحي lutfi:لطفي lutfu:لطفي sukru:شكري fikri:فكري fazil:فاضل "
    "huseyin:حسين huseyn:حسين hisen:حسين husen:حسين hizir:خضر hidir:خضر hayri:خيري ridvan:رضوان ziver:زيور seydi:سيدي "
    "yasar:يشار yashar:يشار "
    "oglu:اوغلو ogullari:اوغللاري اوغلي:اوغلو "
    # Syriac forms, in the letters of the East and of the West.
    "يوحنا:يوخنا,حنا يوخنا:يوحنا,حنا يوحنان:يوخنا حنا:يوحنا hanna:حنا,يوحنا yohannan:يوخنا,يوحنا yuhanna:يوحنا,يوخنا "
    "john:يوحنا "
    "benjamin:بنيامين benyamen:بنيامين gewargis:كوركيس giwargis:كوركيس gewargiz:كوركيس كيوركيس:كوركيس گيوركيس:كوركيس "
    "جرجيس:كوركيس "
    "جرجس:كوركيس georgis:كوركيس gorges:كوركيس hormizd:هرمز hormezd:هرمز هرمزد:هرمز yaqo:ياقو ياقو:يعقوب yacoub:يعقوب "
    "jacob:يعقوب يعكوب:يعقوب "
    "eshaya:اشعيا ishaya:اشعيا ايشعيا:اشعيا اشعيا:ايشعيا audisho:عوديشو odisho:عوديشو abdisho:عوديشو عبديشوع:عوديشو "
    "عوديشوع:عوديشو "
    "ishoo:ايشو isho:ايشو eshoo:ايشو يشوع:ايشوع mikhail:ميخاييل michael:ميخاييل mikha:ميخا ميشيل:ميخاييل matta:متي "
    "matti:متي mathew:متي matthew:متي "
    "toma:توما thoma:توما thomas:توما tomas:توما shimun:شمعون simon:شمعون شيمون:شمعون polus:بولس paul:بولس "
    "boulos:بولس poulos:بولس "
    "butrus:بطرس boutros:بطرس petros:بطرس بيتروس:بطرس peter:بطرس marqus:مرقس marcus:مرقس marcos:مرقس lucas:لوقا "
    "luqa:لوقا elisha:اليشاع esther:استر "
    # Arabic names with a pronunciation of their own in Iraq, and drops that people write.
    "cevad:جواد thanon:ذنون zinnun:ذوالنون ذنون:ذوالنون ذوالنون:ذنون thanoun:ذنون zanoon:ذنون "
    ""
)

# Read as plain Latin, in the a/e/i/u of Iraq; only where consonants alone would confuse two common names.
VOCALISED = pairs(
    "عبدالله:abdullaah محمد:muhammad محمود:mahmuud احمد:ahmad حامد:haamid حميد:hamiid حمد:hamad حماد:hammaad "
    "حمود:hammuud حمودي:hammuudi حسن:hasan "
    "حسين:husayn حسان:hassaan حسون:hassuun حسنين:hasanayn محسن:muhsin عمر:umar عمار:ammaar عامر:aamir عمرو:amru "
    "عمير:umayr علي:ali  "
    "عالي:aali سعد:saad سعيد:saiid سعود:suuud سعدي:saadi سعاد:suaad اسعد:asaad سعدون:saaduun سلمان:salmaan "
    "سليمان:sulaymaan سالم:saalim سليم:saliim "
    "سلام:salaam سلوم:salluum سلمي:salma مسلم:muslim اسلام:islaam كريم:kariim كرم:karam كرار:karraar اكرم:akram "
    "مكرم:mukarram كامل:kaamil كمال:kamaal "
    "كميل:kumayl جمال:jamaal جميل:jamiil جميله:jamiila جابر:jaabir جبار:jabbaar جبر:jabr جبير:jubayr خالد:khaalid "
    "خليل:khaliil خلف:khalaf خليفه:khaliifa "
    "خلود:khuluud قاسم:qaasim قيس:qays عباس:abbaas عبيد:ubayd عبد:abd عبود:abbuud عابد:aabid رشيد:rashiid "
    "راشد:raashid رشاد:rashaad ارشد:arshad "
    "ناصر:naasir نصر:nasr نصير:nasiir نصار:nassaar منصور:mansuur فارس:faaris فراس:firaas فهد:fahad فاضل:faadil "
    "فضل:fadl فيصل:faysal فواز:fawwaaz "
    "فوزي:fawzi فايز:faayiz نور:nuur نورا:nuura نوري:nuuri ناظم:naadhim نظام:nidhaam صالح:saalih صلاح:salaah "
    "مصلح:muslih صادق:saadiq صديق:siddiiq "
    "صباح:sabaah صبيح:sabiih صبحي:subhi صبري:sabri صابر:saabir ماجد:maajid مجيد:majiid امجد:amjad مجد:majd "
    "ماهر:maahir مهدي:mahdi مهند:muhannad "
    "هادي:haadi هدي:huda هدايه:hidaaya طالب:taalib طلب:talab طاهر:taahir طه:taaha زيد:zayd زياد:ziyaad زيدان:zaydaan "
    "زيني:zayni زينب:zaynab رضا:ridha "
    "راضي:raadhi رياض:riyaadh مراد:muraad مروان:marwaan مريم:maryam شاكر:shaakir شكر:shukur شكري:shukri شريف:shariif "
    "شهاب:shihaab شهيد:shahiid "
    "عدنان:adnaan عدي:uday عادل:aadil عدل:adl عزيز:aziiz عزت:izzat يوسف:yuusuf ياسين:yaasiin يونس:yuunis يعقوب:yaquub "
    "يحيي:yahya ايوب:ayyuub "
    "داود:daawuud موسي:muusa عيسي:iisa اياد:iyaad ايهاب:iihaab احسان:ihsaan حازم:haazim حاتم:haatim حيدر:haydar "
    "حسام:husaam حكيم:hakiim كاظم:kaadhim "
    "نادر:naadir نذير:nadhiir منذر:mundhir منير:muniir امير:amiir امين:amiin امينه:amiina امنه:aamina امل:amal "
    "امال:aamaal ايمان:iimaan اميره:amiira "
    "سميره:samiira سمير:samiir سامر:saamir سامي:saami سما:samaa سمر:samar ساره:saara سرور:suruur رنا:rana رنين:raniin "
    "رانيا:raaniya رحيم:rahiim "
    "رحمن:rahmaan رحمان:rahmaan رحمه:rahma نجاه:najaat نجوي:najwa ناجي:naaji نجيب:najiib نجم:najim نعيم:naiim "
    "نعمه:nima مني:muna مها:maha منال:manaal "
    "حنان:hanaan حنين:haniin حنا:hanna هنا:hana هاني:haani غازي:ghaazi غزوان:ghazwaan غانم:ghaanim "
    "غني:ghani لطيف:latiif لطفي:lutfi لقمان:luqmaan "
    "عايشه:aaisha فاطمه:faatima فطيم:fatiim بدر:badr بدري:badri بشير:bashiir بشار:bashshaar بشري:bushra باسم:baasim "
    "بسام:bassaam بسيم:basiim تحسين:tahsiin علا:alaa صفا:safaa رجا:rajaa وفا:wafaa ندي:nada ليلي:layla لينا:liina مصطفي:mustafa "
    "عثمان:uthmaan خديجه:khadiija ياسر:yaasir رعد:rad فواد:fuaad طارق:taariq جاسم:jaasim هاشم:haashim هشام:hishaam "
    "ابراهيم:ibraahiim "
    "اسماعيل:ismaaiil"
)
