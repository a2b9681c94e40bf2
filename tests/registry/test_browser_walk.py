"""The walk of a claim in Arabic, role by role, in Chromium; then every page is looked at: accessible, nothing cut off on a phone.

``ALJABR_SCREENSHOTS`` names a folder to keep the pictures of the tutorial in.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.registry.browser import DESK, PHONE, Clock, Registry, proposed, published, served, violations

CLAIMANT = "أحمد محمود سالم الجبوري"
GROUND = "شهادة شاهدين وصور للضرر تؤيد الطلب."
SUB, COURT, CENTRAL = "ninewa_sub_committee", "ninewa_appeals_court", "central_committee"


_TOO_WIDE = """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)"""


class Walk:
    """The walk, a stop at a time; each stop is one role at one page."""

    def __init__(self, registry: Registry, clock: Clock, pictures: Path | None) -> None:
        self.registry, self.clock, self.pictures = registry, clock, pictures
        self.claim, self.stops = "", []

    def at_claim(self, username: str, act: Any = None, *, keep: str = "", before: str = "") -> None:
        """Open the claim as somebody, do one thing, keep pictures in Arabic and English."""
        self.english(username, before)
        with self.registry.seen_by(username) as page:
            self.registry.go(page, self.claim)
            self.keep(page, before)
            if act:
                act(page)
            self.keep(page, keep)
        self.english(username, keep)

    def keep(self, page: Any, name: str, language: str = "ar") -> None:
        """Keep a picture of the page."""
        if name and self.pictures:
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=self.pictures / f"registry-{name}-{language}.png", full_page=True, animations="disabled")

    def english(self, username: str, name: str) -> None:
        if not (name and self.pictures):
            return
        with self.registry.seen_by(username, language="en") as page:
            self.registry.go(page, self.claim)
            self.keep(page, name, "en")

    def faults(self) -> list[str]:
        """Complaints of the console; none are heard while pictures are taken, which needs an inline style the policy refuses."""
        return [] if self.pictures else self.registry.faults

    def ask_and_answer(self, answer: str, *, keep: str = "") -> None:
        """The secretary sends the step's request and records what came back."""

        def send(page: Any) -> None:
            press(page, "إرسال الطلب المرقّم")

        def take(page: Any) -> None:
            page.get_by_label("الجواب الوارد").select_option(answer)
            press(page, "تسجيل الجواب")

        self.at_claim("secretary", send)
        self.at_claim("secretary", take, before=keep)

    def decide(self, body: str, secretary: str, outcome: str, *, votes: int, keep: str = "") -> None:
        """The secretary puts the motion, members vote, the secretary issues."""

        def put(page: Any) -> None:
            page.get_by_label("النتيجة المعروضة على التصويت").select_option(outcome)
            page.get_by_label(re.compile("^المبلغ")).fill("30000000")
            page.get_by_label(re.compile("^السبب")).first.fill(GROUND)
            press(page, "عرض على التصويت")

        def vote(page: Any) -> None:
            page.get_by_label("صوتكم").select_option("for")
            press(page, "تصويت")

        self.at_claim(secretary, put)
        for number in range(1, votes + 1):
            self.at_claim(f"{body}-{number}", vote, before=keep if number == 3 else "")
        self.at_claim(secretary, lambda page: press(page, "إصدار ما تقرّر"))

    def serve(self, secretary: str, *, keep: str = "") -> None:
        """The claimant is told through the mukhtar; the period passes on the clock; the secretary goes on."""

        def tell(page: Any) -> None:
            page.get_by_label("كيف بُلّغ مقدّم الطلب").select_option("mukhtar")
            press(page, "تسجيل التبليغ")

        self.at_claim(secretary, tell, before=keep)
        self.clock.pass_days(60)
        self.at_claim(secretary, lambda page: press(page, "انتهت مدة الطعن: المضيّ قُدماً"))


def press(page: Any, name: str) -> None:
    """Press a button and wait until the page it leads to stands; a refusal fails the walk."""
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/static/" not in answer.url):
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("load")
    from playwright.sync_api import expect

    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    refused = page.get_by_role("alert")
    assert refused.count() == 0, refused.first.inner_text()


def lodge(page: Any) -> None:
    page.get_by_label("الاسم الكامل كما يقوله مقدّم الطلب").fill(CLAIMANT)
    page.get_by_label("الصلة بالمتضرر").select_option("self")
    page.get_by_label("الهاتف").fill("07701234567")
    page.get_by_label(re.compile("^الضرر")).select_option("property")
    page.get_by_label(re.compile("^المبلغ المطالَب به")).fill("50000000")
    page.get_by_label(re.compile("^متى حدث")).fill("2017-03-12")
    page.get_by_label("المكان").fill("الموصل، حي الزنجيلي")
    page.get_by_label("ما الذي جرى").fill("تهدّم البيت في آذار 2017 أثناء القصف، وبقيت الجدران.")
    for paper in ("شهادة شاهدين", "صور أو تسجيل مصوّر للضرر", "سند الملكية (الطابو)"):
        page.get_by_label(paper).check()


def file_claim(walk: Walk) -> None:
    registry = walk.registry
    with registry.seen_by("") as page:
        registry.go(page, "/sign-in")
        walk.keep(page, "01-sign-in")
    with registry.seen_by("intake") as page:
        registry.go(page, "/claims/new")
        lodge(page)
        walk.keep(page, "02-filing")
        press(page, "تقديم الطلب")
        assert CLAIMANT in page.get_by_role("heading", level=1).inner_text()
        walk.claim = page.url.removeprefix(registry.address)
        walk.keep(page, "03-claim")
    if walk.pictures:
        with registry.seen_by("intake", language="en") as page:
            registry.go(page, "/claims/new")
            walk.keep(page, "02-filing", "en")
    proposed(walk.claim.rsplit("/", 1)[1])
    published()


def review(walk: Walk) -> None:
    from aljabr.registry.procedure.models import Assignment
    from aljabr.registry.viewers import system_viewer

    walk.at_claim("secretary", lambda page: press(page, "تعيين المدقّق بالقرعة"))
    reviewer = _as_system(lambda: Assignment.objects.select_related("officer").get().officer.username, system_viewer)

    def write(page: Any) -> None:
        assert "Law 20/2009" not in page.get_by_role("main").inner_text(), "the proposal is hidden before the view is written"
        page.get_by_label("رأيكم، قبل الاطلاع على ما تقترحه الجداول").fill("السقف منهار والجدران قائمة؛ الضرر كبير.")
        press(page, "حفظ رأيي")

    def propose(page: Any) -> None:
        page.get_by_label("النتيجة التي تقترحونها").select_option("granted")
        page.get_by_label(re.compile("^المبلغ")).fill("30000000")
        page.get_by_label(re.compile("^السبب")).first.fill(GROUND)
        press(page, "اقتراح")

    walk.at_claim(reviewer, write, before="05-view")
    walk.at_claim(reviewer, lambda page: press(page, "إظهار ما تقترحه الجداول"), keep="06-proposal")
    walk.at_claim(reviewer, propose)


def _as_system(read: Any, system_viewer: Any) -> Any:
    from django.db import transaction

    with transaction.atomic():
        system_viewer().bind()
        return read()


def sit(walk: Walk) -> None:
    with walk.registry.seen_by("secretary") as page:
        walk.registry.go(page, "/bodies")
        page.get_by_label("المكان").first.fill("مقر اللجنة، الموصل")
        press(page, "عقد جلسة")
        assert "محضر الجلسة" in page.get_by_role("heading", level=1).inner_text()


@pytest.fixture(scope="module")
def walked():
    """The registry after the whole walk."""
    folder = os.environ.get("ALJABR_SCREENSHOTS")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with served() as registry:
            walk = Walk(registry, Clock(patch), Path(folder) if folder else None)
            file_claim(walk)
            walk.ask_and_answer("form_issued", keep="04-request")
            walk.ask_and_answer("answered")
            review(walk)
            sit(walk)
            walk.decide(SUB, "secretary", "granted", votes=5, keep="07-vote")
            walk.serve("secretary", keep="08-decided")
            walk.decide(COURT, "court", "approved", votes=2)
            walk.decide(CENTRAL, "central", "ratified", votes=5)
            walk.serve("central")
            walk.ask_and_answer("funded")
            yield walk


def pages(walk: Walk) -> list[tuple[str, str]]:
    """Every page with who looks at it."""
    from aljabr.registry.bodies.models import Hearing
    from aljabr.registry.decisions.models import Decision
    from aljabr.registry.viewers import system_viewer

    decision = _as_system(lambda: Decision.objects.order_by("decided_on", "id").first().pk, system_viewer)
    hearing = _as_system(lambda: Hearing.objects.get().pk, system_viewer)
    return [
        ("", "/sign-in"),
        ("secretary", "/"),
        ("reviewer", "/"),
        ("intake", "/claims"),
        ("intake", "/claims?q=Ahmed+Aljuburi"),
        ("intake", "/claims/new"),
        ("secretary", walk.claim),
        ("auditor", walk.claim),
        ("finance", walk.claim),
        ("auditor", "/queues/finance/funding"),
        ("secretary", "/bodies"),
        ("secretary", f"/hearings/{hearing}"),
        ("auditor", f"/decisions/{decision}"),
        ("admin", "/administration"),
        ("intake", "/administration"),
        ("intake", "/claims/nothing"),
        ("auditor", f"{walk.claim}/readings"),
        ("intake", "/claims/open"),
        ("secretary", "/points"),
        ("secretary", "/calendar"),
        ("secretary", "/outside"),
        ("auditor", "/favour"),
        ("", "/figures"),
        ("", "/public"),
        ("admin", "/runs"),
        ("auditor", "/exports"),
        ("admin", "/exports"),
        ("intake", "/tokens"),
        ("secretary", f"{walk.claim}/letters"),
        ("intake", f"{walk.claim}/receipt"),
        ("admin", "/account"),
        ("admin", "/sign-in/again"),
        ("admin", "/administration/seats"),
        ("admin", "/administration/programmes"),
    ]


def test_the_claim_walks_from_filing_to_its_payment(walked):
    with walked.registry.seen_by("auditor") as page:
        walked.registry.go(page, walked.claim)
        now = page.locator("ol.walk li[aria-current=step]").inner_text()
        assert "الدفع بصكّ أو حوالة من المحافظة" in now
        decisions = page.get_by_role("region", name="القرارات")
        assert decisions.get_by_role("link").count() == 3
        walked.keep(page, "09-funding")
    walked.english("auditor", "09-funding")
    papers = [path for _, path in pages(walked) if path.startswith(("/hearings/", "/decisions/"))]
    for name, path in zip(("11-minutes", "12-decision"), papers, strict=True):
        with walked.registry.seen_by("secretary") as page:
            walked.registry.go(page, path)
            assert page.get_by_role("heading", name="التواقيع").count() == 1
            walked.keep(page, name)

    def state(page: Any) -> None:
        page.get_by_text("إثبات دفع", exact=True).click()
        page.get_by_label("رقم الصكّ أو الحوالة").fill("4711")
        press(page, "إثبات")

    walked.at_claim("finance", state, keep="16-payment")
    walked.at_claim("finance2", lambda page: press(page, "تأكيد الدفع"))
    with walked.registry.seen_by("auditor") as page:
        walked.registry.go(page, walked.claim)
        assert page.get_by_text("أكّده").count() == 1
        assert page.locator("ol.walk li[aria-current=step]").count() == 0
    assert walked.faults() == []


@pytest.mark.parametrize("language", ["ar", "en", "ckb"])
def test_axe_finds_nothing_on_any_page(walked, language):
    found = []
    for username, path in pages(walked):
        with walked.registry.seen_by(username, language=language, listening=False) as page:  # axe itself tries inline styles
            walked.registry.go(page, path)
            found += violations(page)
    assert found == []


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_no_page_is_wider_than_a_phone(walked, language, direction):
    wide = []
    for username, path in pages(walked):
        with walked.registry.seen_by(username, language=language, viewport=PHONE) as page:
            walked.registry.go(page, path)
            assert page.locator("html").get_attribute("dir") == direction
            if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                wide.append((path, page.evaluate(_TOO_WIDE)))
            if path == walked.claim and username == "secretary":
                walked.keep(page, "10-phone", language)
    assert wide == []


def test_without_javascript_a_search_and_the_choice_of_a_language_work(walked):
    context = walked.registry.browser.new_context(java_script_enabled=False, viewport=DESK)
    try:
        with walked.registry.seen_by("intake") as signed_in:
            context.add_cookies(signed_in.context.cookies())
        page = context.new_page()
        walked.registry.go(page, "/claims")
        page.get_by_role("searchbox").fill("احمد الجبوري")
        page.get_by_role("button", name="بحث").click()
        page.get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_role("link", name=CLAIMANT).count() == 1
    finally:
        context.close()


def test_a_search_answers_while_one_types(walked):
    with walked.registry.seen_by("intake") as page:
        walked.registry.go(page, "/claims")
        page.get_by_role("searchbox").press_sequentially("Ahmad Juburi", delay=5)
        page.get_by_role("link", name=CLAIMANT).wait_for()
    assert walked.faults() == []
