"""Read a YAML file into plain values that remember where they stand.

PyYAML says where a node stands but not, once it is built, where a value came from; and what it says of a
mistake is meant for programmers. `Source` keeps the lines and says in Swedish what an editor can do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from math import nan
from typing import Any, NamedTuple

import yaml

from macros import model
from macros.model import LEVELS

HARD_SPACE = "[\u00a0\u2007\u202f]"
# Characters that harm: where they do, what to say, what to read instead so that the rest can be checked too.
CHARACTERS: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    ("\t", "raden innehåller en tabb. Skriv mellanslag i stället, två för varje steg inåt.", "  "),
    (
        "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]",
        'ett osynligt tecken ({code}) står i "{word}". Ta bort det genom att skriva om ordet för hand.',
        "",
    ),
    (
        f"(?m)^[ -]*(?:[\\w-]+:)? *{HARD_SPACE}(?:{HARD_SPACE}| )*",
        "raden har ett hårt mellanslag ({code}) där ett vanligt ska stå. Skriv om mellanslagen för hand.",
        lambda match: re.sub(HARD_SPACE, " ", match[0]),
    ),
    (
        "[^\\W\\d_][\u0300-\u036f]+",
        'en bokstav i "{word}" är skriven som två tecken. Skriv om ordet för hand.',
        lambda match: unicodedata.normalize("NFC", match[0]),
    ),
    (
        "Ã[¥¤¶©…„–]|\ufffd",
        '"{raw}" har fått fel tecken när filen sparades. Skriv om ordet för hand.',
        lambda match: match[0].encode("cp1252", "ignore").decode("utf-8"),
    ),
)

SPECIAL = '"{rest}" börjar med ett tecken som betyder något särskilt här. Sätt hela texten inom citattecken.'
SWALLOWED = (
    '"{line}" läses som en del av texten ovanför. Rätta indraget, eller skriv kolon sist på raden ovanför.'
)
# At the start of a line: what Word puts there instead of a hyphen, or a hyphen without its space.
LONG_DASH = re.compile(r" *([–—−•·*] |-(?=[a-z]+:))")
DASH_FIRST = 'raden börjar med "{dash}". Skriv ett bindestreck (-) och ett mellanslag där i stället.'
# The beginning of a field, or of a level; never that of a line of text.
FIELDS = {name for part in vars(model).values() for name in getattr(part, "model_fields", ())}
FIELD = re.compile(rf" +(- +)?({'|'.join(sorted(FIELDS))}|[1-5]):( |$)")
# Markdown, which is shown as it is written; what to say.
MARKS = (
    (
        r"\[[^\]\[]+\]\([^\s()]+\)",
        '"{mark}" blir ingen länk. Skriv bara orden i texten, och länken i fältet links.',
    ),
    (
        r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*",
        '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort stjärnorna.',
    ),
)
# What the YAML reader says; what stands before that on the line; is the mistake where it began to read,
# rather than where it stopped; what to say. The first row that fits is used.
SYNTAX = (
    (
        "quoted scalar.*end of stream",
        "",
        True,
        'citattecknet framför "{after}" har inget slut. Skriv ett likadant efter textens sista ord.',
    ),
    ("alias|anchor|cannot start|node content|tag|directive", "", True, SPECIAL),
    (
        "double-quoted",
        "",
        False,
        'omvänt snedstreck (\\) i "{line}" går inte att skriva inom dubbla citattecken. Använd enkla (\').',
    ),
    (
        "flow (sequence|mapping)",
        "",
        True,
        '"{rest}" har inget slut. Avsluta listan, eller sätt hela texten inom citattecken.',
    ),
    ("block scalar", "", False, '"{rest}" ska stå på raden under > eller |, indraget.'),
    (
        "could not find expected ':'",
        "",
        True,
        '"{line}" saknar kolon efter fältets namn. Hör raden till texten ovanför ska den dras in. '
        'Är den en del av en lista ska den börja med "- ".',
    ),
    (
        "sequence entries",
        "",
        False,
        '"{rest}" läses som en lista, och den ska börja på raden under fältets namn. '
        "Är det en text: sätt hela texten inom citattecken.",
    ),
    ("another document", "", False, '"{line}" delar filen i två. Ta bort raden.'),
    ("document start", "", True, '"{line}" hör inte till det som står under. Ta bort raden.'),
    (
        "mapping values",
        r"[^ -].*[^\w.-]",
        False,
        '"{line}" har kolon och mellanslag inne i texten. Sätt hela texten inom citattecken, '
        "eller skriv >- efter fältets kolon och texten indragen på nästa rad.",
    ),
    (
        "block end",
        "[^ -]",
        False,
        '"{rest}" står efter tecknet som avslutar texten. '
        "Sätt hela texten inom citattecken av en sort som inte finns i den.",
    ),
    (
        "mapping values|block end",
        "",
        False,
        '"{line}" har fel indrag ({indent} mellanslag). Börja raden rakt under dem som den hör ihop med.',
    ),
    (
        "",
        "",
        False,
        'från "{line}" går filen inte att läsa. Se efter om citattecken, kolon och indrag är rätt.',
    ),
)

# A value's keys and positions from the top of its file, such as ("levels", 3) or (0, "id").
Place = tuple[str | int, ...]
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One mistake: the file, from the project's folder; the line, from 1; what is wrong and what to write."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Spot(NamedTuple):
    """Where a value stands: its line, what to call it, and its node."""

    line: int
    name: str
    node: yaml.Node


class Source:
    """A YAML file as plain values, with where each of them stands and what is wrong there."""

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
        """Note what is wrong at a place, or on a line, unless something was said about it before."""
        if not isinstance(place, int) and any(place[:end] in self._mixed for end in range(len(place) + 1)):
            return
        line = place if isinstance(place, int) else self.spot(place).line
        self.problems.setdefault(place, Problem(self.path, line, message))

    def doubled_in(self, place: Place) -> bool:
        """Return whether a key stands twice in a group at `place` or below."""
        return any(group[: len(place)] == place for group in self.doubled)

    def spot(self, place: Place) -> Spot:
        """Return where the value at `place` stands, or the closest one around it."""
        while place and place not in self._spots:
            place = place[:-1]
        return self._spots[place]

    def written(self, place: Place) -> str:
        """Return the value at `place` as it is written, on one line."""
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

    def find(self, pattern: str, start: Place = ()) -> Iterator[tuple[Place, Any]]:
        """Yield place and value of what fits `pattern` below `start`, passing over what is malformed."""
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
        for pattern, message, instead in CHARACTERS:
            if not re.search(pattern, text):
                continue
            for number, line in enumerate(text.split("\n"), start=1):
                if match := re.search(pattern, line):
                    code = f"U+{ord(match[0].strip(' ')[-1]):04X}"
                    word = next((word for word in line.split(" ") if re.search(pattern, word)), "")
                    mended = shown(re.sub(pattern, instead, word))
                    self.blame(number, message.format(code=code, raw=shown(word), word=mended))
            text = re.sub(pattern, instead, text)
        return text

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            return yaml.compose(text, Loader=_FastLoader)
        except yaml.YAMLError:
            pass  # the slow reader tells more, and the same on every machine
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            if not self.problems:  # a harmful character is the likelier cause
                self.blame(*self._syntax(text, error))
        return None

    def _syntax(self, text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
        """Return the line to mend and what to say of it."""
        said = f"{error.context}: {error.problem}"
        stop: yaml.Mark = error.problem_mark  # type: ignore[assignment]
        start = error.context_mark or stop
        for number in (start.line, stop.line - 1, stop.line):
            line = self._lines[number]
            if (dash := LONG_DASH.match(line)) and (number == start.line or ":" in line):
                return number + 1, DASH_FIRST.format(dash=dash[1].strip())
        for token in _tokens(text):
            # A quoted text over many lines that ends where the reader stops: its beginning was not closed.
            if token.start_mark.line < token.end_mark.line == stop.line and token.style in ("'", '"'):
                said, start = "quoted scalar, end of stream", token.start_mark
        first = next(_tokens(text), None)
        lost = first and not first.style and first.start_mark.line < first.end_mark.line
        if first and (
            lost or "document start" in said
        ):  # a text on the first line was read as all of the file
            said, start = "document start", first.start_mark
        before = self._lines[stop.line][: stop.column]
        row = next(row for row in SYNTAX if re.search(row[0], said) and re.search(row[1], before))
        _, _, at_start, message = row
        mark = start if at_start else stop
        line, rest = self._lines[mark.line], self._lines[mark.line][mark.column :]
        words = {"line": shown(line), "rest": shown(rest), "after": shown(rest[1:])}
        return mark.line + 1, message.format(indent=len(line) - len(line.lstrip()), **words)

    def _plain(self, node: yaml.Node, place: Place, line: int, name: str) -> Any:
        """Return the node as dicts, lists and scalars, and remember where each of them stands."""
        self._spots[place] = Spot(line, name, node)
        start, end = node.start_mark, node.end_mark
        rest = self._lines[start.line][start.column :]
        if rest.startswith(("&", "!")) and not rest.startswith(self._tags):
            self.blame(place, SPECIAL.format(rest=shown(rest)))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [
                self._plain(item, (*place, index), item.start_mark.line + 1, f"del {index + 1} av {name}")
                for index, item in enumerate(node.value)
            ]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        if plain and (dash := LONG_DASH.fullmatch(self._lines[start.line][: start.column + 2])):
            self.problems[place] = Problem(self.path, start.line + 1, DASH_FIRST.format(dash=dash[1].strip()))
        for pattern, message in MARKS:
            if mark := re.search(pattern, node.value):
                self.blame(place, message.format(mark=shown(mark[0])))
        block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        below = range(start.line + 1, end.line + (not block)) if plain or block else ()
        swallowed = FIELD if block else re.compile(" *- ")
        if number := next((at for at in below if swallowed.match(self._lines[at])), None):
            self.doubled.update(place[:depth] for depth in range(len(place)) if block)
            self.blame(number + 1, SWALLOWED.format(line=shown(self._lines[number])))
        if plain and re.match(r" +#\S", comment := self._lines[end.line][end.column :]):
            self.blame(
                place,
                f'"{shown(comment)}" läses som en kommentar och kommer inte med. '
                "Sätt hela texten inom citattecken, eller skriv ett mellanslag efter #.",
            )
        if plain and re.fullmatch("(?s)[”“„»«’‘].*[”“„»«’‘]", node.value):
            self.blame(
                place,
                f"citattecknen runt {shown(node.value)} läses som en del av texten. "
                'Skriv raka (") eller inga.',
            )
        return _scalar(node.tag.rpartition(":")[2], node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        again: list[tuple[str, int, int]] = []
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.blame(place, SPECIAL.format(rest=self.written(place)))
                continue
            if not key_node.style and (dash := LONG_DASH.match(key_node.value)):
                self.problems.setdefault(
                    place, Problem(self.path, line, DASH_FIRST.format(dash=dash[1].strip()))
                )
            number = key_node.tag.endswith(":int") and key_node.value.isdecimal()
            key = int(key_node.value) if number else key_node.value
            leveled = key in LEVELS and {"levels", "alternatives"} & set(place)
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


def shown(text: str) -> str:
    """Return a value for use in a message: on one line, not too long, hard spaces visible."""
    text = re.sub(r"[ \n]+", " ", re.sub(HARD_SPACE, "[hårt mellanslag]", text)).strip()
    return text if len(text) <= 80 else text[:79] + "…"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` most likely stands for, if any is close."""
    table = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(word.casefold(), table, n=1, cutoff=0.7)
    return table[found[0]] if found else None


def _tokens(text: str) -> Iterator[yaml.ScalarToken]:
    """Yield the scalars up to where the reader stops."""
    with suppress(yaml.YAMLError):
        yield from (
            item for item in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(item, yaml.ScalarToken)
        )


def _members(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _scalar(tag: str, text: str) -> str | int | float | bool | date | None:
    """Return what an unquoted value is read as; numbers of unusual form are just "not a text"."""
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
