"""JSON Schemas of the files in `framework/`, made from the models, so that editors complete and underline.

    python -m macros.schemas      write framework/schemas/*.json

Descriptions are those of the tables in `framework/README.md`, choices the ids that there are now.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from macros.check.files import COMPETENCES, FILES, SUPPORT, read_files
from macros.check.references import REFERENCES, known_ids
from macros.check.rules import named_levels

FOLDER = "framework/schemas"
Schema = dict[str, Any]
# A row of the guide: fields, and what they are.
_ROW = re.compile(r"\| (`[^|]+`) \| (?:ja|nej) \| (.+) \|")


def schema_name(file: str) -> str:
    """Return the name of a file's schema: `roles.json`; `competence.json` for each competence."""
    return {COMPETENCES: "competence.json", SUPPORT: "support.json"}.get(file, f"{Path(file).stem}.json")


def schemas(root: Path) -> dict[str, Schema]:
    """Return name → schema of each kind of file, for the framework in `root`."""
    files = read_files(root / "framework")
    known, levels = known_ids(files), named_levels(files)
    guide = (root / "framework" / "README.md").read_text("utf-8")
    made = {}
    for file, adapter in FILES.items():
        whole = adapter.json_schema()
        schema = _inlined(whole, whole.get("$defs", {}))
        _numbers(schema, levels)
        for row in REFERENCES:
            if row.file == file and (ids := known[row.kind]):
                for node in _nodes(schema, row.places.split(".")):
                    node["enum"] = ids
        if file == "framework.yml":
            points = schema["properties"]["sections"]["items"]["properties"]["points"]
            points["items"] = {
                "anyOf": [{"type": "string"}, points["items"]]
            }  # a point may be its text alone
        _describe(schema, guide, file)
        made[schema_name(file)] = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    return made


def _inlined(node: Any, parts: Schema) -> Any:
    """Return a schema with references filled in, without pydantic's English and defaults."""
    if isinstance(node, list):
        return [_inlined(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(parts[node["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in node:
        kept = [item for item in node["anyOf"] if item != {"type": "null"}]
        return _inlined(kept[0], parts) if len(kept) == 1 else {"anyOf": _inlined(kept, parts)}
    return {
        key: {name: _inlined(item, parts) for name, item in value.items()}
        if key == "properties"
        else _inlined(value, parts)
        for key, value in node.items()
        if key not in ("$defs", "default", "title", "description")
    }


def _numbers(node: Any, levels: list[int], name: str = "") -> None:
    """Let numbers be in quotation marks too, and name the levels."""
    if node.get("type") == "integer":
        minimum = node.pop("minimum", 1)
        node.clear()
        if name in ("level", "levels") and levels:
            node["enum"] = [*levels, *map(str, levels)]
        else:
            text = {"type": "string", "pattern": "^[1-9]\\d*$"}
            node["anyOf"] = [{"type": "integer", "minimum": minimum}, text]
        return
    for key, below in node.get("properties", {}).items():
        _numbers(below, levels, key)
    if isinstance(node.get("items"), dict):
        _numbers(node["items"], levels, name)
    if isinstance(below := node.get("additionalProperties"), dict):
        node.pop("propertyNames", None)
        node.pop("patternProperties", None)
        _numbers(below, levels)
        if name in ("levels", "alternatives") and levels:
            node["properties"] = {str(level): deepcopy(below) for level in levels}
            node["additionalProperties"] = False
            if below.get("type") == "string":
                node["required"] = [str(level) for level in levels]


def _nodes(schema: Schema, steps: list[str]) -> Iterator[Schema]:
    """Yield the parts of a schema at a place such as `roles.*.part`."""
    if not steps:
        yield schema
        return
    step, *rest = steps
    named = schema.get("properties", {})
    anything = [*named.values(), schema.get("items"), schema.get("additionalProperties")]
    for node in anything if step == "*" else [named.get(step)]:
        if isinstance(node, dict):
            yield from _nodes(node, rest)


def _describe(schema: Schema, guide: str, file: str) -> None:
    """Give each field what the guide says about it."""
    heading = {COMPETENCES: "competences/1.1.yml", SUPPORT: "support/kulturskolan.yml"}.get(file, file)
    section = re.search(rf"(?ms)^### `{re.escape(heading)}`.*?$(.*?)(?=^### |\Z)", guide)
    top = schema.get("items", schema)
    parts = [top]
    for line in section[1].split("\n") if section else ():
        if row := _ROW.match(line):
            for part in parts:
                for name in re.findall(r"`(\w+)`", row[1]):
                    if name in part.get("properties", {}):
                        part["properties"][name]["description"] = row[2].replace("`", "").replace("*", "")
        elif line.endswith(":"):
            sentences = re.split(r"(?<=\.) ", line)
            for sentence in sentences:
                if (first := re.match(r"`(\w+)`", sentence)) and first[1] in top.get("properties", {}):
                    top["properties"][first[1]]["description"] = sentence.replace("`", "").rstrip(":.") + "."
            found = [node for name, node in top.get("properties", {}).items() if f"`{name}`" in sentences[-1]]
            parts = [node.get("items", node) for node in found] or [top]
    _hand_down(top, "")


def _hand_down(node: Any, description: str) -> None:
    """Give each field without a description that of the field around it."""
    if not isinstance(node, dict):
        return
    own = node.get("description", description)
    for name, below in node.get("properties", {}).items():
        if own:
            below.setdefault("description", f"Nivå {name}. {own}" if name.isdigit() else own)
        _hand_down(below, own)
    for below in (node.get("items"), node.get("additionalProperties"), *node.get("anyOf", ())):
        _hand_down(below, own)


def write_schemas(root: Path) -> list[str]:
    """Write the schemas of the project in `root`; return the names of those that changed."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    changed = []
    for name, schema in schemas(root).items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(name)
    return changed


def main() -> int:
    """Write the current folder's schemas; return the exit status."""
    changed = write_schemas(Path())
    print(f"Skrivet i {FOLDER}/: {', '.join(changed) or 'inget, allt var redan som det ska'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
