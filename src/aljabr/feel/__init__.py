"""FEEL, the expression language of DMN: grammar, typed tree, checks of whole tables, reference interpreter.

``check_chain`` turns tables as written into a ``Chain`` of typed ones or refuses them with file, table, rule and cell;
``interpret`` decides a chain for one set of facts. ``tree`` has the nodes a compiler must know.
"""

from aljabr.feel import tree
from aljabr.feel.chains import check_chain
from aljabr.feel.checking import typed_expression
from aljabr.feel.decisions import Decision, interpret
from aljabr.feel.evaluation import evaluate
from aljabr.feel.tables import Chain, TypedTable
from aljabr.feel.types import Type, named_type

__all__ = [
    "Chain",
    "Decision",
    "Type",
    "TypedTable",
    "check_chain",
    "evaluate",
    "interpret",
    "named_type",
    "tree",
    "typed_expression",
]
