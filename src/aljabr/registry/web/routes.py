"""Every route with its methods and permission: the policy table from which addresses are made and the matrix is tested."""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.registry.web.pages import View
from aljabr.registry.web.views import (
    administration,
    bodies,
    claims,
    exports,
    filing,
    home,
    items,
    letters,
    papers,
    public,
    runs,
    sign_in,
    tokens,
)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address: its pattern, view, name, methods and the permission it needs (``public``, ``signed_in`` or a row of the
    policy).
    """

    pattern: str
    view: View
    name: str
    permission: str
    methods: tuple[str, ...] = ("GET",)


def _route(pattern: str, view: View, permission: str, methods: str = "GET") -> Route:
    name = view.__name__.replace("_", "-")
    return Route(pattern=pattern, view=view, name=name, permission=permission, methods=tuple(methods.split()))


ROUTES: tuple[Route, ...] = (
    _route("health", home.health, "public"),
    _route("language", home.choose_language, "public", "POST"),
    _route("sign-in", sign_in.sign_in, "public", "GET POST"),
    _route("sign-out", sign_in.sign_out, "signed_in", "POST"),
    _route("", home.work, "signed_in"),
    _route("queues/<slug:body>/<slug:step>", home.queue, "queue.read"),
    _route("claims", claims.search, "claim.search"),
    _route("claims/new", filing.new_claim, "claim.lodge", "GET POST"),
    _route("claims/<slug:claim_id>", claims.claim_page, "claim.read"),
    _route("claims/<slug:claim_id>/mail", claims.add_mail, "mail.record", "POST"),
    _route("claims/<slug:claim_id>/recusal", claims.recuse, "recusal.declare", "POST"),
    _route("items/<slug:item_id>/request", items.request_body, "request.send", "POST"),
    _route("requests/<int:request_id>/answer", items.answer_body, "request.answer", "POST"),
    _route("items/<slug:item_id>/reviewer", items.draw, "review.draw", "POST"),
    _route("items/<slug:item_id>/view", items.provisional_view, "view.write", "POST"),
    _route("items/<slug:item_id>/proposal", items.open_proposal, "view.write", "POST"),
    _route("items/<slug:item_id>/ask", items.ask, "evidence.ask", "POST"),
    _route("items/<slug:item_id>/answer", items.take, "claim.correct", "POST"),
    _route("items/<slug:item_id>/waiver", items.waive, "evidence.waive", "POST"),
    _route("items/<slug:item_id>/propose", items.propose_outcome, "item.propose", "POST"),
    _route("items/<slug:item_id>/motion", items.put_motion, "decision.issue", "POST"),
    _route("motions/<int:motion_id>/vote", items.vote, "vote.cast", "POST"),
    _route("motions/<int:motion_id>/decision", items.issue, "decision.issue", "POST"),
    _route("decisions/<slug:decision_id>", papers.decision_paper, "claim.read"),
    _route("decisions/<slug:decision_id>/service", items.serve_decision, "service.record", "POST"),
    _route("decisions/<slug:decision_id>/period", items.close_period, "service.record", "POST"),
    _route("decisions/<slug:decision_id>/appeal", items.appeal, "appeal.lodge", "POST"),
    _route("appeals/<slug:appeal_id>/motion", items.put_appeal_motion, "decision.issue", "POST"),
    _route("bodies", bodies.all_bodies, "body.read"),
    _route("bodies/<slug:key>/hearings", bodies.add_hearing, "hearing.hold", "POST"),
    _route("hearings/<int:hearing_id>", bodies.hearing, "body.read"),
    _route("administration", administration.users, "user.manage", "GET POST"),
    _route("administration/grants", administration.add_grant, "grant.give", "POST"),
    _route("administration/grants/<int:grant_id>/confirm", administration.confirm_grant, "grant.give", "POST"),
    _route("administration/grants/<int:grant_id>/end", administration.end_grant, "grant.give", "POST"),
    _route("runs", runs.runs, "run.read"),
    _route("runs/ask", runs.ask_run, "run.start", "POST"),
    _route("runs/<slug:run_id>", runs.run_page, "run.read"),
    _route("exports", exports.exports, "export.read"),
    _route("exports/ask", exports.ask_export, "export.ask", "POST"),
    _route("exports/<slug:export_id>/approve", exports.approve_export, "export.approve", "POST"),
    _route("exports/<slug:export_id>/file", exports.export_file, "export.ask"),
    _route("decisions/<slug:decision_id>/letters", letters.write_letters, "letter.write", "POST"),
    _route("claims/<slug:claim_id>/letters", letters.letters, "claim.read"),
    _route("claims/<slug:claim_id>/receipt", letters.receipt, "claim.read"),
    _route("letters/<slug:letter_id>", letters.letter_page, "claim.read"),
    _route("tokens", tokens.tokens, "token.make", "GET POST"),
    _route("tokens/<int:token_id>/revoke", tokens.end_token, "token.make", "POST"),
    _route("public", public.public, "public"),
    _route("public/checkpoint", public.checkpoint, "public"),
    _route("public/proof/<int:leaf_index>", public.proof, "public"),
    _route("public/receipts/<slug:code>", public.receipt_proof, "public"),
)
