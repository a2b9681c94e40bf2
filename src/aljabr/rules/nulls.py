"""Two questions about nulls, answered from the shape of a test, that keep the compiled plan small.

Both answers are on the safe side: ``False`` only means that the plan writes the general form.
"""

from __future__ import annotations

from aljabr.feel import tree


def reads_alike(test: tree.Expression) -> bool:
    """Whether the test is true in FEEL exactly when it is true with null read as not known.

    It is, for conjunctions and disjunctions of comparisons, of equalities with a written value, and of questions for null.
    """
    match test:
        case tree.Conjunction(operands=operands) | tree.Disjunction(operands=operands):
            return all(reads_alike(operand) for operand in operands)
        case tree.Equality(left=left, right=right):
            written = any(isinstance(side, tree.Literal) for side in (left, right))
            return written and _is_calculated(left) and _is_calculated(right)
    return _is_calculated(test)


def hangs_on(test: tree.Expression, name: str) -> bool:
    """Whether the test is not known whenever the name is null."""
    match test:
        case tree.Conjunction(operands=operands) | tree.Disjunction(operands=operands):
            return all(hangs_on(operand, name) for operand in operands)
        case tree.Negation(operand=operand):
            return hangs_on(operand, name)
        case tree.Equality(left=left, right=right) if "null" not in (left.type.kind, right.type.kind):
            return all(_is_calculated(side) for side in (left, right)) and name in tree.names(test)
        case tree.Equality():
            return False
    return _is_calculated(test) and name in tree.names(test)


def _is_calculated(expression: tree.Expression) -> bool:
    """Whether an expression is null as soon as one of its names is."""
    logical = (tree.Conjunction, tree.Disjunction, tree.Negation, tree.Equality, tree.Choice)
    return not any(isinstance(node, logical) for node in tree.walk(expression))
