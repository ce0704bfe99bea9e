"""The reader's own sheet for the talk: what can be ticked, and the sheet of what is ticked.

What is not ticked is not on it, and it has no field for a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer
from quiz.profile import highest, reading_note, role_names
from quiz.report import level_name, motivation_reply, named, no_level_lists, status
from quiz.suggestions import suggestions

if TYPE_CHECKING:
    from quiz.protocol import CompetenceData, FrameworkData, Sheet, SheetDocument, SheetSection, TickGroup


@dataclass(frozen=True)
class Item:
    """Something that can be ticked: `row` is what it puts into its section.

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
    motivation: Mapping[str, int],
    questions: str,
    notes: str,
) -> Iterator[Item]:
    """Yield what there is to tick, in the order of the sheet within each section."""
    if names := ", ".join(role_names(framework, roles)):
        yield Item("roles", names, [names])
    for competence in competences:
        answer = answers.get(competence["id"], NOTHING)
        yield from _of_competence(framework, competence, roles, answer)
    for rated in motivation_reply(framework, competences, motivation):
        if rated["answer"] is not None:
            name = f"{rated['area']} {rated['name']}"
            yield Item(f"motivation:{rated['area']}", name, [name, rated["text"]])
    for group in no_level_lists(competences, answers):
        if group["kind"] in words.NO_LEVEL:
            said = words.STATES[group["kind"]]
            titles = "; ".join(f"{item['id']} {item['title']}" for item in group["items"])
            label = f"{said}: {words.listed(item['id'] for item in group['items'])}"
            yield Item(f"list:{group['kind']}", label, [said, titles])
    for talk in suggestions(framework, competences, roles, answers, motivation):
        yield Item(f"suggestion:{talk['id']}", talk["text"], [talk["text"], talk["reason"]])
    if questions:
        yield Item("questions", words.QUESTIONS, [questions])
    if notes:
        yield Item("notes", words.NOTES, [notes])


def _of_competence(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str], answer: Answer
) -> Iterator[Item]:
    key, name, level = competence["id"], named(competence), answer.level
    if level is not None:
        wanted = highest(competence, roles)
        note = f"* {reading_note(competence)}." if wanted and reading_note(competence) else ""
        said = f"{words.level(wanted)}{'*' if note else ''}" if wanted else words.NO_ROLE_CHOSEN
        relation = status(competence, roles, answer)["text"] if wanted else ""
        row = [name, words.level(level), said, relation]
        yield Item(f"level:{key}", f"{name}: {words.level(level).lower()}", row, note)
    if level is not None and level < len(competence["levels"]):
        step = words.level(level + 1)
        row = [name, f"{step}, {level_name(framework, level + 1)}", competence["levels"][level]]
        yield Item(f"next:{key}", f"{name}: {step.lower()}", row)
    if answer.example:
        yield Item(f"example:{key}", name, [name, answer.example])


def sheet(framework: FrameworkData, available: Sequence[Item], ticked: Collection[str], today: str) -> Sheet:
    """Return what can be ticked, and the sheet of what is, structured and as plain text.

    `ticked` holds ids of items, others are ignored; `today` is a date as
    text (yyyy-mm-dd), or empty.
    """
    groups: list[TickGroup] = []
    sections: list[SheetSection] = []
    for key, (heading, columns) in words.SHEET_SECTIONS.items():
        here = [item for item in available if item.section == key]
        chosen = [item for item in here if item.id in ticked]
        if here:
            groups.append(
                {
                    "id": key,
                    "heading": heading,
                    "items": [
                        {"id": item.id, "label": item.label, "ticked": item.id in ticked} for item in here
                    ],
                }
            )
        if chosen:
            sections.append(
                {
                    "id": key,
                    "heading": heading,
                    "columns": columns,
                    "rows": [item.row for item in chosen],
                    "note": next((item.note for item in chosen if item.note), ""),
                }
            )
    document: SheetDocument = {
        "title": words.SHEET_TITLE,
        "framework": words.stamp(framework["title"], framework["version"], framework["date"]),
        "date": words.printed(words.swedish_date(today)),
        "sections": sections,
    }
    return {
        "groups": groups,
        "document": document,
        "text": _plain(document),
        "empty": "" if sections else words.SHEET_EMPTY,
    }


def _plain(document: SheetDocument) -> str:
    """Return the sheet as plain text, to copy."""
    lines = [document["title"], document["framework"], *filter(None, [document["date"]])]
    for section in document["sections"]:
        lines += ["", section["heading"].upper()]
        for first, *rest in section["rows"]:
            lines.append(f"- {first}" if rest else first)
            lines += [
                f"  {column}: {cell}" for column, cell in zip(section["columns"][1:], rest, strict=True)
            ]
        lines += filter(None, [section["note"]])
    return "\n".join(lines) + "\n"
