"""Shows a refused form again as it was typed, with what was wrong beside each field. No form can lose what somebody wrote.

The page is rendered anew as it stands now; then, in the forms that send to the refused address, the typed values are put back and
the errors stand after their fields. Everything else of the page is passed through character by character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser

__all__ = ["filled"]

_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "password"})
_NEVER_BACK = frozenset({"password", "file", "submit", "button"})
Attributes = dict[str, str | None]


def filled(page: str, *, action: str, at: str, typed: Mapping[str, Sequence[str]], errors: Mapping[str, str]) -> str:
    """Return a page whose forms for an action hold what was typed.

    Parameters
    ----------
    page : str
        HTML of the page.
    action : str
        The address the refused form was sent to.
    at : str
        The page's own address, to which a form without an action sends.
    typed : mapping of str to sequence of str
        The posted values by field.
    errors : mapping of str to str
        What is wrong, by field.

    Examples
    --------
    >>> filled('<form action="/a"><input name="n"></form>', action="/a", at="/", typed={"n": ["12,5"]}, errors={})
    '<form action="/a"><input name="n" value="12,5"></form>'
    """
    filler = _Filler(action=action, at=at, typed=typed, errors=errors)
    filler.feed(page)
    filler.close()
    return "".join(filler.pieces)


class _Filler(HTMLParser):
    """Copies a page, changing only the fields of the refused form."""

    def __init__(self, *, action: str, at: str, typed: Mapping[str, Sequence[str]], errors: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._action, self._at, self._typed, self._errors = action, at, typed, dict(errors)
        self._inside = False
        self._select: str | None = None
        self._skipped = False
        self._after = ""
        self._folded: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy a tag, or write it anew with what was typed."""
        named = dict(attrs)
        if tag == "details":
            self._folded.append(len(self.pieces))
        if tag == "form":
            self._inside = (named.get("method") or "").lower() != "get" and (named.get("action") or self._at) == self._action
            for place in self._folded if self._inside else ():
                self.pieces[place] = self.pieces[place].replace("<details", "<details open", 1)
        written = self.get_starttag_text() or ""
        name = named.get("name") or ""
        if self._inside and (tag in ("input", "textarea", "select") or (tag == "option" and self._select)):
            written = self._field(tag, named, name)
        self.pieces.append(written)
        if self._inside and tag == "input" and named.get("type") == "radio":
            self._after = name
        elif self._inside and tag == "input":
            self._say(name)
        elif self._inside and tag == "textarea" and name in self._typed:
            self.pieces.append("\n" + escape(self._typed[name][0], quote=False))
            self._skipped = True

    def handle_endtag(self, tag: str) -> None:
        """Copy an end tag; what is wrong with a list or a text stands after it."""
        self._skipped = self._skipped and tag != "textarea"
        if not self._skipped:
            self.pieces.append(f"</{tag}>")
        if tag == "details" and self._folded:
            self._folded.pop()
        if tag == "form":
            self._inside = False
        if self._inside and tag in ("select", "textarea", "fieldset"):
            self._say(self._after)
            self._select, self._after = None, ""

    def _field(self, tag: str, named: Attributes, name: str) -> str:
        if tag in ("select", "textarea"):
            self._select, self._after = (name if tag == "select" and name in self._typed else None), name
        values = self._typed.get(self._select or "" if tag == "option" else name)
        kind = (named.get("type") or "text").lower()
        if tag == "option" and values is not None:
            _mark(named, "selected", (named.get("value") or "") in values)
        elif tag == "input" and kind in ("checkbox", "radio"):
            if self._typed:
                _mark(named, "checked", (named.get("value") or "on") in (values or ()))
        elif tag == "input" and values is not None and name not in _NOT_KEPT and kind not in _NEVER_BACK:
            named["value"] = values[0]
        if name in self._errors and tag != "option":
            named |= {"aria-invalid": "true", "aria-describedby": f"wrong-{name}"}
        return f"<{tag}{''.join(_attribute(*pair) for pair in named.items())}>"

    def _say(self, name: str) -> None:
        """Say once what is wrong with a field, after it."""
        if name in self._errors:
            said = escape(self._errors.pop(name))
            self.pieces.append(f'<span class="notice notice-warning small" id="wrong-{escape(name)}" dir="auto">{said}</span>')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy a tag that ends at once."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Copy text."""
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        """Copy a named character."""
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Copy a numbered character."""
        self._copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Copy a comment."""
        self._copy(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Copy the document type."""
        self._copy(f"<!{decl}>")

    def _copy(self, text: str) -> None:
        if not self._skipped:
            self.pieces.append(text)


def _mark(named: Attributes, attribute: str, wanted: bool) -> None:
    named.pop(attribute, None)
    if wanted:
        named[attribute] = None


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
