"""The reader's own sheet for the talk: what can be ticked, and the sheet of what is ticked.

What is not ticked is not on it, and it has no field for a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.ladder import NO_LEVEL, Answer, listed
from quiz.profile import Competence, Framework, highest, reading_note
from quiz.report import (
    level_name,
    level_text,
    motivation_reply,
    named,
    no_level_lists,
    status,
    suggestions,
)

TITLE = "Underlag till samtal om digital kompetens"
EMPTY = "Bladet är tomt. Kryssa i det som ska med."

#: Section id → heading, and the columns of its table (none when it is plain text).
SECTIONS: dict[str, tuple[str, list[str]]] = {
    "roles": ("Roll", []),
    "level": ("Min nivå", ["Kompetens", "Min nivå", "Förväntad nivå", "I ord"]),
    "list": ("Utan nivå", ["Mitt svar", "Kompetenser"]),
    "next": ("Nästa trappsteg", ["Kompetens", "Nivå", "Beskrivning"]),
    "example": ("Exempel från jobbet", ["Kompetens", "Exempel"]),
    "motivation": ("Motivation", ["Område", "Mitt svar"]),
    "suggestion": ("Att ta upp på samtalet", ["Förslag", "Varför"]),
    "questions": ("Mina frågor", []),
    "notes": ("Mina anteckningar", []),
}

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


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
        """The key in `SECTIONS`."""
        return self.id.partition(":")[0]


def items(
    framework: Framework,
    competences: Sequence[Competence],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
    questions: str,
    notes: str,
) -> Iterator[Item]:
    """Yield what there is to tick, in the order of the sheet within each section."""
    names = [role["name"] for role in framework["roles"] if role["id"] in roles]
    if names:
        yield Item("roles", ", ".join(names), [", ".join(names)])
    for competence in competences:
        answer = answers.get(competence["id"], Answer())
        yield from _of_competence(framework, competence, roles, answer)
    for rated in motivation_reply(framework, competences, motivation):
        if rated["answer"] is not None:
            name = f"{rated['area']} {rated['name']}"
            yield Item(f"motivation:{rated['area']}", name, [name, rated["text"]])
    for group in no_level_lists(competences, answers):
        if group["kind"] in NO_LEVEL:
            said = NO_LEVEL[group["kind"]]
            titles = "; ".join(f"{item['id']} {item['title']}" for item in group["items"])
            label = f"{said}: {listed(item['id'] for item in group['items'])}"
            yield Item(f"list:{group['kind']}", label, [said, titles])
    for talk in suggestions(framework, competences, roles, answers, motivation):
        yield Item(f"suggestion:{talk['id']}", talk["text"], [talk["text"], talk["reason"]])
    if questions:
        yield Item("questions", "Mina frågor", [questions])
    if notes:
        yield Item("notes", "Mina anteckningar", [notes])


def _of_competence(
    framework: Framework, competence: Competence, roles: Sequence[str], answer: Answer
) -> Iterator[Item]:
    key, name, level = competence["id"], named(competence), answer.level
    if level is not None:
        wanted = highest(competence, roles)
        note = f"* {reading_note(competence)}." if wanted and reading_note(competence) else ""
        said = f"{level_text(wanted)}{'*' if note else ''}" if wanted else "Ingen roll vald"
        words = status(competence, roles, answer)["text"] if wanted else ""
        row = [name, level_text(level), said, words]
        yield Item(f"level:{key}", f"{name}: {level_text(level).lower()}", row, note)
    if level is not None and level < len(competence["levels"]):
        step = f"{level_text(level + 1)}, {level_name(framework, level + 1)}"
        label = f"{name}: {level_text(level + 1).lower()}"
        yield Item(f"next:{key}", label, [name, step, competence["levels"][level]])
    if answer.example:
        yield Item(f"example:{key}", name, [name, answer.example])


def sheet(
    framework: Framework, available: Sequence[Item], ticked: Collection[str], today: str
) -> dict[str, Any]:
    """Return what can be ticked, and the sheet of what is, structured and as plain text.

    `ticked` holds ids of items, others are disregarded; `today` is a date as
    text (yyyy-mm-dd), or empty.
    """
    groups, sections = [], []
    for key, (heading, columns) in SECTIONS.items():
        here = [item for item in available if item.section == key]
        chosen = [item for item in here if item.id in ticked]
        if here:
            choices = [{"id": i.id, "label": i.label, "ticked": i.id in ticked} for i in here]
            groups.append({"id": key, "heading": heading, "items": choices})
        if chosen:
            note = next((item.note for item in chosen if item.note), "")
            rows = [item.row for item in chosen]
            sections.append({"id": key, "heading": heading, "columns": columns, "rows": rows, "note": note})
    version = f"{framework['title']}, version {framework['version']}, {swedish_date(framework['date'])}"
    date = swedish_date(today)
    document = {
        "title": TITLE,
        "framework": version,
        "date": f"Utskrivet {date}" if date else "",
        "sections": sections,
    }
    return {
        "groups": groups,
        "document": document,
        "text": _plain(document),
        "empty": "" if sections else EMPTY,
    }


def _plain(document: Mapping[str, Any]) -> str:
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


def swedish_date(text: str) -> str | None:
    """Return «2 september 2024» for "2024-09-02", or None when that is no date."""
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not "".join(parts).isdecimal() or not text.isascii():
        return None
    year, month, day = map(int, parts)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (year and 1 <= month <= 12 and 1 <= day <= days[month - 1]):
        return None
    return f"{day} {MONTHS[month - 1]} {year}"
