"""Change a YAML file without touching the rest: layout, order, comments and line endings stay.

PyYAML says where each value is: it is replaced, added or removed in place, in the style of its neighbours.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from operator import itemgetter
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml

from macros.check.source import Place, Problem, read_source

# The width of a folded text, and of a value that is not folded.
_FOLDED, _PLAIN = 80, 110
Position = tuple[int, int]  # line and column, both from 0


class CannotEditError(Exception):
    """What must be corrected in a file before anything can be changed in it."""


class Draft:
    """A YAML file as it will be; `save` writes it. All places are those in the file as it was."""

    def __init__(self, root: Path, name: str, *, in_order: bool = True, raw: bytes | None = None) -> None:
        """Read the file `name` of the project in `root`, or `raw` in its place.

        With `in_order` any mistake in it raises CannotEditError, not only one that hides where values are.
        """
        self._file = root / name
        raw = self._file.read_bytes() if raw is None else raw
        self._source = read_source(name, raw)
        found = [told for at, told in self._source.problems.items() if in_order or isinstance(at, int)]
        if found:
            raise CannotEditError("\n".join(map(str, found)))
        self._encoding = "utf-8-sig" if raw.startswith(BOM_UTF8) else "utf-8"
        text = raw.decode(self._encoding)
        self._lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
        self._newline = next((end for end in ("\r\n", "\r") if end in text), "\n")
        self._changes: list[tuple[int, int, str]] = []  # first and last offset, what is put there instead

    def save(self) -> None:
        """Write the file."""
        self._file.write_bytes(self.content())

    def content(self) -> bytes:
        """Return the file as it will be."""
        text = "".join(self._lines)
        for start, end, new in sorted(self._changes, key=itemgetter(0))[::-1]:
            text = text[:start] + new.replace("\n", self._newline) + text[end:]
        return text.encode(self._encoding)

    def set_text(self, place: Place, text: str, published: Draft | None = None) -> None:
        """Replace a text; lines of a folded one that do not change stay as they are.

        A text that is put back is written as in `published`, the file before all changes.
        """
        node = self._scalar(place)
        if node.value == text:
            return
        published = published or self
        before = published._source.node(place)
        if not isinstance(before, yaml.ScalarNode):
            published, before = self, node
        brackets = self._in_brackets(place)
        start, until = self._span(node)
        if before.value == text:
            new = published._written(before)
        elif _is_block(node) and text and until[0] > start[0]:
            new = self._block(node, text, published._below(before) or self._below(node))
        else:
            new = _like(node, text, brackets)
            if _is_block(node) or start[0] != until[0] or len(new) + start[1] > _PLAIN:
                own = re.match(r" *(- +)*", self._content(self._key_line(place)))
                assert own
                new = scalar(text) if brackets or not text else folded(text, len(own[0]))
        if start == until and not brackets:  # after the colon
            new = f" {new}"
        self._replace(start, until, new)

    def _span(self, node: yaml.ScalarNode) -> tuple[Position, Position]:
        end = self._end(self._last_line(node)) if _is_block(node) else _at(node.end_mark)
        return _at(node.start_mark), end

    def _written(self, node: yaml.ScalarNode) -> str:
        (first, begin), (last, end) = self._span(node)
        lines = [self._content(number) for number in range(first, last + 1)]
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][begin:]
        return "\n".join(lines)

    def _below(self, node: yaml.ScalarNode) -> list[str]:
        """Return the lines of a folded text without their indent; of another none."""
        below = self._written(node).split("\n")[1:]
        return [line.strip(" ") for line in below] if _is_block(node) else []

    def _block(self, node: yaml.ScalarNode, text: str, old: list[str]) -> str:
        """Return a folded text, or one kept line by line, from its sign on."""
        line, column = _at(node.start_mark)
        below = self._content(line + 1)
        indent = len(below) - len(below.lstrip(" "))
        lines = text.split("\n") if node.style == "|" else refolded(old, text, _FOLDED - indent)
        return _indented(self._content(line)[column:], lines, indent)

    def set_word(self, place: Place, word: str) -> None:
        """Replace a value on one line by another that needs no quotation marks, such as a number."""
        node = self._scalar(place)
        start, end = _at(node.start_mark), _at(node.end_mark)
        if start[0] != end[0] or start == end:
            raise self._refusal(place, "ett ord på en rad")
        self._replace(start, end, word)

    def restore(self, place: Place, published: Draft) -> None:
        """Write a field as the published file has it, if they differ in nothing but the order of lists."""
        if _in_order(self._source.at(place)) == _in_order(published._source.at(place)):
            own = self._lines_of(place)
            lines = [published._content(line) for line in published._lines_of(place)]
            self._replace((own[0], 0), self._end(own[-1]), "\n".join(lines))

    def remove(self, place: Place) -> None:
        """Remove a field, or an item of a list; of the last item an empty list remains."""
        parent = self._source.node(place[:-1])
        assert isinstance(parent, yaml.CollectionNode), place
        keys = isinstance(parent, yaml.MappingNode)
        pairs = parent.value if keys else [(item, item) for item in parent.value]
        at = [key.value for key, _ in pairs].index(str(place[-1])) if keys else int(place[-1])
        first, last = pairs[at][0].start_mark, pairs[at][1]
        following = pairs[at + 1][0].start_mark if at + 1 < len(pairs) else None
        if parent.flow_style:
            begin = _at(pairs[at - 1][1].end_mark if at and not following else first)
            self._replace(begin, _at(following or last.end_mark), "")
        elif len(pairs) == 1:
            self._replace(self._end(self._key_line(place[:-1])), self._end(self._last_line(parent)), " []")
        elif keys and following and self._content(first.line)[: first.column].strip():
            self._replace(_at(first), _at(following), "")  # the line of the dash goes on with the next field
        elif following:
            until = self._last_line(last) + 1
            while not keys and not self._content(until).strip():
                until += 1
            self._replace((first.line, 0), (until, 0), "")
        else:  # with the empty line above it, and not with the end of the file
            above = first.line - 1
            while not keys and not self._content(above).strip():
                above -= 1
            self._replace(self._end(above), self._end(self._last_line(last)), "")

    def add_item(self, place: Place, item: str | dict[str, str], after: int = -1) -> None:
        """Add a text or a group of fields to the list at `place`, after one of its items."""
        node, text = self._source.node(place), _flow(item)
        if isinstance(node, yaml.ScalarNode) and not node.value:
            self._put(_at(node.start_mark), f" [{text}]")
        elif not isinstance(node, yaml.SequenceNode):
            raise self._refusal(place, "en lista")
        elif not node.value:
            self._put(_at(node.start_mark, 1), text)
        elif node.flow_style:
            self._add_in_brackets(node, node.value[after], text)
        else:
            self._add_below(node, node.value[after], item)

    def add_entry(self, place: Place, key: str | int, value: str, after: str | int | None) -> None:
        """Add `key: value` to the group at `place`, after one of its keys; None: before all."""
        node, entry = self._source.node(place), f"{key}: {value}"
        if isinstance(node, yaml.ScalarNode) and not node.value:
            self._put(_at(node.start_mark), f" {{{entry}}}")
            return
        if not isinstance(node, yaml.MappingNode):
            raise self._refusal(place, "en grupp")
        first = node.value[0][0].start_mark if node.value else node.start_mark
        previous = next((below for above, below in node.value if above.value == str(after)), None)
        if not node.flow_style:
            indent = " " * first.column
            entry = entry.replace("\n", f"\n{indent}")
            if previous:
                self._put_line(self._last_line(previous), indent + entry)
            else:
                self._put(_at(first), f"{entry}\n{indent}")
        elif previous:
            self._put(_at(previous.end_mark), f", {entry}")
        elif node.value:
            self._put(_at(first), f"{entry}, ")
        else:
            self._put(_at(first, 1), entry)

    def _add_in_brackets(self, node: yaml.SequenceNode, previous: yaml.Node, text: str) -> None:
        """Add to `[a, b]`: on a line of its own as the others are, else where the line has room."""
        first, (line, column) = node.start_mark, _at(previous.end_mark)
        starts = [item.start_mark for item in node.value]
        lines = [start.line for start in starts]
        indent = " " * next((start.column for start in starts if start.line > first.line), first.column + 1)
        if 1 < len(lines) == len(set(lines)):
            comma = self._content(line)[column:].lstrip().startswith(",")
            if not comma:
                self._put((line, column), ",")
            self._put_line(line, indent + text + "," * comma)
        else:
            widths = [len(self._content(number)) for number in range(first.line, node.end_mark.line + 1)]
            fits = len(widths) == 1 or len(self._content(line)) + len(text) + 2 <= max(widths)
            self._put((line, column), f", {text}" if fits else f",\n{indent}{text}")

    def _add_below(self, node: yaml.SequenceNode, previous: yaml.Node, item: str | dict[str, str]) -> None:
        line, column = _at(previous.start_mark)
        dash = self._content(line)[:column]
        if not re.fullmatch(" *- +", dash):
            dash = " " * node.start_mark.column + "- "
        text = item if isinstance(item, str) else "\n".join(_fields(item))
        text = text.replace("\n", f"\n{' ' * len(dash)}")
        above = [self._content(other.start_mark.line - 1).strip() for other in node.value[1:]]
        blank = "\n" if above and not any(above) else ""
        self._put_line(self._last_line(previous), f"{blank}{dash}{text}")

    def _last_line(self, node: yaml.Node) -> int:
        """Return the last line of a value; the reader ends some where the next thing begins."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._last_line(last[1] if isinstance(last, tuple) else last)
        end = node.end_mark
        line = end.line if end.column else end.line - 1
        while line > node.start_mark.line and not self._content(line).strip():
            line -= 1
        return max(line, node.start_mark.line)

    def _lines_of(self, place: Place) -> range:
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

    def _end(self, line: int) -> Position:
        return line, len(self._content(line))

    def _put(self, at: Position, text: str) -> None:
        self._replace(at, at, text)

    def _put_line(self, above: int, text: str) -> None:
        self._put(self._end(above), f"\n{text}")

    def _replace(self, start: Position, end: Position, text: str) -> None:
        begin, until = (sum(map(len, self._lines[:line])) + column for line, column in (start, end))
        self._changes.append((begin, until, text))

    def _refusal(self, place: Place, right: str) -> CannotEditError:
        message = f'"{place[-1]}" ska vara {right}. Rätta det först (make check).'
        return CannotEditError(str(Problem(self._source.path, self._source.spot(place).line, message)))


def _in_order(value: Any) -> Any:
    """Return a value with its lists sorted, to compare."""
    if isinstance(value, dict):
        return {key: _in_order(below) for key, below in value.items()}
    return sorted(map(_in_order, value), key=str) if isinstance(value, list) else value


def _at(mark: yaml.Mark, right: int = 0) -> Position:
    return mark.line, mark.column + right


def _is_block(node: yaml.ScalarNode) -> bool:
    return node.style in ("|", ">")


def scalar(text: str, *, brackets: bool = True) -> str:
    """Return a text as YAML: plain where it reads back unchanged (between brackets too), else quoted."""
    try:
        plain = yaml.safe_load(f"text: {text}") == {"text": text} and (
            not brackets or yaml.safe_load(f"[{text}]") == [text]
        )
    except yaml.YAMLError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def _fields(group: dict[str, str]) -> list[str]:
    return [f"{key}: {value}" for key, value in group.items()]


def _flow(item: str | dict[str, str]) -> str:
    """Return a text or a group of fields as it is between brackets."""
    return item if isinstance(item, str) else f"{{{', '.join(_fields(item))}}}"


def folded(text: str, indent: int = 0) -> str:
    """Return a text as YAML after a colon: on its line, or folded below, two steps in from `indent`."""
    plain = scalar(text, brackets=False)
    if plain == text and len(text) <= _FOLDED - indent:
        return plain
    return _indented(">-", refolded([], text, _FOLDED - indent - 2), indent + 2)


def _indented(head: str, lines: list[str], indent: int) -> str:
    return "\n".join([head, *(f"{' ' * indent}{line}".rstrip(" ") for line in lines)])


def refolded(old: list[str], text: str, width: int) -> list[str]:
    """Return a text as folded lines, with those at the beginning and end of `old` that still fit.

    A line end in the text becomes an empty line.
    """
    paragraphs = text.split("\n")
    if len(paragraphs) > 1:
        return [line for part in paragraphs for line in (*_wrapped(part, width), "")][:-1]
    words, rows = text.split(" "), [row.split(" ") for row in old]
    first, last = 0, len(rows)
    while first < last and words[: len(rows[first])] == rows[first]:
        words = words[len(rows[first]) :]
        first += 1
    while first < last and words[-len(rows[last - 1]) :] == rows[last - 1]:
        last -= 1
        words = words[: -len(rows[last])]
    return [*old[:first], *_wrapped(" ".join(words), width), *old[last:]]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _like(node: yaml.ScalarNode, text: str, brackets: bool) -> str:
    """Return a text in the quotation marks, if any, of the value that it replaces."""
    if node.style == '"':
        return json.dumps(text, ensure_ascii=False)
    if node.style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return scalar(text, brackets=brackets)
