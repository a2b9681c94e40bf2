"""The one root of everything Aljabr raises, subclassed by what the reader must do.

Each class carries a stable string code and an exit status for the command line; each message names what is wrong,
where, and the way out. A bad *record* is never raised: it becomes a row of the ``issues`` relation.
"""

from __future__ import annotations


class AljabrError(Exception):
    """Something the reader can mend.

    Parameters
    ----------
    what : str
        What is wrong and where (file, table, rule, cell), in one sentence.
    way_out : str
        What to do about it, in one sentence; empty when ``what`` already says it.
    details : object
        Structured details for machines, by keyword.
    """

    code = "aljabr.error"
    exit_status = 1

    def __init__(self, what: str, way_out: str = "", **details: object) -> None:
        super().__init__(f"{what} {way_out}".strip())
        self.what = what
        self.way_out = way_out
        self.details = details


class UsageError(AljabrError):
    """The call itself is wrong: a path, an option, a programme's name."""

    code = "usage"
    exit_status = 2


class SourceBroken(AljabrError):
    """A source file cannot be read as a whole: mend or replace the file."""

    code = "source.broken"
    exit_status = 3


class MappingBroken(AljabrError):
    """No mapping, or more than one, fits a source, or a mapping contradicts itself: mend the mapping."""

    code = "mapping.broken"
    exit_status = 3


class ProgrammeBroken(AljabrError):
    """A programme's data cannot be used as it stands: mend the named file."""

    code = "programme.broken"
    exit_status = 1


class ExpressionRefused(ProgrammeBroken):
    """An expression is outside the grammar or of the wrong type: write what the message proposes."""

    code = "expression.refused"


class SyntheticOnly(AljabrError):
    """A programme takes invented claims only, and these were not declared to be invented."""

    code = "programme.synthetic_only"
    exit_status = 2


class MachineFailed(AljabrError):
    """The machine could not do it: a full or read-only disk, no permission, no memory. Nothing is wrong with what was given."""

    code = "machine.failed"
    exit_status = 1


class CheckFailed(AljabrError):
    """A verification or a check did not hold."""

    code = "check.failed"
    exit_status = 1
