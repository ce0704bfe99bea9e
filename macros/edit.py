"""Change a YAML file without touching the rest: layout, order, comments and line endings stay.

PyYAML reports the position of each value, so values are replaced, inserted and removed in place, in the style
of their neighbours; all other bytes are copied.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml

from macros.check.source import Place, Problem, read_source

# How far the lines of a folded text reach, and a value that is not folded.
_FOLDED, _PLAIN = 80, 110


class CannotEditError(Exception):
    """A file must be corrected before anything can be changed in it: what to correct."""


class Draft:
    """A YAML file as it will be; `save` writes it. All places are those in the file as it was."""

    def __init__(self, root: Path, name: str, *, in_order: bool = True, raw: bytes | None = None) -> None:
        """Read the file `name` of the project in `root`.

        Args:
            root: the project's folder.
            name: the file's name there.
            in_order: refuse a file with any mistake, not only one where values cannot be found.
            raw: the file's contents, where they are others than in the folder.
        """
        self._file, self._raw = root / name, (root / name).read_bytes() if raw is None else raw
        self._source = read_source(name, self._raw)
        found = [told for at, told in self._source.problems.items() if in_order or isinstance(at, int)]
        if found:
            raise CannotEditError("\n".join(map(str, found)))
        text = self._raw.removeprefix(BOM_UTF8).decode("utf-8")
        self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
        self._newline = next((end for end in ("\r\n", "\r") if end in text), "\n")
        self._changes: list[tuple[int, int, str]] = []  # first and last offset, what is put there instead

    def save(self) -> None:
        """Write the file."""
        self._file.write_bytes(self.content())

    def content(self) -> bytes:
        """Return the file as it will be."""
        text = "".join(self._lines)
        for start, end, new in sorted(self._changes, key=lambda change: change[0])[::-1]:
            text = text[:start] + new.replace("\n", self._newline) + text[end:]
        mark = BOM_UTF8 if self._raw.startswith(BOM_UTF8) else b""
        return mark + text.encode()

    def set_text(self, place: Place, text: str, published: Draft | None = None) -> None:
        """Replace a text; of a folded one the lines that do not change stay as they are.

        Args:
            place: where the text is.
            text: the new one.
            published: the file before all changes, so that a text that is put back becomes what it was.
        """
        node = self._scalar(place)
        if node.value == text:
            return
        before = published and published._source.node(place)
        block, brackets = node.style in ("|", ">"), self._in_brackets(place)
        start, until = self._span(node)
        if published and isinstance(before, yaml.ScalarNode) and before.value == text:
            new = published._written(before)
        elif block and text and until[0] > start[0]:
            known = published._below(before) if published and isinstance(before, yaml.ScalarNode) else []
            new = self._block(node, text, known or self._below(node))
        else:
            new = _like(node, text, brackets)
            if block or start[0] != until[0] or not fits(new, start[1]):
                own = re.match(r" *(- +)*", self._content(self._key_line(place)))
                assert own
                new = scalar(text) if brackets or not text else folded(text, len(own[0]))
        if start == until and not brackets:  # nothing stood after the colon
            new = f" {new}"
        self._replace(start, until, new)

    def _span(self, node: yaml.ScalarNode) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return where a value begins and ends, as line and column."""
        end = node.end_mark.line, node.end_mark.column
        if node.style in ("|", ">"):
            last = self._last_line(node)
            end = last, len(self._content(last))
        return (node.start_mark.line, node.start_mark.column), end

    def _written(self, node: yaml.ScalarNode) -> str:
        """Return a value as it is written in the file."""
        (first, begin), (last, end) = self._span(node)
        lines = [self._content(number) for number in range(first, last + 1)]
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][begin:]
        return "\n".join(lines)

    def _below(self, node: yaml.ScalarNode) -> list[str]:
        """Return the lines of a folded text, without their indent; none where it is not folded."""
        (first, _), (last, _) = self._span(node)
        if node.style not in ("|", ">"):
            return []
        return [self._content(number).strip(" ") for number in range(first + 1, last + 1)]

    def _block(self, node: yaml.ScalarNode, text: str, old: list[str]) -> str:
        """Return a folded text, or one that is kept line by line, from its sign on."""
        head = self._content(node.start_mark.line)[node.start_mark.column :]
        below = self._content(node.start_mark.line + 1)
        indent = len(below) - len(below.lstrip(" "))
        lines = text.split("\n") if node.style == "|" else refolded(old, text, _FOLDED - indent)
        return "\n".join([head, *(f"{' ' * indent}{line}".rstrip(" ") for line in lines)])

    def set_word(self, place: Place, word: str) -> None:
        """Replace a value on one line by another that is written as it is, such as a number."""
        node = self._scalar(place)
        start, end = node.start_mark, node.end_mark
        if start.line != end.line or start.column == end.column:
            raise self._refusal(place, "ett ord på en rad")
        self._replace((start.line, start.column), (end.line, end.column), word)

    def says(self, place: Place, value: Any) -> bool:
        """Return whether the file has this value at `place`, in whatever order its lists are."""
        return bool(_in_order(self._source.at(place)) == _in_order(value))

    def restore(self, place: Place, published: Draft) -> None:
        """Replace the lines of a field by those that it has in another draft of the file."""
        own = self._lines_of(place)
        lines = [published._content(line) for line in published._lines_of(place)]
        self._replace((own[0], 0), (own[-1], len(self._content(own[-1]))), "\n".join(lines))

    def remove(self, place: Place) -> None:
        """Remove a field with its value, or an item of a list; of the last item an empty list remains."""
        parent = self._source.node(place[:-1])
        assert isinstance(parent, yaml.CollectionNode), place
        pairs = [pair if isinstance(pair, tuple) else (pair, pair) for pair in parent.value]
        keys = isinstance(parent, yaml.MappingNode)
        at = next(
            i for i, (key, _) in enumerate(pairs) if (key.value == str(place[-1]) if keys else i == place[-1])
        )
        first, last = pairs[at][0].start_mark, pairs[at][1]
        if parent.flow_style:
            begin, end = (first.line, first.column), (last.end_mark.line, last.end_mark.column)
            if at + 1 < len(pairs):
                after = pairs[at + 1][0].start_mark
                end = (after.line, after.column)
            elif at:
                before = pairs[at - 1][1].end_mark
                begin = (before.line, before.column)
            self._replace(begin, end, "")
        elif len(pairs) == 1:
            end_line = self._last_line(parent)
            above = self._key_line(place[:-1])
            self._replace((above, len(self._content(above))), (end_line, len(self._content(end_line))), " []")
        else:
            dash = re.match(r" *- +", self._content(first.line))
            if (
                keys and dash and len(dash[0]) == first.column
            ):  # the line of the dash goes on with the next field
                after = pairs[at + 1][0].start_mark
                self._replace((first.line, first.column), (after.line, after.column), "")
                return
            end_line = self._last_line(last)
            while not keys and at + 1 < len(pairs) and not self._content(end_line + 1).strip():
                end_line += 1
            if at + 1 == len(pairs):  # with the empty line above it, and not with the end of the file
                above = first.line - 1
                while not keys and not self._content(above).strip():
                    above -= 1
                begin, end = (above, len(self._content(above))), (end_line, len(self._content(end_line)))
            else:
                begin, end = (first.line, 0), (end_line + 1, 0)
            self._replace(begin, end, "")

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
            entry = f"{key}: {value}".replace("\n", f"\n{' ' * first.column}")
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
        text = "\n".join(rows).replace("\n", f"\n{' ' * len(dash)}")
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

    def _lines_of(self, place: Place) -> range:
        """Return the lines of a field with its value."""
        node = self._source.node(place)
        assert node, place
        return range(self._key_line(place), self._last_line(node) + 1)

    def _content(self, line: int) -> str:
        return self._lines[line].rstrip("\r\n")

    def _scalar(self, place: Place) -> yaml.ScalarNode:
        node = self._source.node(place)
        if not isinstance(node, yaml.ScalarNode):
            raise self._refusal(place, "en text")
        return node

    def _in_brackets(self, place: Place) -> bool:
        parents = (self._source.node(place[:end]) for end in range(len(place)))
        return any(isinstance(node, yaml.CollectionNode) and node.flow_style for node in parents)

    def _key_line(self, place: Place) -> int:
        """Return the line of the field at `place`, or of the dash of an item."""
        return self._source.spot(place).line - 1

    def _put(self, line: int, column: int, text: str) -> None:
        self._replace((line, column), (line, column), text)

    def _replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        begins = [0]
        for line in self._lines:
            begins.append(begins[-1] + len(line))
        self._changes.append((begins[start[0]] + start[1], begins[end[0]] + end[1], text))

    def _put_line(self, above: int, text: str) -> None:
        self._put(above, len(self._content(above)), f"\n{text}")

    def _refusal(self, place: Place, right: str) -> CannotEditError:
        message = f'"{place[-1]}" ska vara {right}. Rätta det först (make check).'
        return CannotEditError(str(Problem(self._source.path, self._source.spot(place).line, message)))


def _in_order(value: Any) -> Any:
    """Return a value with its lists in one order, so that two can be compared that differ in that alone."""
    if isinstance(value, dict):
        return {key: _in_order(below) for key, below in value.items()}
    return sorted(map(_in_order, value), key=str) if isinstance(value, list) else value


def scalar(text: str, *, brackets: bool = True) -> str:
    """Return a text as YAML: plain where it reads back unchanged, between brackets too if so; else quoted."""
    try:
        plain = yaml.safe_load(f"text: {text}") == {"text": text}
        if brackets:
            plain = plain and yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(item: str | dict[str, str]) -> str:
    """Return a text or a group of fields for use between brackets."""
    if isinstance(item, str):
        return item
    return "{" + ", ".join(f"{key}: {value}" for key, value in item.items()) + "}"


def fits(text: str, column: int) -> bool:
    """Return whether a value may be written on one line, from this column on."""
    return "\n" not in text and len(text) + column <= _PLAIN


def folded(text: str, indent: int = 0) -> str:
    """Return a text as YAML in the place after a field's colon: on one line, or folded below it.

    Lines below are indented two steps more than `indent`, which is where the field begins.
    """
    plain = scalar(text, brackets=False)
    if plain == text and len(text) <= _FOLDED - indent:
        return plain
    lines = refolded([], text, _FOLDED - indent - 2)
    return "\n".join([">-", *(f"{' ' * (indent + 2)}{line}".rstrip(" ") for line in lines)])


def refolded(old: list[str], text: str, width: int) -> list[str]:
    """Return a text as folded lines; those of `old` at the beginning and the end stay where they still fit.

    A line end in the text is an empty line there.
    """
    paragraphs = text.split("\n")
    if len(paragraphs) > 1:
        return [line for part in paragraphs for line in (*_wrapped(part, width), "")][:-1]
    words, rows = text.split(" "), [row.split(" ") for row in old]
    first = last = 0
    while first < len(rows) and words[: len(rows[first])] == rows[first]:
        words = words[len(rows[first]) :]
        first += 1
    while last < len(rows) - first and words[-len(rows[-1 - last]) :] == rows[-1 - last]:
        words = words[: -len(rows[-1 - last])]
        last += 1
    return [*old[:first], *_wrapped(" ".join(words), width), *old[len(old) - last :]]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _like(node: yaml.ScalarNode, text: str, brackets: bool) -> str:
    """Return a text in the quotation marks of the value that it replaces, or in none where it had none."""
    if node.style == '"':
        return json.dumps(text, ensure_ascii=False)
    if node.style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return scalar(text, brackets=brackets)
