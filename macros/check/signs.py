"""Signs and words that would be shown as they are written, or that nobody meant: the message, and patterns.

To add one, add a row, or a pattern to one: the first in the text is reported, and at the same place the first
in SIGNS. What is never meant in single words either is in IN_PIECES.
"""

from __future__ import annotations

import re

SHOWN = '"{mark}" visas som det står. '
REMOVE = SHOWN + "Ta bort det."
NO_LINK = '"{mark}" blir ingen länk. '
NOT_BOLD = '"{mark}" blir inte fet stil, för det går inte att välja. Ta bort '
LOST = '"{mark}" har tappat en bokstav när filen sparades. Skriv om ordet för hand.'
LEFT = '"{mark}" ser ut som något som ska bli klart. Skriv klart texten.'
WORD = r"[^\W\d_]"
SIGNS: tuple[tuple[str, ...], ...] = (
    (
        NO_LINK + "{link}",
        r"!?\[[^\]\[\n]+\] ?\((?:https?:|www\.|mailto:|/)[^()\n]*\)?",
        r"!?\[[^\]\[]+\]\([^\s()]+\)",
        r"\[\[[^\]]+\]\]|\[[^\]\[]+\]\[[^\]]*\]",
        r"<?(?:\b(?:https?|ftp|file)(?::/|//)|\bwww\.)[^\s>”\"]+>?",
    ),
    (
        NO_LINK + "Ta bort adressen, och skriv vem man ska vända sig till.",
        r"<?(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]*\w>?",
    ),
    (
        NO_LINK + "Skriv var det finns med ord.",
        r"\b[A-Za-z]:\\[^\s\"]*|\\\\[\w.-]+\\[^\s\"]*",
    ),
    (
        LEFT,
        r"(?i)\b(?:TODO|TB[ACD]|FIXME|Lorem ipsum|exempeltext|platshållare)\b"
        r"|\b(?:kolla upp|kommentar|obs red):",
        r"\b(?:XXX+|UTKAST|NN|bilaga [XN])\b|\?\?+"
        r"|\[ *(?:\.\.\.|…|\?|x|X|TODO|text|namn|länk|rubrik|datum|fyll i[^\]]*) *\]",
        r"(?i)\((?:fyll i|länk|namn|datum|text|källa)\)|\bxx+\b"
        r"|\b(?:asdf|qwerty|undefined|null|NaN)\w*\b|%[sd]\b|\.{3}",
        r"(?i)\b(?:klistra in|skriv text(?:en)?|fyll i|mer text) (?:här|senare)\b"
        r"|\b(?:text(?:en)? kommer|här ska det stå|klicka här|bla bla)\b|_{3,}"
        r"|Error! [^.]*\.|Fel! [^.]*\.|\bsida \d+ av \d+\b",
        r"(?<!\w)\[[^\]\[]*\]",
    ),
    (
        REMOVE,
        r"[¶□■▯◻•▪●◦○‣∙\ufffc\ue000-\uf8ff]",
        r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*>",
    ),
    (
        SHOWN + "Skriv tecknet självt.",
        r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);|&(?:nbsp|amp|lt|gt|quot|aring|auml|ouml)\b",
    ),
    (
        REMOVE,
        r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\$\{[^}]*\}|\{[^}]*\}?|\}",
        r"(?i)\[/?(?:b|i|u|url|img|quote|code)(?:=[^\]]*)?\]",
        r"\\(?:n|t|r|u[0-9a-fA-F]{4}|[*_#\[\]`])",
    ),
    (
        NOT_BOLD + "stjärnorna.",
        r"\*{3}[^\s*](?:[^*]*[^\s*])?\*{3}",
        r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*",
    ),
    (
        NOT_BOLD + "understrecken.",
        r"(?<!\w)__[^\s_](?:[^_]*[^\s_])?__(?!\w)",
    ),
    (
        '"{mark}" blir inte kursivt. Ta bort stjärnorna.',
        r"\*[^\s*](?:[^*]*[^\s*])?\*",
    ),
    (
        '"{mark}" blir inte kursivt. Ta bort understrecken.',
        r"(?<!\w)_[^\s_](?:[^_]*[^\s_])?_(?!\w)",
    ),
    (
        '"{mark}" blir inte struket. Ta bort vågstrecken.',
        r"~~.+?~~|~[^\s~]+~",
    ),
    (
        '"{mark}" visas med sina accenter. Ta bort dem.',
        r"`+[^`]*`*|´[^´\s][^´]*´",
    ),
    (
        SHOWN + "Ta bort tecknen.",
        r"==[^\s=][^=]*==|\+\+[^\s+][^+]*\+\+|\^\^?\w+\^\^?|'{2,}",
    ),
    (
        REMOVE,
        r"\*\*+|__+|~~+|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])",
    ),
    (
        SHOWN + "Skriv med ord.",
        r"<?[-=]+>|<[-=]+|[-=]+>>?|(?<= )>>+(?= )|→|⇒|➔|➜|←|↑|↓|↔",
    ),
    (
        SHOWN + "Ta bort strecket.",
        r"\|",
    ),
    (
        REMOVE,
        r"(?<= )(?:#{1,6}|>)(?= )|-{2,}|={3,}|([@§#%&])\1+",
    ),
    (
        '"{mark}" är ett skiljetecken för mycket. Ta bort det.',
        r"(?<!\.)\.\.(?!\.)|\.{4,}|,{2,}|;{2,}|:{2,}|!{2,}|[,;:](?=[.,;!?])",
    ),
    (
        'det står ett mellanslag framför "{mark}". Ta bort mellanslaget.',
        r"(?<=\w) +[,;!?](?= |$)|(?<=\w) +\.(?= [A-ZÅÄÖ]|$)",
    ),
    (
        'mellanslag saknas efter "{mark}".',
        rf"{WORD}{{2,}}[,;!](?={WORD}{{2,}})|{WORD}{{2,}}[.?](?=[A-ZÅÄÖ]{WORD})",
    ),
    (
        'mellanslag saknas efter bindestrecket i "{mark}".',
        r"\w-(?:och|eller)\b",
    ),
    (
        '"{mark}" är ett ord som har delats. Skriv ihop det.',
        r"[a-zåäö]+- (?!och\b|eller\b|samt\b|respektive\b|till\b)[a-zåäö]+",
    ),
    (
        '"{mark}" är skrivet med bara stora bokstäver. Skriv det som andra ord.',
        r"\b[A-ZÅÄÖ]{5,}\b",
    ),
    (
        LOST,
        rf"{WORD}*{WORD}\?[a-zåäö]{WORD}*",
    ),
)
# In words and parts of texts an address is no mistake, nor is punctuation.
IN_PIECES = [says for says, *_ in SIGNS if says.startswith((SHOWN, LEFT, LOST))]
BARE_HOST = re.compile(r"(?<![\w@/.-])(?:[\w-]+\.)+(?:se|com|org|net|nu|eu)(?:/\S*\w/?)?(?![\w-])")
