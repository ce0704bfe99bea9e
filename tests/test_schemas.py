"""The JSON Schemas of the files: each file names its own and fits it, and a wrong value is underlined."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from macros.check.files import COMPETENCES, FILES, SUPPORT
from macros.schemas import FOLDER, schema_name, schemas, write_schemas
from tests.project import ROOT, local_example

FRAMEWORK = ROOT / "framework"
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
# For each kind of file what is right in it, as a pattern, and what no editor may accept there.
WRONG = {
    "site.yml": (r"(?m)^  link: grade$", "  link: finns-inte"),
    "framework.yml": (r"(?m)^date: \S+$", "datum: 2024-09-02"),
    "areas.yml": (r'id: "(\d)"', r"id: \1"),
    "roles.yml": (r"part: \w+", "part: finns-inte"),
    "questions.yml": (r"(?m)^  answer: ", "  svar: "),
    "sources.yml": (r"document: \w+", "document: finns-inte"),
    "workshop.yml": (r"show: \w+", "show: finns-inte"),
    "accessibility.yml": (r"conformity: \w+", "conformity: bra"),
    COMPETENCES: (r"(?m)^    3: \[", "    9: ["),
    SUPPORT: (r"roles: \[\w+\]", "roles: [finns-inte]"),
}


def files_of(kind: str, folder: Path) -> list[Path]:
    """Return the files of a kind; where there need be none, the guide's example, written to a folder."""
    found = sorted(FRAMEWORK.glob(kind))
    if not found and kind == SUPPORT:
        found = [folder / "framework" / "support" / "kulturskolan.yml"]
        found[0].parent.mkdir(parents=True)
        found[0].write_text(local_example(), "utf-8")
    return found


def complaints(schema: Path, *files: Path) -> str:
    """Return what check-jsonschema says of files; nothing when they fit."""
    import check_jsonschema  # takes seconds, which only these tests need

    done = CliRunner().invoke(check_jsonschema.main, ["--schemafile", str(schema), *map(str, files)])
    return done.output if done.exit_code else ""


def without_choices(node: Any) -> Any:
    """Return a schema without what follows from the ids that there are."""
    if isinstance(node, dict):
        return {key: without_choices(below) for key, below in node.items() if key != "enum"}
    return [without_choices(item) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize("kind", FILES)
def test_every_file_names_its_schema_and_fits_it(kind: str, tmp_path: Path) -> None:
    """All files of a kind fit the schema that they name, and one with a mistake does not."""
    files = files_of(kind, tmp_path)
    for file in files:
        named = SCHEMA.match(file.read_text("utf-8"))
        assert named, f"{file} does not begin with its schema"
        assert (file.parent / named[1]).resolve().match(f"{FOLDER}/{schema_name(kind)}")
    schema = tmp_path / "schema.json"  # with the ids that there are now
    schema.write_text(json.dumps(schemas(ROOT)[schema_name(kind)]), "utf-8")
    assert complaints(schema, *files) == ""
    pattern, wrong = WRONG[kind]
    text, changed = re.subn(pattern, wrong, files[0].read_text("utf-8"), count=1)
    assert changed
    spoiled = tmp_path / files[0].name
    spoiled.write_text(text, "utf-8")
    assert str(spoiled) in complaints(schema, spoiled)


def test_schemas_are_those_of_the_models() -> None:
    """The written schemas are up to date, but for ids added since: `make schema` adds those."""
    for name, schema in schemas(ROOT).items():
        written = json.loads((ROOT / FOLDER / name).read_bytes())
        assert without_choices(written) == without_choices(schema), f"{name}: run make schema"


def test_schemas_are_written_once(tmp_path: Path) -> None:
    """Writing them again changes nothing."""
    shutil.copytree(FRAMEWORK, tmp_path / "framework", ignore=shutil.ignore_patterns("schemas"))
    assert set(write_schemas(tmp_path)) == {schema_name(kind) for kind in FILES}
    assert write_schemas(tmp_path) == []


def test_every_field_has_a_swedish_description() -> None:
    """An editor shows what the guide says of each field, and what may be chosen."""

    def described(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for name, below in node.get("properties", {}).items():
                assert re.search(r"[.!]$", below.get("description", "")), f"{path}.{name}"
                described(below, f"{path}.{name}")
            for below in (node.get("items"), node.get("additionalProperties"), *node.get("anyOf", ())):
                described(below, path)

    made = schemas(ROOT)
    for name, schema in made.items():
        described(schema, name)
    expected = made["competence.json"]["properties"]["expected"]["properties"]
    assert "chef" in expected["levels"]["properties"]["3"]["items"]["enum"]
    assert made["framework.json"]["properties"]["sections"]["items"]["properties"]["links"]["items"]["enum"]
