"""The steps of a competence, each compared with the one below it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from macros.model import Competence
from macros.support import Support
from quiz.steps import dropped_text, new_words


@dataclass(frozen=True)
class Step:
    """One step of a competence's staircase.

    Compared with the step below: `words` marks the new phrases, `new` lists them, `dropped` is what is gone.
    """

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
    first = Step(1, item.levels[1], item.support_at(1))
    return [first] + [
        Step(
            level=upper,
            text=item.levels[upper],
            support=item.support_at(upper),
            words=new_words(item.levels[lower], item.levels[upper]),
            dropped=dropped_text(item.levels[lower], item.levels[upper]),
        )
        for lower, upper in pairwise(sorted(item.levels))
    ]
