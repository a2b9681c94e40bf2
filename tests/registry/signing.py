"""Signs a user in on Django's test client: both factors given, as after the walk of ``test_sign_in``."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from aljabr.registry.accounts.models import SignIn, User


def signed_in(user: User, *, second_factor: bool = True, **options) -> Client:
    """Return a client on which a user is signed in."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False, **options)
    client.force_login(user)
    now = timezone.now()
    given = now if second_factor else None
    row = SignIn.objects.create(
        user=user, started_at=now, seen_at=now, fresh_at=now, second_factor_at=given, address="127.0.0.1", browser="test"
    )
    session = client.session
    session["sign_in"] = row.pk
    session.save()
    return client
