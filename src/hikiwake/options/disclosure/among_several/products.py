"""Products of hidden numbers, as variables of a model for CP-SAT, counted in steps of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.options.disclosure.among_several.imbalance import Atom, Product, size_of
from hikiwake.options.disclosure.hidden.unknowns import Unknowns


class Products:
    """The variables; each is made when it is asked for, once."""

    def __init__(
        self, cp: Any, atoms: Sequence[Atom], hidden: Sequence[Unknowns], hiding: Hiding
    ) -> None:
        self._cp, self._atoms, self._hidden = cp, atoms, hidden
        self.steps = int(hiding.total / hiding.step)
        self._parts = int(hiding.step / hidden[0].unit)
        self._tops = [self.steps * size_of(atom) for atom in atoms]
        self._known: dict[Product, Any] = {}

    def of(self, product: Product) -> Any:
        """Return the variable of a product of some atoms, of one at least."""
        if product not in self._known:
            self._known[product] = found = self._cp.new_int_var(0, self._top(product), "")
            if len(product) == 1:
                self._cp.add(self._parts * found == self._number(product[0]))
            else:
                both = [self.of(product[:-1]), self.of(product[-1:])]
                self._cp.add_multiplication_equality(found, both)
        return self._known[product]

    def size(self, numbers: Sequence[int], products: Sequence[Product]) -> int:
        """Return what so much of some products cannot exceed."""
        pairs = zip(numbers, products, strict=True)
        return sum(abs(part) * self._top(product) for part, product in pairs)

    def _top(self, product: Product) -> int:
        return prod(self._tops[place] for place in product)

    def _number(self, place: int) -> Any:
        n, name = self._atoms[place]
        return self._hidden[n].number(name)


__all__ = ["Products"]
