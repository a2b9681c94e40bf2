"""Canonical bytes: RFC 8785 JSON without floats, shared by programme hashes and ledger leaves.

Objects are sorted by the UTF-16 code units of their keys, as the RFC asks; floats are refused because money and law have none.

References
----------
RFC 8785, JSON Canonicalization Scheme.
"""

from __future__ import annotations

import hashlib
import json

from aljabr.errors import AljabrError

MAX_SAFE_INTEGER = 2**53 - 1


def canonical_bytes(value: object) -> bytes:
    """Return the one canonical UTF-8 serialisation of a JSON value.

    Raises
    ------
    AljabrError
        On a float, a non-text key, an integer outside ±(2**53 − 1), half a character, values nested too deeply, or any type
        JSON lacks.

    Examples
    --------
    >>> canonical_bytes({"b": 1, "a": ["جبر", None, True]}).decode()
    '{"a":["جبر",null,true],"b":1}'
    """
    try:
        return _text(value).encode("utf-8")
    except UnicodeEncodeError:
        raise AljabrError("A text in it holds half a character.", "Write whole characters.") from None
    except RecursionError:
        raise AljabrError("It is nested too deeply.", "No run writes such a thing.") from None


def parsed(body: bytes) -> object:
    """Return the value that canonical bytes stand for.

    Raises
    ------
    AljabrError
        When they are not JSON, not in canonical form, or nested too deeply.

    Examples
    --------
    >>> parsed(b'{"a":[1,null]}')
    {'a': [1, None]}
    """
    value = json_value(body)
    if canonical_bytes(value) != body:
        raise AljabrError("It is not in canonical form.", "Somebody rewrote it.")
    return value


def json_value(body: bytes) -> object:
    """Return the value of JSON in any form, with whole numbers only.

    Raises
    ------
    AljabrError
        When it is not JSON, has a number that Aljabr never writes, or is nested too deeply.

    Examples
    --------
    >>> json_value(b' { "a": 1 } ')
    {'a': 1}
    """
    try:
        value: object = json.loads(body, parse_float=_no_number, parse_constant=_no_number, parse_int=_integer)
    except RecursionError:
        raise AljabrError("It is nested too deeply.", "No run writes such a thing.") from None
    except UnicodeDecodeError as error:
        raise AljabrError(f"It is not UTF-8 at byte {error.start}.", "Somebody rewrote it.") from None
    except ValueError as error:
        raise AljabrError(f"It is not JSON: {str(error)[:200]}.", "Somebody rewrote it.") from None
    return value


def _no_number(text: str) -> object:
    raise ValueError(f"{text[:40]} is not a whole number")


def _integer(text: str) -> int:
    if len(text) > len(str(-MAX_SAFE_INTEGER)):
        raise ValueError(f"a number has {len(text):,} characters")
    return int(text)


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical bytes, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            if abs(value) > MAX_SAFE_INTEGER:
                raise AljabrError(f"The integer {value} is beyond 2^53 - 1.", "Write it as text.")
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return "[" + ",".join(_text(item) for item in value) + "]"
        case dict():
            return "{" + ",".join(f"{_text(key)}:{_text(value[key])}" for key in sorted(value, key=_utf16)) + "}"
        case _:
            raise AljabrError(
                f"A {type(value).__name__} has no canonical form.", "Use text, integers, booleans, lists and objects."
            )


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise AljabrError(f"The key {key!r} is not text.", "Write keys as text.")
    return key.encode("utf-16-be")
