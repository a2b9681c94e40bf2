"""The review of pairs in a real browser, by the keyboard alone; skipped where there is no browser to drive."""

from __future__ import annotations

import shutil
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from aljabr.linkage.judgements import read_judgements
from aljabr.relations import Database
from aljabr.runs import link_files
from aljabr.runs.review_app import ReviewApp
from aljabr.runs.reviewing import ReviewDesk

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the keyboard walk was not tried")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here: the keyboard walk was not tried")
TOKEN = "k" * 43
HEAD = "name,date of birth,phone\n"
A = HEAD + "محمد علي حسن الجبوري,1980-02-03,07701234567\nزينب سالم خلف,1990-01-05,07709876543\nسعد عمر,1971-09-09,\n"
B = HEAD + "Mohammed Ali Hasan,1980-02-03,07701234567\nZainab Salim,1990-05-01,07709876543\nSaad Omar,1971-09-09,\n"


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format, *args):
        """Keep still."""


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "a.csv").write_text(A, encoding="utf-8")
    (tmp_path / "b.csv").write_text(B, encoding="utf-8")
    link_files((tmp_path / "a.csv", tmp_path / "b.csv"), tmp_path / "out", threshold=0.9)
    with Database() as db:
        yield ReviewDesk(db, tmp_path / "out", judgements=tmp_path / "judgements", reviewer="Hana")


@pytest.fixture
def page(desk):
    """The first page of the review in Arabic, in a browser."""
    holder = []
    with make_server("127.0.0.1", 0, lambda environ, start: holder[0](environ, start), handler_class=Quiet) as server:
        host = f"127.0.0.1:{server.server_port}"
        holder.append(ReviewApp(desk, token=TOKEN, hosts=(host,), language="ar"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            shown = browser.new_page(viewport={"width": 1280, "height": 800})
            shown.faults = []
            shown.on("pageerror", lambda error: shown.faults.append(str(error)))
            shown.on("console", lambda message: shown.faults.append(message.text) if message.type == "error" else None)
            shown.goto(f"http://{host}/?token={TOKEN}")
            yield shown
            browser.close()
        server.shutdown()


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_reviewer_walks_judges_and_takes_back_with_keys_alone(page, desk):
    first, second = desk.pairs[:2]
    assert TOKEN not in page.url
    assert page.evaluate("document.documentElement.dir") == "rtl"
    press(page, "j")
    assert f"/pair/{'/'.join(second)}" in page.url
    press(page, "ArrowRight")  # in a right-to-left page the way back is to the right
    assert f"/pair/{'/'.join(first)}" in page.url
    page.keyboard.press("r")
    page.keyboard.type("yn ليس هو")
    page.keyboard.press("Escape")
    assert desk.book.judgements == (), "letters in a text are text"
    press(page, "n")
    assert f"/pair/{'/'.join(second)}" in page.url
    press(page, "y")
    assert [(j.pair, j.verdict, j.reason) for j in read_judgements(desk.folder).judgements] == [
        (first, "negative", "yn ليس هو"),
        (second, "positive", ""),
    ]
    press(page, "z")
    assert f"/pair/{'/'.join(second)}" in page.url
    assert desk.book.verdicts() == {first: "negative"}
    assert page.faults == []


def test_help_opens_closes_and_single_keys_can_be_turned_off(page, desk):
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    page.uncheck("#keys")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('help').open")
    page.keyboard.press("y")
    page.wait_for_timeout(200)
    assert desk.book.judgements == ()
    assert page.faults == []


def test_every_control_is_reached_by_tab_with_its_focus_shown(page):
    controls = page.locator("a:visible, button:visible, select:visible, input:visible").count()
    seen = set()
    for _ in range(controls + 3):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return e === document.body ? '' :"
                " (s.outlineStyle !== 'none' ? 'seen ' : 'unseen ') + e.outerHTML.slice(0, 80) })()"
            )
        )
    assert len(seen - {""}) >= controls
    assert [element for element in seen if element.startswith("unseen")] == []


def test_texts_stand_out_from_their_grounds(page):
    script = """() => {
      const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
      const lum = ([r, g, b]) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
      const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
      const poor = [];
      for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!own || !e.checkVisibility() || e.closest('svg')) continue;
        const [a, b] = [lum(rgb(getComputedStyle(e).color)), lum(ground(e))].sort((x, y) => y - x);
        if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(e.outerHTML.slice(0, 90) + ' ' + ((a + 0.05) / (b + 0.05)).toFixed(2));
      }
      return poor;
    }"""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(script) == []
