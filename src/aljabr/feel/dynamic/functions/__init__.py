"""The built-in functions of FEEL (DMN 1.5, clause 10.3.4), one module for each kind of thing they are about."""

from aljabr.feel.dynamic.functions import contexts, conversions, lists, numbers, ranges, statistics, strings, temporal
from aljabr.feel.dynamic.functions.signatures import callable_functions

BUILTINS = callable_functions(
    [
        function
        for module in (contexts, conversions, lists, numbers, ranges, statistics, strings, temporal)
        for function in module.FUNCTIONS
    ]
)

__all__ = ["BUILTINS"]
