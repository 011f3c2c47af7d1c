"""A set of packages as a decision diagram: beginnings that can be completed alike are one node.

So what holds of millions of packages is said of a few hundred nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Diagram:
    """The set. ``layers[i][node][option]`` is a node of the next layer, or ``NOWHERE``.

    The first layer has one node, and none if the set is empty; after the last everything has node
    0 and is in the set.
    """

    layers: list[Array]

    @property
    def empty(self) -> bool:
        """Whether nothing is in the set."""
        return not len(self.layers[0])

    def nodes_after(self, depth: int) -> Array:
        """Return where each combination of options of the first issues leads, in C order."""
        nodes = np.array([NOWHERE if self.empty else 0])
        for layer in self.layers[:depth]:
            following = np.full((len(nodes), layer.shape[1]), NOWHERE)
            following[nodes >= 0] = layer[nodes[nodes >= 0]]
            nodes = following.reshape(-1)
        return nodes

    def arcs(self) -> list[tuple[int, int, int]]:
        """Return from which node each option leads to which, all numbered through; 0 is first."""
        first = np.cumsum([0, *(len(layer) for layer in self.layers)]).tolist()
        return [
            (first[depth] + node, option, first[depth + 1] + int(layer[node, option]))
            for depth, layer in enumerate(self.layers)
            for node, option in np.argwhere(layer >= 0).tolist()
        ]

    @property
    def end(self) -> int:
        """The number of what comes after the last node."""
        return sum(map(len, self.layers))


def diagram_of(members: Array) -> Diagram:
    """Return the diagram of a set; ``members`` has an axis for each issue, and is true within."""
    nodes = np.where(members.reshape(-1), 0, NOWHERE)
    layers: list[Array] = []
    for size in reversed(members.shape):
        rows = nodes.reshape(-1, size)
        alike = _alike(rows)
        first = np.unique(alike, return_index=True)[1]
        kinds = rows[first]
        filled = (kinds >= 0).any(axis=1)
        renamed = np.where(filled, np.cumsum(filled) - 1, NOWHERE)
        layers.insert(0, kinds[filled])
        nodes = renamed[alike]
    return Diagram(layers)


def _alike(rows: Array) -> Array:
    """Return for each row which kind of row it is, numbered from 0."""
    kinds = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        width = int(column.max(initial=NOWHERE)) + 2
        keys = kinds * width + column + 1
        kinds = np.unique(keys, return_inverse=True)[1].reshape(-1)
    return kinds


__all__ = ["NOWHERE", "Diagram", "diagram_of"]
