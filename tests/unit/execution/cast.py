"""Agreements that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hikiwake.model import Account, Agreement, FrozenMap, Obligation, Party

Points = Mapping[str, int]


def between(
    obligations: tuple[Obligation, ...], accounts: Mapping[str, Account], **more: object
) -> Agreement:
    """Return an agreement between the parties that have accounts."""
    parties = tuple(Party(party) for party in accounts)
    return Agreement(parties, obligations, FrozenMap({**accounts}), **more)  # type: ignore[arg-type]


def account(span: int, points: Points, **more: object) -> Account:
    """Return an account with a range and points."""
    numbers = FrozenMap({name: Fraction(number) for name, number in points.items()})
    return Account(points=numbers, range=Fraction(span), **more)  # type: ignore[arg-type]


def three_steps(times: int = 1) -> Agreement:
    """Return: a costs A 4 and gives B 10; b1 and b2 each cost B 3 and give A 5."""
    obligations = (Obligation("a", ("A",)), Obligation("b1", ("B",)), Obligation("b2", ("B",)))
    b = {name: times * number for name, number in {"a": 10, "b1": -3, "b2": -3}.items()}
    accounts = {"A": account(20, {"a": -4, "b1": 5, "b2": 5}), "B": account(6 * times, b)}
    return between(obligations, accounts)


def not_sorted() -> Agreement:
    """Return: A1 costs 1 and is worth 1, A2 costs 3 and is worth 9, B costs 6 and is worth 4."""
    obligations = (Obligation("A1", ("A",)), Obligation("A2", ("A",)), Obligation("B", ("B",)))
    a = account(10, {"A1": -1, "A2": -3, "B": 4})
    return between(obligations, {"A": a, "B": account(10, {"A1": 1, "A2": 9, "B": -6})})
