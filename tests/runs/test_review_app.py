"""The review of pairs without sockets: who is let in, what an act does, what is shown."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from aljabr.errors import UsageError
from aljabr.linkage.judgements import read_judgements
from aljabr.relations import Database
from aljabr.runs import link_files
from aljabr.runs.review_app import ReviewApp
from aljabr.runs.reviewing import ReviewDesk

HOST, TOKEN = "127.0.0.1:8000", "t" * 43
A = "name,date of birth,phone\nمحمد علي حسن الجبوري,1980-02-03,07701234567\nزينب سالم خلف,1990-01-05,07709876543\n"
B = "name,date of birth,phone\nMohammed Ali Hasan,1980-02-03,07701234567\nZainab Salim Khalaf,1990-05-01,07709876543\n"


class Client:
    """A browser of one page, in its session."""

    def __init__(self, app, cookie=f"aljabr_review={TOKEN}"):
        self.app, self.cookie, self.csrf = app, cookie, app._csrf

    def ask(self, path="/", method="GET", body=None, **headers):
        path, _, query = path.partition("?")
        sent = json.dumps(body).encode() if body is not None else b""
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST, "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(sent)), "wsgi.input": io.BytesIO(sent),
        }  # fmt: skip
        if method == "POST":
            environ |= {"HTTP_ORIGIN": f"http://{HOST}", "HTTP_X_CSRF_TOKEN": self.csrf}
        answer = {}
        body = b"".join(self.app(environ | headers, lambda status, head: answer.update(status=status, headers=dict(head))))
        return int(answer["status"].split()[0]), body.decode(), answer["headers"]

    def act(self, path, **body):
        return self.ask(path, "POST", body)


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linked")
    (folder / "a.csv").write_text(A, encoding="utf-8")
    (folder / "b.csv").write_text(B, encoding="utf-8")
    link_files((folder / "a.csv", folder / "b.csv"), folder / "out", threshold=0.9)
    return folder / "out"


@pytest.fixture
def desk(linked, tmp_path):
    with Database() as db:
        yield ReviewDesk(
            db, linked, judgements=tmp_path / "judgements", reviewer="Hana", clock=lambda: datetime(2025, 3, 1, tzinfo=UTC)
        )


@pytest.fixture
def client(desk):
    return Client(ReviewApp(desk, token=TOKEN, hosts=(HOST,)))


def test_the_token_opens_the_session_and_becomes_a_cookie_no_script_reads(client):
    client.cookie = ""
    status, _, headers = client.ask(f"/?token={TOKEN}")
    assert (status, headers["Location"]) == (303, "/")
    assert headers["Set-Cookie"] == f"aljabr_review={TOKEN}; HttpOnly; SameSite=Strict; Path=/"


@pytest.mark.parametrize("cookie", ["", "aljabr_review=guess", f"other={TOKEN}"])
@pytest.mark.parametrize("path", ["/", "/review.js", "/judge", "/?token=guess"])
def test_without_the_session_nothing_is_shown(client, cookie, path):
    client.cookie = cookie
    assert client.ask(path)[0] == 403


def test_another_host_name_is_not_answered(client):
    assert client.ask("/", HTTP_HOST="evil.example:8000")[0] == 421


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_ORIGIN": "http://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_X_CSRF_TOKEN": ""}, {"HTTP_X_CSRF_TOKEN": "ü"}],
    ids=["other origin", "no origin", "no token", "wrong token"],
)
def test_an_act_from_elsewhere_is_refused(client, desk, headers):
    left, right = desk.pairs[0]
    assert client.ask("/judge", "POST", {"left": left, "right": right, "verdict": "positive"}, **headers)[0] == 403
    assert desk.book.judgements == ()


@pytest.mark.parametrize("change", [{"CONTENT_TYPE": "text/plain"}, {"CONTENT_LENGTH": "999999"}, {"CONTENT_LENGTH": "-1"}])
def test_an_act_that_is_no_small_json_is_refused(client, desk, change):
    assert client.ask("/judge", "POST", {"left": "x"}, **change)[0] == 400


def test_every_answer_forbids_foreign_content_frames_and_keeping(client):
    for path in ("/", "/review.css", "/nowhere"):
        headers = client.ask(path)[2]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")


def test_the_page_loads_nothing_from_elsewhere(client):
    page = client.ask("/")[1]
    assert "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page
    assert " style=" not in page and "<script>" not in page


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("ckb", "rtl"), ("en", "ltr")])
def test_the_page_speaks_three_languages_and_values_keep_their_own_direction(client, language, direction):
    page = client.ask(f"/?lang={language}")[1]
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert '<bdi class="value" dir="rtl">' in page
    assert '<bdi class="value" dir="ltr">' in page


def test_a_judgement_goes_to_the_file_and_leads_to_the_next_open_pair(client, desk):
    first, second = desk.pairs[:2]
    status, body, _ = client.act("/judge", left=first[0], right=first[1], verdict="positive", reason="same telephone")
    assert (status, json.loads(body)["go"]) == (200, f"/pair/{'/'.join(second)}?show=open&lang=en")
    made = read_judgements(desk.folder).judgements
    assert [(j.pair, j.verdict, j.judged_by, j.judged_at, j.reason) for j in made] == [
        (first, "positive", "Hana", "2025-03-01T00:00:00Z", "same telephone")
    ]
    assert "1 of 2 judged" in client.ask("/")[1]


def test_undo_takes_the_last_judgement_back_and_goes_to_its_pair(client, desk):
    first = desk.pairs[0]
    client.act("/judge", left=first[0], right=first[1], verdict="negative")
    body = json.loads(client.act("/undo")[1])
    assert body["go"].startswith(f"/pair/{'/'.join(first)}")
    assert desk.book.verdicts() == {}
    assert len(desk.book.judgements) == 1


def test_a_dispute_shows_both_judgements(client, desk, linked):
    first = desk.pairs[0]
    client.act("/judge", left=first[0], right=first[1], verdict="positive")
    with Database() as db:
        other = ReviewDesk(db, linked, judgements=desk.folder, reviewer="Karwan")
        other.judge(first, "negative", "another father")
    page = client.ask(f"/pair/{'/'.join(first)}")[1]
    assert "Reviewers disagree" in page
    assert "Karwan" in page and "another father" in page
    assert desk.listed("disputed", "") == [first]


def test_one_may_not_take_back_anothers_judgement(client, desk, linked):
    with Database() as db:
        other = ReviewDesk(db, linked, judgements=desk.folder, reviewer="Karwan")
        other.judge(desk.pairs[0], "negative", "")
    assert client.act("/withdraw", judgement=desk.book.judgements[0].judgement_id)[0] == 409


def test_pairs_that_nobody_proposed_are_not_judged(client, desk):
    assert client.act("/judge", left="rec_000000", right="rec_111111", verdict="positive")[0] == 409
    assert client.ask("/pair/rec_000000/rec_111111")[0] == 404


def test_hostile_values_are_shown_as_text(tmp_path):
    hostile = '<script>alert(1)</script> "\u202e'
    for name, phone in (("a", "07701234567"), ("b", "07701234567")):
        text = f'name,date of birth,phone,note\n{"Ali Hasan Saleh"},1980-02-03,{phone},"{hostile.replace(chr(34), chr(34) * 2)}"\n'
        (tmp_path / f"{name}.csv").write_text(text + f"Zainab{name} Omar,1990-01-01,0771111111{ord(name)},x\n", encoding="utf-8")
    link_files((tmp_path / "a.csv", tmp_path / "b.csv"), tmp_path / "out", threshold=0.9)
    with Database() as db:
        desk = ReviewDesk(db, tmp_path / "out", judgements=tmp_path / "j", reviewer="Hana")
        client = Client(ReviewApp(desk, token=TOKEN, hosts=(HOST,)))
        page = "".join(client.ask(f"/pair/{'/'.join(pair)}")[1] for pair in desk.pairs)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_language_the_review_does_not_speak_is_told(desk):
    with pytest.raises(UsageError, match="ar, ckb, en"):
        ReviewApp(desk, token=TOKEN, hosts=(HOST,), language="fr")


def test_the_most_doubtful_pair_comes_first(desk):
    weights = [abs(desk.pair(pair).match_weight - desk.weighing.link_weight) for pair in desk.pairs]
    assert weights == sorted(weights)


def clusters(out):
    lines = (out / "clusters.csv").read_text(encoding="utf-8").splitlines()
    return {(row["source"], row["row"]): row["person"] for row in csv.DictReader(lines)}


@pytest.mark.parametrize(
    ("said", "together"),
    [({"Hana": "negative"}, False), ({"Hana": "positive"}, True), ({"Hana": "positive", "Karwan": "negative"}, False)],
    ids=["two persons", "one person", "disputed"],
)
def test_what_was_judged_stands_when_the_files_are_linked_again(linked, tmp_path, said, together):
    judgements = tmp_path / "judgements"
    with Database() as db:
        for who, verdict in said.items():
            desk = ReviewDesk(db, linked, judgements=judgements, reviewer=who)
            pair = next(pair for pair in desk.pairs if "1980-02-03" in str(desk.pair(pair).left.fields))
            desk.judge(pair, verdict, "")
            db.execute("DROP TABLE review_pairs; DROP TABLE review_records")
    files = (linked.parent / "a.csv", linked.parent / "b.csv")
    link_files(files, tmp_path / "again", threshold=0.9, judgements=judgements)
    found = clusters(tmp_path / "again")
    assert (found["a.csv", "1"] == found["b.csv", "1"]) is together
    assert clusters(linked)["a.csv", "1"] == clusters(linked)["b.csv", "1"], "the score alone links them"
