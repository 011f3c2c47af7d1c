"""Words of score sheets, in the languages that teachers write them in: headings and last lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "HEADINGS", "NEVER_ELSE", "NOTHING", "OF", "THRESHOLD", "TOTALS", "WEIGHTS", "same",
]  # fmt: skip


def same(text: str) -> str:
    """Return a text as words are compared: small letters, no accents, hyphens as blanks.

    Examples
    --------
    >>> same("Opción:"), same("Walk-away"), same("ＰＯＩＮＴ")
    ('opcion', 'walk away', 'point')
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    if not letters.isascii():  # what is in ASCII has no accents to be left out
        letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[\s\-_‐‑]+", " ", letters.replace("’", "'")).strip(": ")


def _all(*lists: str) -> frozenset[str]:
    """Return the words of some lists, one a language, each parted by commas."""
    return frozenset(same(word) for words in lists for word in words.split(","))


HEADINGS = {
    "party": _all(
        "party, role, side, player",
        "Partei, Rolle, Seite, Beteiligte",
        "partie, rôle, joueur, camp",
        "parte, rol, papel, jugador, bando",
        "сторона, роль, участник, игрок",
        "当事者, 役割, 参加者, 側, プレイヤー",
    ),
    "issue": _all(
        "issue, issues, topic, topics, question, questions",
        "Thema, Themen, Frage, Fragen, Gegenstand, Streitpunkt, Verhandlungsgegenstand",
        "sujet, sujets, enjeu, enjeux, thème",
        "tema, temas, asunto, asuntos, cuestión, cuestiones",
        "вопрос, вопросы, тема, темы, предмет",
        "論点, 争点, 議題, 項目, 課題",
    ),
    "option": _all(
        "option, options, alternative, alternatives, choice",
        "Optionen, Möglichkeit, Möglichkeiten, Alternativen, Wahl",
        "choix, possibilité, possibilités",
        "opción, opciones, alternativa, alternativas, posibilidad",
        "вариант, варианты, опция, опции, выбор",
        "選択肢, 選択, オプション, 候補, 案",
    ),
    "points": _all(
        "points, point, pts, score, scores, value, utility, payoff",
        "Punkte, Punktzahl, Punktwert, Pkt., Wert, Bewertung, Nutzen",
        "valeur, utilité, barème",
        "puntos, puntaje, puntuación, valor, utilidad",
        "очки, очков, баллы, баллов, балл, оценка, ценность, полезность",
        "点, 点数, 得点, ポイント, スコア, 評価点, 価値, 効用",
    ),
}
THRESHOLD = _all(
    "threshold, batna, walk away, walkaway, reservation, resistance, bottom line, no agreement",
    "no deal",
    "Schwelle, Schwellenwert, Untergrenze, Mindestpunktzahl, Reservationswert, ohne Einigung",
    "keine Einigung",
    "seuil, plancher, valeur de réserve, point de rupture, MESORE, sans accord, pas d'accord",
    "umbral, valor de reserva, punto de ruptura, MAAN, sin acuerdo",
    "порог, резервное значение, резервная цена, минимум, БАТНА, без соглашения, нет соглашения",
    "閾値, しきい値, 最低点, 最低ライン, 留保点, 留保価値, 合意なし, 不成立, 決裂",
)
NEVER_ELSE = _all(
    "threshold, batna", "Schwelle, Schwellenwert", "seuil, MESORE", "umbral, MAAN", "порог, БАТНА",
    "閾値, しきい値, 留保価値",
)  # fmt: skip
NOTHING = {"", "–", "—"} | _all(
    "none, n/a, no agreement, no deal", "keine, ohne Einigung", "aucun, aucune, sans accord",
    "ninguno, ninguna, sin acuerdo", "нет, без соглашения", "なし, 合意なし",
)  # fmt: skip
TOTALS = _all(
    "total, totals, sum, maximum, max", "Summe, Gesamt, Gesamtsumme", "totaux, somme",
    "suma, máximo", "итого, всего, сумма", "合計, 計, 総計, 最大",
)  # fmt: skip
WEIGHTS = _all(
    "weight, weights, importance", "Gewicht, Gewichte, Gewichtung", "poids, pondération",
    "peso, pesos, ponderación", "вес, веса, важность", "重み, 重要度, ウェイト",
)  # fmt: skip
OF = _all("of, for, to", "für, von", "de, du, des, pour", "para, del", "для, у", "の")


def without(words: Iterable[str], text: str) -> str:
    """Return a text without the first of some words that stands at one of its ends.

    Examples
    --------
    >>> without(["points"], "Points of Ann"), without(["points"], "Ann"), without(["点"], "甲の点")
    ('of Ann', 'Ann', '甲の')
    """
    parts = text.split(" ")
    if len(parts) > 1 and same(parts[0]) in words:
        return " ".join(parts[1:])
    if len(parts) > 1 and same(parts[-1]) in words:
        return " ".join(parts[:-1])
    unparted = (w for w in sorted(words, key=len, reverse=True) if not w.isascii())
    if len(parts) == 1 and text and ord(text[-1]) > 0x2E7F:  # scripts that part no words
        ending = next((w for w in unparted if len(w) < len(text) and same(text).endswith(w)), "")
        return text[: len(text) - len(ending)]
    return text
