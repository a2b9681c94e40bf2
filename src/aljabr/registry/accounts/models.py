"""Users and grants. There is no superuser: nobody bypasses four-eyes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Users(BaseUserManager["User"]):
    """Finds users by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of that name."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """One row for every person who signs in.

    Personal data: name and e-mail of staff.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=3, default="ar")
    is_active = models.BooleanField(default=True)
    # An account of the sample, which holds no real claim: its second factor is optional.
    is_demo = models.BooleanField(default=False)
    # For the claimant's choice of who interviews them, and for the lot that assigns reviewers.
    sex = models.CharField(max_length=1, blank=True)
    languages = models.JSONField(default=list)
    competences = models.JSONField(default=list)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Names."""

        db_table = "users"

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One row for every role a user holds, for an area and perhaps a body, from one day to another.

    Invariants: given by one administrator and confirmed by another person (check ``grant_two_people``); never deleted, only ended.

    Personal data: none beyond the user.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    area = models.CharField(max_length=16, default="*")
    body = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=64, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    given_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "grants"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(given_by=F("confirmed_by")) | Q(given_by="system"), name="grant_two_people"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="grant_ends_after_start"
            ),
        ]


class Attempt(models.Model):
    """One row for every user name or address from which signing in failed, with the count of failures and how long it is barred.

    Invariants: counted in the transaction that answers, before the password is looked at (``accounts.signing``).

    Personal data: an address, or a name as somebody typed it.
    """

    key = models.CharField(max_length=160, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    barred_until = models.DateTimeField(null=True)

    class Meta:
        """Names."""

        db_table = "sign_in_attempts"


class SignIn(models.Model):
    """One row for every time a user signed in: where, since when, whether the second factor was given, when it ended.

    Invariants: a session without a row that has not ended is nobody (``accounts.middleware``).

    Personal data: address and browser of staff.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=16, blank=True)
    address = models.CharField(max_length=64)
    browser = models.CharField(max_length=200)
    second_factor_at = models.DateTimeField(null=True)
    fresh_at = models.DateTimeField()

    class Meta:
        """Names and indexes."""

        db_table = "sign_ins"
        indexes: ClassVar = [models.Index(fields=["user", "ended_at"], name="sign_ins_open")]


class Factor(models.Model):
    """One row for every second factor of a user: a code generator (``totp``) or a key (``webauthn``).

    Invariants: a code is taken once (``last_step`` only grows); a key's counter never falls back; removed ones stay as a record.

    Personal data: none; ``secret`` is encrypted with a key derived from the installation's secret.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=8)
    label = models.CharField(max_length=64)
    secret = models.BinaryField()
    credential = models.CharField(max_length=512, blank=True)
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "factors"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["totp", "webauthn"]), name="factor_kind"),
            models.UniqueConstraint(fields=["credential"], condition=~Q(credential=""), name="credential_once"),
        ]


class RecoveryCode(models.Model):
    """One row for every recovery code of a user, as a hash; each is taken once.

    Personal data: none.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "recovery_codes"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]


class Notice(models.Model):
    """One row for every notice to one user, shown on their work page until they have seen it.

    Personal data: names an officer and a claim; only its user sees it (row-level security).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=128)
    text = models.TextField()
    written_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """Names and indexes."""

        db_table = "notices"
        indexes: ClassVar = [models.Index(fields=["user", "seen_at"], name="notices_unseen")]
