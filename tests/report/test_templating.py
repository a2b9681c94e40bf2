"""What a text from outside brings along never reaches a page as a control character."""

from __future__ import annotations

from markupsafe import Markup

from aljabr.report.templating import environment


def test_control_characters_are_written_out() -> None:
    page = environment().from_string("<p>{{ name }}</p>{{ marked }}")
    hostile = "n\x1b[2J\u2028\u202e<.csv"
    written = page.render(name=hostile, marked=Markup("<bdi>{}</bdi>").format(hostile))
    escaped = r"n\x1b[2J\u2028\u202e&lt;.csv"
    assert written == f"<p>{escaped}</p><bdi>{escaped}</bdi>"


def test_clean_texts_stay_as_they_are() -> None:
    text = "سجل\u200f\u2067نينوى\u2069\n\tx"
    assert environment().from_string("{{ text }}{{ number }}").render(text=text, number=3) == f"{text}3"
