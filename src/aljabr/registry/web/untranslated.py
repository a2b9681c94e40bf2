"""Texts of programmes that lack one of the registry's languages: titles of seats, statutory exceptions, areas."""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.registry import law


def programme_texts() -> Iterator[str]:
    """Yield the English of every text a page shows for which a programme gives no Sorani or Kurmanji."""
    for programme in law.programmes():
        for body in programme.bodies:
            if body.statutory_exception:
                yield body.statutory_exception
            for seat in body.seats:
                if not {"ar", "ckb", "kmr"} <= set(seat.name):
                    yield seat.name["en"]
