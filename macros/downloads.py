"""The framework as files to take along: a workbook for Excel, tables as CSV, all as JSON with its schema.

The same framework gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

from macros.model import Competence, Framework, Reading

FOLDER = "data"
Cell = str | int
_READINGS = {
    Reading.CONFIRMED: "bekräftad",
    Reading.CLEAR: "klar",
    Reading.PROBABLE: "väntar på att bekräftas",
    Reading.UNCERTAIN: "väntar på att bekräftas, osäker",
}
DIGCOMP = "DigComp 3.0 (vår läsning)"
_MOST_WIDTH = 64
_LINE = 15  # the height of a line, in points


class Table(NamedTuple):
    """A table: the name of its sheet and of its file, its headings, its rows.

    `widths` says how many letters wide a column is, where its heading does not decide; a longer heading is
    written upwards.
    """

    name: str
    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: Mapping[str, int]


class Download(NamedTuple):
    """A file to take along: its address, what it is, what it holds."""

    address: str
    text: str
    content: bytes


def downloads(framework: Framework) -> list[Download]:
    """Return the files, the most useful first."""
    found = tables(framework)
    return [
        Download(f"{FOLDER}/ramverk.xlsx", "Hela ramverket för Excel", workbook(framework, found)),
        *(
            Download(f"{FOLDER}/{table.file}.csv", f"{table.name} som tabell (CSV)", csv_file(table))
            for table in found
        ),
        Download(f"{FOLDER}/framework.json", "Hela ramverket som data (JSON)", json_file(framework)),
        Download(f"{FOLDER}/framework.schema.json", "Så är JSON-filen uppbyggd (JSON Schema)", schema_file()),
    ]


def tables(framework: Framework) -> list[Table]:
    """Return the tables; the one of expected levels only where there are roles."""
    return [
        Table(
            "Kompetenser",
            "kompetenser",
            ("Nummer", "Område", "Kompetens", "Definition", DIGCOMP),
            tuple(
                (
                    item.id,
                    framework.area[item.area_id].name,
                    item.title,
                    item.definition,
                    ", ".join(item.digcomp),
                )
                for item in framework.competences
            ),
            {"Område": 26, "Kompetens": 36, "Definition": _MOST_WIDTH, DIGCOMP: 16},
        ),
        Table(
            "Nivåer",
            "nivaer",
            ("Nummer", "Kompetens", "Nivå", "Nivåns namn", "Text"),
            tuple(
                (item.id, item.title, level, framework.level_name(level), item.levels[level])
                for item in framework.competences
                for level in framework.levels
            ),
            {"Kompetens": 32, "Nivåns namn": 28, "Text": _MOST_WIDTH},
        ),
        *([_expected_levels(framework)] if framework.roles else []),
        _support(framework),
        Table(
            "Frågor och svar",
            "fragor-och-svar",
            ("Fråga", "Svar"),
            tuple((item.question, item.answer) for item in framework.questions),
            {"Fråga": 45, "Svar": _MOST_WIDTH},
        ),
    ]


def _expected_levels(framework: Framework) -> Table:
    roles = [role.name for role in framework.roles]
    return Table(
        "Förväntade nivåer",
        "forvantade-nivaer",
        ("Nummer", "Kompetens", *roles, "Läsning av källan"),
        tuple(
            (item.id, item.title, *_expected(item, framework), _READINGS[item.expected.reading])
            for item in framework.competences
        ),
        {"Kompetens": 36, "Läsning av källan": 24, **dict.fromkeys(roles, 8)},
    )


def _expected(item: Competence, framework: Framework) -> Iterator[Cell]:
    """Each role's expected level; empty where the competence is not for the role."""
    for role in framework.role:
        yield item.expected.by_role.get(role, "Ej relevant" if role in item.expected.not_relevant else "")


def _support(framework: Framework) -> Table:
    documents = {own.part: f"{own.document}, {own.date.isoformat()}" for own in framework.local}
    # Whom a text is for and where it is from is said only where parts or roles have texts of their own.
    is_local = any(text.is_local for item in framework.competences for text in item.support)
    shown = None if is_local else 6
    return Table(
        "Stöd",
        "stod",
        ("Nummer", "Kompetens", "Sort", "Nivåer", "Text", "Länkar", "Del", "Roller", "Dokument")[:shown],
        tuple(
            (
                item.id,
                item.title,
                text.kind.value.capitalize(),
                ", ".join(map(str, text.levels)),
                text.text,
                "\n".join(f"{link.text}: {link.url}" for link in text.links),
                framework.whose(text) if text.parts else "",
                ", ".join(framework.role[role].name for role in framework.readers(text)),
                "\n".join(filter(None, map(documents.get, text.parts))),
            )[:shown]
            for item in framework.competences
            for text in item.support
        ),
        {
            "Kompetens": 30,
            "Sort": 15,
            "Text": _MOST_WIDTH,
            "Länkar": 40,
            "Del": 20,
            "Roller": 24,
            "Dokument": 30,
        },
    )


def csv_file(table: Table) -> bytes:
    """Return a table for a Swedish Excel: UTF-8 with a byte order mark, semicolons between cells."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([table.headings, *table.rows])
    return text.getvalue().encode("utf-8-sig")


def json_file(framework: Framework) -> bytes:
    """Return the whole framework, as `Framework.model_validate_json` reads it."""
    return _json(framework.model_dump(mode="json", exclude_defaults=True))


def schema_file() -> bytes:
    """Return the JSON Schema of `json_file`."""
    return _json({"$schema": "https://json-schema.org/draft/2020-12/schema", **Framework.model_json_schema()})


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def about(framework: Framework) -> Iterator[str]:
    """Yield what the first sheet says."""
    basics = framework.basics
    yield basics.title
    yield f"Version {basics.version}, {basics.date.isoformat()}"
    yield from basics.introduction
    for level in basics.levels:
        yield f"Nivå {level.level}: {level.name}"
    if any(framework.unsure()):
        yield (
            "Några rader med förväntade nivåer väntar på att bekräftas. "
            "De är märkta i kolumnen längst till höger på bladet Förväntade nivåer."
        )
    site = framework.site
    yield (
        f"Texten är {site.organisations} egen. "
        f"Fråga {site.organisation} innan du använder den någon annanstans."
    )


def workbook(framework: Framework, found: list[Table]) -> bytes:
    """Return the workbook: a sheet about the framework, then one a table."""
    file = io.BytesIO()
    # Nothing that an editor writes becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        basics = framework.basics
        made = datetime.combine(basics.date, datetime.min.time())
        book.set_properties({"title": basics.title, "comments": f"Version {basics.version}", "created": made})
        first = book.add_worksheet("Om ramverket")
        first.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
        for row, line in enumerate(about(framework)):
            first.set_row(row, _LINE * _lines(line, 95))
            first.write_string(row, 0, line)
        first.set_row(0, 2 * _LINE)
        first.write_string(0, 0, basics.title, book.add_format({"bold": True, "font_size": 16}))
        for number, table in enumerate(found, start=1):
            _add_sheet(book, table, number)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)  # as wide as one page
            sheet.set_footer(f"&L&A&CVersion {basics.version}&RSida &P av &N")
    return file.getvalue()


def _add_sheet(book: xlsxwriter.Workbook, table: Table, number: int) -> None:
    sheet = book.add_worksheet(table.name)
    cell = {"text_wrap": True, "valign": "top", "align": "left", "bottom": 4, "bottom_color": "#8a8a8a"}
    wrapped = book.add_format(cell)
    flat = book.add_format({"bold": True, "valign": "top"})
    upwards = book.add_format({"bold": True, "valign": "top", "rotation": 90})
    widths = [table.widths.get(heading, len(heading) + 4) for heading in table.headings]
    columns = [
        {"header": heading, "header_format": upwards if len(heading) > width else flat, "format": wrapped}
        for heading, width in zip(table.headings, widths, strict=True)
    ]
    options = {
        "name": f"Tabell{number}",
        "style": "Table Style Light 1",
        "columns": columns,
        "data": table.rows,
    }
    sheet.add_table(0, 0, len(table.rows), len(columns) - 1, options)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if any(column["header_format"] is upwards for column in columns):
        sheet.set_row(0, 10 * _LINE)
    # Not every program makes the rows as high as their texts.
    for place, row in enumerate(table.rows, start=1):
        sheet.set_row(place, _LINE * max(map(_lines, map(str, row), widths)))
    sheet.freeze_panes(1, 2 if table.headings[1] == "Kompetens" else 1)
    sheet.repeat_rows(0)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    return sum(len(textwrap.wrap(line, width)) or 1 for line in text.split("\n"))
