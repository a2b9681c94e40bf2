"""The full interpreter: all of FEEL, and whole decision models, for one set of inputs at a time.

``decide`` answers for a decision or a decision service of a model; ``feel_value`` for a single expression. ``literal_of`` and
``written`` go between text and values; ``same_value`` tells whether two values are the same to the last digit. What decision tables
of a programme may contain is a part of this language and has an evaluator of its own, ``aljabr.feel.evaluate``; the two agree.
"""

from aljabr.feel.dynamic.comparing import same_value
from aljabr.feel.dynamic.expressions import feel_value, passes_tests
from aljabr.feel.dynamic.graph import decide
from aljabr.feel.dynamic.texts import literal_of, written
from aljabr.feel.dynamic.values import Value, kind_of

__all__ = ["Value", "decide", "feel_value", "kind_of", "literal_of", "passes_tests", "same_value", "written"]
