"""Two states of the database that differ in one sealed claim answer everybody outside its unit alike: pages, counts, numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from aljabr.registry.claims.models import ItemOverlap
from aljabr.registry.decisions.models import Decision
from aljabr.registry.procedure.filing import StatedPerson
from aljabr.registry.viewers import system_viewer
from aljabr.registry.web.routes import ROUTES
from tests.registry.casefiles import MISSING, file_of, officers
from tests.registry.commission import SUB, Commission, house_claim
from tests.registry.signing import signed_in
from tests.registry.test_access_matrix import OTHERS
from tests.registry.test_walk import ask_and_answer, decide, review

NAME = "أحمد محمود سالم الجبوري"


@pytest.fixture
def seeded(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def walked(people, item, secretary="secretary"):
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    return decide(people, item, SUB, secretary, outcome="granted", amount_minor=1_000, ground="x")


def addresses(claim, hidden):
    """Every address one can get, with what one might look for; of the open claim and of the one that may be there."""
    values = {
        **vars(MISSING),
        **OTHERS,
        "claim_id": claim.pk,
        "body": SUB,
        "step": "recommendation",
        "hearing_id": 1,
        "schedule_id": 1,
    }
    values["decision_id"] = Decision.objects.filter(claim_id=claim.pk).values_list("pk", flat=True).first()
    found = [re.sub(r"<\w+:(\w+)>", lambda m: str(values[m[1]]), route.pattern) for route in ROUTES if "GET" in route.methods]
    found += [
        f"queues/{body}/{step}"
        for body, step in ((SUB, "assessment"), ("police", "police_inquiry"), ("investigative_court", "court_form"))
    ]
    found += [f"claims?q={asked}" for asked in (NAME, "Ahmed", "07701234567", hidden["reference"], hidden["name"], claim.reference)]
    found += [f"claims/{hidden['claim_id']}", f"claims/{hidden['claim_id']}/readings"]
    return [f"/{path}" for path in found]


def plain(response):
    body = re.sub(r'name="(csrfmiddlewaretoken|filing_key)" value="\w+"', "", response.content.decode())
    kept = {name: value for name, value in response.headers.items() if name not in ("Set-Cookie", "Content-Length")}
    return response.status_code, kept, re.sub(r"<td dir=\"ltr\">[\d :-]+</td>.*", "", body)


def crawl(clients, paths):
    return {(role, path): plain(client.get(path)) for role, client in clients.items() for path in paths}


def test_a_sealed_claim_changes_no_answer_to_anybody_outside_its_unit(seeded):
    people = seeded
    claim = house_claim(people.viewer("intake"))
    walked(people, claim.items.get())
    found = officers()
    clients = {role: signed_in(user) for role, user in found.items()}
    clients |= {name: signed_in(people.users[name]) for name in ("auditor", "central_secretary", f"{SUB}_1")}
    hidden = {"claim_id": "clm_0123456789abcdef01234567", "reference": "SEALED-1", "name": "زينب الموصلي"}
    paths = addresses(claim, hidden)
    crawl(clients, paths)  # readings of the crawl itself are there from the first time on
    before = crawl(clients, paths)
    sealed = seal(people, hidden, claim)
    after = crawl(clients, paths)
    different = [key for key in before if before[key] != after[key]]
    assert not different
    assert len(before) > 200
    posted(clients, sealed)


def seal(people, hidden, claim):
    """A sealed claim before the same body, decided and appealed, which linkage thinks is the same loss as the open one."""
    system_viewer().bind()
    sealed = house_claim(
        system_viewer(),
        id=hidden["claim_id"],
        reference=hidden["reference"],
        sealed_unit="women",
        people=(StatedPerson(full_name=hidden["name"], role="claimant", phone="07701234567"),),
    )
    file_of(people, sealed, SUB, people.users["reviewer_1"])
    item = claim.items.get()
    ItemOverlap.objects.create(
        item=item, other_item_id="itm_sealed", other_claim_id=sealed.pk, kind="same_property", probability="0.99"
    )
    return sealed


def posted(clients, sealed):
    """Acts on the sealed claim are answered as acts on one that does not exist."""
    for role, client in clients.items():
        for path in ("mail", "recusal"):
            there, nowhere = (client.post(f"/claims/{name}/{path}", {"reason": "x"}) for name in (sealed.pk, "clm_nothing"))
            assert there.status_code == nowhere.status_code, (role, path)


def test_the_numbers_of_open_decisions_and_requests_do_not_tell_of_sealed_ones(seeded, monkeypatch):
    people = seeded
    first = walked(people, house_claim(people.viewer("intake")).items.get())
    plain_viewer = Commission.viewer

    def inside(self, name):
        viewer = replace(plain_viewer(self, name), units=frozenset({"women"}), held=())
        viewer.bind()
        return viewer

    monkeypatch.setattr(Commission, "viewer", inside)
    sealed = house_claim(people.viewer("intake"), sealed_unit="women")
    hidden = walked(people, sealed.items.get())
    monkeypatch.setattr(Commission, "viewer", plain_viewer)
    second = walked(people, house_claim(people.viewer("intake"), filed_on=date(2024, 3, 2)).items.get())
    year = first.number.split("/")[1]
    assert (first.number, second.number, hidden.number) == (f"1/{year}", f"2/{year}", f"women-1/{year}")
    people.viewer("secretary")
    assert not Decision.objects.filter(pk=hidden.pk).exists()
