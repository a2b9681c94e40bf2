"""What each purpose of an export needs: its columns and no others."""

from __future__ import annotations

from collections.abc import Mapping

# Column of the file → where it is read from an item with its claim and live step.
_WHERE = {"programme": "claim__programme", "step": "step", "state": "state", "entered_on": "entered_on"}
_CASE = {"reference": "claim__reference", "harm": "harm", "filed_on": "claim__filed_on"}

PURPOSES: Mapping[str, Mapping[str, str]] = {
    # counting and watching: no name, no reference, no person
    "statistics": {"harm": "harm", "area": "claim__area", "filed_on": "claim__filed_on", **_WHERE},
    # an audit of the course of cases: the reference, still no name
    "audit": {**_CASE, "area": "claim__area", **_WHERE},
    # telling claimants: whom, in which language, about which claim
    "notification": {**_CASE, "claimant_name": "claim__claimant_name", "language": "claim__language"},
}
