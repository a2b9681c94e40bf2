"""The public record: checkpoints that verify, proofs for a receipt, counts that tell of nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from aljabr.ledger import verify_inclusion
from aljabr.ledger.merkle import MerkleTree
from aljabr.ledger.notes import verify_checkpoint
from aljabr.registry.events import proofs
from aljabr.registry.events.checkpoints import publish_checkpoint
from aljabr.registry.events.models import Checkpoint, Event, TreeNode
from aljabr.registry.events.receipts import counts_by_step, log_key
from aljabr.registry.viewers import Viewer, system_viewer
from aljabr.registry.web.pages import page
from aljabr.registry.web.views import public
from tests.registry.commission import found_commission, house_claim
from tests.registry.servers import copied


@pytest.fixture(scope="module")
def receipt(registry):
    """The receipt of one of twelve filings in a log of two checkpoints, and one sealed claim."""
    with copied(registry, "public"):
        with transaction.atomic():
            people = found_commission(on=date(2024, 1, 1))
        publish_checkpoint()
        with transaction.atomic():
            claims = [house_claim(people.viewer("intake")) for _ in range(12)]
            inside = replace(people.viewer("intake"), units=frozenset({"women"}))
            inside.bind()
            house_claim(inside, sealed_unit="women")
        with transaction.atomic():
            system_viewer().bind()
            event = Event.objects.get(pk=claims[5].event_id)
        yield bytes(event.leaf_hash).hex()


def get(view, **parts):
    request = RequestFactory().get("/")
    request.viewer = Viewer()
    request.session = {}
    return page(view, permission="public", methods=("GET",))(request, **parts)


def test_anybody_proves_with_the_receipt_alone_that_a_filing_is_in_the_log(receipt):
    publish_checkpoint()
    said = json.loads(get(public.receipt_proof, code=receipt).content)
    assert said["leaf"] == receipt
    proof = [bytes.fromhex(value) for value in said["proof"]]
    root = bytes.fromhex(said["root"])
    assert verify_inclusion(bytes.fromhex(receipt), said["leaf_index"], said["size"], proof=proof, root=root)
    assert not verify_inclusion(bytes.fromhex(receipt), said["leaf_index"] + 1, said["size"], proof=proof, root=root)
    checkpoint = verify_checkpoint(get(public.checkpoint).content.decode(), verifier=log_key())
    assert (checkpoint.size, checkpoint.root.hex()) == (said["size"], said["root"])


def test_what_is_not_in_the_log_is_not_found(receipt):
    from django.http import Http404

    for parts in ({"code": "ab" * 32}, {"code": "zz"}, {"code": "AB" * 32}):
        with pytest.raises(Http404):
            get(public.receipt_proof, **parts)
    with pytest.raises(Http404):
        get(public.proof, leaf_index=10**9)


def test_counts_are_rounded_and_leave_out_small_cells_and_sealed_claims(receipt):
    with transaction.atomic():
        Viewer().bind()
        counted = {(row["step"], row["state"]): row["items"] for row in counts_by_step()}
    assert counted == {("court_form", "open"): 10}, "twelve open ones to the nearest five; the sealed thirteenth is not counted"


def test_proofs_from_kept_subtrees_are_those_of_the_whole_tree(receipt, monkeypatch):
    """With subtrees of 4 and 16 leaves instead of 256 and 65,536, so that a short log has both."""
    monkeypatch.setattr(proofs, "WIDTHS", (16, 4))
    with transaction.atomic():
        system_viewer().bind()
        size = Checkpoint.objects.order_by("-size").first().size
        with connection.cursor() as cursor:
            cursor.execute("SELECT leaf_hash FROM leaf_range(0, %s)", [size])
            tree = MerkleTree([bytes(row[0]) for row in cursor.fetchall()])
        proofs.keep_subtrees(0, size // 2)
        proofs.keep_subtrees(size // 2, size)
        assert TreeNode.objects.filter(width=16).count() == size // 16 > 2
        for index in range(size):
            found = proofs.prove_inclusion(index)
            assert list(found.hashes) == tree.inclusion_proof(index)
        transaction.set_rollback(True)


def test_the_public_page_shows_the_key_and_the_notes(receipt):
    publish_checkpoint()
    content = get(public.public).content.decode()
    assert log_key() in content.replace("&#x27;", "'")
    assert "aljabr.registry/events" in content
