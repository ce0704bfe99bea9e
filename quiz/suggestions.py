"""What to bring to the talk: a few suggestions, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer
from quiz.profile import areas_of, asked_by, highest, is_unsure
from quiz.report import named, status

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData, FrameworkData
    from quiz.protocol.request import NoLevel
    from quiz.protocol.result import Suggestion

MOST_SUGGESTIONS = 5


def suggestions(
    framework: FrameworkData,
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
) -> list[Suggestion]:
    """Return at most `MOST_SUGGESTIONS` suggestions, each with its reason.

    They come in groups, a reason each: below the expected level (two steps or
    more before one step), did not understand the question, low motivation (in
    the lower half of the scale), above the expected level, does not know, and
    not relevant although a role expects a level. Each of the three kinds of no
    level gives one suggestion, about all the competences answered so. Inside a
    group the order is the framework's. So that the suggestions vary, one is
    taken from each group before a second is taken from any.
    """
    below, above = _by_level(competences, roles, answers)
    without = {kind: _together(framework, kind, competences, roles, answers) for kind in words.NO_LEVEL}
    low = _motivation(framework, competences, motivation)
    groups = [below, without["unclear"], low, above, without["unknown"], without["not_relevant"]]
    taken = [0] * len(groups)
    for most in range(1, MOST_SUGGESTIONS + 1):
        for at, group in enumerate(groups):
            if sum(taken) < MOST_SUGGESTIONS:
                taken[at] = min(most, len(group))
    chosen = [item for group, count in zip(groups, taken, strict=True) for item in group[:count]]
    in_line = any(status(item, roles, answers.get(item["id"], NOTHING)) == "in_line" for item in competences)
    if not chosen and in_line:
        complete = all(answers.get(item["id"], NOTHING).complete for item in competences)
        text, reason = words.ONWARD if complete else words.GO_ON
        return [{"id": "onward", "text": text, "reason": reason}]
    if not chosen and not framework["roles"] and any(_level(answers, item) for item in competences):
        return [{"id": "onward", "text": words.ONWARD[0], "reason": words.STEP_AT_EACH}]
    return chosen


def _level(answers: Mapping[str, Answer], competence: CompetenceData) -> int | None:
    return answers.get(competence["id"], NOTHING).level


def _by_level(
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return the suggestions for levels below what is expected, the furthest first, and above it."""
    far: list[Suggestion] = []
    near: list[Suggestion] = []
    above: list[Suggestion] = []
    for item in competences:
        wanted, answer = highest(item, roles), answers.get(item["id"], NOTHING)
        level = answer.level
        if level is None or wanted is None or level == wanted:
            continue
        star = words.STAR if is_unsure(item) else ""
        reason = words.level_and_expected(level, wanted, star)
        if level > wanted:
            above.append(_suggestion("above", item["id"], words.support_colleagues(named(item)), reason))
        else:
            group = near if level + 1 == wanted else far
            group.append(_suggestion("below", item["id"], words.reach(level + 1, named(item)), reason))
    return far + near, above


def _motivation(
    framework: FrameworkData, competences: Sequence[CompetenceData], motivation: Mapping[str, int]
) -> list[Suggestion]:
    """Return a suggestion for each area whose motivation is in the lower half of the scale."""
    scale = framework["motivation"]["scale"]
    return [
        _suggestion(
            "motivation", area["id"], *words.motivation(f"{area['id']} {area['name']}", scale[place - 1])
        )
        for area in areas_of(framework, competences)
        if (place := motivation.get(area["id"])) is not None and 2 * place <= len(scale)
    ]


def _together(
    framework: FrameworkData,
    kind: NoLevel,
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
) -> list[Suggestion]:
    """Return one suggestion about all competences with this kind of no level, or none.

    One for each would differ only in the competence, and leave no room for other kinds.
    """
    found = [item for item in competences if answers.get(item["id"], NOTHING).none == kind]
    if kind == "not_relevant":
        found = [item for item in found if highest(item, roles) is not None]
    text, reason = words.SUGGESTIONS[kind]
    if kind == "unclear" and not framework["roles"]:
        text = words.UNCLEAR_WITHOUT_ROLES
    if len(found) > 1:
        ids = words.listed(item["id"] for item in found)
        return [{"id": kind, "text": f"{text.format(words.THESE_COMPETENCES)}: {ids}.", "reason": reason}]
    if found and kind == "not_relevant":
        reason = words.not_my_task(asked_by(framework, found[0], roles))
    return [_suggestion(kind, item["id"], f"{text.format(named(item))}.", reason) for item in found]


def _suggestion(group: str, key: str, text: str, reason: str) -> Suggestion:
    return {"id": f"{group}:{key}", "text": text, "reason": reason}
