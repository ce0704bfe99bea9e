"""What to bring to the talk: a few suggestions, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from quiz import words
from quiz.profile import asked_by, star
from quiz.report import Rated, by_area, named, status

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData
    from quiz.protocol.request import NoLevel
    from quiz.protocol.result import Suggestion

MOST_SUGGESTIONS = 5


def suggestions(
    framework: FrameworkData, rated: Sequence[Rated], motivation: Mapping[str, int]
) -> list[Suggestion]:
    """Return at most `MOST_SUGGESTIONS`, in groups that have a reason each.

    So that they vary, one is taken from each group before a second is taken from any. Inside a group the
    order is the framework's.
    """
    below, above = _by_level(rated)
    without = {kind: _together(framework, kind, rated) for kind in words.NO_LEVEL}
    low = _motivation(framework, rated, motivation)
    groups = [below, without["unclear"], low, above, without["unknown"], without["not_relevant"]]
    taken = [item for turn in zip_longest(*groups) for item in turn if item][:MOST_SUGGESTIONS]
    if taken:
        return [item for group in groups for item in group if item in taken]
    if any(status(item) == "in_line" for item in rated):
        text, reason = words.ONWARD if all(item.answer.complete for item in rated) else words.GO_ON
        return [{"id": "onward", "text": text, "reason": reason}]
    if not framework["roles"] and any(item.answer.level for item in rated):
        return [{"id": "onward", "text": words.ONWARD[0], "reason": words.STEP_AT_EACH}]
    return []


def _by_level(rated: Sequence[Rated]) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return those for levels below what is expected, first those two steps or more below, and above."""
    far: list[Suggestion] = []
    near: list[Suggestion] = []
    above: list[Suggestion] = []
    for item in rated:
        level, wanted, name = item.answer.level, item.wanted, named(item.competence)
        if level is None or wanted is None or level == wanted:
            continue
        reason = words.level_and_expected(level, wanted, star(item.competence))
        if level > wanted:
            above.append(_suggestion("above", item, words.support_colleagues(name), reason))
        else:
            group = near if level + 1 == wanted else far
            group.append(_suggestion("below", item, words.reach(level + 1, name), reason))
    return far + near, above


def _motivation(
    framework: FrameworkData, rated: Sequence[Rated], motivation: Mapping[str, int]
) -> list[Suggestion]:
    """Return one for each area whose motivation is in the lower half of the scale."""
    scale = framework["motivation"]["scale"]
    found: list[Suggestion] = []
    for area, _ in by_area(framework, rated):
        place = motivation.get(area["id"])
        if place is not None and 2 * place <= len(scale):
            text, reason = words.motivation(f"{area['id']} {area['name']}", scale[place - 1])
            found.append({"id": f"motivation:{area['id']}", "text": text, "reason": reason})
    return found


def _together(framework: FrameworkData, kind: NoLevel, rated: Sequence[Rated]) -> list[Suggestion]:
    """Return one suggestion about all competences with this kind of no level, if any.

    One for each would leave no room for other kinds. What no role expects may well be not relevant.
    """
    found = [item for item in rated if item.answer.none == kind and (kind != "not_relevant" or item.wanted)]
    text, reason = words.SUGGESTIONS[kind]
    if kind == "unclear" and not framework["roles"]:
        text = words.UNCLEAR_WITHOUT_ROLES
    if len(found) > 1:
        ids = words.listed(item.competence["id"] for item in found)
        return [{"id": kind, "text": f"{text.format(words.THESE_COMPETENCES)}: {ids}.", "reason": reason}]
    if found and kind == "not_relevant":
        reason = words.not_my_task(asked_by(framework, found[0].competence, found[0].roles))
    return [_suggestion(kind, item, f"{text.format(named(item.competence))}.", reason) for item in found]


def _suggestion(group: str, item: Rated, text: str, reason: str) -> Suggestion:
    return {"id": f"{group}:{item.competence['id']}", "text": text, "reason": reason}
