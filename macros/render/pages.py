"""A renderer for each page.

A page of the site holds one macro call; the macro of that name is the renderer of that name in `PAGES`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

from macros.criteria import OBSOLETE
from macros.data import framework_json
from macros.editor.labels import choices
from macros.model import Area, Competence, Framework, Role
from macros.proof import protocol
from macros.render.self_check import self_check
from macros.render.staircase import staircase
from macros.render.view import Page, View, render
from macros.slides.deck import AFTER_TEXTS, POWERPOINT, deck, examples_of
from quiz import words
from quiz.profile import applies, minutes


def framework_overview(view: View) -> Page:
    """The framework's introduction and the way to everything in it."""
    limited: dict[tuple[str, ...], list[str]] = defaultdict(list)  # roles → areas for them alone
    for item in view.framework.areas:
        if item.roles:
            limited[item.roles].append(item.id)
    return render(view, "framework_overview", limited=limited)


def area(view: View, area_id: str) -> Page:
    """One area: its competences, whom it is for, its motivation statement."""
    framework = view.framework
    item, competences = framework.area[area_id], framework.by_area[area_id]
    return render(
        view,
        "area",
        title=item.heading,
        description=f"Kompetensområde {item.id} i ramverket för digital kompetens: {item.name}.",
        area=item,
        competences=competences,
        by_role=[
            (framework.role[role_id], [c for c in competences if role_id in c.expected.by_role])
            for role_id in item.roles
        ],
        **_beside(framework.areas, area_id),
    )


def competence(view: View, competence_id: str) -> Page:
    """One competence: definition, its steps with the roles expected on each, what is new, support."""
    framework = view.framework
    item = framework.competence[competence_id]
    return render(
        view,
        "competence",
        title=item.heading,
        description=item.definition,
        competence=item,
        area=framework.area[item.area_id],
        steps=staircase(item),
        roles_at=_roles_at(framework, item.expected.levels),
        **_beside(framework.competences, competence_id),
    )


def whole_framework(view: View) -> Page:
    """All decided tables, one area after the other."""
    framework = view.framework
    roles_at = {item.id: _roles_at(framework, item.expected.levels) for item in framework.competences}
    return render(view, "whole_framework", roles_at=roles_at)


def roles(view: View) -> Page:
    """All role profiles, by part of the organisation."""
    counts = Counter(role_id for item in view.framework.competences for role_id in item.expected.by_role)
    return render(view, "roles", counts=counts)


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
    return render(view, "compare_roles", assets={"scripts": ["assets/compare.js"]})


def support(view: View) -> Page:
    """All examples and clarifications."""
    by_area = view.framework.by_area
    supported = [int(area) for area, items in by_area.items() if any(item.support for item in items)]
    return render(view, "support", supported=supported)


def learn(view: View) -> Page:
    """Learning activities and links, and support texts about a level; those for some roles come first.

    `taught` are the roles that have a learning activity of their own.
    """
    framework = view.framework
    shown = (
        (item, [*item.learning, *(text for text in item.support if text.levels and not text.teaches)])
        for item in framework.competences
    )
    return render(
        view,
        "learn",
        found=[(item, sorted(texts, key=lambda text: not text.is_local)) for item, texts in shown if texts],
        without=[item for item in framework.competences if all(text.is_local for text in item.learning)],
        taught={
            item.id: [role for text in item.learning for role in framework.readers(text)]
            for item in framework.competences
        },
        agreed=framework.question.get(framework.site.agreed or ""),
        ungraded=framework.question.get(framework.site.ungraded or ""),
        assets={"styles": _styles("settings"), "scripts": ["assets/learn.js"]},
    )


def terms(view: View) -> Page:
    """Words that the source explains, in alphabetical order."""
    explained: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for name, meaning in view.framework.basics.explained():
        explained[name][meaning] = {"support": None, "competences": []}
    for item in view.framework.competences:
        for text in item.support:
            for name in text.terms:
                entry = explained[name].setdefault(text.text, {"support": text, "competences": []})
                entry["competences"].append(item)
    return render(view, "terms", terms=sorted(explained.items(), key=lambda term: term[0].casefold()))


def about(view: View) -> Page:
    """How the framework came about: the passages about it, in the source's words."""
    # The introduction to the principles is on their own page.
    sections = [item for item in view.framework.basics.sections if item.id != view.framework.site.principles]
    groups = [(name, list(items)) for name, items in groupby(sections, key=lambda section: section.group)]
    published = view.published
    sizes = {address: published.files[address].stat().st_size for address in published.downloads}
    written = [address for address in published.files if address.startswith("data/framework/")]
    return render(view, "about", groups=groups, sizes=sizes, written=written)


def news(view: View) -> Page:
    """Every version, the newest first; the first one says that it is the first."""
    roles = [role.id for role in view.framework.roles]
    releases = view.news.releases
    concerned = {release.id: [role for role in roles if release.only_for(role)] for release in releases}
    others = {release: [role for role in roles if role not in own] for release, own in concerned.items()}
    return render(view, "news", concerned=concerned, others=others)


def sources(view: View) -> Page:
    """Where everything comes from, what was corrected, and the rows read from damaged text."""
    framework = view.framework
    unsure = [
        (item, [_roles_at(framework, row) for row in (item.expected.levels, *item.expected.alternatives)])
        for item in framework.unsure()
    ]
    documents = {document.id: document for document in framework.sources.documents}
    part_names = {part.id: part.name for part in framework.parts}
    return render(view, "sources", unsure=unsure, documents=documents, part_names=part_names)


def proof(view: View) -> Page:
    """The protocol behind the statement: each criterion with the tests and checks that show it."""
    groups = protocol(view.framework.accessibility, view.proof)
    counts = Counter(entry.level for entries in groups.values() for entry in entries if entry.level)
    return render(view, "proof", proof=view.proof, groups=groups.items(), counts=counts, obsolete=OBSOLETE)


def workshop(view: View) -> Page:
    """What there is for a workplace meeting and for the talk, and how to choose."""
    slides = deck(view.framework)
    counts = Counter(minutes for slide in slides for minutes in slide.agendas)
    return render(view, "workshop", counts=counts, powerpoint=POWERPOINT)


def slides(view: View) -> Page:
    """The slides as a page, and what the deck needs to show another competence as the example."""
    framework = view.framework
    examples = [
        (item.id, [slide for slide in deck(framework, item.id) if slide.example])
        for item in framework.competences
    ]
    return render(
        view,
        "slides",
        slides=deck(framework),
        after_texts=AFTER_TEXTS,
        examples=examples,
        powerpoint=POWERPOINT,
        assets={"styles": _styles("settings", *_PROJECTED, "deck"), "scripts": ["assets/deck.js"]},
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
    assets = {"styles": _styles("cards")}
    return render(view, "level_cards", examples=examples, everyone=len(list(for_all)), assets=assets)


def guide(view: View) -> Page:
    """The leader's guide: agendas, exercises, common questions."""
    titles = {slide.id: slide.title for slide in deck(view.framework)}
    return render(view, "guide", titles=titles, assets={"styles": _styles("sheets")})


def preparation(view: View) -> Page:
    """How to prepare for your own talk, and how long rating takes: from the smallest role to the largest."""
    data = json.loads(framework_json(view.framework))
    chosen = [{role.id} for role in view.framework.roles] or [set()]
    shortest, longest = zip(*(minutes(data, applies(data, roles)) for roles in chosen), strict=True)
    time = words.time(min(shortest), max(longest))
    return render(view, "preparation", time=time, assets={"styles": _styles("sheets")})


def manager(view: View) -> Page:
    """What a manager needs for the talks: one printable sheet per role."""
    framework = view.framework
    return render(
        view,
        "manager",
        profiles=[(role, _profile(framework, role.id)) for role in framework.roles],
        questions={talk.area: talk.ask for talk in framework.workshop.talk},
        assets={"styles": _styles("sheets"), "scripts": ["assets/manager.js"][: len(framework.roles)]},
    )


def edit(view: View) -> Page:
    """The page where anyone can propose a change; without its program it shows the files."""
    groups, published = list(choices(view.framework)), view.published
    addresses = {file.name: f"data/{file.name}" for _, files in groups for file in files}
    texts = {
        name: published.files[address].read_bytes().decode()
        for name, address in addresses.items()
        if address in published.files
    }
    assets = {"styles": [f"{published.editor}editor.css"], "scripts": [f"{published.editor}page.js"]}
    return render(view, "edit", groups=groups, texts=texts, assets=assets)


def _of_template(template: str) -> Callable[[View], Page]:
    return lambda view: render(view, template)


#: Macro name → renderer. `competence("1.1")` in a page's stub calls `competence(view, "1.1")`.
PAGES: dict[str, Callable[..., Page]] = {
    renderer.__name__: renderer
    for renderer in (
        framework_overview,
        area,
        competence,
        whole_framework,
        roles,
        role,
        compare_roles,
        support,
        learn,
        terms,
        about,
        news,
        sources,
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
} | {
    template: _of_template(template)
    for template in ("start", "principles", "levels", "questions", "licences", "accessibility")
}

#: The style sheets of a slide as a picture.
_PROJECTED = ("slides", "projected", "projected-shapes", "projected-upright")


def _styles(*names: str) -> list[str]:
    return [f"assets/{name}.css" for name in names]


def _beside(items: Sequence[Area | Competence], own: str) -> dict[str, Any]:
    """Return the items before and after the one with an id; None at the ends."""
    around, place = (None, *items, None), [item.id for item in items].index(own)
    return {"previous": around[place], "next": around[place + 2]}


def _roles_at(framework: Framework, levels: Mapping[int, Collection[str]]) -> dict[int, list[Role]]:
    """Return level → its roles in the framework's order, from the lowest level."""
    return {
        level: [role for role in framework.roles if role.id in role_ids]
        for level, role_ids in sorted(levels.items())
    }


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
