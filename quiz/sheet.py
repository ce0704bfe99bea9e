"""The reader's own sheet for the talk: what can be on it, and the sheet of what the reader has chosen.

It has no field for a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer
from quiz.profile import highest, is_unsure, role_names
from quiz.report import level_name, named, status
from quiz.result import no_level_lists
from quiz.talk import competence_of

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData, FrameworkData
    from quiz.protocol.rating import MotivationReply
    from quiz.protocol.request import SheetMode
    from quiz.protocol.result import Sheet, SheetDocument, SheetSection, Suggestion, TickGroup

#: Sections that no box is for: the reader has chosen or written what is in them.
WITHOUT_BOX = ("talk", "questions")
#: Columns that only a framework with roles has.
ROLE_COLUMNS = words.SHEET_SECTIONS["level"][1][2:]


@dataclass(frozen=True)
class Item:
    """Something that can be on the sheet: `row` is what it puts into its section.

    `id` starts with the section's id.
    """

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
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    motivation: Sequence[MotivationReply],
    suggested: Sequence[Suggestion],
    questions: str,
) -> Iterator[Item]:
    """Yield all that can be on the sheet, in the order of the sheet within each section."""
    if names := ", ".join(role_names(framework, roles)):
        yield Item("roles", names, [names])
    for competence in competences:
        answer = answers.get(competence["id"], NOTHING)
        yield from _of_competence(framework, competence, roles, answer)
    for rated in motivation:
        if rated["answer"] is not None:
            name = f"{rated['area']} {rated['name']}"
            yield Item(f"motivation:{rated['area']}", name, [name, rated["text"]])
    for group in no_level_lists(competences, answers):
        if group["kind"] in words.NO_LEVEL:
            said = words.STATES[group["kind"]]
            titles = [item["text"] for item in group["items"]]
            yield Item(f"list:{group['kind']}", f"{said}: {words.listed(titles)}", [said, "; ".join(titles)])
    for suggestion in suggested:
        row = [suggestion["text"], suggestion["reason"]]
        note = _starred(words.STAR if words.STAR in suggestion["reason"] else "")
        yield Item(f"suggestion:{suggestion['id']}", suggestion["text"], row, note)
    if questions:
        yield Item("questions", words.QUESTIONS, [questions])


def _starred(star: str) -> str:
    """Return what explains an asterisk; empty without one."""
    return f"{star} {words.STAR_SHEET}" if star else ""


def _of_competence(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str], answer: Answer
) -> Iterator[Item]:
    key, name, level = competence["id"], named(competence), answer.level
    # Rate first, then see: what is not answered yet does not show what is expected.
    wanted = highest(competence, roles) if answer.complete else None
    star = words.STAR if wanted and is_unsure(competence) else ""
    note = _starred(star)
    expected = f"{words.level(wanted)}{star}" if wanted else "" if roles else words.NO_ROLE_CHOSEN
    mine = words.STATES[answer.state] if level is None else words.level(level)
    step = ""
    if level is not None and level < len(competence["levels"]):
        step = f"{words.level(level + 1)}: {competence['levels'][level]}"
    yield Item(f"talk:{key}", name, [name, mine, expected, step], note)
    if level is not None:
        relation = words.STATUS[status(competence, roles, answer)] if wanted else ""
        yield Item(f"level:{key}", f"{name}: {mine.lower()}", [name, mine, expected, relation], note)
    if step and level is not None:
        row = [
            name,
            f"{words.level(level + 1)}, {level_name(framework, level + 1)}",
            competence["levels"][level],
        ]
        yield Item(f"next:{key}", f"{name}: {words.level(level + 1).lower()}", row)
    if answer.example:
        yield Item(f"example:{key}", name, [name, answer.example])


def on_sheet(
    available: Sequence[Item], mode: SheetMode, chosen: Sequence[str], ticked: Collection[str]
) -> list[Item]:
    """Return what is on the sheet.

    Args:
        available: all that can be on it.
        mode: what the sheet is made of.
        chosen: what the reader wants to talk about: ids of suggestions and competences.
        ticked: ids of items; count only where the reader decides on each.
    """
    if mode == "all":
        return [item for item in available if item.section != "talk"]
    if mode == "own":
        boxes = [item for item in available if item.section not in WITHOUT_BOX and item.id in ticked]
        return boxes + [item for item in available if item.section == "questions"]
    by_id = {item.id: item for item in available}
    talk = [by_id.get(f"talk:{competence_of(key)}") or by_id.get(f"suggestion:{key}") for key in chosen]
    rest = [item for item in available if item.section in ("roles", "questions", "example")]
    return [item for item in talk if item] + rest


def sheet(
    framework: FrameworkData,
    available: Sequence[Item],
    placed: Collection[Item],
    mode: SheetMode,
    today: str,
) -> Sheet:
    """Return what can be ticked, and the sheet of what is `placed` on it, structured and as plain text.

    `today` is a date as text (yyyy-mm-dd), or empty.
    """
    groups: list[TickGroup] = []
    sections: list[SheetSection] = []
    # What is talked about has no box of its own, but shows the level and the next step.
    talked = [item.id.partition(":")[2] for item in placed if item.section == "talk"]
    shown = {item.id for item in placed} | {f"{part}:{key}" for part in ("level", "next") for key in talked}
    for key, (heading, columns) in words.SHEET_SECTIONS.items():
        left_out = () if framework["roles"] else ROLE_COLUMNS
        kept = [at for at, column in enumerate(columns or [""]) if column not in left_out]
        offered = [item for item in available if item.section == key and key not in WITHOUT_BOX]
        here = [item for item in placed if item.section == key]
        if offered:
            groups.append(
                {
                    "id": key,
                    "heading": heading,
                    "items": [
                        {"id": item.id, "label": item.label, "ticked": item.id in shown} for item in offered
                    ],
                }
            )
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
        "date": words.printed(words.swedish_date(today)),
        "sections": sections,
    }
    return {
        "mode": mode,
        "groups": groups,
        "document": document,
        "text": _plain(document),
        "empty": "" if any(section["id"] != "roles" for section in sections) else words.SHEET_EMPTY,
    }


def _plain(document: SheetDocument) -> str:
    """Return the sheet as plain text, to copy."""
    lines = [document["title"], document["framework"], *filter(None, [document["date"]])]
    for section in document["sections"]:
        lines += ["", section["heading"].upper()]
        for row in section["rows"]:
            first, *rest = row["cells"]
            lines.append(f"- {first['text']}" if rest else first["text"])
            lines += [f"  {cell['label']}: {cell['text']}" for cell in rest if cell["text"]]
        lines += filter(None, [section["note"]])
    return "\n".join([*lines, "", words.AGREED.upper(), ""])
