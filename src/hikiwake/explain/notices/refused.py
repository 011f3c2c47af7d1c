"""Why a certificate does not hold, or cannot be had: what the programs say, told in a language.

Each function yields what is said in English beside its translation, or, of the codes of the pages
that describe certificates, what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Say = Callable[[str], tuple[str, str]]


def codes(say: Say) -> Iterator[tuple[str, str]]:
    """Yield what the codes mean by which certificates of settlements and plans are refused."""
    for code, (_, translated) in (
        ("shape", say("It is not of the form that such a certificate has.")),
        ("version", say("It is of another version.")),
        ("too-large", say("It is too large, or takes more work than is allowed.")),
        ("hash", say("It is about another dispute.")),
        ("dispute", say("Its dispute is none that can be.")),
        ("outcome", say("It names a package that is none.")),
        ("infeasible", say("It names a package that is not acceptable.")),
        ("claims", say("A claimed figure is not what comes out.")),
        ("merge", say("It takes issues together that cannot be taken together so.")),
        ("multiplier", say("A multiplier is missing, or below 0.")),
        ("replacement", say("What it says is better is not told by sums, as it must be.")),
        ("tree", say("The proof divides what cannot be divided, or proves something else.")),
        ("idle", say("A line of the proof closes nothing.")),
        ("short", say("The proof ends while something is open.")),
        ("left-over", say("The proof goes on after all is closed.")),
        ("run", say("Packages are not in their order.")),
        ("status", say("The status does not follow.")),
        ("conflict", say("A conflict is not as it must be, or holds a limit that can be spared.")),
        ("not-covered", say("It claims what such a certificate cannot prove.")),
    ):
        yield code, translated


def robust_codes(say: Say) -> Iterator[tuple[str, str]]:
    """Yield what the codes mean by which certificates of how far a draw holds are refused."""
    for code, (_, translated) in (
        ("shape", say("It is not of the form that such a certificate has.")),
        ("version", say("It is of another version.")),
        ("too-large", say("It is too large, or takes more work than is allowed.")),
        ("package", say("It names a package that is not acceptable.")),
        ("dispute", say("It is about another dispute.")),
        (
            "given",
            say("What was answered is outside the ranges, or leaves a side nothing to gain."),
        ),
        ("ideal", say("As answered, a side could hope for more than is claimed, or for nothing.")),
        ("group", say("In a group that is not for trade the package may be uneven.")),
        ("multiplier", say("A multiplier is below 0, or a weight is not above 0.")),
        ("below", say("For some answers a side may have less than without an agreement.")),
        ("hope", say("What a side can hope for at the least or at the most is not shown.")),
        ("least", say("A side may gain less than is claimed.")),
        ("most", say("A side may gain more than is claimed.")),
        ("uneven", say("For some answers a side may be too far ahead.")),
        ("dominated", say("Another package may be better for some and worse for none.")),
        ("price", say("It is not shown that evenness costs no side more than the price.")),
    ):
        yield code, translated


def held(say: Say) -> Iterator[tuple[str, str]]:
    """Yield why what one side or everybody holds does not hold."""
    yield say("It is not of the form that such a certificate has.")
    yield say("It holds a number that is none.")
    yield say("It is too large.")
    yield say("It is of another version.")
    yield say("It has keys that are not known, or lacks some.")
    yield say("It is not written in the canonical form.")
    yield say("It holds a number that is no whole number: {text}")
    yield say("It holds a whole number that is too long to be one.")
    yield say("A number is missing.")
    yield say("It holds a number that is too long.")
    yield say("A text stands where a number should: {text}")
    yield say("A number is not in lowest terms: {text}")
    yield say("It holds numbers whose sum is too long.")
    yield say("It names nobody among the parties, or no status that is known.")
    yield say("The package breaks public rule {number}.")
    yield say("The package breaks red line {number}.")
    yield say("The package is worth {points} points, not {claimed}.")
    yield say("The package is worth less than what the party has without an agreement.")
    yield say("The package does not decide every issue, once.")
    yield say("Issue {issue} is not divided between all the parties.")
    yield say("Issue {issue}: the parts do not sum to what there is.")
    yield say("Issue {issue}: the amount is none that has points.")


def together(say: Say) -> Iterator[tuple[str, str]]:
    """Yield why certificates, or a certificate and a dispute, do not belong together."""
    yield say("The public certificate names no status that is known, or no rule.")
    yield say("A commitment is none: it is 64 digits of hexadecimal.")
    yield say("The public certificate tells another rule or status.")
    yield say("The public certificate commits to another full certificate.")
    yield say("The public certificate commits to another certificate of this party.")
    yield say("A nonce has not 32 bytes.")
    yield say("The full certificate and its opening go together; one of them is missing.")
    yield say("The opening is that of another full certificate.")
    yield say("The commitment is to another full certificate.")
    yield say("The full certificate tells another rule or status.")
    yield say("The full certificate has another figure of the party: utility")
    yield say("The full certificate has another figure of the party: walk_away")
    yield say("The full certificate is about other issues.")
    yield say("The full certificate has another package: {issue}.")
    yield say("It is not of this dispute: the parties differ.")
    yield say("It is not of this dispute: the issues, or the party's points for them, differ.")
    yield say("It is not of this dispute: the public rules differ.")
    yield say("It is not of this dispute: the party's red lines differ.")
    yield say("It is not of this dispute: the party's bonuses differ.")
    yield say("It is not of this dispute: what the party has without an agreement differs.")


def reasons(say: Say) -> Iterator[tuple[str, str]]:
    """Yield why there is no certificate, as it stands after a colon."""
    yield say("the question is open")
    yield say("the rule makes its package itself, and claims nothing about others")
    yield say("time was up before all witnesses were found")
    yield say("conditions cut a share into too many pieces for the format")
    yield say("no proof was found within the limits of the search")
    yield say("the frontier comes as close as one likes to points that are not on it")
    yield say("draws come as close as one likes to a package that is none")
    yield say("the format cannot say it ({why})")
    yield say("answers are linked in too many ways for one")
    yield say("no draw is proved for any such answers")
    yield say("the checker did not accept it")
    yield say("the checker refused what was found ({why})")
    yield say("a group in which something is divided has a rule, red line or bonus inside it")
    yield say("in a group in which something is divided, least and most hang on the answers")
    yield say("a package was found that a proof would have to exclude")
    yield say("a group has {found} combinations, and certificates cover {most}")
    yield say("a proof of all packages has more than {most} cases")
    yield say("a question took too many packages")
    yield say("the numbers become too long")
