"""Which competences apply to the reader's roles, what is expected, and how long a self-check takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quiz import words

if TYPE_CHECKING:
    from quiz.protocol.framework import AreaData, CompetenceData, FrameworkData
    from quiz.protocol.rating import NotRelevant

WORDS_A_MINUTE = 180
SECONDS_AN_ANSWER = 30
UNSURE_READINGS = ("probable", "uncertain")


def applies(framework: FrameworkData, roles: Iterable[str], scope: str = "all") -> list[CompetenceData]:
    """Return the competences to rate, in the framework's order, with the support texts for `roles`.

    `roles` are ids; a competence applies when any of them is expected to reach a level. Without roles those
    that all roles share apply. `scope` is "all" or an area id.
    """
    chosen = set(roles)
    everyone = {role["id"] for role in framework["roles"]}
    return [
        _with_support_for(chosen, competence)
        for competence in framework["competences"]
        if scope in ("all", competence["area"])
        and (chosen & competence["expected"].keys() if chosen else everyone <= competence["expected"].keys())
    ]


def _with_support_for(roles: set[str], competence: CompetenceData) -> CompetenceData:
    """Return a competence without the support texts for other roles; those for `roles` come first."""
    own = [item for item in competence["support"] if roles.intersection(item.get("roles", ()))]
    return {**competence, "support": own + [item for item in competence["support"] if "roles" not in item]}


def not_relevant(framework: FrameworkData, roles: Sequence[str], scope: str = "all") -> list[NotRelevant]:
    """Return what the framework calls not relevant for any of `roles`, and expects of none of them."""
    found: list[NotRelevant] = []
    for competence in framework["competences"]:
        said = set(roles).intersection(competence["not_relevant"])
        if said and scope in ("all", competence["area"]) and not expected(competence, roles):
            text = words.not_relevant(role_names(framework, said))
            found.append({"id": competence["id"], "title": competence["title"], "text": text})
    return found


def expected(competence: CompetenceData, roles: Iterable[str]) -> dict[str, int]:
    """Return role id → expected level, for those of `roles` that the competence applies to."""
    return {role: competence["expected"][role] for role in roles if role in competence["expected"]}


def highest(competence: CompetenceData, roles: Iterable[str]) -> int | None:
    """Return the highest level expected of `roles`, or None when none is."""
    return max(expected(competence, roles).values(), default=None)


def star(competence: CompetenceData) -> str:
    """Return an asterisk when the expected levels, from a damaged source, are not confirmed."""
    return words.STAR if competence["reading"] in UNSURE_READINGS else ""


def asked_by(framework: FrameworkData, competence: CompetenceData, roles: Iterable[str]) -> str:
    """Say which level is expected, and by which of `roles`, of which at least one must apply."""
    levels = expected(competence, roles)
    return words.asked_by(
        [(role["name"], levels[role["id"]]) for role in framework["roles"] if role["id"] in levels],
        star(competence),
    )


def role_names(framework: FrameworkData, roles: Iterable[str]) -> list[str]:
    """Return the names of `roles`, in the framework's order."""
    wanted = set(roles)
    return [role["name"] for role in framework["roles"] if role["id"] in wanted]


def areas_of(framework: FrameworkData, competences: Iterable[CompetenceData]) -> list[AreaData]:
    """Return the areas of `competences`, in the framework's order."""
    wanted = {competence["area"] for competence in competences}
    return [area for area in framework["areas"] if area["id"] in wanted]


def minutes(framework: FrameworkData, competences: Sequence[CompetenceData]) -> tuple[int, int]:
    """Return how many minutes, rounded up, rating takes without and with reading the support texts."""
    answers = answers_to_give(framework, competences)
    shortest = words_to_read(competences)
    longest = shortest + sum(len(item["text"].split()) for part in competences for item in part["support"])
    return _minutes(shortest, answers), _minutes(longest, answers)


def words_to_read(competences: Iterable[CompetenceData]) -> int:
    """Return the number of words of the titles, definitions and descriptors."""
    return sum(
        len(text.split())
        for competence in competences
        for text in (competence["title"], competence["definition"], *competence["levels"])
    )


def answers_to_give(framework: FrameworkData, competences: Sequence[CompetenceData]) -> int:
    """Return the number of answers: one a competence, and an area where motivation is rated."""
    areas = areas_of(framework, competences) if framework["motivation"]["scale"] else []
    return len(competences) + len(areas)


def time_text(framework: FrameworkData, competences: Sequence[CompetenceData]) -> str:
    """Say how long rating takes: «ungefär 18–21 minuter»."""
    return words.time(*minutes(framework, competences))


def _minutes(read: int, answers: int) -> int:
    seconds = read * 60 // WORDS_A_MINUTE + answers * SECONDS_AN_ANSWER
    return -(-seconds // 60)
