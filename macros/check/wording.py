"""What a careful reader sees in a single text: half sentences, doubled words, leftovers.

To add a rule, add a row to `signs.SIGNS`, or a function to `_RULES`; which fields hold texts is in SENTENCES
and NAMES.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import yaml

from macros.check.files import COMPETENCES, SUPPORT, Files
from macros.check.signs import BARE_HOST, IN_PIECES, SIGNS, WORD
from macros.check.source import Place, Source
from macros.check.words import shown

# Whole sentences, by file; the second row has names, headings and points, which have no full stop.
SENTENCES = {
    "site.yml": "no_role pay about answers tool.text",
    "framework.yml": "introduction.* principles.*.text sections.*.text.*",
    "areas.yml": "*.motivation",
    "roles.yml": "roles.*.note",
    "questions.yml": "*.question *.answer",
    "sources.yml": "mends.*.why notes.*.text",
    "workshop.yml": "slides.*.script.* exercises.*.needs exercises.*.steps.* talk.*.ask.* "
    "guide.*.text.* guide.*.points.* preparation.*.text.* preparation.*.points.* "
    "manager.*.text.* manager.*.points.*",
    COMPETENCES: "definition levels.* support.*.text",
    SUPPORT: "support.*.text",
}
NAMES = {
    "site.yml": "name description tool.name learning.*.name",
    "framework.yml": "title levels.*.name motivation.title motivation.scale.* principles.*.name "
    "process.*.name process.*.text sections.*.group sections.*.title "
    "sections.*.points.* sections.*.points.*.text sections.*.points.*.points.* links.*.text",
    "areas.yml": "*.name",
    "roles.yml": "parts.*.name roles.*.name",
    "sources.yml": "documents.*.name documents.*.title origins.*.part mends.*.where notes.*.where",
    "workshop.yml": "slides.*.kicker slides.*.title slides.*.text.* exercises.*.title guide.*.title "
    "preparation.*.title manager.*.title",
    COMPETENCES: "title",
    SUPPORT: "document",
}
# Words and parts of texts: only what is never meant.
PIECES = {
    "site.yml": "organisation organisations meeting meetings decision",
    "framework.yml": "principles.*.terms.* sections.*.terms.*",
    "roles.yml": "roles.*.keywords.*",
    COMPETENCES: "keywords.* support.*.terms.* support.*.links.*.text",
    SUPPORT: "support.*.terms.* support.*.links.*.text",
}
# Where an address may be written beside the text.
LINKED = ("support", "sections")


class Text(NamedTuple):
    """A text, and where it is in its file."""

    source: Source
    place: Place
    value: str
    sentence: bool

    @property
    def block(self) -> str:
        """How the text is written: "|" and ">" on lines of its own, a quotation mark, or nothing."""
        node = self.source.node(self.place)
        return (node.style or "") if isinstance(node, yaml.ScalarNode) else ""

    @property
    def rows(self) -> list[tuple[int, str]]:
        """The lines of a text on lines of its own, each with its number."""
        return self.source.lines(self.place)[1:] if self.block in ("|", ">") else []


Verdict = tuple[int | None, str]  # the line, where it is not the text's first, and the message


_SIGNS = [re.compile(sign.pattern) for sign in SIGNS]
ABBREVIATIONS = re.compile(
    r"(?:\b(?:alt|bl|ca|d|dvs|dyl|e|el|ev|exkl|ex|f|fr|gm|inkl|jfr|kl|m|max|min|nr|o|osv|etc|s|st|t|tel|tex|tom|vol|kap|sid)|\.\w+)\.$",
    re.IGNORECASE,
)
LONGEST_WORD = 40
WHOLE = "Skriv hela meningen, med stor bokstav först."
CUT = re.compile(r"(?:[,;(/&+=–—-]| (?:och|eller|att|samt|men|en|ett|mellan|enligt|genom))$")


def check_wording(files: Files) -> None:
    """Record in the files what is wrong with single texts, one message for each text."""
    for text in _texts(files):
        if text.source.told(text.place):
            continue
        if told := next(filter(None, (rule(text) for rule in _RULES)), None):
            line, message = told
            text.source.blame(text.place if line is None else line, message)
    for text in _texts(files, pieces=True):
        if not text.source.told(text.place) and (told := _sign(text, IN_PIECES) or _long_word(text)):
            text.source.blame(text.place, told[1])


def _texts(files: Files, pieces: bool = False) -> Iterator[Text]:
    for table in (PIECES,) if pieces else (SENTENCES, NAMES):
        for file, patterns in table.items():
            for source in files.all_of(file):
                for pattern in patterns.split():
                    for place, value in source.find(pattern):
                        misplaced = pattern == "levels.*" and isinstance(place[-1], str)
                        if isinstance(value, str) and value.strip() and not misplaced:
                            yield Text(source, place, value.strip(), table is SENTENCES)


def _arrow(text: Text) -> Verdict | None:
    """A text that begins with the sign for "the text is on the next lines", wrongly typed."""
    if wrong := re.match(r"(?:[-–—=]+[>»][-+]?|[|]?[»≥›][-–—]?|&gt;-?)(?= |$)", text.value):
        return None, f'"{wrong[0]}" ska vara ">-".'
    return None


def _line_break(text: Text) -> Verdict | None:
    rows = text.rows
    if rows and not rows[0][1].strip():
        return rows[0][0], "tom rad inne i en text. Ta bort den."
    if "\n" not in text.value:
        return None
    if text.block == "|":
        return None, '"|" gör att texten bryts där raderna bryts. Skriv ">-" i stället.'
    if not rows:
        first, *more = text.source.lines(text.place)
        empty = next((number for number, line in more if not line.strip()), first[0])
        return empty, "tom rad inne i en text. Ta bort den."
    indent = min(len(line) - len(line.lstrip()) for _, line in rows if line.strip())
    for number, line in rows:
        if not line.strip():
            return number, "tom rad inne i en text. Ta bort den."
        if line[indent] == " ":
            return number, "raden är längre indragen än resten av texten. Börja den rakt under raden ovanför."
    return None


def _row(text: Text) -> Verdict | None:
    """A line of a text that looks like something else than a line of text."""
    items = [
        (number, line)
        for number, line in text.rows
        if re.match(r" *(?:[-*•–·+] |\d+[.)] |\(?[a-h]\) )", line)
    ]
    numbered = [item for item in items if re.match(r" *(?:\d|\(?[a-h]\))", item[1])]
    bullets = [item for item in items if item not in numbered and not re.match(" *[–+-] ", item[1])]
    hyphens = [item for item in items if item not in numbered and item not in bullets]
    if hyphens and (len(hyphens) > 1 or hyphens[0] == text.rows[0] or _ends(text, hyphens[0][0])):
        bullets = [*hyphens, *bullets]
    if len(numbered) > 1 or (numbered and numbered[0] == text.rows[0]):
        bullets += numbered
    for number, line in sorted(bullets[:1]):
        sign = line.split()[0]
        return (
            number,
            f'raden börjar med "{sign} " men hör till texten ovanför, och blir ingen punkt. Skriv en mening.',
        )
    for number, line in text.rows:
        if found := re.match(r" *(#+ ?|> ?|-{3,}$|={3,}$|\|)", line):
            return number, f'"{found[1].strip()}" först på raden visas som det står. Ta bort det.'
    return None


def _ends(text: Text, number: int) -> bool:
    """Return whether a sentence ends above the line of this number."""
    above = dict(text.rows).get(number - 1, "")
    return above.rstrip().endswith((".", ":", "!", "?"))


def _sign(text: Text, only: tuple[int, ...] | None = None) -> Verdict | None:
    if text.place[0] == "mends":  # it quotes what was wrong
        return None
    if found := _first_sign(text.value, only):
        start, at, mark = found
        return _line_of(text, start), SIGNS[at].says.format(mark=shown(mark), link=_where_links_go(text))
    if only is None and text.place[0] != "links" and (host := BARE_HOST.search(text.value)):
        return None, f'"{shown(host[0])}" blir ingen länk. {_where_links_go(text)}'
    return None


@lru_cache(maxsize=4096)  # more than the texts of a framework, which hardly change from check to check
def _first_sign(text: str, only: tuple[int, ...] | None) -> tuple[int, int, str] | None:
    """Return the first wrong sign in a text: where it is, its place in SIGNS, and how it is written."""
    found = (
        (match.start(), at, match[0])
        for at, pattern in enumerate(_SIGNS)
        if (only is None or at in only) and (match := pattern.search(text))
    )
    return min(found, default=None)


def _line_of(text: Text, position: int) -> int | None:
    """Return the line of the word at a position in the text, where the text is on lines of its own."""
    before = len(text.value[: position + 1].split())
    for number, line in text.rows:
        before -= len(line.split())
        if before <= 0:
            return number
    return None


def _where_links_go(text: Text) -> str:
    if text.place[0] in LINKED:
        return "Skriv bara orden i texten, och länken i fältet links."
    return "Skriv bara orden i texten, utan adress."


def _comment(text: Text) -> Verdict | None:
    """A comment after a text that has no quotation marks: it may have been meant as text."""
    if not text.block:
        node = text.source.spot(text.place).node
        line = text.source.lines(text.place)[-1][1]
        if found := re.match(r" +(#.*)", line[node.end_mark.column :]):
            says = "läses som en kommentar och kommer inte med. Sätt hela texten inom citattecken, "
            return None, f'"{shown(found[1])}" {says}eller flytta kommentaren till en egen rad.'
    return None


def _long_word(text: Text) -> Verdict | None:
    if (long := re.search(rf"[\w-]{{{LONGEST_WORD + 1},}}", text.value)) and "/" not in text.value:
        return None, f'ordet "{long[0][:22]}…" har {len(long[0])} bokstäver. Saknas mellanslag?'
    if same := re.search(rf"(?i)({WORD})\1{{3,}}", text.value):
        return None, f'bokstaven "{same[1]}" står {len(same[0])} gånger i rad. Skriv om ordet.'
    return None


def _half_quote(text: Text) -> Verdict | None:
    value = text.value
    for signs in ('"', "”“„‟"):
        if sum(map(value.count, signs)) % 2:
            return None, _half(value, signs)
    if value.count("«") != value.count("»"):
        return None, _half(value, "«»")
    if value[0] in "'’‘" and value[-1] not in "'’‘" and value.count(value[0]) == 1:
        return None, _half(value, value[0])
    if value[-1] in "'‘" and value[0] not in "'’‘" and value.count(value[-1]) == 1:
        return None, _half(value, value[-1])
    for opening, closing in ("()", "[]"):
        if value.count(opening) != value.count(closing):
            more = opening if value.count(opening) > value.count(closing) else closing
            return (
                None,
                f'parentesen "{more}" i "{_around(value, more)}" saknar sin andra halva. '
                "Skriv den, eller ta bort den.",
            )
    if re.fullmatch("[\"”“„«»'][^\"”“„«»']+[\"”“„«»'][.?!]?", value):
        return None, f"citattecknen runt {shown(value)} visas för läsarna. Ta bort dem."
    return None


def _half(value: str, signs: str) -> str:
    if value[-1] in signs and value[0] not in signs and sum(map(value.count, signs)) == 1:
        return f'citattecknet sist i "{shown(value)}" saknar ett i början. Ta bort det.'
    if value[0] in signs and sum(map(value.count, signs)) == 1:
        return f'citattecknet först i "{shown(value)}" saknar ett i slutet. Ta bort det.'
    last = next(sign for sign in reversed(value) if sign in signs)
    return (
        f'ett citattecken vid "{_around(value, last)}" saknar sin andra halva. Skriv den, eller ta bort det.'
    )


def _around(value: str, sign: str) -> str:
    """Return the words around the last such sign."""
    at = value.rindex(sign)
    return shown(
        value[
            max(0, value.rfind(" ", 0, max(0, at - 1))) : value.find(" ", at + 2)
            if " " in value[at + 2 :]
            else None
        ]
    )


@lru_cache(maxsize=4096)
def _repeated(text: str) -> tuple[int, int] | None:
    """Return where words are followed by the same words: how many come before them, and how many they are."""
    words = text.split()
    bare = [re.sub(r"^\W+|\W+$", "", word).casefold() for word in words]
    for size in range(len(words) // 2, 0, -1):
        for at in range(len(words) - 2 * size + 1):
            first = bare[at : at + size]
            if first != bare[at + size : at + 2 * size] or not any(re.search(WORD, word) for word in first):
                continue
            if size > 1 or (words[at][-1].isalnum() and words[at + 1][0].isalnum()):
                return at, size
    return None


def _doubled(text: Text) -> Verdict | None:
    if again := _repeated(text.value):
        at, size = again
        found = list(re.finditer(r"\S+", text.value))
        line = _line_of(text, found[at + size].start())
        words = [word[0] for word in found[at : at + size + 1]]
        if size == 1:
            return line, f'"{words[0]} {words[1]}" står två gånger. Ta bort det ena.'
        dots = " …" if size > 4 else ""
        said = " ".join(words[: min(size, 4)])
        return line, f'samma ord står två gånger efter varandra ("{said}{dots}"). Ta bort de ena.'
    seen: set[str] = set()
    for sentence in re.split(r"(?<=[.?!:]) +(?=[A-ZÅÄÖ«”\"])", text.value):
        same = sentence.casefold()
        if same in seen and " " in sentence:
            return None, f'meningen "{shown(sentence)}" står två gånger i texten. Ta bort den ena.'
        seen.add(same)
    rows = [line.strip() for _, line in text.rows]
    for (number, _), row in zip(text.rows, rows, strict=True):
        if rows.count(row) > 1 and row.count(" ") > 1 and rows.index(row) < number - text.rows[0][0]:
            return number, f'raden "{shown(row)}" står två gånger i texten. Ta bort den ena.'
    return None


def _sentence(text: Text) -> Verdict | None:
    """A text that begins or ends in the middle of a sentence."""
    value = text.value
    start = value.lstrip("«»”“„\"'(")
    if not start or not (start[0].isupper() or start[0].isdigit() or re.match(r"[a-z]+[A-ZÅÄÖ]", start)):
        begins = " ".join(value.split()[:4])
        return (
            None,
            f'texten börjar mitt i en mening ("{shown(begins)} …"). {WHOLE}',
        )
    if text.sentence and not re.search(r"[.?!:][»”\"')]*$", value):
        last = text.source.lines(text.place)[-1][0]
        return (
            last,
            f'texten slutar mitt i en mening ("… {_last_words(value)}"). Skriv klart den, eller sätt punkt.',
        )
    if not text.sentence and " " in value and CUT.search(value):
        return None, f'texten slutar mitt i en mening ("… {_last_words(value)}"). Skriv klart den.'
    for end in re.finditer(r"(?<=\w)[.?!] (?=[a-zåäö])", value):
        if not ABBREVIATIONS.search(value[: end.start() + 1]):
            after = " ".join(value[end.start() + 2 :].split()[:3])
            return (
                None,
                f'en mening börjar med liten bokstav ("{shown(after)} …"). {WHOLE}',
            )
    return None


def _last_words(value: str) -> str:
    return shown(" ".join(value.split()[-4:]))


_RULES: tuple[Callable[[Text], Verdict | None], ...] = (
    _arrow,
    _line_break,
    _row,
    _sign,
    _comment,
    _long_word,
    _half_quote,
    _doubled,
    _sentence,
)
