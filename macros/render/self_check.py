"""The self-check's page: the whole form as HTML, by the rules of `quiz`."""

from __future__ import annotations

import json

from macros.model import Area
from macros.render.view import Page, View, render
from macros.site.publish import framework_json
from quiz import ladder, profile, words
from quiz.protocol import FrameworkData
from quiz.report import competence_reply
from quiz.request import LONGEST_TEXT


def self_check(view: View) -> Page:
    """The self-check: the whole form, which the page's script then shows one step at a time."""
    framework = view.framework
    data: FrameworkData = json.loads(framework_json(framework))
    role_ids = [role.id for role in framework.roles]
    ids_of = {role_id: [item["id"] for item in profile.applies(data, [role_id])] for role_id in role_ids}
    top = framework.levels[-1]
    stairs = {
        item["id"]: [
            question
            | {"picks": [pick for pick in framework.levels if question["level"] in ladder.asked(pick)]}
            for question in competence_reply(data, item, [], ladder.Answer(top))["ladder"]["questions"]
        ]
        for item in data["competences"]
    }
    # The worked example picks a level that the support speaks of, and misses the step right below it.
    pick = top - 1
    met = {level: level < pick - 1 for level in ladder.asked(pick)}
    return render(
        view,
        "self_check",
        parts_of=framework.roles_by_part,
        times={role_id: profile.time_text(profile.applies(data, [role_id])) for role_id in role_ids},
        area_times={area.id: _area_time(data, area, role_ids) for area in framework.areas},
        roles_of={item.id: [r for r in role_ids if item.id in ids_of[r]] for item in framework.competences},
        shared={item["id"] for item in profile.applies(data, [])},
        stairs=stairs,
        no_level=words.NO_LEVEL,
        longest_text=LONGEST_TEXT,
        worked=next((c for c in framework.competences if c.support_at(pick)), framework.competences[0]),
        worked_pick=pick,
        worked_met=met,
        worked_outcome=ladder.explain(pick, met),
        assets={
            "styles": [view.published.style],
            "scripts": [view.published.page_script, "assets/counts.js"],
        },
    )


def _area_time(data: FrameworkData, area: Area, role_ids: list[str]) -> str:
    """Say how long rating an area takes, for each role where that differs."""
    times: dict[str, list[str]] = {}
    for role_id in area.roles or role_ids:
        times.setdefault(profile.time_text(profile.applies(data, [role_id], area.id)), []).append(role_id)
    if len(times) == 1 or not area.roles:
        return max(times, key=lambda text: len(times[text]))
    named = (f"{words.roles(profile.role_names(data, roles))} {text}" for text, roles in times.items())
    return ", ".join(named)
