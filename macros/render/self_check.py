"""The self-check's page: the whole form as HTML, by the rules of `quiz`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from macros.data import framework_json
from macros.model import Area, Competence, Framework
from macros.render.view import Page, View, render
from quiz import code, ladder, profile, words
from quiz.request import LONGEST_TEXT

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData


def self_check(view: View) -> Page:
    """The self-check: the whole form, which the page's script then shows one step at a time."""
    framework = view.framework
    data: FrameworkData = json.loads(framework_json(framework))
    everyone = profile.applies(data, [])
    applying = {role.id: profile.applies(data, [role.id]) for role in framework.roles}
    ids_of = {role: {item["id"] for item in found} for role, found in applying.items()}
    # The worked example picks a level that the support speaks of, and misses the step right below it.
    pick = framework.levels[-2]
    met = {level: level < pick - 1 for level in ladder.asked(pick)}
    return render(
        view,
        "self_check",
        times={role: profile.time_text(data, found) for role, found in applying.items()},
        time=profile.time_text(data, everyone),
        area_times={area.id: _area_time(data, area, list(applying)) for area in framework.areas},
        roles_of={
            item.id: [role for role, ids in ids_of.items() if item.id in ids]
            for item in framework.competences
        },
        shared={item["id"] for item in everyone},
        # Level below a pick that a reader is asked about → the picks that ask for it.
        stairs={
            level: picks
            for level in framework.levels
            if (picks := [pick for pick in framework.levels if level in ladder.asked(pick)])
        },
        longest_text=LONGEST_TEXT,
        longest_code=code.LONGEST,
        code_holds=words.listed(
            [
                *(["roller"] if framework.roles else []),
                "nivåer",
                *(["svar om motivation"] if framework.basics.motivation.scale else []),
            ]
        ),
        worked=_worked(framework, pick),
        worked_pick=pick,
        worked_met=met,
        worked_outcome=ladder.explain(pick, met),
        assets={
            "styles": view.published.styles,
            "scripts": [view.published.page_script, "assets/counts.js"],
        },
    )


def _worked(framework: Framework, pick: int) -> Competence:
    """Return the competence of the worked example: not the one that a reader rates first."""
    others = framework.competences[1:] or framework.competences
    spoken_of = (item for item in others if any(pick in text.levels for text in item.shared_support))
    return next(spoken_of, others[0])


def _area_time(data: FrameworkData, area: Area, role_ids: list[str]) -> str:
    """Say how long rating an area takes, for each role where that differs."""
    if not role_ids:
        return profile.time_text(data, profile.applies(data, [], area.id))
    times: dict[str, list[str]] = defaultdict(list)
    for role_id in area.roles or role_ids:
        times[profile.time_text(data, profile.applies(data, [role_id], area.id))].append(role_id)
    if len(times) == 1 or not area.roles:
        return max(times, key=lambda text: len(times[text]))
    named = (f"{words.roles(profile.role_names(data, roles))} {text}" for text, roles in times.items())
    return ", ".join(named)
