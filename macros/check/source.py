"""A YAML file as plain values that know their places.

PyYAML says where a node is, but not where a value came from. `Source` keeps the places, and reports what a
reader of YAML accepts but an editor did not mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from datetime import date
from functools import lru_cache
from math import nan
from typing import Any, NamedTuple

import yaml

from macros.check import characters, syntax
from macros.check.words import shown

# A value's keys and positions from the top of its file, such as ("levels", 3) or (0, "id").
Place = tuple[str | int, ...]
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SWALLOWED = (
    '"{line}" läses som en del av texten ovanför. Rätta indraget, eller skriv kolon sist på raden ovanför.'
)
# Where a number is meant, so that it may be in quotation marks, as other tools write it.
NUMBERS = {"levels", "alternatives", "minutes"}
NUMBER_LISTS = {"levels", "agendas"}
NUMBER_FIELDS = {"level", "minutes"}


class Problem(NamedTuple):
    """One mistake: the file, from the project's folder; the line, from 1; what is wrong and what to write.

    `place` is the wrong value, where it is one.
    """

    path: str
    line: int
    message: str
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Spot(NamedTuple):
    """The position of a value: its line, its name in messages, and its node."""

    line: int
    name: str
    node: yaml.Node


def read_source(path: str, raw: bytes | None, tags: tuple[str, ...] = ()) -> Source:
    """Return a `Source`, whose `data` is not to be changed: the same file is not parsed again.

    Parsing is slow in the browser, and most files are the same from check to check.
    """
    source = copy(_read_once(path, raw, tags))
    source.problems = {**source.problems}  # what a check adds to
    return source


class Source:
    """A YAML file as plain values, with the position of each and the problems found there."""

    def __init__(self, path: str, raw: bytes | None, tags: tuple[str, ...] = ()) -> None:
        """Read `raw`, the contents of the file at `path`; None when there is no such file.

        A value may begin with one of `tags`, whose meaning is not read.
        """
        self.data: Any = None
        self.problems: dict[Place | int, Problem] = {}
        # Groups with a key twice: what seems to be missing there is likely below the second one.
        # With many keys twice they are two groups in one, and nothing in them can be trusted.
        self.doubled: set[Place] = set()
        self._mixed: set[Place] = set()
        # The keys of those groups as they are written, with their lines.
        self.repeated: dict[Place, list[tuple[str, int]]] = {}
        self.path = path
        self._tags = tags
        self._spots: dict[Place, Spot] = {}
        if raw is None:
            self.blame(1, "filen saknas. Hämta tillbaka den.")
            return
        if harm := characters.unreadable(raw):
            self.blame(*harm)
            return
        text, told = characters.clean(raw.decode("utf-8-sig"))
        for one in told:
            self.blame(*one)
        self._lines = [*text.split("\n"), ""]  # a value may be missing after the last line
        if harm := characters.too_deep(text) or syntax.alias(text):
            self.blame(*harm)
            return
        try:
            node = self._compose(text)
            self.data = node and self._plain(node, (), node.start_mark.line + 1, "filen")
        except RecursionError:
            self.blame(1, "filen har för många nivåer av indrag. Hämta tillbaka den förra versionen.")
            return
        if not node and not self.problems:
            self.blame(1, "filen är tom. Hämta tillbaka dess text.")

    def blame(self, place: Place | int, message: str) -> None:
        """Record a problem at a place or on a line, unless one is already recorded there."""
        if isinstance(place, int):
            self.problems.setdefault(place, Problem(self.path, place, message))
        elif not any(place[: len(group)] == group for group in self._mixed):
            self.problems.setdefault(place, Problem(self.path, self.spot(place).line, message, place))

    def doubled_in(self, place: Place) -> bool:
        """Return whether a group at `place` or below has a duplicate key."""
        return any(group[: len(place)] == place for group in self.doubled)

    def spot(self, place: Place) -> Spot:
        """Return the position of the value at `place`, or of the closest one around it."""
        while place and place not in self._spots:
            place = place[:-1]
        return self._spots[place]

    def node(self, place: Place) -> yaml.Node | None:
        """Return the node of the value at `place`, None where there is none."""
        return self._spots[place].node if place in self._spots else None

    def lines(self, place: Place) -> list[tuple[int, str]]:
        """Return the lines that the value at `place` is written on, each with its number."""
        node = self.spot(place).node
        block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        start, end = node.start_mark.line, node.end_mark.line
        last = end if block or (not node.end_mark.column and end > start) else end + 1
        return [(number + 1, self._lines[number]) for number in range(start, last)]

    def told(self, place: Place) -> bool:
        """Return whether a problem is recorded on a line of the value at `place`."""
        lines = {self.spot(place).line, *(number for number, _ in self.lines(place))}
        return any(problem.line in lines for problem in self.problems.values())

    def written(self, place: Place) -> str:
        """Return the source text of the value at `place`, on one line."""
        node = self.spot(place).node
        if isinstance(node, yaml.ScalarNode):
            return shown(node.value)
        start, end = node.start_mark, node.end_mark
        return shown(self._lines[start.line][start.column : end.column if end.line == start.line else None])

    def at(self, place: Place) -> Any:
        """Return the value at `place`, or None where there is none."""
        value = self.data
        for step in place:
            value = dict(members(value)).get(step)
        return value

    def place_at(self, line: int) -> Place:
        """Return the place of the innermost value that begins on a line, or last before it."""
        begun = [place for place, spot in self._spots.items() if spot.line <= line]
        return max(begun, key=lambda place: (self._spots[place].line, len(place)), default=())

    def find(self, pattern: str, start: Place = ()) -> Iterator[tuple[Place, Any]]:
        """Yield place and value of what matches `pattern` below `start`; malformed parts are skipped."""
        found = [(start, self.at(start))]
        for step in filter(None, pattern.split(".")):
            found = [
                ((*place, key), value)
                for place, parent in found
                for key, value in members(parent)
                if step in ("*", key)
            ]
        yield from found

    def texts(self, pattern: str, start: Place = ()) -> Iterator[tuple[Place, str]]:
        """Yield what `find` does, but only texts."""
        return (one for one in self.find(pattern, start) if isinstance(one[1], str))

    def _compose(self, text: str) -> yaml.Node | None:
        with suppress(yaml.YAMLError):  # the reader below gives better messages, the same on every machine
            return yaml.compose(text, Loader=_FastLoader)
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            if not self.problems:  # a harmful character is the more likely cause
                self.blame(*syntax.explain(text, self._lines, error))
        return None

    def _plain(self, node: yaml.Node, place: Place, line: int, name: str) -> Any:
        """Return the node as dicts, lists and scalars, and record the position of each."""
        self._spots[place] = Spot(line, name, node)
        rest = self._lines[node.start_mark.line][node.start_mark.column :]
        if rest.startswith(("&", "!")) and not rest.startswith(self._tags):
            self.blame(place, syntax.SPECIAL.format(rest=shown(rest)))
            return None
        if isinstance(node, yaml.SequenceNode):
            items = [
                self._plain(item, (*place, index), item.start_mark.line + 1, f"del {index + 1} av {name}")
                for index, item in enumerate(node.value)
            ]
            return [_number(item) for item in items] if NUMBER_LISTS & {*place[-1:]} else items
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        assert isinstance(node, yaml.ScalarNode)
        if node.style in ("|", ">"):
            if self._swallows(node.start_mark.line + 1, node.end_mark.line, syntax.FIELD):
                self.doubled.update(place[:depth] for depth in range(len(place)))
        elif not node.style:
            self._check_unquoted(node, place)
        return _scalar(node.tag.rpartition(":")[2], node.value)

    def _swallows(self, first: int, end: int, pattern: re.Pattern[str]) -> bool:
        """Report a line that YAML reads as one of the text above it; return whether there is any."""
        number = next((at for at in range(first, end) if pattern.match(self._lines[at])), 0)
        if number:
            self.blame(number + 1, SWALLOWED.format(line=shown(self._lines[number])))
        return number > 0

    def _check_unquoted(self, node: yaml.ScalarNode, place: Place) -> None:
        """Report punctuation around a text that YAML reads as part of it, or drops."""
        start, end = node.start_mark, node.end_mark
        beginning = self._lines[start.line][: start.column + 2]
        if syntax.LONG_DASH.fullmatch(beginning) and (told := syntax.dash_first(beginning)):
            self.problems[place] = Problem(self.path, start.line + 1, told)
        self._swallows(start.line + 1, end.line + 1, re.compile(" *- "))
        if re.match(r" +#\S", comment := self._lines[end.line][end.column :]):
            self.blame(place, syntax.COMMENT_SAYS.format(comment=shown(comment)))
        if (glued := syntax.GLUED.match(node.value)) and not glued[2].isdecimal():
            self.blame(place, syntax.GLUED_SAYS.format(key=glued[2]))
        if re.fullmatch("(?s)[”“„»«’‘].*[”“„»«’‘]", node.value):
            self.blame(
                place,
                f"citattecknen runt {shown(node.value)} läses som en del av texten. "
                'Skriv raka (") eller inga.',
            )

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        again: list[tuple[str, int, int]] = []
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.blame(place, syntax.SPECIAL.format(rest=self.written(place)))
                continue
            if not key_node.style and (told := syntax.dash_first(key_node.value)):
                self.problems.setdefault(place, Problem(self.path, line, told))
            number = key_node.value.isdecimal() and (key_node.tag.endswith(":int") or NUMBERS & {*place})
            key = int(key_node.value) if number else key_node.value
            leveled = number and {"levels", "alternatives"} & {*place}
            name = f"nivå {key}" if leveled else f'"{shown(key_node.value)}"'
            if key in result:
                again.append((name, line, self.spot((*place, key)).line))
            if result.get(key) in (None, ""):
                value = self._plain(value_node, (*place, key), line, name)
                counted = key in NUMBER_FIELDS or "minutes" in place
                result[key] = _number(value) if counted else value
        if again:
            name, line, first = again[0]
            self.repeated[place] = [(key.value, key.start_mark.line + 1) for key, _ in node.value]
            advice = "Ta bort den ena." if len(again) == 1 else 'Börjar en ny del här ska den börja med "- ".'
            self.blame(line, f"{name} finns redan på rad {first}. {advice}")
            self.doubled.add(place)
            if len(again) > 1:
                self._mixed.add(place)
        return result


@lru_cache(maxsize=128)  # a framework with its pages has some 60
def _read_once(path: str, raw: bytes | None, tags: tuple[str, ...]) -> Source:
    return Source(path, raw, tags)


def _number(value: Any) -> Any:
    """Return a number that is written as a text; anything else as it is."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"[1-9]\d?", value) else value


def members(value: Any) -> Iterable[tuple[Any, Any]]:
    """Return the keys or positions of a value with what is there; nothing for a scalar."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _scalar(tag: str, text: str) -> str | int | float | bool | date | None:
    """Return what an unquoted value is read as; numbers in unusual notation are just "not a text"."""
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("yes", "true", "on")
    if tag in ("int", "float"):
        return int(text) if re.fullmatch(r"[-+]?\d{1,18}", text) else nan
    return day(text) or text if tag == "timestamp" else text


def day(value: object) -> date | None:
    """Return a date, also one that is written as a text; None for anything else."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value if isinstance(value, date) else None
