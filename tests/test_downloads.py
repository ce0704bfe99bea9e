"""The files to take along: what they say is what the framework says, for Excel, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

from macros.downloads import (
    DIGCOMP,
    Download,
    Table,
    about,
    csv_file,
    downloads,
    json_file,
    schema_file,
    tables,
)
from macros.model import Framework, Reading
from tests.project import changed, with_levels


@pytest.fixture(scope="module")
def files(framework: Framework) -> dict[str, Download]:
    """Address → download, of the real framework."""
    return {item.address: item for item in downloads(framework)}


def rows_of(file: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file, as a Swedish spreadsheet program reads it."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_csv(framework: Framework, files: dict[str, Download]) -> list[dict[str, Any]]:
    """Return the competences as the tables say them, in the form of the model."""
    read = {name.removeprefix("data/"): item.content for name, item in files.items()}
    roles = {role.name: role.id for role in framework.roles}
    competences: dict[str, dict[str, Any]] = {
        row["Nummer"]: {
            "id": row["Nummer"],
            "title": row["Kompetens"],
            "definition": row["Definition"],
            "digcomp": row[DIGCOMP].split(", ") if row[DIGCOMP] else [],
            "levels": {},
            "support": [],
        }
        for row in rows_of(read["kompetenser.csv"])
    }
    for row in rows_of(read["nivaer.csv"]):
        competences[row["Nummer"]]["levels"][int(row["Nivå"])] = row["Text"]
    for row in rows_of(read["forvantade-nivaer.csv"]):
        cells = {role: row[name] for name, role in roles.items() if row[name]}
        competences[row["Nummer"]] |= {
            "expected": {role: int(cell) for role, cell in cells.items() if cell.isdigit()},
            "not_relevant": sorted(role for role, cell in cells.items() if cell == "Ej relevant"),
        }
    for row in rows_of(read["stod.csv"]):
        links = [
            dict(zip(("text", "url"), line.split(": ", 1), strict=True))
            for line in row["Länkar"].splitlines()
        ]
        levels = [int(level) for level in row["Nivåer"].split(", ") if level]
        competences[row["Nummer"]]["support"].append((row["Sort"].lower(), levels, row["Text"], links))
    return list(competences.values())


@pytest.mark.parametrize("levels", [4, 5, 6])
def test_tables_say_all_that_the_competences_say(framework: Framework, levels: int) -> None:
    """Read again, the CSV files give the competences, whatever the number of levels is."""
    framework = with_levels(framework, levels)
    files = {item.address: item for item in downloads(framework)}
    assert from_csv(framework, files) == [
        {
            "id": item.id,
            "title": item.title,
            "definition": item.definition,
            "digcomp": list(item.digcomp),
            "levels": item.levels,
            "expected": item.expected.by_role,
            "not_relevant": sorted(item.expected.not_relevant),
            "support": [
                (
                    text.kind.value,
                    list(text.levels),
                    text.text,
                    [{"text": link.text, "url": link.url} for link in text.links],
                )
                for text in item.support
            ],
        }
        for item in framework.competences
    ]
    questions = rows_of(files["data/fragor-och-svar.csv"].content)
    assert questions == [{"Fråga": item.question, "Svar": item.answer} for item in framework.questions]


def test_csv_opens_in_a_swedish_excel(files: dict[str, Download]) -> None:
    """A byte order mark, semicolons and Windows' line ends; semicolons and line ends in texts are quoted."""
    for address, item in files.items():
        if address.endswith(".csv"):
            assert item.content.startswith(b"\xef\xbb\xbf")
            assert item.content.endswith(b"\r\n")
    table = table_of("a;b", 'c"d', "e\nf")
    assert rows_of(csv_file(table)) == [{"Ett": "a;b", "Två": 'c"d', "Tre": "e\nf"}]


def table_of(*cells: str) -> Table:
    """Return a table of one row."""
    return Table("Bord", "bord", ("Ett", "Två", "Tre"), (cells,), {})


def test_json_is_the_whole_framework(framework: Framework, files: dict[str, Download]) -> None:
    """Read again, the JSON file is the framework; its schema accepts it and nothing misspelt."""
    content = files["data/framework.json"].content
    assert Framework.model_validate_json(content) == framework
    import jsonschema  # takes seconds, which only this test needs

    schema = json.loads(files["data/framework.schema.json"].content)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(content)
    jsonschema.validate(data, schema)
    data["competences"][0]["titel"] = data["competences"][0].pop("title")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_workbook_says_what_the_tables_say(framework: Framework, files: dict[str, Download]) -> None:
    """A sheet about the framework and one a table; tables that can be filtered, with headings in view."""
    book = openpyxl.load_workbook(io.BytesIO(files["data/ramverk.xlsx"].content))
    found = tables(framework)
    assert book.sheetnames == ["Om ramverket", *(table.name for table in found)]
    first = [cell.value for cell in book["Om ramverket"]["A"]]
    assert first[0] == framework.basics.title
    assert f"Version {framework.basics.version}, {framework.basics.date.isoformat()}" in first
    for table in found:
        sheet = book[table.name]
        rows = [tuple("" if cell is None else cell for cell in row) for row in sheet.values]
        assert rows == [table.headings, *table.rows]
        assert len(sheet.tables) == 1
        assert sheet.freeze_panes in ("B2", "C2")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == "0" or sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"


def test_a_text_is_never_a_formula(framework: Framework) -> None:
    """What begins like a formula or an address stays the text that it is."""
    item = changed(framework.competences[0], title="=1+1", definition="https://example.org")
    framework = changed(framework, competences=(item, *framework.competences[1:]))
    content = next(file.content for file in downloads(framework) if file.address.endswith(".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Kompetenser"]
    cells = {cell.value: cell for cell in sheet[2]}
    assert cells["=1+1"].data_type == "s" or cells["=1+1"].quotePrefix
    assert cells["https://example.org"].hyperlink is None


def test_rows_that_wait_are_marked(framework: Framework) -> None:
    """The table says of each row whether it waits to be confirmed; the first sheet says where to look."""
    table = next(table for table in tables(framework) if table.file == "forvantade-nivaer")
    waiting = [row[0] for row in table.rows if str(row[-1]).startswith("väntar")]
    assert waiting == [item.id for item in framework.unsure()]
    sure = tuple(
        changed(item, expected=changed(item.expected, reading=Reading.CONFIRMED))
        for item in framework.competences
    )
    assert any("väntar" in line for line in about(framework)) is bool(waiting)
    assert not any("väntar" in line for line in about(changed(framework, competences=sure)))


def test_the_same_framework_gives_the_same_bytes(framework: Framework, files: dict[str, Download]) -> None:
    """Made again the files are equal, byte for byte."""
    assert downloads(framework) == list(files.values())
    assert json_file(framework) == files["data/framework.json"].content
    assert schema_file() == files["data/framework.schema.json"].content
