"""Catalogues of translations: which sentences there are, reading and writing ``.po``, compiling ``.mo``.

Neither pages nor ``make messages`` need a gettext program: a ``.po`` here is one entry for each sentence, in order, without
plurals; a ``.mo`` is the binary table Python's own ``gettext`` reads.
"""

from __future__ import annotations

import ast
import json
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

REGISTRY = Path(__file__).parent.parent
LOCALE = REGISTRY / "locale"
LANGUAGES = ("ar", "ckb", "kmr")
_CONTEXT = "\x04"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nLanguage: {language}\n"
_CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "pgettext": 2, "pgettext_lazy": 2}
_REFUSING = {"Conflict", "NotAllowed"}


def sentences(programme_texts: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """Return every message to translate, and those of errors.

    Parameters
    ----------
    programme_texts : iterable of str
        English texts of programmes that lack one of our languages.

    Returns
    -------
    tuple of list
        All messages, with their context and U+0004 before them; then the sentences of errors, values as ``{0}``. Both sorted.
    """
    refusals = set(_refusals())
    messages = set(_messages()) | refusals | set(programme_texts)
    return sorted(messages), sorted(refusals)


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(REGISTRY.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _messages() -> Iterator[str]:
    for path, tree in _trees():
        two = "pgettext_lazy as _" in path.read_text(encoding="utf-8")
        yield from _calls(tree, two)
    for path in sorted(REGISTRY.rglob("templates/**/*.html")):
        marked = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for context, text in re.findall(
            r"\b(?:gettext|pgettext\(u?('[^']*'|\"[^\"]*\"),|_)\s*\(?\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*\)", marked
        ):
            yield (ast.literal_eval(context) + _CONTEXT if context else "") + ast.literal_eval(text)


def _calls(tree: ast.Module, two: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            wanted = 2 if two and node.func.id == "_" else _CALLS[node.func.id]
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(texts) == wanted == len(node.args):
                yield _CONTEXT.join(texts)


def _refusals() -> Iterator[str]:
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _REFUSING:
                yield from (text for text in map(_sentence, node.args[:2]) if text)
        if path.name in ("refusals.py", "stated.py"):
            yield from _table(tree)


def _table(tree: ast.Module) -> Iterator[str]:
    named = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for pair in ast.walk(tree):
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
            for one in pair.elts:
                text = named.get(one.id, "") if isinstance(one, ast.Name) else getattr(one, "value", "")
                if isinstance(text, str) and " " in text:
                    yield text


def _sentence(node: ast.expr) -> str:
    """Return a sentence with its values as ``{0}``, ``{1}``; empty for one that is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    number, parts = 0, []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{number}}}")
            number += 1
    return "".join(parts)


def read_po(path: Path) -> dict[str, str]:
    """Return translation by message; an entry marked fuzzy counts as untranslated."""
    found: dict[str, str] = {}
    for entry in re.split(r"\n{2,}", path.read_text(encoding="utf-8")) if path.exists() else ():
        fields = dict(re.findall(r'^(msgctxt|msgid|msgstr) (".*")$', entry, re.MULTILINE))
        if "msgid" in fields and json.loads(fields["msgid"]):
            context = json.loads(fields["msgctxt"]) + _CONTEXT if "msgctxt" in fields else ""
            found[context + json.loads(fields["msgid"])] = "" if "#, fuzzy" in entry else json.loads(fields["msgstr"])
    return found


def write_po(path: Path, language: str, messages: dict[str, str]) -> None:
    """Write a catalogue, sorted by message."""
    entries = [f'msgid ""\nmsgstr {_quoted(_HEADER.format(language=language))}']
    for message in sorted(messages):
        context, _, text = message.rpartition(_CONTEXT)
        lines = [f"msgctxt {_quoted(context)}"] if context else []
        entries.append("\n".join([*lines, f"msgid {_quoted(text)}", f"msgstr {_quoted(messages[message])}"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(entries) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(language: str, messages: dict[str, str]) -> bytes:
    """Return the binary table of a catalogue: a header, offsets of messages, offsets of translations, the texts."""
    table = {"": _HEADER.format(language=language), **{key: text for key, text in messages.items() if text}}
    keys = sorted(table, key=lambda key: key.encode())
    texts = [key.encode() for key in keys] + [table[key].encode() for key in keys]
    start = 28 + 16 * len(keys)
    offsets, body = b"", b""
    for text in texts:
        offsets += struct.pack("<II", len(text), start + len(body))
        body += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start) + offsets + body
