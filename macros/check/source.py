"""A YAML file as plain values that know their places.

PyYAML says where a node is but not, once it is built, where a value came from. `Source` keeps the places, and
reports what a reader of YAML accepts but an editor did not mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import nan
from typing import Any, NamedTuple

import yaml

from macros import model, workshop
from macros.check import syntax
from macros.check.words import HARD_SPACE, shown

# A value's keys and positions from the top of its file, such as ("levels", 3) or (0, "id").
Place = tuple[str | int, ...]
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Harm(NamedTuple):
    """Harmful characters: the message, and a replacement so that the rest can be checked too."""

    pattern: str
    says: str
    instead: str | Callable[[re.Match[str]], str]


CHARACTERS = (
    Harm("\t", "raden innehåller en tabb. Skriv mellanslag i stället, två för varje steg inåt.", "  "),
    Harm(
        "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]",
        'ett osynligt tecken ({code}) står i "{word}". Ta bort det genom att skriva om ordet för hand.',
        "",
    ),
    Harm(
        f"(?m)^[ -]*(?:[\\w-]+:)? *{HARD_SPACE}(?:{HARD_SPACE}| )*",
        "raden har ett hårt mellanslag ({code}) där ett vanligt ska stå. Skriv om mellanslagen för hand.",
        lambda match: re.sub(HARD_SPACE, " ", match[0]),
    ),
    Harm(
        "[^\\W\\d_][\u0300-\u036f]+",
        'en bokstav i "{word}" är skriven som två tecken. Skriv om ordet för hand.',
        lambda match: unicodedata.normalize("NFC", match[0]),
    ),
    Harm(
        "Ã[¥¤¶©…„–]|\ufffd",
        '"{raw}" har fått fel tecken när filen sparades. Skriv om ordet för hand.',
        lambda match: match[0].encode("cp1252", "ignore").decode("utf-8"),
    ),
)

SWALLOWED = (
    '"{line}" läses som en del av texten ovanför. Rätta indraget, eller skriv kolon sist på raden ovanför.'
)
# The beginning of a field, or of a level; never that of a line of text.
PARTS = [*vars(model).values(), *vars(workshop).values()]
FIELDS = {name for part in PARTS for name in getattr(part, "model_fields", ())}
FIELD = re.compile(rf" +(- +)?({'|'.join(sorted(FIELDS))}|[1-9]\d?):( |$)")


class Mark(NamedTuple):
    """Markdown, which would be shown literally, and the message about it."""

    pattern: str
    says: str


MARKS = (
    Mark(
        r"\[[^\]\[]+\]\([^\s()]+\)",
        '"{mark}" blir ingen länk. Skriv bara orden i texten, och länken i fältet links.',
    ),
    Mark(
        r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*",
        '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort stjärnorna.',
    ),
)


@dataclass(frozen=True)
class Problem:
    """One mistake: the file, from the project's folder; the line, from 1; what is wrong and what to write."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Spot(NamedTuple):
    """The position of a value: its line, its name in messages, and its node."""

    line: int
    name: str
    node: yaml.Node


class Source:
    """A YAML file as plain values, with the position of each and the problems found there."""

    def __init__(self, path: str, raw: bytes | None, tags: tuple[str, ...] = ()) -> None:
        """Read `raw`, the contents of the file at `path`; None when there is no such file.

        A value may begin with one of `tags`; what the tag means is not read.
        """
        self.data: Any = None
        self.problems: dict[Place | int, Problem] = {}
        # Groups with a key twice: what seems to be missing there is likely below the second one.
        # With many keys twice they are two groups in one, and nothing in it can be trusted.
        self.doubled: set[Place] = set()
        self._mixed: set[Place] = set()
        self.path = path
        self._tags = tags
        self._spots: dict[Place, Spot] = {}
        if raw is None:
            self.blame(1, "filen saknas. Hämta tillbaka den.")
            return
        if unreadable := misread(raw):
            self.blame(*unreadable)
            return
        text = self._clean(raw.decode("utf-8-sig"))
        self._lines = [*text.split("\n"), ""]  # a value may be missing after the last line
        if node := self._compose(text):
            self.data = self._plain(node, (), node.start_mark.line + 1, "filen")
        elif not self.problems:
            self.blame(1, "filen är tom. Hämta tillbaka dess text.")

    def blame(self, place: Place | int, message: str) -> None:
        """Record a problem at a place or on a line, unless one is already recorded there."""
        if not isinstance(place, int) and any(place[:end] in self._mixed for end in range(len(place) + 1)):
            return
        line = place if isinstance(place, int) else self.spot(place).line
        self.problems.setdefault(place, Problem(self.path, line, message))

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
            value = dict(_members(value)).get(step)
        return value

    def place_at(self, line: int) -> Place:
        """Return the place of the innermost value that begins on a line, or last before it."""
        begun = [(spot.line, len(place), place) for place, spot in self._spots.items() if spot.line <= line]
        return max(begun, key=lambda item: item[:2])[2] if begun else ()

    def find(self, pattern: str, start: Place = ()) -> Iterator[tuple[Place, Any]]:
        """Yield place and value of what matches `pattern` below `start`; malformed parts are skipped."""
        found = [(start, self.at(start))]
        for step in filter(None, pattern.split(".")):
            found = [
                ((*place, key), value)
                for place, parent in found
                for key, value in _members(parent)
                if step in ("*", key)
            ]
        yield from found

    def _clean(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        for harm in CHARACTERS:
            if not re.search(harm.pattern, text):
                continue
            for number, line in enumerate(text.split("\n"), start=1):
                if match := re.search(harm.pattern, line):
                    code = f"U+{ord(match[0].strip(' ')[-1]):04X}"
                    word = next((word for word in line.split(" ") if re.search(harm.pattern, word)), "")
                    mended = shown(re.sub(harm.pattern, harm.instead, word))
                    self.blame(number, harm.says.format(code=code, raw=shown(word), word=mended))
            text = re.sub(harm.pattern, harm.instead, text)
        return text

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            return _composed(text, _FastLoader)
        except yaml.YAMLError:
            pass  # the pure Python reader gives better messages, the same on every machine
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
            return [
                self._plain(item, (*place, index), item.start_mark.line + 1, f"del {index + 1} av {name}")
                for index, item in enumerate(node.value)
            ]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        assert isinstance(node, yaml.ScalarNode)
        for mark in MARKS:
            if found := re.search(mark.pattern, node.value):
                self.blame(place, mark.says.format(mark=shown(found[0])))
        if node.style in ("|", ">"):
            self._check_block(node, place)
        elif not node.style:
            self._check_unquoted(node, place)
        return _scalar(node.tag.rpartition(":")[2], node.value)

    def _check_block(self, node: yaml.ScalarNode, place: Place) -> None:
        """Report a field that YAML reads as a line of the text above it."""
        below = range(node.start_mark.line + 1, node.end_mark.line)
        if number := next((at for at in below if FIELD.match(self._lines[at])), None):
            self.doubled.update(place[:depth] for depth in range(len(place)))
            self.blame(number + 1, SWALLOWED.format(line=shown(self._lines[number])))

    def _check_unquoted(self, node: yaml.ScalarNode, place: Place) -> None:
        """Report punctuation around a text that YAML reads as part of it, or drops."""
        start, end = node.start_mark, node.end_mark
        beginning = self._lines[start.line][: start.column + 2]
        if syntax.LONG_DASH.fullmatch(beginning) and (told := syntax.dash_first(beginning)):
            self.problems[place] = Problem(self.path, start.line + 1, told)
        below = range(start.line + 1, end.line + 1)
        if number := next((at for at in below if re.match(" *- ", self._lines[at])), None):
            self.blame(number + 1, SWALLOWED.format(line=shown(self._lines[number])))
        if re.match(r" +#\S", comment := self._lines[end.line][end.column :]):
            self.blame(
                place,
                f'"{shown(comment)}" läses som en kommentar och kommer inte med. '
                "Sätt hela texten inom citattecken, eller skriv ett mellanslag efter #.",
            )
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
            number = key_node.tag.endswith(":int") and key_node.value.isdecimal()
            key = int(key_node.value) if number else key_node.value
            leveled = number and {"levels", "alternatives"} & set(place)
            name = f"nivå {key}" if leveled else f'"{shown(key_node.value)}"'
            if key in result:
                again.append((name, line, self.spot((*place, key)).line))
            if result.get(key) in (None, ""):
                result[key] = self._plain(value_node, (*place, key), line, name)
        if again:
            name, line, first = again[0]
            advice = "Ta bort den ena." if len(again) == 1 else 'Börjar en ny del här ska den börja med "- ".'
            self.blame(line, f"{name} finns redan på rad {first}. {advice}")
            self.doubled.add(place)
            if len(again) > 1:
                self._mixed.add(place)
        return result


def misread(raw: bytes) -> tuple[int, str] | None:
    """Return line and message when a file is not saved as UTF-8."""
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = raw[error.start : error.start + 1].decode("cp1252", "replace")
        message = f'"{wrong}" är inte sparat som UTF-8. Spara om filen med teckenkodningen UTF-8, '
        return raw.count(b"\n", 0, error.start) + 1, message + "och se efter att å, ä och ö är rätt."
    return None


@lru_cache(maxsize=200)
def _composed(text: str, loader: Any) -> yaml.Node | None:
    """Return a file's nodes. Cached: reading is slow in the browser, and most files stay as they are."""
    return yaml.compose(text, Loader=loader)


def _members(value: Any) -> Iterable[tuple[Any, Any]]:
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
    if tag == "timestamp" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    return text
