"""RFC 8785 without floats."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.canonical import canonical_bytes, digest
from aljabr.errors import AljabrError

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(values)
def test_canonical_bytes_read_back_as_the_same_value(value):
    assert json.loads(canonical_bytes(value)) == value


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 9)))
def test_the_order_of_keys_does_not_matter(value):
    assert digest(value) == digest(dict(reversed(value.items())))


def test_keys_are_sorted_by_utf16_code_units_as_the_rfc_example_asks():
    # RFC 8785 §3.2.3: "\ufb33" (Hebrew) sorts after the surrogate pair of an emoji
    assert canonical_bytes({"\ufb33": 1, "😀": 2, "ö": 3}).decode() == '{"ö":3,"😀":2,"\ufb33":1}'


@pytest.mark.parametrize("value", [1.5, {1: 2}, 2**53, object(), b"x"], ids=["float", "key", "big", "object", "bytes"])
def test_what_json_cannot_hold_exactly_is_refused(value):
    with pytest.raises(AljabrError):
        canonical_bytes(value)
