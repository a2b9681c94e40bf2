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
