"""The reader's own sheet for the talk: what can be on it, and what is. It has no field for a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quiz import words
from quiz.profile import role_names, star
from quiz.report import Rated, level_name, named, state_text, status
from quiz.result import no_level_lists
from quiz.talk import competence_of

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData
    from quiz.protocol.rating import MotivationReply
    from quiz.protocol.result import Sheet, SheetDocument, SheetSection, Suggestion, Tick, TickGroup
    from quiz.request import Form

#: Sections without boxes: the reader has chosen or written what is in them.
WITHOUT_BOX = ("talk", "questions")
#: Columns that only a framework with roles has.
ROLE_COLUMNS = words.SHEET_SECTIONS["level"][1][2:]
NOTE = f"{words.STAR} {words.STAR_SHEET}"


@dataclass(frozen=True)
class Item:
    """Something that can be on the sheet: `id` starts with its section, `row` is what it puts there."""

    id: str
    label: str
    row: list[str]
    note: str = ""

    @property
    def section(self) -> str:
        """The key in `words.SHEET_SECTIONS`."""
        return self.id.partition(":")[0]


def items(
    framework: FrameworkData,
    rated: Sequence[Rated],
    roles: Sequence[str],
    motivation: Sequence[MotivationReply],
    suggested: Sequence[Suggestion],
    questions: str,
) -> Iterator[Item]:
    """Yield all that can be on the sheet, in the order of the sheet within each section."""
    if names := ", ".join(role_names(framework, roles)):
        yield Item("roles", names, [names])
    for item in rated:
        yield from _of_competence(framework, item)
    for area in motivation:
        if area["answer"] is not None:
            name = f"{area['area']} {area['name']}"
            yield Item(f"motivation:{area['area']}", name, [name, area["text"]])
    for group in no_level_lists(rated):
        if group["kind"] in words.NO_LEVEL:
            said = words.STATES[group["kind"]]
            titles = [item["text"] for item in group["items"]]
            yield Item(f"list:{group['kind']}", f"{said}: {words.listed(titles)}", [said, "; ".join(titles)])
    for suggestion in suggested:
        text, reason = suggestion["text"], suggestion["reason"]
        note = NOTE if words.STAR in reason else ""
        yield Item(f"suggestion:{suggestion['id']}", text, [text, reason], note)
    if questions:
        yield Item("questions", words.QUESTIONS, [questions])


def _of_competence(framework: FrameworkData, item: Rated) -> Iterator[Item]:
    key, name, levels = item.competence["id"], named(item.competence), item.competence["levels"]
    level, mine = item.answer.level, state_text(item.answer)
    # Rate first, then see: what is not answered yet does not show what is expected.
    wanted = item.wanted if item.answer.complete else None
    mark = star(item.competence) if wanted else ""
    note = NOTE if mark else ""
    expected = f"{words.level(wanted)}{mark}" if wanted else "" if item.roles else words.NO_ROLE_CHOSEN
    step = ""
    if level is not None:
        relation = words.STATUS[status(item)] if wanted else ""
        yield Item(f"level:{key}", f"{name}: {mine.lower()}", [name, mine, expected, relation], note)
        if level < len(levels):
            above = words.level(level + 1)
            step = f"{above}: {levels[level]}"
            row = [name, f"{above}, {level_name(framework, level + 1)}", levels[level]]
            yield Item(f"next:{key}", f"{name}: {above.lower()}", row)
    yield Item(f"talk:{key}", name, [name, mine, expected, step], note)
    if item.answer.example:
        yield Item(f"example:{key}", name, [name, item.answer.example])


def _placed(available: Sequence[Item], chosen: Sequence[str], form: Form) -> list[Item]:
    """Return what is on the sheet; `chosen` are ids of suggestions and of competences.

    What is ticked counts only in the mode "own", where the reader decides on each.
    """
    if form.mode == "all":
        return [item for item in available if item.section != "talk"]
    if form.mode == "own":
        kept = {*form.ticked, "questions"}
        return [item for item in available if item.section != "talk" and item.id in kept]
    by_id = {item.id: item for item in available}
    talk = [by_id.get(f"talk:{competence_of(key)}") or by_id.get(f"suggestion:{key}") for key in chosen]
    rest = [item for item in available if item.section in ("roles", "questions", "example")]
    return [item for item in talk if item] + rest


def sheet(framework: FrameworkData, available: Sequence[Item], chosen: Sequence[str], form: Form) -> Sheet:
    """Return what can be ticked, and the sheet; `chosen` are the ids of what to talk about."""
    placed = _placed(available, chosen, form)
    groups: list[TickGroup] = []
    sections: list[SheetSection] = []
    # What is talked about has no box of its own, but shows the level and the next step.
    talked = [item.id.partition(":")[2] for item in placed if item.section == "talk"]
    shown = {item.id for item in placed} | {f"{part}:{key}" for part in ("level", "next") for key in talked}
    left_out = () if framework["roles"] else ROLE_COLUMNS
    for key, (heading, columns) in words.SHEET_SECTIONS.items():
        kept = [at for at, column in enumerate(columns or [""]) if column not in left_out]
        boxes: list[Tick] = [
            {"id": item.id, "label": item.label, "ticked": item.id in shown}
            for item in available
            if item.section == key and key not in WITHOUT_BOX
        ]
        if boxes:
            groups.append({"id": key, "heading": heading, "items": boxes})
        here = [item for item in placed if item.section == key]
        if here:
            sections.append(
                {
                    "id": key,
                    "heading": heading,
                    "columns": [columns[at] for at in kept] if columns else [],
                    "rows": [
                        {"cells": [{"label": columns[at] if at else "", "text": item.row[at]} for at in kept]}
                        for item in here
                    ],
                    "note": next((item.note for item in here if item.note), ""),
                }
            )
    document: SheetDocument = {
        "title": words.SHEET_TITLE,
        "framework": words.stamp(framework["title"], framework["version"], framework["date"]),
        "date": words.printed(words.swedish_date(form.today)),
        "sections": sections,
    }
    return {
        "mode": form.mode,
        "groups": groups,
        "document": document,
        "text": _plain(document),
        "empty": "" if any(section["id"] != "roles" for section in sections) else words.SHEET_EMPTY,
    }


def _plain(document: SheetDocument) -> str:
    """Return the sheet as text, to copy."""
    lines = [document["title"], document["framework"], *filter(None, [document["date"]])]
    for section in document["sections"]:
        lines += ["", section["heading"].upper()]
        for row in section["rows"]:
            first, *rest = row["cells"]
            lines.append(f"- {first['text']}" if rest else first["text"])
            lines += [f"  {cell['label']}: {cell['text']}" for cell in rest if cell["text"]]
        lines += filter(None, [section["note"]])
    return "\n".join([*lines, "", words.AGREED.upper(), ""])
