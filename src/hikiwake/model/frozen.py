"""An immutable, hashable mapping that keeps its order and compares equal to a dict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
A = TypeVar("A")
B = TypeVar("B")


class FrozenMap(Mapping[K, V], Generic[K, V]):
    """A mapping that cannot change.

    Examples
    --------
    >>> FrozenMap({"house": "ann"}) == {"house": "ann"}
    True
    """

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._items: dict[K, V] = dict(items) if items else {}
        self._hash: int | None = None

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    @staticmethod
    def paired(keys: Iterable[A], values: Iterable[B]) -> FrozenMap[A, B]:
        """Return the mapping of keys to as many values."""
        paired: FrozenMap[A, B] = FrozenMap()
        paired._items = dict(zip(keys, values, strict=True))
        return paired

    def pick(self, keys: Iterable[K]) -> tuple[V, ...]:
        """Return the values of some keys, in their order."""
        return tuple(map(self._items.__getitem__, keys))

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __repr__(self) -> str:
        return repr(self._items)
