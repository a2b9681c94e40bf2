"""Every operation with its method, permission and answer: the policy table of the REST interface, in the form of the pages'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aljabr.registry.api import schemas
from aljabr.registry.api.asking import Operation
from aljabr.registry.api.operations import claims, decisions, items, runs
from aljabr.registry.web.routes import Route

PREFIX = "api/v1/"


@dataclass(frozen=True, kw_only=True)
class ApiRoute(Route):
    """One operation: what a page's route has, with the schema and status of its answer."""

    answer: Any
    status: int = 200


def _route(pattern: str, view: Operation, permission: str, answer: Any, method: str = "POST", status: int = 200) -> ApiRoute:
    name = f"api-{view.__name__.replace('_', '-')}"
    return ApiRoute(
        pattern=PREFIX + pattern, view=view, name=name, permission=permission, methods=(method,), answer=answer, status=status
    )


API_ROUTES: tuple[ApiRoute, ...] = (
    _route("claims", claims.search_claims, "claim.search", schemas.ClaimPage, "GET"),
    _route("claims", claims.lodge, "claim.lodge", schemas.LodgedOut, status=201),
    _route("claims/<str:claim_id>", claims.read_claim, "claim.read", schemas.CaseOut, "GET"),
    _route("claims/<str:claim_id>/events", claims.read_events, "events.read", list[schemas.EventOut], "GET"),
    _route("queues", claims.read_queues, "queue.read", list[schemas.QueueOut], "GET"),
    _route("queues/<str:body>/<str:step>", claims.read_queue, "queue.read", schemas.WaitingPage, "GET"),
    _route("items/<str:item_id>/request", items.send_request, "request.send", schemas.Done),
    _route("requests/<int:request_id>/answer", items.answer_request, "request.answer", schemas.Done),
    _route("items/<str:item_id>/reviewer", items.draw_reviewer, "review.draw", schemas.Done),
    _route("items/<str:item_id>/view", items.write_view, "view.write", schemas.Done),
    _route("items/<str:item_id>/proposal", items.read_proposal, "claim.read", schemas.ProposalOut, "GET"),
    _route("items/<str:item_id>/proposal", items.open_proposal, "view.write", schemas.Done),
    _route("items/<str:item_id>/ask", items.ask_for_more, "evidence.ask", schemas.Done),
    _route("items/<str:item_id>/answer", items.take_answer, "claim.correct", schemas.Done),
    _route("items/<str:item_id>/waiver", items.waive_evidence, "evidence.waive", schemas.Done),
    _route("items/<str:item_id>/propose", items.propose, "item.propose", schemas.Done),
    _route("items/<str:item_id>/motion", decisions.open_motion, "decision.issue", schemas.Done),
    _route("motions/<int:motion_id>/vote", decisions.cast_vote, "vote.cast", schemas.Done),
    _route("motions/<int:motion_id>/decision", decisions.issue_decision, "decision.issue", schemas.Done),
    _route("decisions/<str:decision_id>/service", decisions.record_service, "service.record", schemas.Done),
    _route("decisions/<str:decision_id>/period", decisions.end_period, "service.record", schemas.Done),
    _route("decisions/<str:decision_id>/appeal", decisions.lodge_appeal, "appeal.lodge", schemas.Done),
    _route("appeals/<str:appeal_id>/motion", decisions.open_appeal_motion, "decision.issue", schemas.Done),
    _route("runs", runs.read_runs, "run.read", list[schemas.RunOut], "GET"),
    _route("runs", runs.ask_run, "run.start", schemas.RunOut, status=201),
    _route("runs/<str:run_id>", runs.read_run, "run.read", schemas.RunOut, "GET"),
)
