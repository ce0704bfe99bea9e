"""The shapes of `quiz/protocol/` in TypeScript, by which the page's scripts are checked.

python -m macros.protocol_types      write quiz/browser/protocol.d.ts
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PROTOCOL = Path("quiz/protocol")
TYPES = Path("quiz/browser/protocol.d.ts")

_NAMES = {
    "str": "string",
    "int": "number",
    "bool": "boolean",
    "None": "null",
    "True": "true",
    "False": "false",
}


def typescript(root: Path) -> str:
    """Return the declarations, with docstrings and the comments of fields."""
    parts = [f"// Made from {PROTOCOL.as_posix()}/ by `make types`. Change the files there instead.\n"]
    for path in sorted((root / PROTOCOL).glob("*.py")):
        parts += _declarations(path.read_text("utf-8"))
    return "\n".join(parts)


def _declarations(source: str) -> Iterator[str]:
    lines = source.splitlines()
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.ClassDef):
            yield _interface(statement, lines)
        elif isinstance(statement, ast.Assign):
            (name,) = statement.targets
            yield f"export type {ast.unparse(name)} = {_type(statement.value)};\n"


def _interface(definition: ast.ClassDef, lines: list[str]) -> str:
    text = ast.get_docstring(definition) or ""
    doc = (
        f"/** {text} */"
        if "\n" not in text
        else "\n * ".join(["/**", *text.split("\n")]).replace("* \n", "*\n") + "\n */"
    )
    fields = [_field(field, lines) for field in definition.body if isinstance(field, ast.AnnAssign)]
    return "\n".join([doc, f"export interface {definition.name} {{", *fields, "}\n"])


def _field(field: ast.AnnAssign, lines: list[str]) -> str:
    _, marked, comment = lines[field.lineno - 1].partition("  # ")
    doc = f"  /** {comment} */\n" if marked else ""
    match field.annotation:
        case ast.Subscript(value=ast.Name(id="NotRequired"), slice=kind):
            mark = "?"
        case kind:
            mark = ""
    return f"{doc}  {ast.unparse(field.target)}{mark}: {_type(kind)};"


def _type(kind: ast.expr) -> str:
    match kind:
        case ast.BinOp(left=left, right=right, op=ast.BitOr()):
            return f"{_type(left)} | {_type(right)}"
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return f"({_type(item)})[]" if " | " in _type(item) else f"{_type(item)}[]"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return f"Record<{_type(key)}, {_type(value)}>"
        case ast.Subscript(value=ast.Name(id="Literal"), slice=value):
            return _type(value)
        case ast.Tuple(elts=values):
            return " | ".join(map(_type, values))
        case ast.Constant(value=str(text)):
            return f'"{text}"'
        case _:
            name = ast.unparse(kind)
            return _NAMES.get(name, name)


if __name__ == "__main__":
    TYPES.write_text(typescript(Path()), "utf-8")
