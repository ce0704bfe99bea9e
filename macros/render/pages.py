"""A renderer for each page.

A page of the site holds one macro call; the macro of that name is the function of that name here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

from macros.criteria import OBSOLETE
from macros.data import framework_json
from macros.model import Area, Competence, Framework, Role
from macros.proof import protocol
from macros.render.edit import edit
from macros.render.learn import learn
from macros.render.news import news
from macros.render.self_check import self_check
from macros.render.staircase import staircase
from macros.render.view import Page, View, render
from macros.slides.deck import AFTER_TEXTS, POWERPOINT, deck, examples_of
from quiz import words
from quiz.profile import applies, minutes


def start(view: View) -> Page:
    """The front page: which role is yours, then three doors, and what it is."""
    framework = view.framework
    return render(view, "start", parts_of=framework.roles_by_part)


def framework_overview(view: View) -> Page:
    """The framework's introduction and the way to everything in it."""
    return render(view, "framework_overview", limited=_limited(view.framework))


def principles(view: View) -> Page:
    """How the framework is used, and the yearly process."""
    return render(view, "principles")


def levels(view: View) -> Page:
    """The levels as a staircase, and the scale of motivation."""
    return render(view, "levels")


def area(view: View, area_id: str) -> Page:
    """One area: its competences, whom it is for, its motivation statement."""
    areas = view.framework.areas
    item = view.framework.area[area_id]
    position = areas.index(item)
    return render(
        view,
        "area",
        title=f"{item.id}. {item.name}",
        description=f"Kompetensområde {item.id} i ramverket för digital kompetens: {item.name}.",
        area=item,
        competences=view.framework.by_area[area_id],
        by_role=[
            (
                view.framework.role[role_id],
                [c for c in view.framework.by_area[area_id] if role_id in c.expected.by_role],
            )
            for role_id in item.roles
        ],
        previous=areas[position - 1] if position else None,
        next=areas[position + 1] if position + 1 < len(areas) else None,
    )


def competence(view: View, competence_id: str) -> Page:
    """One competence: definition, its steps with the roles expected on each, what is new, support."""
    framework = view.framework
    item = framework.competence[competence_id]
    position = framework.position[competence_id]
    return render(
        view,
        "competence",
        title=f"{item.id} {item.title}",
        description=item.definition,
        competence=item,
        area=framework.area[item.area_id],
        steps=staircase(item),
        learning=item.learning,
        roles_at={level: _roles_at(framework, item, level) for level in framework.levels},
        previous=framework.competences[position - 1] if position else None,
        next=framework.competences[position + 1] if position + 1 < len(framework.competences) else None,
    )


def whole_framework(view: View) -> Page:
    """All decided tables, one area after the other."""
    framework = view.framework
    roles_at = {
        item.id: {level: _roles_at(framework, item, level) for level in framework.levels}
        for item in framework.competences
    }
    return render(view, "whole_framework", roles_at=roles_at)


def roles(view: View) -> Page:
    """All role profiles, by part of the organisation."""
    return render(view, "roles", parts_of=view.framework.roles_by_part, counts=_counts(view.framework))


def role(view: View, role_id: str) -> Page:
    """One role profile: the whole role at a glance, then each expected level with its text."""
    framework = view.framework
    item = framework.role[role_id]
    general = framework.general_role
    groups = _profile(framework, role_id)
    applying = [row for _, rows in groups for row in rows]
    return render(
        view,
        "role",
        title=item.name,
        description=f"Förväntad nivå i digital kompetens för {item.name}, med den fullständiga texten.",
        role=item,
        part=next(part for part in framework.parts if part.id == item.part),
        groups=groups,
        applying=[competence for competence, _ in applying],
        general=general,
        higher=[
            c.id for c, level in applying if general and level > c.expected.by_role.get(general.id, level)
        ],
        not_relevant=[c for c in framework.competences if role_id in c.expected.not_relevant],
        own={
            competence.id: [text for text in competence.support if role_id in framework.readers(text)]
            for competence, _ in applying
        },
    )


def compare_roles(view: View) -> Page:
    """Every competence against every role, and two roles side by side."""
    return render(
        view,
        "compare_roles",
        parts_of=view.framework.roles_by_part,
        assets={"scripts": ["assets/compare.js"]},
    )


def support(view: View) -> Page:
    """All examples and clarifications."""
    by_area = view.framework.by_area
    supported = [area for area in view.framework.areas if any(item.support for item in by_area[area.id])]
    return render(view, "support", supported=_numbers(supported))


def terms(view: View) -> Page:
    """Words that the source explains, in alphabetical order."""
    explained: dict[str, list[dict[str, Any]]] = {}
    for name, meaning in view.framework.basics.explained():
        explained.setdefault(name, []).append({"text": meaning, "support": None, "competences": []})
    for item in view.framework.competences:
        for text in item.support:
            for name in text.terms:
                entries = explained.setdefault(name, [])
                known = next((entry for entry in entries if entry["text"] == text.text), None)
                if known:
                    known["competences"].append(item)
                else:
                    entries.append({"text": text.text, "support": text, "competences": [item]})
    return render(view, "terms", terms=sorted(explained.items(), key=lambda entry: entry[0].casefold()))


def questions(view: View) -> Page:
    """Questions and answers."""
    return render(view, "questions")


def about(view: View) -> Page:
    """How the framework came about: the passages about it, in the source's words."""
    # The introduction to the principles is on their own page.
    sections = [item for item in view.framework.basics.sections if item.id != view.framework.site.principles]
    groups = [(name, list(items)) for name, items in groupby(sections, key=lambda section: section.group)]
    published = view.published
    sizes = {address: published.files[address].stat().st_size for address in published.downloads}
    written = [address for address in published.files if address.startswith("data/framework/")]
    return render(view, "about", groups=groups, sizes=sizes, written=written)


def sources(view: View) -> Page:
    """Where everything comes from, what was corrected, and the rows read from damaged text."""
    framework = view.framework
    unsure = [
        {
            "competence": item,
            "read": _reading(framework, item.expected.levels),
            "alternatives": [_reading(framework, other) for other in item.expected.alternatives],
        }
        for item in framework.unsure()
    ]
    documents = {document.id: document for document in framework.sources.documents}
    part_names = {part.id: part.name for part in framework.parts}
    return render(view, "sources", unsure=unsure, documents=documents, part_names=part_names)


def licences(view: View) -> Page:
    """What others have made of the site, and under which licences."""
    return render(view, "licences", parts=view.published.parts)


def accessibility(view: View) -> Page:
    """The accessibility statement, in the order of the supervising authority's guidance."""
    return render(view, "accessibility")


def proof(view: View) -> Page:
    """The protocol behind the statement: each criterion with the tests and checks that show it."""
    groups = protocol(view.framework.accessibility, view.proof)
    counts = Counter(entry.level for entries in groups.values() for entry in entries if entry.level)
    return render(view, "proof", proof=view.proof, groups=groups.items(), counts=counts, obsolete=OBSOLETE)


def workshop(view: View) -> Page:
    """What there is for a workplace meeting and for the talk, and how to choose."""
    slides = deck(view.framework)
    counts = {
        minutes: sum(minutes in slide.agendas for slide in slides)
        for minutes in view.framework.workshop.agendas
    }
    return render(view, "workshop", counts=counts, powerpoint=POWERPOINT)


def slides(view: View) -> Page:
    """The slides as a page, and what the deck needs to show another competence as the example."""
    framework = view.framework
    examples = [
        (item.id, [slide for slide in deck(framework, item.id) if slide.example])
        for item in framework.competences
    ]
    assets = {"styles": _styles("settings", *_PROJECTED, "deck"), "scripts": ["assets/deck.js"]}
    shown = deck(framework)
    return render(
        view,
        "slides",
        slides=shown,
        part_count=shown[-1].part,
        after_texts=AFTER_TEXTS,
        examples=examples,
        powerpoint=POWERPOINT,
        assets=assets,
    )


def script(view: View) -> Page:
    """What the leader says to each slide; follows the deck as the leader's view."""
    assets = {"styles": _styles(*_PROJECTED, "script"), "scripts": ["assets/speaker.js"]}
    return render(view, "script", slides=deck(view.framework), assets=assets)


def level_cards(view: View) -> Page:
    """A card per competence, to print and sort."""
    framework = view.framework
    examples = {item.id: examples_of(item) for item in framework.competences}
    for_all = takewhile(lambda item: not framework.area[item.area_id].roles, framework.competences)
    assets = {"styles": ["assets/cards.css"]}
    return render(view, "level_cards", examples=examples, everyone=len(list(for_all)), assets=assets)


def guide(view: View) -> Page:
    """The leader's guide: agendas, exercises, common questions."""
    titles = {slide.id: slide.title for slide in deck(view.framework)}
    return render(view, "guide", titles=titles, assets={"styles": ["assets/sheets.css"]})


def preparation(view: View) -> Page:
    """How to prepare for your own talk, and how long rating takes: from the smallest role to the largest."""
    data = json.loads(framework_json(view.framework))
    chosen: list[list[str]] = [[role.id] for role in view.framework.roles] or [[]]
    times = [minutes(data, applies(data, roles)) for roles in chosen]
    return render(
        view,
        "preparation",
        time=words.time(min(low for low, _ in times), max(high for _, high in times)),
        assets={"styles": ["assets/sheets.css"]},
    )


def manager(view: View) -> Page:
    """What a manager needs for the talks: one printable sheet per role."""
    framework = view.framework
    return render(
        view,
        "manager",
        parts_of=framework.roles_by_part,
        profiles=[(role, _profile(framework, role.id)) for role in framework.roles],
        questions={talk.area: talk.ask for talk in framework.workshop.talk},
        assets={"styles": ["assets/sheets.css"], "scripts": ["assets/manager.js"][: len(framework.roles)]},
    )


#: Macro name → renderer. `competence("1.1")` in a page's stub calls `competence(view, "1.1")`.
PAGES: dict[str, Callable[..., Page]] = {
    renderer.__name__: renderer
    for renderer in (
        start,
        framework_overview,
        principles,
        levels,
        area,
        competence,
        whole_framework,
        roles,
        role,
        compare_roles,
        support,
        learn,
        terms,
        questions,
        about,
        news,
        sources,
        licences,
        accessibility,
        proof,
        self_check,
        workshop,
        slides,
        script,
        level_cards,
        guide,
        preparation,
        manager,
        edit,
    )
}


#: The style sheets of a slide as a picture.
_PROJECTED = ("slides", "projected", "projected-shapes", "projected-upright")


def _styles(*names: str) -> list[str]:
    return [f"assets/{name}.css" for name in names]


def _in_order(framework: Framework, role_ids: Iterable[str]) -> list[Role]:
    return [framework.role[role_id] for role_id in sorted(role_ids, key=framework.position.__getitem__)]


def _roles_at(framework: Framework, item: Competence, level: int) -> list[Role]:
    return _in_order(framework, item.expected.levels.get(level, ()))


def _profile(framework: Framework, role_id: str) -> list[tuple[Area, list[tuple[Competence, int]]]]:
    """Return the competences that apply to a role with the expected level, grouped by area."""
    applying = [
        (item, item.expected.by_role[role_id])
        for item in framework.competences
        if role_id in item.expected.by_role
    ]
    return [
        (framework.area[area_id], list(group))
        for area_id, group in groupby(applying, key=lambda pair: pair[0].area_id)
    ]


@dataclass(frozen=True)
class Limited:
    """Areas that are for some roles only: which roles, their numbers, how many competences they have."""

    roles: tuple[str, ...]
    areas: list[int]
    count: int


def _limited(framework: Framework) -> list[Limited]:
    groups: dict[tuple[str, ...], list[Area]] = {}
    for item in framework.areas:
        if item.roles:
            groups.setdefault(item.roles, []).append(item)
    return [
        Limited(role_ids, _numbers(areas), sum(len(framework.by_area[item.id]) for item in areas))
        for role_ids, areas in groups.items()
    ]


def _numbers(areas: Iterable[Area]) -> list[int]:
    return [int(area.id) for area in areas]


def _counts(framework: Framework) -> dict[str, int]:
    """Return role id → number of competences that apply."""
    return {
        role.id: sum(role.id in item.expected.by_role for item in framework.competences)
        for role in framework.roles
    }


def _reading(framework: Framework, levels: Mapping[int, Iterable[str]]) -> list[tuple[int, list[Role]]]:
    return [(level, _in_order(framework, role_ids)) for level, role_ids in sorted(levels.items())]
