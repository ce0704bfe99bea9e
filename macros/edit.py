"""Add to a YAML file without touching what is there: layout, order, comments and line endings stay.

PyYAML reports the position of each value, so new values are inserted in place, in the style of their
neighbours; all other bytes are copied.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from pathlib import Path

import yaml

from macros.check.source import Place, Problem, Source


class CannotEditError(Exception):
    """A file must be corrected before anything can be added to it: what to correct."""


class Draft:
    """A YAML file as it will be; `save` writes it."""

    def __init__(self, root: Path, name: str) -> None:
        """Read the file `name` of the project in `root`."""
        self._file, self._raw = root / name, (root / name).read_bytes()
        self._source = Source(name, self._raw)
        if self._source.problems:
            raise CannotEditError("\n".join(map(str, self._source.problems.values())))
        text = self._raw.removeprefix(BOM_UTF8).decode("utf-8")
        self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
        self._newline = next((end for end in ("\r\n", "\r") if end in text), "\n")
        self._added: list[tuple[int, int, str]] = []  # line, column, what is put in there

    def save(self) -> None:
        """Write the file."""
        lines = self._lines.copy()
        for line, column, text in sorted(self._added, key=lambda item: item[:2])[::-1]:
            whole = lines[line]
            lines[line] = whole[:column] + text.replace("\n", self._newline) + whole[column:]
        mark = BOM_UTF8 if self._raw.startswith(BOM_UTF8) else b""
        self._file.write_bytes(mark + "".join(lines).encode())

    def add_item(self, place: Place, item: str | dict[str, str], after: int | None = None) -> None:
        """Add a text or a group of fields to the list at `place`, at its end or after one of its items."""
        node = self._source.node(place)
        if isinstance(node, yaml.ScalarNode) and not node.value:
            self._put(node.start_mark.line, node.start_mark.column, f" [{flow(item)}]")
        elif not isinstance(node, yaml.SequenceNode):
            raise self._refusal(place, "en lista")
        elif not node.value:
            self._put(node.start_mark.line, node.start_mark.column + 1, flow(item))
        elif node.flow_style:
            self._add_in_brackets(node, node.value[-1 if after is None else after], flow(item))
        else:
            self._add_below(node, node.value[-1 if after is None else after], item)

    def add_entry(self, place: Place, key: str | int, value: str, after: str | int | None) -> None:
        """Add `key: value` to the group at `place`, after one of its keys; None is before all of them."""
        node = self._source.node(place)
        if isinstance(node, yaml.ScalarNode) and not node.value:
            self._put(node.start_mark.line, node.start_mark.column, f" {{{key}: {value}}}")
            return
        if not isinstance(node, yaml.MappingNode):
            raise self._refusal(place, "en grupp")
        first = node.value[0][0].start_mark if node.value else node.start_mark
        previous = next((below for above, below in node.value if above.value == str(after)), None)
        if not node.flow_style:
            entry = f"{key}: {value}"
            if previous:
                self._put_line(self._last_line(previous), " " * first.column + entry)
            else:
                self._put(first.line, first.column, f"{entry}\n{' ' * first.column}")
        elif previous:
            self._put(previous.end_mark.line, previous.end_mark.column, f", {key}: {value}")
        elif node.value:
            self._put(first.line, first.column, f"{key}: {value}, ")
        else:
            self._put(first.line, first.column + 1, f"{key}: {value}")

    def _add_in_brackets(self, node: yaml.SequenceNode, previous: yaml.Node, text: str) -> None:
        """Add to `[a, b]`: on a line of its own where the others are, else on the line while it has room."""
        end, lines = previous.end_mark, [item.start_mark.line for item in node.value]
        spanned = range(node.start_mark.line, node.end_mark.line + 1)
        indent = next(
            (item.start_mark.column for item in node.value if item.start_mark.line > node.start_mark.line),
            node.start_mark.column + 1,
        )
        if len(lines) > 1 and len(set(lines)) == len(lines):
            comma = self._content(end.line)[end.column :].lstrip().startswith(",")
            if not comma:
                self._put(end.line, end.column, ",")
            self._put_line(end.line, " " * indent + text + "," * comma)
        else:
            room = max(len(self._content(number)) for number in spanned)
            fits = len(spanned) == 1 or len(self._content(end.line)) + len(text) + 2 <= room
            self._put(end.line, end.column, f", {text}" if fits else f",\n{' ' * indent}{text}")

    def _add_below(self, node: yaml.SequenceNode, previous: yaml.Node, item: str | dict[str, str]) -> None:
        """Add to a list that has a line or more for each item."""
        start = previous.start_mark
        dash = self._content(start.line)[: start.column]
        if not re.fullmatch(" *- +", dash):
            dash = " " * node.start_mark.column + "- "
        rows = [item] if isinstance(item, str) else [f"{key}: {value}" for key, value in item.items()]
        text = f"\n{' ' * len(dash)}".join(rows)
        above = [self._content(other.start_mark.line - 1).strip() for other in node.value[1:]]
        blank = "\n" if above and not any(above) else ""
        self._put_line(self._last_line(previous), f"{blank}{dash}{text}")

    def _last_line(self, node: yaml.Node) -> int:
        """Return the last line of a value; the reader ends some of them where the next thing begins."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._last_line(last[1] if isinstance(last, tuple) else last)
        end = node.end_mark
        line = end.line if end.column else end.line - 1
        while line > node.start_mark.line and not self._content(line).strip():
            line -= 1
        return max(line, node.start_mark.line)

    def _content(self, line: int) -> str:
        return self._lines[line].rstrip("\r\n")

    def _put(self, line: int, column: int, text: str) -> None:
        self._added.append((line, column, text))

    def _put_line(self, above: int, text: str) -> None:
        self._put(above, len(self._content(above)), f"\n{text}")

    def _refusal(self, place: Place, right: str) -> CannotEditError:
        message = f'"{place[-1]}" ska vara {right}. Rätta det först (make check).'
        return CannotEditError(str(Problem(self._source.path, self._source.spot(place).line, message)))


def scalar(text: str) -> str:
    """Return a text as YAML: plain where it reads back unchanged, also between brackets; else quoted."""
    try:
        plain = yaml.safe_load(f"[{text}]") == [text] and yaml.safe_load(f"text: {text}") == {"text": text}
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(item: str | dict[str, str]) -> str:
    """Return a text or a group of fields for use between brackets."""
    if isinstance(item, str):
        return item
    return "{" + ", ".join(f"{key}: {value}" for key, value in item.items()) + "}"
