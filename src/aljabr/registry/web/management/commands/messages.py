"""Writes the catalogues of translations again: new sentences appear empty, translations there are stay, ``.mo`` are compiled."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from aljabr.registry.web.catalogues import LANGUAGES, LOCALE, compiled, read_po, sentences, write_po
from aljabr.registry.web.said import SENTENCES
from aljabr.registry.web.untranslated import programme_texts


class Command(BaseCommand):
    """``make messages``."""

    help = "Collect what is to be translated, and compile the catalogues."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write ``.po``, ``.mo`` and the list of sentences of errors."""
        messages, refusals = sentences(programme_texts())
        LOCALE.mkdir(exist_ok=True)
        SENTENCES.write_text("".join(f"{line}\n" for line in refusals), encoding="utf-8")
        for language in LANGUAGES:
            path = LOCALE / language / "LC_MESSAGES" / "django.po"
            known = read_po(path)
            kept = {**known, **{message: known.get(message, "") for message in messages}}
            write_po(path, language, kept)
            path.with_suffix(".mo").write_bytes(compiled(language, kept))
            missing = [message for message in messages if not kept[message]]
            self.stdout.write(f"{language}: {len(messages)} messages, {len(missing)} to translate")
