"""An immutable, hashable mapping that keeps its order and compares equal to a dict."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar, cast

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

    # Mapping has all that follows as well, but asks for each key in Python, one by one.

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return self._items == cast("FrozenMap[Any, Any]", other)._items
        return super().__eq__(other)

    def keys(self) -> KeysView[K]:
        """Return the keys, in their order."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """Return the values, in the order of their keys."""
        return self._items.values()

    def items(self) -> ItemsView[K, V]:
        """Return keys with their values, in order."""
        return self._items.items()

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
