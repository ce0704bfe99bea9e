"""From the reader's roles to which competences apply and what is expected.

Also the shape of `framework.json`, and how long a self-check takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from quiz.ladder import listed

WORDS_A_MINUTE = 180
SECONDS_AN_ANSWER = 30
NO_BREAK_SPACE = "\u00a0"
UNSURE_READINGS = ("probable", "uncertain")
READING_NOTE = "Läst ur skadat underlag, kontrollera mot bilaga 1"


class LevelName(TypedDict):
    """A level (1-5) and what the framework calls it."""

    level: int
    name: str


class Scale(TypedDict):
    """The heading of the motivation question and its five answers, lowest first."""

    title: str
    scale: list[str]


class Area(TypedDict):
    """A group of competences; `motivation` is the statement that is rated."""

    id: str
    name: str
    motivation: str


class Role(TypedDict):
    """A role profile and the part of the organisation it belongs to."""

    id: str
    name: str
    part: str


class Link(TypedDict):
    """The words of a support text that lead to `url`."""

    text: str
    url: str


class Support(TypedDict):
    """An example or clarification; no `levels` means that it speaks of them all."""

    kind: str
    levels: list[int]
    text: str
    links: list[Link]


class Competence(TypedDict):
    """A competence: five descriptors, and the expected level for each role it applies to."""

    id: str
    area: str
    title: str
    definition: str
    levels: list[str]
    expected: dict[str, int]
    not_relevant: list[str]
    reading: str
    support: list[Support]


class Framework(TypedDict):
    """The contents of `framework.json`."""

    title: str
    version: str
    date: str
    levels: list[LevelName]
    motivation: Scale
    areas: list[Area]
    roles: list[Role]
    competences: list[Competence]


def applies(framework: Framework, roles: Iterable[str], scope: str = "all") -> list[Competence]:
    """Return the competences to rate, in the framework's order.

    `roles` are role ids; a competence applies to a role when it expects a level
    of it, and to several roles when it applies to any. Without roles, the
    competences that all roles share are returned. `scope` is "all" or an area id.
    """
    chosen = set(roles)
    everyone = {role["id"] for role in framework["roles"]}
    return [
        competence
        for competence in framework["competences"]
        if scope in ("all", competence["area"])
        and (chosen & competence["expected"].keys() if chosen else everyone <= competence["expected"].keys())
    ]


def not_relevant(
    framework: Framework, roles: Sequence[str], scope: str = "all"
) -> list[tuple[Competence, str]]:
    """Return the competences that the framework itself says are not relevant, with the sentence.

    Only those that apply through none of the reader's `roles` are listed.
    """
    found = []
    for competence in framework["competences"]:
        said = [role for role in roles if role in competence["not_relevant"]]
        applying = any(role in competence["expected"] for role in roles)
        if said and not applying and scope in ("all", competence["area"]):
            found.append((competence, f"Ej relevant för {listed(role_words(framework, said))}"))
    return found


def expected(competence: Competence, roles: Iterable[str]) -> dict[str, int]:
    """Return role id → expected level, for those of `roles` that the competence applies to."""
    return {role: competence["expected"][role] for role in roles if role in competence["expected"]}


def highest(competence: Competence, roles: Iterable[str]) -> int | None:
    """Return the expected level of the roles combined, or None when none of them applies."""
    return max(expected(competence, roles).values(), default=None)


def reading_note(competence: Competence) -> str:
    """Say when the expected levels were read from a damaged source; empty when they are sure."""
    return READING_NOTE if competence["reading"] in UNSURE_READINGS else ""


def asked_by(framework: Framework, competence: Competence, roles: Iterable[str]) -> str:
    """Say in Swedish which level is expected and which role asks for it.

    At least one of `roles` must apply to the competence.
    """
    levels = expected(competence, roles)
    top = max(levels.values())
    asking = role_words(framework, [role for role, level in levels.items() if level == top])
    parts = [f"Förväntad nivå är {top}, för rollen {asking[0]}."]
    if len(asking) > 1:
        parts = [f"Förväntad nivå är {top}, för rollerna {listed(asking)}."]
    for level in sorted(set(levels.values()) - {top}, reverse=True):
        others = role_words(framework, [role for role, value in levels.items() if value == level])
        parts.append(f"För {listed(others)} är den {level}.")
    return " ".join(parts)


def role_words(framework: Framework, roles: Iterable[str]) -> list[str]:
    """Return the names of `roles` as they stand inside a Swedish sentence."""
    wanted = set(roles)
    names = [role["name"] for role in framework["roles"] if role["id"] in wanted]
    return [name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in names]


def minutes(competences: Sequence[Competence]) -> tuple[int, int]:
    """Return how many whole minutes rating `competences` takes, without and with the support texts.

    Reading goes at `WORDS_A_MINUTE`; every competence, and the motivation
    question of every area, adds `SECONDS_AN_ANSWER`. Rounded up.
    """
    answers = answers_to_give(competences)
    shortest = words_to_read(competences)
    longest = shortest + sum(len(item["text"].split()) for part in competences for item in part["support"])
    return _minutes(shortest, answers), _minutes(longest, answers)


def words_to_read(competences: Iterable[Competence]) -> int:
    """Return the number of words of the titles, definitions and descriptors."""
    return sum(
        len(text.split())
        for competence in competences
        for text in (competence["title"], competence["definition"], *competence["levels"])
    )


def answers_to_give(competences: Sequence[Competence]) -> int:
    """Return the number of answers: one a competence and one on motivation an area."""
    return len(competences) + len({competence["area"] for competence in competences})


def time_text(competences: Sequence[Competence]) -> str:
    """Say in Swedish how long rating `competences` takes: «ungefär 18–21 minuter»."""
    low, high = minutes(competences)
    return f"ungefär {low} minuter" if low == high else f"ungefär {low}–{high} minuter"


def time_why(competences: Sequence[Competence]) -> str:
    """Say in Swedish how `time_text` was reckoned."""
    low, high = minutes(competences)
    words = f"{words_to_read(competences):,}".replace(",", NO_BREAK_SPACE)
    text = f"Du läser {words} ord och ger {answers_to_give(competences)} svar."
    return f"{text} Den längre tiden gäller om du också läser exemplen." if low < high else text


def _minutes(words: int, answers: int) -> int:
    seconds = words * 60 // WORDS_A_MINUTE + answers * SECONDS_AN_ANSWER
    return -(-seconds // 60)
