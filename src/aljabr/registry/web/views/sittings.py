"""Sittings at work: agenda, bundle, group decisions, minutes and their scan, points of law; exhibits in and out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.bodies.models import Hearing
from aljabr.registry.bodies.queries import hearing_with_motions, own_seat
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.decisions.queries import points_found, signed_minutes
from aljabr.registry.decisions.queries import schedule as schedule_seen
from aljabr.registry.decisions.schedules import cast_votes, issue_schedule, open_schedule, take_out
from aljabr.registry.decisions.sittings import attach_scan, freeze_minutes, put_on_agenda, record_point
from aljabr.registry.evidence.actions import add_exhibit
from aljabr.registry.evidence.queries import content_of, exhibit
from aljabr.registry.viewers import Conflict
from aljabr.registry.web.forms import money, text, whole
from aljabr.registry.web.pages import Page, found


def _hearing(request: Page, hearing_id: int) -> Hearing:
    return found(hearing_with_motions(request.viewer, hearing_id))  # type: ignore[no-any-return]


def add_to_agenda(request: Page, item_id: str) -> HttpResponse:
    """Put an item on the agenda of a sitting of the body it is before."""
    item = found(item_seen(request.viewer, item_id))
    put_on_agenda(request.viewer, _hearing(request, whole(request, "hearing")), item)
    return redirect("claim-page", claim_id=item.claim_id)


def put_schedule(request: Page, hearing_id: int) -> HttpResponse:
    """Put the chosen items of an agenda to one vote."""
    hearing = _hearing(request, hearing_id)
    chosen = request.POST.getlist("item")
    items = ClaimItem.objects.select_related("claim").in_bulk(chosen)
    programmes = {key: law.programme(items[key].claim.programme) for key in chosen if key in items}
    amounts = {key: money(request, f"amount-{key}", programme) for key, programme in programmes.items()}
    schedule = open_schedule(
        request.viewer,
        amounts,
        outcome=text(request, "outcome", required=True),
        ground=text(request, "ground", required=True),
        hearing=hearing,
    )
    return redirect("schedule", schedule_id=schedule.pk)


def schedule(request: Page, schedule_id: int) -> HttpResponse:
    """Show a schedule: its items, their votes and decisions."""
    shown = found(schedule_seen(request.viewer, schedule_id))
    may = {name: request.viewer.may(name) for name in ("vote.cast", "decision.issue", "schedule.opt_out")}
    context = {
        "schedule": shown,
        "motions": shown.motions.all(),
        "programme": law.programme(shown.body.programme),
        "may_vote": may["vote.cast"] and shown.body.key in request.viewer.bodies,
        "may_issue": may["decision.issue"] and shown.body.key in request.viewer.bodies,
        "may_take_out": may["schedule.opt_out"],
    }
    return render(request, "registry/schedule.html", context)


def vote_schedule(request: Page, schedule_id: int) -> HttpResponse:
    """Cast the vote of one's seat on every item left."""
    shown = found(schedule_seen(request.viewer, schedule_id))
    seat = own_seat(request.viewer, shown.body_id)
    choice = text(request, "choice", required=True)
    cast_votes(request.viewer, shown, seat=seat, choice=choice, dissent=text(request, "dissent"))
    return redirect("schedule", schedule_id=schedule_id)


def end_schedule(request: Page, schedule_id: int) -> HttpResponse:
    """Issue the decisions of the items that carried."""
    issue_schedule(request.viewer, found(schedule_seen(request.viewer, schedule_id)))
    return redirect("schedule", schedule_id=schedule_id)


def opt_out(request: Page, motion_id: int) -> HttpResponse:
    """Take an item out of its schedule."""
    motion = found(Motion.objects.filter(pk=motion_id).select_related("body").first())
    take_out(request.viewer, motion, because=text(request, "because", required=True))
    return redirect("claim-page", claim_id=motion.claim_id)


def minutes(request: Page, hearing_id: int) -> HttpResponse:
    """Freeze the minutes."""
    freeze_minutes(request.viewer, _hearing(request, hearing_id), text=text(request, "minutes", required=True))
    return redirect("hearing", hearing_id=hearing_id)


def scan(request: Page, hearing_id: int) -> HttpResponse:
    """Bind the scan of the signed minutes."""
    file = request.FILES.get("file")
    if file is None:
        raise Conflict("No file was sent.", "Choose it again.")
    attach_scan(request.viewer, _hearing(request, hearing_id), file=file.chunks())
    return redirect("hearing", hearing_id=hearing_id)


def points(request: Page) -> HttpResponse:
    """Show the register of points of law decided."""
    asked = request.GET.get("q", "")
    return render(request, "registry/points.html", {"points": points_found(request.viewer, asked), "asked": asked})


def add_point(request: Page, decision_id: str) -> HttpResponse:
    """Record a point of law a decision settled."""
    decision = found(Decision.objects.filter(pk=decision_id).select_related("body").first())
    record_point(
        request.viewer,
        decision,
        question=text(request, "question", required=True),
        holding=text(request, "holding", required=True),
        cite=text(request, "cite", required=True),
    )
    return redirect("points")


def upload(request: Page, item_id: str) -> HttpResponse:
    """Take an exhibit in."""
    item, file = found(item_seen(request.viewer, item_id)), request.FILES.get("file")
    if file is None:
        raise Conflict("No file was sent.", "Choose it again.")
    add_exhibit(
        request.viewer,
        claim_id=item.claim_id,
        item_id=item.pk,
        kind=text(request, "kind", required=True)[:64],
        file=file.chunks(),
        file_name=file.name or "",
    )
    return redirect("claim-page", claim_id=item.claim_id)


def download(request: Page, exhibit_id: str) -> HttpResponse:
    """Hand out an exhibit, hashed again, never shown inside a page."""
    shown = found(exhibit(request.viewer, exhibit_id))
    return _attachment(content_of(request.viewer, shown), sha256=shown.sha256, content_type=shown.content_type)


def signed(request: Page, hearing_id: int) -> HttpResponse:
    """Hand out the scan of signed minutes, hashed again."""
    hearing = _hearing(request, hearing_id)
    sha256: str = found(hearing.scan_sha256 or None)
    return _attachment(signed_minutes(request.viewer, hearing), sha256=sha256, content_type="application/octet-stream")


def _attachment(content: bytes, *, sha256: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{sha256[:16]}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-SHA256"] = sha256
    return response
