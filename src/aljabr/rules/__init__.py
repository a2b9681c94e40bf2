"""Compiles decision tables to one typed plan in SQL, with the rule hit and its legal basis for every row.

In order: ``amount_inputs`` adds the dated amounts to ``facts``, ``assess`` fills ``determinations``, ``selectivity`` names the
rules that matched nearly all items or none. ``recompute`` decides one item again by the reference interpreter.
"""

from aljabr.rules.amounts import amount_inputs
from aljabr.rules.assessment import assess
from aljabr.rules.plan import CompiledChain, compile_chain
from aljabr.rules.recomputation import recompute
from aljabr.rules.selectivity import RuleShare, hit_counts, selectivity

__all__ = ["CompiledChain", "RuleShare", "amount_inputs", "assess", "compile_chain", "hit_counts", "recompute", "selectivity"]
