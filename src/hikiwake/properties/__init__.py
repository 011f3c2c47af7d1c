"""Properties of an outcome, one a file: each holds, or has a witness that it does not.

They look at the dispute and the outcome alone, and never at how a rule found it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hikiwake.properties.envy_free import envy_free
from hikiwake.properties.envy_free_up_to_one import envy_free_up_to_one
from hikiwake.properties.equitable import equitable
from hikiwake.properties.individually_rational import individually_rational
from hikiwake.properties.pareto_optimal import pareto_optimal
from hikiwake.properties.proportional import proportional
from hikiwake.properties.verdict import Property, Verdict, Witness

PROPERTIES: Mapping[str, Property] = MappingProxyType(
    {
        "pareto_optimal": pareto_optimal,
        "individually_rational": individually_rational,
        "equitable": equitable,
        "envy_free": envy_free,
        "envy_free_up_to_one": envy_free_up_to_one,
        "proportional": proportional,
    }
)

__all__ = ["PROPERTIES", "Property", "Verdict", "Witness"]
