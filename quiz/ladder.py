"""From an answer to the level that the staircase carries.

Level n is reached only where all of 2..n are met, and level 1 is the floor.
Picking level n counts as meeting n; for the steps between, the reader is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from quiz import words

if TYPE_CHECKING:
    from quiz.protocol.rating import AnswerState
    from quiz.protocol.request import NoLevel


@dataclass(frozen=True)
class Answer:
    """What the reader said about one competence.

    `pick` is the chosen level. Without one, `none` may say why; they are never both set. `met` holds the
    answered staircase questions only; `example` is the reader's own words.
    """

    pick: int | None = None
    none: NoLevel | None = None
    met: Mapping[int, bool] = field(default_factory=dict)
    example: str = ""

    @cached_property
    def level(self) -> int | None:
        """The level that the staircase carries, if any."""
        return None if self.pick is None else carried(self.pick, self.met)

    @cached_property
    def state(self) -> AnswerState:
        """What kind of answer it is; only "level" has a level."""
        if self.none is not None:
            return self.none
        if self.pick is None:
            return "unanswered"
        return "pending" if self.level is None else "level"

    @property
    def complete(self) -> bool:
        """Whether nothing is left to answer, so that the expected level may be shown."""
        return self.state not in ("unanswered", "pending")


#: The answer where the reader has not come yet.
NOTHING = Answer()


def asked(pick: int) -> range:
    """Return the levels below `pick` that are asked about."""
    return range(2, pick)


def carried(pick: int, met: Mapping[int, bool]) -> int | None:
    """Return the level that the staircase carries, or None while an answer that decides it is missing.

    Answers about steps that are not asked about are ignored.
    """
    if unanswered(pick, met):
        return None
    return next((level - 1 for level in asked(pick) if not met[level]), pick)


def unanswered(pick: int, met: Mapping[int, bool]) -> list[int]:
    """Return the asked levels that lack an answer and decide the level: those below the lowest unmet."""
    lowest_unmet = next((level for level in asked(pick) if met.get(level) is False), pick)
    return [level for level in asked(lowest_unmet) if level not in met]


def explain(pick: int, met: Mapping[int, bool]) -> str:
    """Say what the staircase does with a pick; empty when nothing is asked."""
    steps, level = asked(pick), carried(pick, met)
    if level is None:
        return words.answer_also(unanswered(pick, met))
    if level < pick:
        return words.not_carried(pick, [step for step in steps if met.get(step) is False], level)
    return words.carried(steps, pick) if steps else ""
