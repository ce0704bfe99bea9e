"""From the reader's roles to which competences apply and what is expected; how long a self-check takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quiz import words

if TYPE_CHECKING:
    from quiz.protocol.framework import AreaData, CompetenceData, FrameworkData

WORDS_A_MINUTE = 180
SECONDS_AN_ANSWER = 30
UNSURE_READINGS = ("probable", "uncertain")


def applies(framework: FrameworkData, roles: Iterable[str], scope: str = "all") -> list[CompetenceData]:
    """Return the competences to rate, in the framework's order.

    `roles` are role ids; a competence applies to a role when it expects a level
    of it, and to several roles when it applies to any. Without roles, the
    competences that all roles share are returned. `scope` is "all" or an area id.
    Of their support texts they have those that are for `roles`.
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
    support = competence["support"]
    if not any("roles" in item for item in support):
        return competence
    own = [item for item in support if roles.intersection(item.get("roles", ()))]
    return {**competence, "support": own + [item for item in support if "roles" not in item]}


def not_relevant(
    framework: FrameworkData, roles: Sequence[str], scope: str = "all"
) -> list[tuple[CompetenceData, str]]:
    """Return the competences that the framework itself says are not relevant, with the sentence.

    Only those that apply through none of the reader's `roles` are listed.
    """
    found = []
    for competence in framework["competences"]:
        said = [role for role in roles if role in competence["not_relevant"]]
        applying = any(role in competence["expected"] for role in roles)
        if said and not applying and scope in ("all", competence["area"]):
            found.append((competence, words.not_relevant(role_names(framework, said))))
    return found


def expected(competence: CompetenceData, roles: Iterable[str]) -> dict[str, int]:
    """Return role id → expected level, for those of `roles` that the competence applies to."""
    return {role: competence["expected"][role] for role in roles if role in competence["expected"]}


def highest(competence: CompetenceData, roles: Iterable[str]) -> int | None:
    """Return the expected level of the roles combined, or None when none of them applies."""
    return max(expected(competence, roles).values(), default=None)


def is_unsure(competence: CompetenceData) -> bool:
    """Whether the expected levels were read from a damaged source and are not confirmed."""
    return competence["reading"] in UNSURE_READINGS


def asked_by(framework: FrameworkData, competence: CompetenceData, roles: Iterable[str]) -> str:
    """Say in Swedish which level is expected and which role asks for it.

    At least one of `roles` must apply to the competence.
    """
    levels = expected(competence, roles)
    return words.asked_by(
        [(role["name"], levels[role["id"]]) for role in framework["roles"] if role["id"] in levels],
        words.STAR if is_unsure(competence) else "",
    )


def role_names(framework: FrameworkData, roles: Iterable[str]) -> list[str]:
    """Return the names of `roles`, in the framework's order."""
    wanted = set(roles)
    return [role["name"] for role in framework["roles"] if role["id"] in wanted]


def areas_of(framework: FrameworkData, competences: Iterable[CompetenceData]) -> list[AreaData]:
    """Return the areas that `competences` belong to, in the framework's order."""
    wanted = {competence["area"] for competence in competences}
    return [area for area in framework["areas"] if area["id"] in wanted]


def minutes(framework: FrameworkData, competences: Sequence[CompetenceData]) -> tuple[int, int]:
    """Return how many whole minutes rating `competences` takes, without and with the support texts.

    Reading goes at `WORDS_A_MINUTE`; every competence, and the motivation
    question of every area, adds `SECONDS_AN_ANSWER`. Rounded up.
    """
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
    """Return the number of answers: one a competence and one on motivation an area, where that is rated."""
    areas = {competence["area"] for competence in competences}
    return len(competences) + (len(areas) if framework["motivation"]["scale"] else 0)


def time_text(framework: FrameworkData, competences: Sequence[CompetenceData]) -> str:
    """Say in Swedish how long rating `competences` takes: «ungefär 18–21 minuter»."""
    return words.time(*minutes(framework, competences))


def _minutes(read: int, answers: int) -> int:
    seconds = read * 60 // WORDS_A_MINUTE + answers * SECONDS_AN_ANSWER
    return -(-seconds // 60)
