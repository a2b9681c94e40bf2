"""Which programmes a registry runs."""

from __future__ import annotations

import pytest

from aljabr.errors import SyntheticOnly, UsageError


def test_a_registry_never_runs_a_programme_that_takes_invented_claims_only(monkeypatch):
    from django.conf import settings

    from aljabr.registry.law import programme

    monkeypatch.setattr(settings, "PROGRAMMES", ("IQ-SURVIVORS",))
    with pytest.raises(SyntheticOnly, match="invented claims only"):
        programme("IQ-SURVIVORS")
    with pytest.raises(UsageError, match="does not run IQ-LAW20"):
        programme.__wrapped__("IQ-LAW20")
