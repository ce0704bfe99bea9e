"""Characters and files that no editor meant: what cannot be read at all, and what is mended and reported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from macros.check.words import HARD_SPACE, shown

Told = tuple[int, str]  # line and message
LONGEST = 1_000_000  # bytes; the longest file of a framework has a fiftieth
DEEPEST = 20  # lists in lists; the framework has four
LONG_TEXT = 1000  # letters, among which Swedish has some å, ä and ö
MANY = 3  # lines with the same harm that are reported one by one


class Harm(NamedTuple):
    """Harmful characters: the message, and a replacement so that the rest can be checked too."""

    pattern: str
    says: str
    instead: str | Callable[[re.Match[str]], str]


def _decoded_wrongly() -> dict[str, str]:
    """Return what letters and signs become when UTF-8 is read as something else → what they were."""
    table = {}
    for right in "åäöÅÄÖéÉüÜáàèçøæßëêôñ–—’‘“”„…«»§·•©°\u00a0\ufffd\ufeff":
        raw = right.encode()
        table[raw.decode("latin-1")] = right
        for codec in ("cp1252", "cp1250", "cp850", "cp437", "mac_roman"):
            table[raw.decode(codec, "ignore")] = right
    return {wrong: right for wrong, right in table.items() if len(wrong) > 1 and " " not in wrong}


GARBLED = _decoded_wrongly()
CHARACTERS = (
    Harm(
        "|".join(map(re.escape, GARBLED)) + "|\ufffd",
        '"{raw}" har fått fel tecken när filen sparades. Skriv om ordet för hand.',
        lambda match: GARBLED.get(match[0], ""),
    ),
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
        "[\ufb00-\ufb06]",
        'två bokstäver i "{word}" är skrivna som ett tecken. Skriv om ordet för hand.',
        lambda match: unicodedata.normalize("NFKC", match[0]),
    ),
)
# How files begin that are no text, whatever their name.
OTHER_KINDS = (b"PK\x03\x04", b"{\\rtf", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")
LOST = re.compile(r"(?<![\w/=&?.:-])[^\W\d_]+\?[a-zåäö]+(?![\w/=&])")
BACK = "Hämta tillbaka den förra versionen, eller spara om filen med teckenkodningen UTF-8."
CONFLICT = re.compile(r"(?m)^[^#\n]*?(?:<{7}|>{7}|\|{7}|={7})(?: .*)?$")
PREVIOUS = "Hämta tillbaka den förra versionen."


def unreadable(raw: bytes) -> Told | None:
    """Return line and message when the contents of a file are no text that an editor can have written."""
    if len(raw) > LONGEST:
        return 1, f"filen är för stor ({len(raw) // 1_000_000} MB). {PREVIOUS}"
    if raw.startswith(OTHER_KINDS):
        return 1, f"filen är ingen textfil, utan ett dokument eller en bild. {PREVIOUS}"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = raw[error.start : error.start + 1].decode("cp1252", "replace")
        advice = "Spara om filen med teckenkodningen UTF-8, och se efter att å, ä och ö är rätt."
        line = raw.count(b"\n", 0, error.start) + 1
        return line, f'"{wrong}" är inte sparat som UTF-8. {advice}'
    if text.count("\0") > MANY or ("\0" in text and not text.strip("\0\r\n ")):
        return 1, f"filen är skadad: den har {text.count(chr(0))} tecken utan innehåll (NUL). {BACK}"
    return _conflict(text) or _resaved(text)


def _resaved(text: str) -> Told | None:
    """Return line and message where a whole file has lost or changed its letters in an encoding."""
    lines = text.split("\n")
    for pattern in (CHARACTERS[0].pattern, LOST.pattern):
        found = [(number, word) for number, line in enumerate(lines, 1) if (word := re.search(pattern, line))]
        if len(found) > MANY:
            number, match = found[0]
            around = next(word for word in match.string.split() if re.search(pattern, word))
            return number, f'hela filen har fått fel tecken när den sparades, som i "{shown(around)}". {BACK}'
    if len(re.findall("[a-z]", text)) > LONG_TEXT and not re.search("[åäöÅÄÖ\u0300-\u036f]", text):
        return 1, f"hela filen har förlorat sina å, ä och ö när den sparades. {BACK}"
    return None


def _conflict(text: str) -> Told | None:
    """Return line and message of the first mark that a merge of two versions has left."""
    if found := CONFLICT.search(text):
        advice = "Behåll den ena texten och ta bort alla rader med <<<<<<<, ======= och >>>>>>>."
        message = f'raden "{shown(found[0])}" kommer från en sammanslagning av två versioner. {advice}'
        return text.count("\n", 0, found.start()) + 1, message
    return None


def too_deep(text: str) -> Told | None:
    """Return line and message where brackets or hyphens open more lists in lists than anyone means."""
    hyphens, brackets = re.search(rf"(?:[-?] +){{{DEEPEST}}}", text), list(re.finditer(r"[\[\]{}]", text))
    depths = accumulate(-1 if sign[0] in "]}" else 1 for sign in brackets)
    deep = next((sign for sign, depth in zip(brackets, depths, strict=True) if depth > DEEPEST), None)
    if starts := [found.start() for found in (hyphens, deep) if found]:
        message = f"fler än {DEEPEST} listor börjar inne i varandra här. Ta bort tecknen som är för många."
        return text.count("\n", 0, min(starts)) + 1, message
    return None


def clean(text: str) -> tuple[str, list[Told]]:
    """Return a file's text without harmful characters, and what is to be said about them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told: list[Told] = []
    for harm in CHARACTERS:
        if not re.search(harm.pattern, text):
            continue
        found = []
        for number, line in enumerate(text.split("\n"), start=1):
            if match := re.search(harm.pattern, line):
                code = f"U+{ord(match[0].strip(' ')[-1]):04X}"
                word = next((word for word in line.split(" ") if re.search(harm.pattern, word)), "")
                mended = shown(re.sub(harm.pattern, harm.instead, word))
                found.append((number, harm.says.format(code=code, raw=shown(word), word=mended)))
        if len(found) > MANY:
            number, message = found[0]
            found = [(number, f"{message} Samma sak gäller {len(found) - 1} rader till.")]
        told += found
        text = re.sub(harm.pattern, harm.instead, text)
    return text, told
