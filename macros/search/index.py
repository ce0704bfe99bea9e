"""What the search can answer, for `search.mjs`: made of the framework and of the pages' front matter.

An answer's `names` are what readers call it, the most telling first; its `passages` are the texts behind it,
each with its place on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.model import Competence, Framework
from macros.pages import DESCRIPTIONS, is_left_out, macro_of
from macros.render.glossary import explanations, term_id
from macros.support import Support

Entry = dict[str, Any]

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)


def pages_in(docs: Path, framework: Framework) -> Iterator[Entry]:
    """Yield the answers that are pages in `docs`: those that have keywords."""
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text("utf-8-sig")
        front = _FRONT.match(text)
        meta = yaml.safe_load(front[1]) if front else {}
        if meta.get("keywords") and not is_left_out(text, framework):
            url = path.relative_to(docs).with_suffix("").as_posix().removesuffix("index").rstrip("/")
            description = meta.get("description") or DESCRIPTIONS[macro_of(text)](framework)
            address = f"{url}/" if url else ""
            yield _entry("Sida", address, meta["title"], description, names=meta["keywords"])


def index_json(framework: Framework, pages: Iterable[Entry]) -> str:
    """Return all answers as the browser reads them."""
    return json.dumps(list(entries(framework, pages)), ensure_ascii=False, separators=(",", ":"))


def entries(framework: Framework, pages: Iterable[Entry]) -> Iterator[Entry]:
    """Yield every answer, the pages first. Addresses are relative to the site's root."""
    yield from pages
    for level in framework.levels:
        names = [f"{word} {level}" for word in ("nivå", "steg", "trappsteg", "level")]
        text = framework.level_name(level)
        yield _entry("Nivå", "ramverket/nivaerna/", f"Nivå {level}", text, id=level, names=names)
    for area in framework.areas:
        text = f"Kompetenser: {'; '.join(item.title for item in framework.by_area[area.id])}."
        title = f"{area.id}. {area.name}"
        yield _entry("Område", f"ramverket/omrade-{area.id}/", title, text, names=[f"område {area.id}"])
    for competence in framework.competences:
        yield _competence(framework, competence)
    for role in framework.roles:
        text = role.note or f"Förväntad nivå i varje kompetens för {role.name.lower()}."
        yield _entry("Roll", f"roller/{role.id}/", role.name, text, id=role.id, names=role.keywords)
    for question in framework.questions:
        yield _entry("Fråga", f"fragor-och-svar/#{question.id}", question.question, question.answer)
    for competence in framework.competences:
        title = f"Lär dig mer: {competence.title}"
        for item in competence.learning:
            yield _entry("Läraktivitet", f"stod/lara-mer/#k-{competence.id}", title, item.text)
    explained: dict[str, str] = {}
    for term, text in explanations(framework):
        explained.setdefault(term, text)
    for term, text in explained.items():
        yield _entry("Ord", f"stod/ord/#{term_id(term)}", term[0].upper() + term[1:], text)
    yield from _passages(framework)


def _competence(framework: Framework, item: Competence) -> Entry:
    levels = [_passage(f"niva-{level}", f"Nivå {level}", text) for level, text in item.levels.items()]
    support = [_support(framework, text) for text in item.support if not text.teaches]
    return _entry(
        "Kompetens",
        f"ramverket/{item.id}/",
        f"{item.id} {item.title}",
        item.definition,
        names=(item.id, f"kompetens {item.id}", *item.keywords),
        passages=levels + support,
        expected=item.expected.by_role,
        unsure=not item.expected.sure,
    )


def _support(framework: Framework, item: Support) -> Entry:
    place, level = (f"niva-{item.levels[0]}", f"nivå {item.levels[0]}") if item.levels else ("stod", "")
    label = ", ".join(filter(None, (item.kind.value.capitalize(), level, framework.whose(item))))
    return _passage(place, label, item.text)


def _passages(framework: Framework) -> Iterator[Entry]:
    """What has a heading of its own on a page."""
    principles = "ramverket/sa-anvander-vi-ramverket/"
    for principle in framework.basics.principles:
        yield _entry("Sida", f"{principles}#{principle.id}", principle.name, principle.text)
    for section in framework.basics.sections:
        page = principles if section.id == framework.site.principles else "om/"
        points = [text for point in section.points for text in (point.text, *point.points)]
        text = " ".join((*section.text, *points)) or section.group
        yield _entry("Sida", f"{page}#{section.id}", section.title, text)
    workshop = framework.workshop
    for exercise in workshop.exercises:
        address = f"workshop/handledning/#ovning-{exercise.id}"
        yield _entry("Övning", address, exercise.title, " ".join(exercise.steps))
    for page, passages in (("handledning", workshop.guide), ("for-dig", workshop.preparation)):
        for passage in passages:
            if text := " ".join((*passage.text, *passage.points)):
                yield _entry("Sida", f"workshop/{page}/#{passage.id}", passage.title, text)


def _passage(place: str, label: str, text: str) -> Entry:
    return {"place": place, "label": label, "text": text}


def _entry(kind: str, url: str, title: str, text: str, **more: Any) -> Entry:
    entry = {"kind": kind, "url": url, "title": title, "text": text}
    return entry | {name: value for name, value in more.items() if value}
