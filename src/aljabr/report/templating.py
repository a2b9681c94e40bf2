r"""Loads the templates of this room: autoescape on, undefined names refused, nothing read from outside the package.

No control character reaches a page: what a text from outside brings along is written out, as ``\x1b``.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from aljabr.outside import plain_line


@cache
def environment() -> Environment:
    """Return the one Jinja2 environment of reports and letters."""
    return Environment(
        loader=PackageLoader("aljabr.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _printable(value: object) -> object:
    if isinstance(value, Markup):
        return Markup(plain_line(value))  # already escaped, and stays so: no control character is written with a mark of HTML
    return plain_line(value) if isinstance(value, str) else value


def template(name: str) -> Template:
    """Return a template by its file name."""
    return environment().get_template(name)
