"""SQL expressions with a hole, in whose place an expression, such as a column of a user's file, is put."""

from __future__ import annotations

from sqlglot import exp


def fill(template: str, value: exp.Expr, **others: exp.Expr) -> exp.Expr:
    """Return the template with ``v`` (and other names) replaced by expressions; a user's column names are never pasted in.

    Parameters
    ----------
    template : str
        A DuckDB expression in which the column ``v`` stands for the value.
    value : sqlglot.Expr
        What is put there; the names of ``others`` are replaced, too.
    """
    parts = {"v": value, **others}
    tree: exp.Expr = exp.maybe_parse(template, dialect="duckdb")
    return tree.transform(lambda node: parts[node.name].copy() if isinstance(node, exp.Column) and node.name in parts else node)
