"""The steps of a competence, each compared with the one below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from macros.model import Competence
from macros.support import Support
from quiz.steps import dropped_text, new_words


@dataclass(frozen=True)
class Step:
    """One step; compared with the one below, `words` marks the new phrases and `dropped` is what is gone."""

    level: int
    text: str
    support: tuple[Support, ...]
    words: tuple[tuple[str, bool], ...] = ()
    dropped: str = ""

    @property
    def new(self) -> list[str]:
        """The phrases that are new; the whole text when all of it is."""
        return [text.strip() for text, is_new in self.words if is_new]


def staircase(item: Competence) -> list[Step]:
    """Return the steps of a competence, from the lowest."""
    steps = [Step(level, text, item.support_at(level)) for level, text in sorted(item.levels.items())]
    return steps[:1] + [
        replace(step, words=new_words(below.text, step.text), dropped=dropped_text(below.text, step.text))
        for below, step in pairwise(steps)
    ]
