"""Links the words that the framework explains to their explanation, where they stand in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from macros.model import Framework

# What a Swedish word may end in and still be that word: «miljön», «miljöer». Compounds are other words.
_ENDING = "(?:a|t|s|n|na|en|et|ens|ets|er|ar|or|erna|arna|orna)?"


def term_id(term: str) -> str:
    """Return the anchor of a word on the page *Ord och begrepp*."""
    return f"ord-{term.lower().replace(' ', '-')}"


def explanations(framework: Framework) -> Iterator[tuple[str, str]]:
    """Yield each word that the framework explains, with a text that explains it."""
    yield from framework.basics.explained()
    for competence in framework.competences:
        yield from ((term, support.text) for support in competence.support for term in support.terms)


class Glossary:
    """The words of one page: each is linked once in a part of the page, and never in its own explanation."""

    def __init__(self, framework: Framework) -> None:
        self._explains = set(explanations(framework))
        self._terms = sorted({term for term, _ in self._explains}, key=lambda term: (-len(term), term))
        words = (r"\s+".join(re.escape(word) + _ENDING for word in term.split()) for term in self._terms)
        any_of = "|".join(f"({pattern})" for pattern in words)
        self._found = re.compile(rf"\b(?:{any_of})\b(?!-)", re.IGNORECASE)
        self._linked: set[tuple[str, str]] = set()

    def link(self, text: str, part: str) -> Markup:
        """Return the text, escaped, with links on words not yet linked in this part of the page."""
        if not self._terms:
            return escape(text)
        pieces, end = [], 0
        for match in self._found.finditer(text):
            term = self._terms[(match.lastindex or 1) - 1]
            if (part, term) in self._linked or (term, text) in self._explains:
                continue
            self._linked.add((part, term))
            link = Markup('<a class="term" href="site:/stod/ord/#{}">{}</a>').format(term_id(term), match[0])
            pieces += [escape(text[end : match.start()]), link]
            end = match.end()
        return Markup().join([*pieces, escape(text[end:])])
