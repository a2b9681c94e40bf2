"""Second factors that are plugged in or built in: keys by WebAuthn, of which the registry keeps the public half.

The challenge stays in the session and is used once. What a browser sends is read by ``fido2``; a key whose counter falls back has
been copied, and is refused.
"""

from __future__ import annotations

from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from aljabr.registry.accounts.codes import make_recovery_codes
from aljabr.registry.accounts.models import Factor, User
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer


def _server(host: str) -> Fido2Server:
    """The relying party: the name the browser is on, which must be one of the installation's."""
    name = host.split(":")[0]
    if name not in settings.ALLOWED_HOSTS:
        raise Conflict("This address is not the registry's.", "Open it under its own name.")
    return Fido2Server(PublicKeyCredentialRpEntity(id=name, name="Aljabr"), verify_origin=lambda origin: _ours(origin, host))


def _ours(origin: str, host: str) -> bool:
    return origin == f"https://{host}" or (origin == f"http://{host}" and not settings.SECURE)


def keys_of_user(user: User) -> list[Factor]:
    """Return the keys a user has in use."""
    return list(Factor.objects.filter(user=user, kind="webauthn", confirmed_at__isnull=False, removed_at=None).order_by("pk"))


def _known(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.secret)) for key in keys_of_user(user)]


def begin_key(user: User, host: str) -> tuple[dict[str, Any], Any]:
    """Return what the browser is asked to make a key with, and the state to keep in the session."""
    entity = PublicKeyCredentialUserEntity(id=str(user.pk).encode(), name=user.username, display_name=user.name)
    options, state = _server(host).register_begin(
        entity, credentials=_known(user), user_verification=UserVerificationRequirement.PREFERRED
    )
    return cast("dict[str, Any]", dict(options)), state


@transaction.atomic
def add_key(viewer: Viewer, host: str, state: Any, answer: dict[str, Any], *, label: str) -> list[str]:
    """Put a key in use.

    Returns
    -------
    list of str
        Recovery codes, as of ``codes.confirm_generator``.

    Raises
    ------
    Conflict
        When the answer does not belong to the challenge.
    """
    try:
        made = _server(host).register_complete(state, RegistrationResponse.from_dict(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Conflict("The key's answer could not be read.", "Try again.") from error
    found = made.credential_data
    if found is None:
        raise Conflict("The key's answer could not be read.", "Try again.")
    now = timezone.now()
    Factor.objects.create(
        user_id=viewer.person,
        kind="webauthn",
        label=label[:64],
        secret=bytes(found),
        credential=websafe_encode(found.credential_id),
        last_step=made.counter,
        added_at=now,
        confirmed_at=now,
    )
    record_event(viewer, "factor.added", subject=f"user:{viewer.person}", kind="webauthn")
    return make_recovery_codes(viewer.person)


def begin_proof(user: User, host: str) -> tuple[dict[str, Any], Any]:
    """Return what the browser is asked to prove, and the state to keep in the session."""
    options, state = _server(host).authenticate_begin(_known(user), user_verification=UserVerificationRequirement.PREFERRED)
    return cast("dict[str, Any]", dict(options)), state


def take_proof(user: User, host: str, state: Any, answer: dict[str, Any]) -> bool:
    """Return whether a key of the user's signed the challenge and its counter did not fall back."""
    try:
        response = AuthenticationResponse.from_dict(answer)
        used = _server(host).authenticate_complete(state, _known(user), response)
        counter = response.response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return False
    keys = Factor.objects.filter(credential=websafe_encode(used.credential_id), removed_at=None)
    if counter == 0:
        return keys.filter(last_step=0).exists()
    return bool(keys.filter(last_step__lt=counter).update(last_step=counter))
