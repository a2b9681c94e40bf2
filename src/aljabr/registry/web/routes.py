"""Every route with its methods and permission: the policy table from which addresses are made and the matrix is tested."""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.registry.web.pages import View
from aljabr.registry.web.views import (
    account,
    administration,
    bodies,
    claims,
    decided,
    exports,
    favour,
    filing,
    home,
    items,
    letters,
    opening,
    outside,
    oversight,
    papers,
    public,
    runs,
    sign_in,
    sittings,
    tokens,
)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address: its pattern, view, name, methods and the permission it needs (``public``, ``first_factor``, ``signed_in``
    or a row of the policy).
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
    _route("sign-in/second", sign_in.second_factor, "first_factor", "GET POST"),
    _route("sign-in/key/begin", sign_in.begin_key_proof, "first_factor", "POST"),
    _route("sign-in/key", sign_in.prove_key, "first_factor", "POST"),
    _route("sign-in/again", sign_in.password_again, "first_factor", "GET POST"),
    _route("sign-out", sign_in.sign_out, "first_factor", "POST"),
    _route("account", account.factors, "first_factor"),
    _route("account/code", account.begin_code, "first_factor", "POST"),
    _route("account/code/confirm", account.confirm_code, "first_factor", "POST"),
    _route("account/key/begin", account.begin_key_making, "first_factor", "POST"),
    _route("account/key", account.make_key, "first_factor", "POST"),
    _route("account/factors/<int:factor_id>/end", account.end_factor, "signed_in", "POST"),
    _route("account/sign-ins/<int:sign_in_id>/end", account.end_elsewhere, "signed_in", "POST"),
    _route("notices/<int:notice_id>/seen", account.mark_seen, "signed_in", "POST"),
    _route("", home.work, "signed_in"),
    _route("queues/<slug:body>/<slug:step>", home.queue, "queue.read"),
    _route("claims", claims.search, "claim.search"),
    _route("claims/new", filing.new_claim, "claim.lodge", "GET POST"),
    _route("claims/open", opening.open_elsewhere, "claim.break_glass", "GET POST"),
    _route("claims/<slug:claim_id>/readings", opening.readings, "readings.read"),
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
    _route("decisions/<slug:decision_id>/correction", decided.correct, "decision.issue", "POST"),
    _route("motions/<int:motion_id>/end", decided.end_motion, "decision.issue", "POST"),
    _route("items/<slug:item_id>/withdrawal", decided.withdraw, "claim.withdraw", "POST"),
    _route("items/<slug:item_id>/reopening", decided.reopen, "claim.withdraw", "POST"),
    _route("items/<slug:item_id>/agenda", sittings.add_to_agenda, "hearing.hold", "POST"),
    _route("items/<slug:item_id>/exhibits", sittings.upload, "exhibit.add", "POST"),
    _route("exhibits/<slug:exhibit_id>", sittings.download, "claim.read"),
    _route("hearings/<int:hearing_id>/schedule", sittings.put_schedule, "decision.issue", "POST"),
    _route("hearings/<int:hearing_id>/minutes", sittings.minutes, "hearing.hold", "POST"),
    _route("hearings/<int:hearing_id>/scan", sittings.scan, "hearing.hold", "POST"),
    _route("hearings/<int:hearing_id>/signed", sittings.signed, "claim.read"),
    _route("schedules/<int:schedule_id>", sittings.schedule, "claim.read"),
    _route("schedules/<int:schedule_id>/vote", sittings.vote_schedule, "vote.cast", "POST"),
    _route("schedules/<int:schedule_id>/decisions", sittings.end_schedule, "decision.issue", "POST"),
    _route("motions/<int:motion_id>/opt-out", sittings.opt_out, "schedule.opt_out", "POST"),
    _route("points", sittings.points, "body.read"),
    _route("decisions/<slug:decision_id>/point", sittings.add_point, "point.record", "POST"),
    _route("figures", outside.figures, "public"),
    _route("outside", outside.overdue, "request.remind"),
    _route("requests/<int:request_id>/reminder", outside.remind, "request.remind", "POST"),
    _route("objections/<int:objection_id>/notice", outside.tell, "service.record", "POST"),
    _route("objections/<int:objection_id>/motion", outside.put_objection, "decision.issue", "POST"),
    _route("objections/<int:objection_id>/lapse", outside.lapse, "request.remind", "POST"),
    _route("favour", favour.favour, "favour.audit"),
    _route("items/<slug:item_id>/priority", favour.prioritise, "priority.grant", "POST"),
    _route("filters", favour.keep_filter, "filter.save", "POST"),
    _route("filters/<int:filter_id>/drop", favour.forget_filter, "filter.save", "POST"),
    _route("calendar", oversight.calendar, "body.read"),
    _route("calendar/days", oversight.declare, "holiday.declare", "POST"),
    _route("claims/<slug:claim_id>/mediator", oversight.join, "mediator.join", "POST"),
    _route("mandates/<int:mandate_id>/end", oversight.end, "mediator.join", "POST"),
    _route("mandates/<int:mandate_id>/report", oversight.report, "mediation.report", "POST"),
    _route("decisions/<slug:decision_id>/attestation", oversight.attest_decision, "attestation.give", "POST"),
    _route("months", oversight.attest_month, "attestation.give", "POST"),
    _route("doubts/<int:doubt_id>", decided.settle, "recusal.settle", "POST"),
    _route("interests", decided.interest, "interest.declare", "POST"),
    _route("bodies", bodies.all_bodies, "body.read"),
    _route("bodies/<slug:key>/hearings", bodies.add_hearing, "hearing.hold", "POST"),
    _route("hearings/<int:hearing_id>", bodies.hearing, "body.read"),
    _route("administration", administration.users, "user.manage", "GET POST"),
    _route("administration/grants", administration.add_grant, "grant.give", "POST"),
    _route("administration/grants/<int:grant_id>/confirm", administration.confirm_grant, "grant.give", "POST"),
    _route("administration/grants/<int:grant_id>/end", administration.end_grant, "grant.give", "POST"),
    _route("administration/seats", administration.seats, "seat.nominate", "GET POST"),
    _route("administration/seats/<int:nomination_id>/confirm", administration.confirm_seat, "seat.nominate", "POST"),
    _route("administration/programmes", administration.programmes, "programme.read"),
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
