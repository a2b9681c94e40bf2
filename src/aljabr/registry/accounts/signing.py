"""Signing in: attempts counted before a password is looked at, sessions that end, a password given again before grave acts.

Order of a sign-in: ``bar_attempt`` counts the attempt for the name and the address, and says until when they are barred; the
password; ``start_sign_in`` forgets the name's failures, gives the session a new key and writes a row; the second factor
(``factors``). Whoever is barred is told until when; it always ends by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from aljabr.registry.accounts.models import Attempt, Factor, SignIn, User
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer

NAME_LIMIT, ADDRESS_LIMIT = 5, 30
BARRED_FOR = timedelta(minutes=15)
IDLE, LONGEST, FRESH = timedelta(minutes=30), timedelta(hours=8), timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)


def name_key(username: str) -> str:
    """Return the key under which attempts for a name are counted."""
    return f"name:{username.strip().casefold()[:120]}"


def address_key(request: HttpRequest) -> str:
    """Return the key under which attempts from an address are counted."""
    return f"address:{address_of(request)}"


def address_of(request: HttpRequest) -> str:
    """Return the address the connection comes from; headers a client can write are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


@transaction.atomic
def bar_attempt(*keys: str) -> datetime | None:
    """Count an attempt under each key, and return until when the worst is barred; None when it may go on.

    The rows are locked until the answer is given, so that a hundred attempts at once are counted one by one.
    """
    now = timezone.now()
    Attempt.objects.bulk_create([Attempt(key=key, last_at=now) for key in keys], ignore_conflicts=True)
    rows = list(Attempt.objects.select_for_update().filter(key__in=keys).order_by("key"))
    barred = [row.barred_until for row in rows if row.barred_until and row.barred_until > now]
    if barred:
        return max(barred)
    for row in rows:
        again = row.failures > 0 and row.last_at > now - BARRED_FOR and row.barred_until is None
        failures = row.failures + 1 if again else 1
        limit = ADDRESS_LIMIT if row.key.startswith("address:") else NAME_LIMIT
        until = now + BARRED_FOR if failures >= limit else None
        Attempt.objects.filter(pk=row.pk).update(failures=failures, last_at=now, barred_until=until)
    return None


def forgive(name: str, address: str = "") -> None:
    """Forget a name's failures after a right password, and this one attempt of the address, whose others still count."""
    Attempt.objects.filter(key=name).update(failures=0, barred_until=None)
    for row in Attempt.objects.filter(key=address, failures__gt=0):
        failures = row.failures - 1
        barred = row.barred_until if failures >= ADDRESS_LIMIT else None
        Attempt.objects.filter(pk=row.pk).update(failures=failures, barred_until=barred)


def barred_now() -> list[Attempt]:
    """Return the names and addresses barred at this moment, for administrators to see."""
    return list(Attempt.objects.filter(barred_until__gt=timezone.now()).order_by("key"))


def start_sign_in(request: HttpRequest, user: User) -> SignIn:
    """Give the session a new key and write the sign-in down."""
    login(request, user)
    now = timezone.now()
    started = SignIn.objects.create(
        user=user,
        started_at=now,
        seen_at=now,
        fresh_at=now,
        address=address_of(request),
        browser=request.headers.get("User-Agent", "")[:200],
    )
    request.session["sign_in"] = started.pk
    return started


def complete_sign_in(request: HttpRequest, sign_in: SignIn) -> None:
    """Note that the second factor was given; the session gets a new key again."""
    request.session.cycle_key()
    now = timezone.now()
    SignIn.objects.filter(pk=sign_in.pk).update(second_factor_at=now, fresh_at=now)


def freshen(sign_in: SignIn) -> None:
    """Note that the password was given again."""
    SignIn.objects.filter(pk=sign_in.pk).update(fresh_at=timezone.now())


def is_fresh(sign_in: SignIn) -> bool:
    """Return whether the password was given within the last minutes."""
    return sign_in.fresh_at > timezone.now() - FRESH


def current_sign_in(request: HttpRequest, user: User) -> SignIn | None:
    """Return the sign-in of a request's session; None when there is none or it has ended, was idle or lasted too long."""
    found = SignIn.objects.filter(pk=request.session.get("sign_in", 0), user=user, ended_at=None).select_related("user").first()
    if found is None:
        return None
    now = timezone.now()
    if found.seen_at < now - IDLE or found.started_at < now - LONGEST:
        SignIn.objects.filter(pk=found.pk, ended_at=None).update(ended_at=now, ended_because="timeout")
        return None
    if found.seen_at < now - _SEEN_EVERY:
        SignIn.objects.filter(pk=found.pk).update(seen_at=now)
    return found


def is_complete(sign_in: SignIn) -> bool:
    """Return whether nothing more is asked: the second factor was given, or the account is a demo's without one."""
    return sign_in.second_factor_at is not None or (sign_in.user.is_demo and not has_factor(sign_in.user))


def has_factor(user: User) -> bool:
    """Return whether the user has a second factor in use."""
    return Factor.objects.filter(user=user, confirmed_at__isnull=False, removed_at=None).exists()


def end_sign_in(request: HttpRequest, sign_in: SignIn) -> None:
    """Sign out."""
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=timezone.now(), ended_because="signed_out")
    logout(request)


def open_sign_ins(user_id: int) -> list[SignIn]:
    """Return a user's sign-ins that have not ended, newest first."""
    since = timezone.now() - LONGEST
    return list(SignIn.objects.filter(user_id=user_id, ended_at=None, started_at__gt=since).order_by("-started_at"))


@transaction.atomic
def revoke_sign_in(viewer: Viewer, sign_in_id: int) -> None:
    """End one of the viewer's own sign-ins, wherever it is.

    Raises
    ------
    Conflict
        When it is none of theirs, or has ended.
    """
    mine = SignIn.objects.filter(pk=sign_in_id, user_id=viewer.person, ended_at=None)
    if not mine.update(ended_at=timezone.now(), ended_because="revoked"):
        raise Conflict("This sign-in has ended.", "Nothing is left to do.")
    record_event(viewer, "sign_in.ended", subject=f"user:{viewer.person}")
