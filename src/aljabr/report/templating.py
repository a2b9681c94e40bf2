"""Loads the templates of this room: autoescape on, undefined names refused, nothing read from outside the package."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def environment() -> Environment:
    """Return the one Jinja2 environment of reports and letters."""
    return Environment(
        loader=PackageLoader("aljabr.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def template(name: str) -> Template:
    """Return a template by its file name."""
    return environment().get_template(name)
