"""What is found out beside a settlement: about one package, or about what has been told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from hikiwake.findings.texts import Text
from hikiwake.model import WALK_AWAY, Answer, FrozenMap, Outcome
from hikiwake.settlement import Gains, IssueView, Limit, Package


@dataclass(frozen=True, slots=True)
class Repair:
    """The least that has to be decided otherwise: the issues, and the package that then comes."""

    issues: tuple[str, ...]
    package: Package


@dataclass(frozen=True, slots=True)
class Repairs:
    """The fewest issues to decide otherwise for a possible package, and for a draw.

    None with ``…_sought``: there is none. None without: it was not looked for, or not to the end;
    then what is given need not be the fewest.
    """

    possible: Repair | None
    draw: Repair | None
    possible_sought: bool = True
    draw_sought: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """How one package stands, for the mediator only (H14).

    ``broken`` names the rules, red lines and walk-away values that it does not keep, and
    ``uneven_groups`` the groups not for trade that are less even than they could be. ``better`` is
    a package that is better for somebody and worse for nobody, of the possible ones; it is not
    looked for where the package itself is not possible. ``costs`` is what it costs each party
    against a Kalai–Smorodinsky package.
    """

    package: Package
    broken: tuple[Limit, ...]
    uneven_groups: tuple[str, ...]
    draw: bool
    better: Package | None
    costs: Gains

    @property
    def possible(self) -> bool:
        """Whether every rule, red line, walk-away value and group is kept."""
        return not self.broken and not self.uneven_groups


@dataclass(frozen=True, slots=True)
class OwnLook:
    """How one package stands for one party, from public data and its own alone.

    ``most`` is the most that public rules and its own red lines allow it, whatever the others want;
    ``gain`` is measured towards that, None where there is nothing to gain. ``broken`` names only
    public rules and its own red lines and walk-away value.
    """

    party: str
    outcome: Outcome
    utility: Fraction
    walk_away: Fraction
    most: Fraction
    gain: Fraction | None
    broken: tuple[Limit, ...]
    views: tuple[IssueView, ...]


class Word(Enum):
    """The one coarse word about the whole that parties may be told of a package."""

    NOT_POSSIBLE = "not_possible"
    NOT_EVEN = "not_even"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Told:
    """A word that all sides were told about a package that all of them had put forward."""

    round: int
    outcome: Outcome
    word: Word


@dataclass(frozen=True, slots=True)
class Hiding:
    """What might be hidden, declared beforehand: points and walk-away values on a grid.

    Every option, owner, whole share or end of an amount is worth a multiple of ``step``, the least
    of each issue 0, and the bests of all issues sum to ``total``. Of money what counts is what
    receiving the most that may be paid is worth. Walk-away values are multiples of
    ``walk_away_step`` up to ``total``. No red lines, no bonuses.
    """

    total: Fraction = Fraction(100)
    step: Fraction = Fraction(20)
    walk_away_step: Fraction = Fraction(20)


MOST_RISK = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be told, fixed before anything is: words a round, rounds, and what stays hidden.

    No word is told if any word that could come would leave less than the part ``keep`` of what
    might be hidden. Where that cannot be counted, none is told if less could be left for more than
    ``MOST_RISK`` of it.
    """

    words: int = 3
    rounds: int = 3
    keep: Fraction = Fraction(1, 50)
    hiding: Hiding = Hiding()


@dataclass(frozen=True, slots=True)
class Talks:
    """What the sides have put forward in this round, and what they have been told in all rounds.

    ``shown`` is the package that all were shown as the settlement, if they were, and ``texts`` are
    those that all were given to read.
    """

    budget: Budget
    round: int = 1
    put: FrozenMap[str, tuple[Outcome, ...]] = field(
        default_factory=FrozenMap[str, tuple[Outcome, ...]]
    )
    told: tuple[Told, ...] = ()
    shown: Outcome | None = None
    texts: tuple[Text, ...] = ()

    @property
    def words_left(self) -> int:
        """How many words may still be told in this round."""
        return self.budget.words - sum(told.round == self.round for told in self.told)

    @property
    def beyond_words(self) -> bool:
        """Whether the sides saw more than words: then what a word would leave is not promised."""
        return self.shown is not None or bool(self.texts)


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that a hidden number can be."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Room:
    """What one more word about a package could leave of what a side might hide.

    ``least`` is the part that is left in any case; None where that cannot be counted. ``risk``
    bounds the part of it for which less than is to be kept could be left, whatever the packages:
    so many ways are there in which the words could have come. None where ``least`` is counted.
    """

    least: Fraction | None
    risk: Fraction | None
    keep: Fraction

    @property
    def refused(self) -> bool:
        """Whether the word is refused, whatever it would be."""
        if self.least is not None:
            return self.least < self.keep
        return self.risk is not None and self.risk > MOST_RISK


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one party's hidden points can still be, as others see it. For the mediator only.

    ``observers`` is another party, or several that pool what they know. ``before`` and ``left``
    count what might be hidden on the declared grid, before and after all that was told; None where
    the grid is too large to be counted. Then of ``drawn`` members, drawn at random, ``fitting``
    would have told the same, and ``spread`` tells how many of these each word would leave that
    could be told next, about a package that is looked at. ``cells`` is the most that the words can
    tell apart.

    ``bounds`` holds an interval for every hidden number, with nothing outside it possible;
    ``sure`` one between two members that would have told just the same, if any was found. What is
    still hidden is no less than ``sure`` and no more than ``bounds``: exact where they are equal.
    Of money the number is what receiving the most that may be paid is worth.

    ``finer`` is the grid of these intervals where nothing of the declared one fits what was shown:
    the first of a fixed row of finer grids of which something is found to do so. Which it is
    depends on what was shown, and what those that look know, alone.

    ``texts_counted`` tells whether all of this counts the texts that were read. If not, ``bounds``
    counts words and the settled package, and perhaps a part of what texts tell: outside it nothing
    is possible all the same.
    ``fitting`` and ``sure`` count the texts always.
    """

    party: str
    observers: tuple[str, ...]
    before: int | None
    left: int | None
    cells: int
    bounds: FrozenMap[Answer, Interval]
    sure: FrozenMap[Answer, Interval]
    fitting: int = 0
    drawn: int = 0
    spread: FrozenMap[Word, int] = field(default_factory=FrozenMap[Word, int])
    finer: Hiding | None = None
    texts_counted: bool = True

    @property
    def walk_away(self) -> Interval:
        """The interval with no walk-away value possible outside it."""
        return self.bounds[WALK_AWAY]

    def exact(self, answer: Answer) -> bool:
        """Tell whether both ends of a number's interval are known to be still possible."""
        return self.sure.get(answer) == self.bounds[answer]


class Feeling(Enum):
    """Where one side feels that it would be in a package."""

    AHEAD = "ahead"
    NEITHER = "neither"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one side said, sealed, of some packages by their labels; ``consent`` to research.

    ``about``: a hash of those very packages, so that none can be put in another's place.
    """

    party: str
    feelings: FrozenMap[str, Feeling]
    salt: str
    consent: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class FeltPackage:
    """A package with what it is and how it feels, kept apart. For the mediator only (H14).

    ``felt_draw``: every side feels neither ahead nor behind; None: not every side has answered.
    """

    label: str
    look: Look
    feelings: FrozenMap[str, Feeling]
    felt_draw: bool | None

    @property
    def mismatch(self) -> bool:
        """Whether it is a draw that does not feel like one, or feels like one that it is not."""
        return self.felt_draw is not None and self.felt_draw != self.look.draw


@dataclass(frozen=True, slots=True)
class Felt:
    """What was felt of several packages. ``opened``: all sides have answered."""

    packages: tuple[FeltPackage, ...]
    waiting: tuple[str, ...]
    consent: bool
    illustrative: bool = False

    @property
    def opened(self) -> bool:
        """Whether every side has answered, so that the answers may be read."""
        return not self.waiting

    @property
    def reopens(self) -> tuple[FeltPackage, ...]:
        """The packages about which the sides are to be asked again."""
        return tuple(package for package in self.packages if package.mismatch)
