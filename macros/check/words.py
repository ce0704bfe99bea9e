"""How a message quotes a file's text and suggests a correction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

HARD_SPACE = "[\u00a0\u2007\u202f]"


def shown(text: str) -> str:
    """Return a value for use in a message: on one line, not too long, hard spaces visible."""
    text = re.sub(r"[ \n]+", " ", re.sub(HARD_SPACE, "[hårt mellanslag]", text)).strip()
    return text if len(text) <= 80 else text[:79] + "…"


def folded(text: object) -> str:
    """Return a text as it is compared with others: without capitals and line breaks; no text is empty."""
    return " ".join(text.split()).casefold() if isinstance(text, str) else ""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the closest choice to `word`, if any is close enough."""
    table = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(word.casefold(), table, n=1, cutoff=0.7)
    return table[found[0]] if found else None


def hint(word: str, choices: Iterable[str], where: str = "") -> str:
    """Return what to write instead of `word`: the nearest choice, or any of them; `where` they are.

    Without choices nothing can stand there.
    """
    known = list(choices)
    if near := nearest(word, known):
        return f'Menade du "{near}"?'
    return f"Välj bland {listed(known)}{where}." if known else "Ta bort det."


def listed(words: Iterable[object], last: str = "och") -> str:
    """Return words as Swedish lists them: "a", "b" och "c"; numbers without quotation marks."""
    quoted = [f'"{shown(word)}"' if isinstance(word, str) else str(word) for word in words]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def slug(text: str) -> str:
    """Return an id made from a name: small letters without accents, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")
