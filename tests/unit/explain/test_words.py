"""The words themselves: neutral, never surer than we are, and every gain with its baseline."""

import re

import pytest

from tools import catalogs

PARTISAN = re.compile(
    r"\b(winn|win\b|wins\b|los(e|er|ers|t)\b|opponent|enem|rival|victor|defeat|proven|proved)"
    r"|勝|敗|敵|証明|ライバル"
    r"|побед|проигр|выигр|против(ник|н\w+ сторон)|враг|враж|соперник|доказан",
    re.IGNORECASE,
)
BASELINES = {
    "en": ("without an agreement", "common scale", "the least that rules and red lines allow"),
    "ja": ("合意がない場合", "共通の尺度", "譲れない一線の範囲で各当事者に残りうる最小を基準"),
    "ru": ("без соглашения", "общей шкале", "от наименьшего, что правила и красные линии"),
}
OF_GAINS = re.compile(r"\b(ahead|gains?)\b", re.IGNORECASE)
CHECKED = {  # said only of a robust certificate that its checker accepted
    "Proven for every answer in the ranges: it is a draw.",
    (
        "Proven: it stays a draw if all answers at once are off by up to {part} of each side's own "
        "range, whichever way."
    ),
}
UNPROVED = {  # why there is no certificate
    "a proof of all packages has more than {most} cases",
    "a package was found that a proof would have to exclude",
    "no draw is proved for any such answers",
    "no proof was found within the limits of the search",
}
A_DIFFERENCE = "two gains compared, from wherever they count"
A_REFUSAL = "why a certificate does not hold, whose gains count from what it says itself"
A_CLAIM = "in a list, under each side's gain and what it has without an agreement"
NO_GAIN = "of no gain at all, wherever it counts from"
NO_SENTENCE = {
    "A dash: you could gain nothing then, whatever is decided.": NO_GAIN,
    "As answered you can neither gain nor lose and are left out of the comparison; you are "
    "compared wherever you could gain something.": NO_GAIN,
    "As answered these can neither gain nor lose and are left out of the comparison; they are "
    "compared wherever they could gain something: {parties}. An error in parts of their own range "
    "is none for them.": NO_GAIN,
    "A side may gain less than is claimed.": A_REFUSAL,
    "A side may gain more than is claimed.": A_REFUSAL,
    "For some answers a side may be too far ahead.": A_REFUSAL,
    "What was answered is outside the ranges, or leaves a side nothing to gain.": A_REFUSAL,
    "A side that knew everything could gain about {part} of its own range more by misstating its "
    "points, and perhaps more than that: not all reports were looked at.": A_DIFFERENCE,
    "A side that knew everything could gain next to nothing by misstating its points.": (
        A_DIFFERENCE
    ),
    "A side that knew everything could gain up to about {part} of its own range more by "
    "misstating its points.": A_DIFFERENCE,
    "Gain on average": "the heading of a column",
    "No acceptable package has a larger least gain in points, or is better for all.": A_CLAIM,
    "No acceptable package has a larger product of gains than this, or than the bound.": A_CLAIM,
    "No acceptable package has better gains, sorted upward.": A_CLAIM,
    "No such report gains more than stands under “At most”; where that is more, no report was "
    "found that reaches it.": A_DIFFERENCE,
    "No such report gains more; this is exact.": A_DIFFERENCE,
    "Nothing is acceptable to every side, so there is nothing to gain.": NO_GAIN,
    "Only some such reports were tried, and they may refuse more or less than the side truly "
    "does; none gains more than stands under “At most”.": A_DIFFERENCE,
    "Status: draw. No other draw has better gains, sorted upward.": A_CLAIM,
    "What misstating could gain": "a heading",
    "{n} side can neither gain nor lose and is left out.": NO_GAIN,
    "Gain": "the heading of a column",
    "{party}: gain": "the label of an axis, under the sentence that says how",
    "nobody ahead": "a line in a picture, under the sentence that says how",
    "Gain, measured so": "the heading of a column, under the sentence that says how",
    "Gain, from the least": "the heading of a column, with a baseline of its own",
    "Its position, as a gain": "the heading of a column, under the sentence that says how",
    "ahead": "what a side itself said that it feels",
    "What you gain": "a heading",
    "What each side gains": "a heading",
    "{group}: it is settled within itself, against nothing else, and within it nobody is ahead.": (
        "a group has its own measure, from the least to the most in it"
    ),
}


def messages() -> list[tuple[str, str, str]]:
    """Return every message in every language: the English one, the language, the text."""
    found: list[tuple[str, str, str]] = []
    for message in catalogs.collected():
        asked = catalogs.forms(message.id)
        found += [(asked[0], "en", form) for form in asked if form]
    for language in catalogs.LANGUAGES:
        for message in catalogs.translated(language):
            asked = catalogs.forms(message.id)
            found += [(asked[0], language, form) for form in catalogs.forms(message.string)]
    return found


def test_no_partisan_words() -> None:
    """Nobody wins, loses or fights, and nothing is proven but what a checker accepted."""
    neither_nor = "neither gain nor lose"
    found = {
        english for english, _, text in messages() if PARTISAN.search(text.replace(neither_nor, ""))
    }
    assert found == CHECKED | UNPROVED


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_every_sentence_about_gains_states_its_baseline(language: str) -> None:
    """Whoever reads of a gain or of being ahead reads in the same sentence from where it counts."""
    bare = {
        english
        for english, spoken, text in messages()
        if spoken == language
        and OF_GAINS.search(english)
        and not any(baseline in text for baseline in BASELINES[language])
    }
    assert bare == set(NO_SENTENCE)
