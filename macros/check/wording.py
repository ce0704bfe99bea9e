"""What a careful reader sees in a single text: half sentences, doubled words, leftovers.

To add a rule, add a row to `signs.SIGNS`, or a function to `_RULES`; which fields hold texts is in SENTENCES
and NAMES.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import yaml

from macros.check.files import COMPETENCES, SUPPORT, Files
from macros.check.signs import BARE_HOST, IN_PIECES, SIGNS, WORD
from macros.check.source import Place, Source
from macros.check.syntax import COMMENT_SAYS
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
    def style(self) -> str:
        """How the text is written: "|" and ">" on lines of its own, a quotation mark, or nothing."""
        node = self.source.node(self.place)
        return (node.style or "") if isinstance(node, yaml.ScalarNode) else ""

    @property
    def rows(self) -> list[tuple[int, str]]:
        """The lines of a text on lines of its own, each with its number."""
        return self.source.lines(self.place)[1:] if self.style in ("|", ">") else []


# Where a text is wrong, a line if it is known, and the message; the first of them is told.
Verdicts = Iterator[tuple[Place | int, str]]


_SIGNS = [(re.compile(pattern), says) for says, *patterns in SIGNS for pattern in patterns]
ABBREVIATIONS = re.compile(
    r"(?:\b(?:alt|bl|ca|d|dvs|dyl|e|el|ev|exkl|ex|f|fr|gm|inkl|jfr|kl|m|max|min|nr|o|osv|etc|s|st|t|tel|tex|tom|vol|kap|sid)|\.\w+)\.$",
    re.IGNORECASE,
)
LONGEST_WORD = 40
EMPTY_LINE = "tom rad inne i en text. Ta bort den."
WHOLE = "Skriv hela meningen, med stor bokstav först."
CUT = re.compile(r"(?:[,;(/&+=–—-]| (?:och|eller|att|samt|men|en|ett|mellan|enligt|genom))$")


def check_wording(files: Files) -> None:
    """Record in the files what is wrong with single texts, one message for each text."""
    for text in _texts(files, SENTENCES, NAMES):
        verdicts = chain.from_iterable(rule(text) for rule in _RULES)
        if not text.source.told(text.place) and (verdict := next(verdicts, None)):
            text.source.blame(*verdict)
    for text in _texts(files, PIECES):
        verdicts = chain(_sign(text, in_pieces=True), _long_word(text))
        if not text.source.told(text.place) and (verdict := next(verdicts, None)):
            text.source.blame(text.place, verdict[1])


def _texts(files: Files, *tables: dict[str, str]) -> Iterator[Text]:
    for table in tables:
        for file, patterns in table.items():
            for pattern in patterns.split():
                for source, place, value in files.find(file, pattern):
                    misplaced = pattern == "levels.*" and isinstance(place[-1], str)
                    if isinstance(value, str) and value.strip() and not misplaced:
                        yield Text(source, place, value.strip(), table is SENTENCES)


def _arrow(text: Text) -> Verdicts:
    """A text that begins with the sign for "the text is on the next lines", wrongly typed."""
    if wrong := re.match(r"(?:[-–—=]+[>»][-+]?|[|]?[»≥›][-–—]?|&gt;-?)(?= |$)", text.value):
        yield text.place, f'"{wrong[0]}" ska vara ">-".'


def _line_break(text: Text) -> Verdicts:
    rows, broken = text.rows, "\n" in text.value
    if rows and not rows[0][1].strip():
        yield rows[0][0], EMPTY_LINE
    elif broken and text.style == "|":
        yield text.place, '"|" gör att texten bryts där raderna bryts. Skriv ">-" i stället.'
    elif broken and not rows:
        first, *more = text.source.lines(text.place)
        yield next((number for number, line in more if not line.strip()), first[0]), EMPTY_LINE
    elif broken:
        indent = min(len(line) - len(line.lstrip()) for _, line in rows if line.strip())
        for number, line in rows:
            if not line.strip():
                yield number, EMPTY_LINE
            elif line[indent] == " ":
                says = "raden är längre indragen än resten av texten. Börja den rakt under raden ovanför."
                yield number, says


def _row(text: Text) -> Verdicts:
    """A line of a text that looks like something else than a line of text."""
    rows = text.rows
    items = [row for row in rows if re.match(r" *(?:[-*•–·+] |\d+[.)] |\(?[a-h]\) )", row[1])]
    numbered = [item for item in items if re.match(r" *(?:\d|\(?[a-h]\))", item[1])]
    hyphens = [item for item in items if item not in numbered and re.match(" *[–+-] ", item[1])]
    points = [item for item in items if item not in numbered and item not in hyphens]
    if hyphens:
        above = dict(rows).get(hyphens[0][0] - 1, "").rstrip()
        if len(hyphens) > 1 or hyphens[0] == rows[0] or above.endswith((".", ":", "!", "?")):
            points = hyphens + points
    if len(numbered) > 1 or numbered == rows[:1]:
        points += numbered
    for number, line in points:
        says = "men hör till texten ovanför, och blir ingen punkt. Skriv en mening."
        yield number, f'raden börjar med "{line.split()[0]} " {says}'
    for number, line in rows:
        if found := re.match(r" *(#+ ?|> ?|-{3,}$|={3,}$|\|)", line):
            yield number, f'"{found[1].strip()}" först på raden visas som det står. Ta bort det.'


def _sign(text: Text, in_pieces: bool = False) -> Verdicts:
    field = text.place[0]
    if field == "mends":  # it quotes what was wrong
        return
    link = f"Skriv bara orden i texten, {'och länken i fältet links' if field in LINKED else 'utan adress'}."
    if found := _first_sign(text.value, in_pieces):
        start, at, mark = found
        yield _line_of(text, start), _SIGNS[at][1].format(mark=shown(mark), link=link)
    elif not in_pieces and field != "links" and (host := BARE_HOST.search(text.value)):
        yield text.place, f'"{shown(host[0])}" blir ingen länk. {link}'


@lru_cache(maxsize=4096)  # more than the texts of a framework, which hardly change from check to check
def _first_sign(text: str, in_pieces: bool) -> tuple[int, int, str] | None:
    """Return the first wrong sign in a text: where it is, its place in _SIGNS, and how it is written."""
    found = (
        (match.start(), at, match[0])
        for at, (pattern, says) in enumerate(_SIGNS)
        if (not in_pieces or says in IN_PIECES) and (match := pattern.search(text))
    )
    return min(found, default=None)


def _line_of(text: Text, position: int) -> Place | int:
    """Return the line of the word at a position in the text; the text's place where it has no own lines."""
    before = len(text.value[: position + 1].split())
    for number, line in text.rows:
        before -= len(line.split())
        if before <= 0:
            return number
    return text.place


def _comment(text: Text) -> Verdicts:
    """A comment after a text that has no quotation marks: it may have been meant as text."""
    if not text.style:
        end = text.source.spot(text.place).node.end_mark.column
        if found := re.match(r" +(#.*)", text.source.lines(text.place)[-1][1][end:]):
            yield text.place, COMMENT_SAYS.format(comment=shown(found[1]))


def _long_word(text: Text) -> Verdicts:
    if (long := re.search(rf"[\w-]{{{LONGEST_WORD + 1},}}", text.value)) and "/" not in text.value:
        yield text.place, f'ordet "{long[0][:22]}…" har {len(long[0])} bokstäver. Saknas mellanslag?'
    if same := re.search(rf"(?i)({WORD})\1{{3,}}", text.value):
        yield text.place, f'bokstaven "{same[1]}" står {len(same[0])} gånger i rad. Skriv om ordet.'


def _half_quote(text: Text) -> Verdicts:
    value, place = text.value, text.place
    for signs in ('"', "”“„‟"):
        if sum(map(value.count, signs)) % 2:
            yield place, _half(value, signs)
    if value.count("«") != value.count("»"):
        yield place, _half(value, "«»")
    if value[0] in "'’‘" and value[-1] not in "'’‘" and value.count(value[0]) == 1:
        yield place, _half(value, value[0])
    if value[-1] in "'‘" and value[0] not in "'’‘" and value.count(value[-1]) == 1:
        yield place, _half(value, value[-1])
    for opening, closing in ("()", "[]"):
        if value.count(opening) != value.count(closing):
            more = opening if value.count(opening) > value.count(closing) else closing
            says = f'parentesen "{more}" i "{_around(value, more)}" saknar sin andra halva.'
            yield place, f"{says} Skriv den, eller ta bort den."
    if re.fullmatch("[\"”“„«»'][^\"”“„«»']+[\"”“„«»'][.?!]?", value):
        yield place, f"citattecknen runt {shown(value)} visas för läsarna. Ta bort dem."


def _half(value: str, signs: str) -> str:
    if sum(map(value.count, signs)) == 1:
        if value[0] in signs:
            return f'citattecknet först i "{shown(value)}" saknar ett i slutet. Ta bort det.'
        if value[-1] in signs:
            return f'citattecknet sist i "{shown(value)}" saknar ett i början. Ta bort det.'
    around = _around(value, next(sign for sign in reversed(value) if sign in signs))
    return f'ett citattecken vid "{around}" saknar sin andra halva. Skriv den, eller ta bort det.'


def _around(value: str, sign: str) -> str:
    """Return the words around the last such sign."""
    at = value.rindex(sign)
    start, end = value.rfind(" ", 0, max(0, at - 1)), value.find(" ", at + 2)
    return shown(value[max(0, start) : end if end > 0 else None])


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


def _doubled(text: Text) -> Verdicts:
    if again := _repeated(text.value):
        at, size = again
        found = list(re.finditer(r"\S+", text.value))
        words = [word[0] for word in found]
        says = f'"{words[at]} {words[at + 1]}" står två gånger. Ta bort det ena.'
        if size > 1:
            said = " ".join(words[at : at + min(size, 4)]) + (" …" if size > 4 else "")
            says = f'samma ord står två gånger efter varandra ("{said}"). Ta bort de ena.'
        yield _line_of(text, found[at + size].start()), says
    seen: set[str] = set()
    for sentence in re.split(r"(?<=[.?!:]) +(?=[A-ZÅÄÖ«”\"])", text.value):
        if (same := sentence.casefold()) in seen and " " in sentence:
            yield text.place, f'meningen "{shown(sentence)}" står två gånger i texten. Ta bort den ena.'
        seen.add(same)
    above: set[str] = set()
    for number, line in text.rows:
        if (row := line.strip()) in above and row.count(" ") > 1:
            yield number, f'raden "{shown(row)}" står två gånger i texten. Ta bort den ena.'
        above.add(row)


def _sentence(text: Text) -> Verdicts:
    """A text that begins or ends in the middle of a sentence."""
    value, place = text.value, text.place
    first, last = value.split()[:4], shown(" ".join(value.split()[-4:]))
    start = value.lstrip("«»”“„\"'(")
    if not (start[:1].isupper() or start[:1].isdigit() or re.match("[a-z]+[A-ZÅÄÖ]", start)):
        yield place, f'texten börjar mitt i en mening ("{shown(" ".join(first))} …"). {WHOLE}'
    cut = f'texten slutar mitt i en mening ("… {last}"). Skriv klart den'
    if text.sentence and not re.search(r"[.?!:][»”\"')]*$", value):
        yield text.source.lines(place)[-1][0], f"{cut}, eller sätt punkt."
    if not text.sentence and " " in value and CUT.search(value):
        yield place, f"{cut}."
    for end in re.finditer(r"(?<=\w)[.?!] (?=[a-zåäö])", value):
        if not ABBREVIATIONS.search(value[: end.start() + 1]):
            after = " ".join(value[end.end() :].split()[:3])
            yield place, f'en mening börjar med liten bokstav ("{shown(after)} …"). {WHOLE}'


_RULES = (_arrow, _line_break, _row, _sign, _comment, _long_word, _half_quote, _doubled, _sentence)
