"""Whether an officer is a party of a claim or kin of one: by document number it is certain, by names it is only a question.

Steps of ``note_conflicts``: what officers declared about themselves and their kin is held against the people of the claim. The
same document number recuses at once. Names that agree as far as ``ALJABR_RECUSAL_NAMES`` says (``whole_name``,
``father_and_family`` or ``family``) make a doubt that the body's secretary settles; until then the officer does not vote. A
respondent never sits: there an agreeing whole name is enough.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from aljabr.names import key, split_name
from aljabr.names.identifiers import identifier
from aljabr.registry.bodies.models import Interest, KinshipDoubt, Recusal
from aljabr.registry.parties.models import Person

STRICTNESS = {"whole_name": ("given", "father", "family"), "father_and_family": ("father", "family"), "family": ("family",)}


def names_agree(one: str, other: str, *, strictness: str) -> bool:
    """Return whether two full names agree in the parts a strictness compares; a part that is missing never agrees.

    Examples
    --------
    >>> names_agree("أحمد محمود سالم الجبوري", "Layla Mahmoud Salim al-Jubouri", strictness="father_and_family")
    True
    >>> names_agree("أحمد محمود سالم الجبوري", "Layla Mahmoud Salim al-Jubouri", strictness="whole_name")
    False
    """
    first, second = split_name(one), split_name(other)
    for part in STRICTNESS[strictness]:
        ours, theirs = getattr(first, part), getattr(second, part)
        if not ours or not theirs or key(ours) != key(theirs):
            return False
    return True


def document_key(number: str) -> str:
    """Return the key of a document number as people's search keys have it; empty when there is none."""
    found = identifier(number) if number else None
    return f"d:{found}" if found else ""


def note_conflicts(claim_id: str, officers: Iterable[int] | None = None) -> tuple[list[int], list[int]]:
    """Recuse officers who are certainly a party or kin, ask about those whose names only agree; called by actions.

    Parameters
    ----------
    officers : iterable of int, optional
        Ids of the officers to look at; all who declared something when it is None.

    Returns
    -------
    tuple of list of int
        Officers newly recused, and officers newly asked about.
    """
    people = list(Person.objects.filter(claim_id=claim_id))
    interests = Interest.objects.all() if officers is None else Interest.objects.filter(user_id__in=officers)
    certain: dict[int, str] = {}
    doubtful: dict[int, str] = {}
    for interest in interests:
        for person in people:
            _compare(interest, person, certain, doubtful)
    recused = set(Recusal.objects.filter(claim_id=claim_id).values_list("user_id", flat=True))
    asked = set(KinshipDoubt.objects.filter(claim_id=claim_id).values_list("user_id", flat=True))
    moment = timezone.now()
    new = {user: reason for user, reason in certain.items() if user not in recused}
    doubts = {user: reason for user, reason in doubtful.items() if user not in recused | asked | set(new)}
    Recusal.objects.bulk_create(
        Recusal(claim_id=claim_id, user_id=user, reason=reason, automatic=True, declared_at=moment) for user, reason in new.items()
    )
    KinshipDoubt.objects.bulk_create(
        KinshipDoubt(claim_id=claim_id, user_id=user, reason=reason, noted_at=moment) for user, reason in doubts.items()
    )
    return sorted(new), sorted(doubts)


def _compare(interest: Interest, person: Person, certain: dict[int, str], doubtful: dict[int, str]) -> None:
    how = f"{interest.relation}: {person.role}"
    if interest.document_key and interest.document_key in person.search_keys:
        certain.setdefault(interest.user_id, f"document number; {how}")
    elif person.role == "respondent" and names_agree(interest.full_name, person.full_name, strictness="whole_name"):
        certain.setdefault(interest.user_id, f"respondent; {how}")
    elif names_agree(interest.full_name, person.full_name, strictness=settings.RECUSAL_NAMES):
        doubtful.setdefault(interest.user_id, f"names agree; {how}")
