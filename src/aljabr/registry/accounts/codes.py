"""Second factors that are typed: codes of a generator (RFC 6238), and recovery codes.

A code is taken once: the number of its half-minute only grows, by one guarded update. Secrets are encrypted with a key derived from
the installation's secret, so that a copy of the database alone signs nobody in. Recovery codes are kept as hashes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import escape_uri_path

from aljabr.registry.accounts.models import Factor, RecoveryCode, User
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer

STEP_SECONDS = 30
RECOVERY_CODES = 10


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"aljabr second factors" + settings.SECRET_KEY.encode()).digest()))


def _generator(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP_SECONDS, enforce_key_length=True)


def code_at(secret: bytes, at: float) -> str:
    """Return the code of a secret at a Unix time."""
    return _generator(secret).generate(int(at)).decode()


def begin_generator(user: User) -> tuple[Factor, str]:
    """Return a generator that is not in use until its first code is given, and its secret in base 32."""
    secret = secrets.token_bytes(20)
    waiting = Factor.objects.create(user=user, kind="totp", label="", secret=_cipher().encrypt(secret), added_at=timezone.now())
    return waiting, base64.b32encode(secret).decode()


def address_of_generator(user: User, secret: str) -> str:
    """Return the ``otpauth`` address a generator reads."""
    return f"otpauth://totp/Aljabr:{escape_uri_path(user.username)}?secret={secret}&issuer=Aljabr&digits=6&period={STEP_SECONDS}"


@transaction.atomic
def confirm_generator(viewer: Viewer, factor: Factor, code: str) -> list[str]:
    """Put a generator in use by its first code.

    Returns
    -------
    list of str
        Recovery codes to write down, shown this once; empty when the user has some already.

    Raises
    ------
    Conflict
        When the code is wrong.
    """
    if factor.user_id != viewer.person or not _take(factor, code):
        raise Conflict("This code is not the generator's.", "Check the clock of the device and type the code it shows now.")
    Factor.objects.filter(pk=factor.pk).update(confirmed_at=timezone.now())
    record_event(viewer, "factor.added", subject=f"user:{viewer.person}", kind="totp")
    return make_recovery_codes(viewer.person)


def take_code(user: User, code: str) -> bool:
    """Return whether a code is one of the user's generators' now or an unused recovery code, and use it up."""
    typed = code.strip().replace(" ", "").replace("-", "")
    generators = Factor.objects.filter(user=user, kind="totp", confirmed_at__isnull=False, removed_at=None)
    if any(_take(generator, typed) for generator in generators):
        return True
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(typed), used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def _take(factor: Factor, code: str) -> bool:
    generator = _generator(_cipher().decrypt(bytes(factor.secret)))
    step = int(timezone.now().timestamp()) // STEP_SECONDS
    for near in (step, step - 1, step + 1):
        try:
            generator.verify(code.encode(), near * STEP_SECONDS)
        except InvalidToken:
            continue
        return bool(Factor.objects.filter(pk=factor.pk, last_step__lt=near, removed_at=None).update(last_step=near))
    return False


def make_recovery_codes(user_id: int) -> list[str]:
    """Make a user's recovery codes unless unused ones are left."""
    if RecoveryCode.objects.filter(user_id=user_id, used_at=None).exists():
        return []
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    now = timezone.now()
    RecoveryCode.objects.bulk_create(RecoveryCode(user_id=user_id, digest=_digest(code), made_at=now) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _digest(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"recovery" + code.lower().encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def remove_factor(viewer: Viewer, factor_id: int) -> None:
    """Take one of the viewer's own second factors out of use; the last one stays.

    Raises
    ------
    Conflict
        When it is none of theirs, or the last.
    """
    mine = Factor.objects.filter(user_id=viewer.person, confirmed_at__isnull=False, removed_at=None)
    if mine.count() < 2 or not mine.filter(pk=factor_id).update(removed_at=timezone.now()):
        raise Conflict("This is your last second factor.", "Add another one first.")
    record_event(viewer, "factor.removed", subject=f"user:{viewer.person}")
