"""Amounts, the allocation of a fund that is too small, instalments and payment orders; the only room that rounds money.

The pure rules (``divide``, ``apportion``, ``exact_shares``, ``set_off``) know no database; ``make_awards``, ``make_remedies``
and ``make_payment_orders`` apply them to the relations as a whole.
"""

from aljabr.awards.allocation import make_awards
from aljabr.awards.division import apportion, divide
from aljabr.awards.exact import exact_shares
from aljabr.awards.orders import make_payment_orders
from aljabr.awards.recovery import set_off
from aljabr.awards.remedies import make_remedies
from aljabr.awards.summary import AwardSummary
from aljabr.banking import is_iban

__all__ = [
    "AwardSummary",
    "apportion",
    "divide",
    "exact_shares",
    "is_iban",
    "make_awards",
    "make_payment_orders",
    "make_remedies",
    "set_off",
]
