"""Translates the YAML reader's errors into messages for editors.

PyYAML's messages are for programmers, and often name a line below the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from typing import NamedTuple

import yaml

from macros import model, support, workshop
from macros.check.words import shown

PARTS = [
    part for home in (model, support, workshop) for part in vars(home).values() if isinstance(part, type)
]
FIELDS = "|".join(sorted({name for part in PARTS for name in getattr(part, "model_fields", ())}))
# The beginning of a field, or of a level; never that of a line of text.
FIELD = re.compile(rf" +(- +)?({FIELDS}|[1-9]\d?):( |$)")
GLUED = re.compile(rf"( *(?:- +)?)({FIELDS}|[1-9]\d?):(?=[^\s/:])")
GLUED_SAYS = 'mellanslag saknas efter "{key}:".'
COMMENT_SAYS = (
    '"{comment}" läses som en kommentar och kommer inte med. '
    "Sätt hela texten inom citattecken, eller flytta kommentaren till en egen rad."
)
# At the start of a line: what Word puts there instead of a hyphen, or a hyphen without its space.
LONG_DASH = re.compile(r" *([–—−•·*] |-(?=[a-z]+:))")
SPECIAL = '"{rest}" börjar med ett tecken som betyder något särskilt här. Sätt hela texten inom citattecken.'


class Row(NamedTuple):
    """The message where the reader's error matches `error`, and its line up to the stop matches `before`.

    `at_start`: the error is where it began to read, not where it stopped.
    """

    error: str
    says: str
    before: str = ""
    at_start: bool = False


# The first matching row is used.
SYNTAX = (
    Row(
        "quoted scalar.*end of stream",
        'citattecknet framför "{after}" har inget slut. Skriv ett likadant efter textens sista ord.',
        at_start=True,
    ),
    Row("alias|anchor|cannot start|node content|tag|directive", SPECIAL, at_start=True),
    Row(
        "double-quoted",
        'omvänt snedstreck (\\) i "{line}" går inte att skriva inom dubbla citattecken. Använd enkla (\').',
    ),
    Row(
        "flow (sequence|mapping)",
        '"{rest}" har inget slut. Avsluta listan, eller sätt hela texten inom citattecken.',
        at_start=True,
    ),
    Row("block scalar", '"{rest}" ska stå på raden under > eller |, indraget.'),
    Row(
        "could not find expected ':'",
        '"{line}" saknar kolon efter fältets namn. Hör raden till texten ovanför ska den dras in. '
        'Är den en del av en lista ska den börja med "- ".',
        at_start=True,
    ),
    Row(
        "sequence entries",
        '"{rest}" läses som en lista, och den ska börja på raden under fältets namn. '
        "Är det en text: sätt hela texten inom citattecken.",
    ),
    Row("another document", '"{line}" delar filen i två. Ta bort raden.'),
    Row("document start", '"{line}" hör inte till det som står under. Ta bort raden.', at_start=True),
    Row(
        "mapping values",
        '"{line}" har kolon och mellanslag inne i texten. Sätt hela texten inom citattecken, '
        "eller skriv >- efter fältets kolon och texten indragen på nästa rad.",
        before=r"[^ -].*[^\w.-]",
    ),
    Row(
        "block end",
        '"{rest}" står efter tecknet som avslutar texten. '
        "Sätt hela texten inom citattecken av en sort som inte finns i den.",
        before="[^ -]",
    ),
    Row(
        "mapping values|block end",
        '"{line}" har fel indrag ({indent} mellanslag). Börja raden rakt under dem som den hör ihop med.',
    ),
    Row(
        "",
        'från "{line}" går filen inte att läsa. Se efter om citattecken, kolon och indrag är rätt.',
    ),
)


def alias(text: str) -> tuple[int, str] | None:
    """Return line and message where a file repeats a part of itself by a name."""
    if not re.search(r"&\w", text) or not re.search(r"\*\w", text):
        return None
    named = None
    with suppress(RecursionError):
        for token in _tokens(text):
            if isinstance(token, yaml.AnchorToken) and named is None:
                named = token
            elif isinstance(token, yaml.AliasToken) and named:
                signs = f'"&{shown(named.value)}" och "*{shown(token.value)}"'
                message = f"{signs} hämtar text från ett annat ställe i filen."
                return named.start_mark.line + 1, f"{message} Det går inte här. Skriv ut texten."
    return None


def explain(text: str, lines: list[str], error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return the wrong line in `text`, counted from 1, and the message about it."""
    said = f"{error.context}: {error.problem}"
    stop: yaml.Mark = error.problem_mark  # type: ignore[assignment]
    start = error.context_mark or stop
    if likely := _likely(lines, start.line, stop.line):
        return likely
    for number in (start.line, stop.line - 1, stop.line):
        if (number == start.line or ":" in lines[number]) and (dash := dash_first(lines[number])):
            return number + 1, dash
    scalars = [token for token in _tokens(text) if isinstance(token, yaml.ScalarToken)]
    for token in scalars:
        # A quoted text over many lines that ends where the reader stops: its beginning was not closed.
        if token.start_mark.line < token.end_mark.line == stop.line and token.style in ("'", '"'):
            said, start = "quoted scalar, end of stream", token.start_mark
    for first in scalars[:1]:
        lost = not first.style and first.start_mark.line < first.end_mark.line
        if lost or "document start" in said:  # a text on the first line was read as all of the file
            said, start = "document start", first.start_mark
    before = lines[stop.line][: stop.column]
    row = next(row for row in SYNTAX if re.search(row.error, said) and re.search(row.before, before))
    mark = start if row.at_start else stop
    line, rest = lines[mark.line], lines[mark.line][mark.column :]
    words = {"line": shown(line), "rest": shown(rest), "after": shown(rest[1:])}
    return mark.line + 1, row.says.format(indent=len(line) - len(line.lstrip()), **words)


def _likely(lines: list[str], start: int, stop: int) -> tuple[int, str] | None:
    """Return line and message of a slip that is plain to see above where the reader stopped."""
    above = [at for at in range(stop) if lines[at].strip() and not re.match(" *(#|---)", lines[at])]
    for at in (*filter(lambda at: at >= start, above), *above[-1:], stop):
        if glued := GLUED.match(lines[at]):
            return at + 1, GLUED_SAYS.format(key=glued[2])
    if arrow := re.search(r": *(?![|>][-+]?\s*$)([|>][^\w\s]{1,3}|> +[-–—])\s*$", lines[stop]):
        return stop + 1, f'"{arrow[1]}" ska vara ">-".'
    if re.search(r", *,", lines[stop]):
        return stop + 1, "två kommatecken efter varandra. Ta bort det ena."
    deeper = list(takewhile(lambda at: _indent(lines[at]) > _indent(lines[stop]), reversed(above)))
    return _first_row_lost(lines, above, deeper[-1], lines[stop].strip()) if deeper else None


def _first_row_lost(lines: list[str], above: list[int], first: int, stop: str) -> tuple[int, str] | None:
    """Return line and message where the first lines of a group are deeper than where the reader stopped."""
    outer = lines[above[above.index(first) - 1]] if first != above[0] else ""
    line = lines[first].strip()
    if outer and not re.fullmatch(r" *(- +)?[\w-]+: *", outer):
        return None
    if (item := re.match(r"- +(\w+):", stop)) and not line.startswith("- "):
        return first + 1, f'delen börjar inte med "- ". Saknas raden "- {item[1]}:" ovanför?'
    if not outer:
        indent = _indent(lines[first])
        return first + 1, f"raden har fel indrag ({indent} mellanslag). Börja den längst till vänster."
    if (level := re.match(r"([2-9]|\d\d): ", stop)) and ":" not in line:
        return first + 1, f'texten hör inte till någon nivå. Saknas raden "{int(level[1]) - 1}: >-" ovanför?'
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def dash_first(line: str) -> str | None:
    """Return the message for a line that begins with a lookalike of a hyphen, else None."""
    if dash := LONG_DASH.match(line):
        begins = f'raden börjar med "{dash[1].strip()}".'
        return f"{begins} Skriv ett bindestreck (-) och ett mellanslag där i stället."
    return None


def _tokens(text: str) -> Iterator[yaml.Token]:
    """Yield the tokens up to where the reader stops."""
    with suppress(yaml.YAMLError):
        yield from yaml.scan(text, Loader=yaml.SafeLoader)
