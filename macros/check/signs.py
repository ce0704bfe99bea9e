"""Signs and words that would be shown as they are written, or that nobody meant, and the messages about them.

To add one, add a row: of those that a text has, the first in the text is reported, and at the same place
the first row. What is never meant in single words either is in IN_PIECES.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """Something that would be shown literally, or that nobody meant, and the message about it."""

    pattern: str
    says: str


SHOWN = '"{mark}" visas som det står. '
LOST = '"{mark}" har tappat en bokstav när filen sparades. Skriv om ordet för hand.'
LEFT = '"{mark}" ser ut som något som ska bli klart. Skriv klart texten.'
WORD = r"[^\W\d_]"
# The first in the text is reported; at the same place the first in the table.
SIGNS = (
    Sign(r"!?\[[^\]\[\n]+\] ?\((?:https?:|www\.|mailto:|/)[^()\n]*\)?", '"{mark}" blir ingen länk. {link}'),
    Sign(r"!?\[[^\]\[]+\]\([^\s()]+\)", '"{mark}" blir ingen länk. {link}'),
    Sign(r"\[\[[^\]]+\]\]|\[[^\]\[]+\]\[[^\]]*\]", '"{mark}" blir ingen länk. {link}'),
    Sign(r"<?(?:\b(?:https?|ftp|file)(?::/|//)|\bwww\.)[^\s>”\"]+>?", '"{mark}" blir ingen länk. {link}'),
    Sign(
        r"<?(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]*\w>?",
        '"{mark}" blir ingen länk. Ta bort adressen, och skriv vem man ska vända sig till.',
    ),
    Sign(
        r"\b[A-Za-z]:\\[^\s\"]*|\\\\[\w.-]+\\[^\s\"]*",
        '"{mark}" blir ingen länk. Skriv var det finns med ord.',
    ),
    Sign(
        r"(?i)\b(?:TODO|TB[ACD]|FIXME|Lorem ipsum|exempeltext|platshållare)\b"
        r"|\b(?:kolla upp|kommentar|obs red):",
        LEFT,
    ),
    Sign(
        r"\b(?:XXX+|UTKAST|NN|bilaga [XN])\b|\?\?+"
        r"|\[ *(?:\.\.\.|…|\?|x|X|TODO|text|namn|länk|rubrik|datum|fyll i[^\]]*) *\]",
        LEFT,
    ),
    Sign(
        r"(?i)\((?:fyll i|länk|namn|datum|text|källa)\)|\bxx+\b"
        r"|\b(?:asdf|qwerty|undefined|null|NaN)\w*\b|%[sd]\b|\.{3}",
        LEFT,
    ),
    Sign(
        r"(?i)\b(?:klistra in|skriv text(?:en)?|fyll i|mer text) (?:här|senare)\b"
        r"|\b(?:text(?:en)? kommer|här ska det stå|klicka här|bla bla)\b|_{3,}"
        r"|Error! [^.]*\.|Fel! [^.]*\.|\bsida \d+ av \d+\b",
        LEFT,
    ),
    Sign(r"(?<!\w)\[[^\]\[]*\]", LEFT),
    Sign(r"[¶□■▯◻•▪●◦○‣∙\ufffc\ue000-\uf8ff]", SHOWN + "Ta bort det."),
    Sign(r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*>", SHOWN + "Ta bort det."),
    Sign(
        r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);|&(?:nbsp|amp|lt|gt|quot|aring|auml|ouml)\b",
        SHOWN + "Skriv tecknet självt.",
    ),
    Sign(
        r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\$\{[^}]*\}|\{[^}]*\}?|\}", SHOWN + "Ta bort det."
    ),
    Sign(r"(?i)\[/?(?:b|i|u|url|img|quote|code)(?:=[^\]]*)?\]", SHOWN + "Ta bort det."),
    Sign(r"\\(?:n|t|r|u[0-9a-fA-F]{4}|[*_#\[\]`])", SHOWN + "Ta bort det."),
    Sign(
        r"\*{3}[^\s*](?:[^*]*[^\s*])?\*{3}",
        '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort stjärnorna.',
    ),
    Sign(
        r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*",
        '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort stjärnorna.',
    ),
    Sign(
        r"(?<!\w)__[^\s_](?:[^_]*[^\s_])?__(?!\w)",
        '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort understrecken.',
    ),
    Sign(r"\*[^\s*](?:[^*]*[^\s*])?\*", '"{mark}" blir inte kursivt. Ta bort stjärnorna.'),
    Sign(r"(?<!\w)_[^\s_](?:[^_]*[^\s_])?_(?!\w)", '"{mark}" blir inte kursivt. Ta bort understrecken.'),
    Sign(r"~~.+?~~|~[^\s~]+~", '"{mark}" blir inte struket. Ta bort vågstrecken.'),
    Sign(r"`+[^`]*`*|´[^´\s][^´]*´", '"{mark}" visas med sina accenter. Ta bort dem.'),
    Sign(r"==[^\s=][^=]*==|\+\+[^\s+][^+]*\+\+|\^\^?\w+\^\^?|'{2,}", SHOWN + "Ta bort tecknen."),
    Sign(r"\*\*+|__+|~~+|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])", SHOWN + "Ta bort det."),
    Sign(r"<?[-=]+>|<[-=]+|[-=]+>>?|(?<= )>>+(?= )|→|⇒|➔|➜|←|↑|↓|↔", SHOWN + "Skriv med ord."),
    Sign(r"\|", SHOWN + "Ta bort strecket."),
    Sign(r"(?<= )(?:#{1,6}|>)(?= )|-{2,}|={3,}|([@§#%&])\1+", SHOWN + "Ta bort det."),
    Sign(
        r"(?<!\.)\.\.(?!\.)|\.{4,}|,{2,}|;{2,}|:{2,}|!{2,}|[,;:](?=[.,;!?])",
        '"{mark}" är ett skiljetecken för mycket. Ta bort det.',
    ),
    Sign(
        r"(?<=\w) +[,;!?](?= |$)|(?<=\w) +\.(?= [A-ZÅÄÖ]|$)",
        'det står ett mellanslag framför "{mark}". Ta bort mellanslaget.',
    ),
    Sign(
        rf"{WORD}{{2,}}[,;!](?={WORD}{{2,}})|{WORD}{{2,}}[.?](?=[A-ZÅÄÖ]{WORD})",
        'mellanslag saknas efter "{mark}".',
    ),
    Sign(r"\w-(?:och|eller)\b", 'mellanslag saknas efter bindestrecket i "{mark}".'),
    Sign(
        r"[a-zåäö]+- (?!och\b|eller\b|samt\b|respektive\b|till\b)[a-zåäö]+",
        '"{mark}" är ett ord som har delats. Skriv ihop det.',
    ),
    Sign(r"\b[A-ZÅÄÖ]{5,}\b", '"{mark}" är skrivet med bara stora bokstäver. Skriv det som andra ord.'),
    Sign(
        rf"{WORD}*{WORD}\?[a-zåäö]{WORD}*",
        LOST,
    ),
)
# In words and parts of texts an address is no mistake, nor is punctuation.
IN_PIECES = tuple(
    at for at, sign in enumerate(SIGNS) if sign.says.startswith((SHOWN, LEFT)) or sign.says == LOST
)
BARE_HOST = re.compile(r"(?<![\w@/.-])(?:[\w-]+\.)+(?:se|com|org|net|nu|eu)(?:/\S*\w/?)?(?![\w-])")
