"""What every page of several languages shares: in which languages it is written, and a voice that speaks one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aljabr.report import wording

PAGE_LANGUAGES = ("ar", "en")


def page_languages(wished: Iterable[str]) -> list[str]:
    """Return the languages of a page, the one in which it opens first: the first that is wished for, else English."""
    first = next((language for language in wished if language in PAGE_LANGUAGES), "en")
    return sorted(PAGE_LANGUAGES, key=lambda language: language != first)


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What a template calls for texts in one language."""

    language: str

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return wording.direction(self.language)

    def say(self, key: str, **values: object) -> str:
        """Return a fixed text; numbers among the values get separators."""
        spoken = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        return wording.say(key, self.language, **spoken)

    def pick(self, text: dict[str, str]) -> str:
        """Return a programme's text in this language."""
        return wording.pick(text, self.language)
