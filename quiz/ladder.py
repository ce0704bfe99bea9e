"""From an answer to the level that the staircase carries.

Level n is reached only where all of 2..n are met, and level 1 is the floor.
Picking level n counts as meeting n; for the steps between, the reader is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TOP = 5

#: The states of a competence. Only "level" has a level; the last three are the
#: reader's own ways of saying that there is none.
UNANSWERED, PENDING, LEVEL = "unanswered", "pending", "level"
NO_LEVEL = {
    "unknown": "Jag vet inte",
    "unclear": "Jag förstår inte frågan",
    "not_relevant": "Inte aktuellt i mina uppgifter",
}


@dataclass(frozen=True)
class Answer:
    """What the reader said about one competence.

    `pick` is the chosen level (1-5); `none` is a key of `NO_LEVEL`, and then
    there is no pick; `met` holds the answered staircase questions only;
    `example` is the reader's own words.
    """

    pick: int | None = None
    none: str | None = None
    met: Mapping[int, bool] = field(default_factory=dict)
    example: str = ""

    @property
    def level(self) -> int | None:
        """The level that the staircase carries, or None as long as there is none."""
        return None if self.pick is None else carried(self.pick, self.met)

    @property
    def state(self) -> str:
        """One of `UNANSWERED`, `PENDING`, `LEVEL` and the keys of `NO_LEVEL`."""
        if self.none is not None:
            return self.none
        if self.pick is None:
            return UNANSWERED
        return PENDING if self.level is None else LEVEL


def asked(pick: int) -> range:
    """Return the levels that a reader who picks `pick` is asked about."""
    return range(2, pick)


def carried(pick: int, met: Mapping[int, bool]) -> int | None:
    """Return the level that the staircase carries, or None while it is unsettled.

    An unanswered question leaves the level unsettled, unless a step further
    down is already said not to be met. Answers about other steps than those
    asked about are disregarded.
    """
    for level in asked(pick):
        if level not in met:
            return None
        if not met[level]:
            return level - 1
    return pick


def unanswered(pick: int, met: Mapping[int, bool]) -> list[int]:
    """Return the asked levels whose answers are missing and still decide the level."""
    missing = []
    for level in asked(pick):
        if level not in met:
            missing.append(level)
        elif not met[level]:
            break
    return missing


def explain(pick: int, met: Mapping[int, bool]) -> str:
    """Say in Swedish what the staircase does with a pick; empty when nothing is asked."""
    steps = asked(pick)
    if not steps:
        return ""
    missing = unanswered(pick, met)
    if missing:
        return f"Svara också på om du uppfyller nivå {listed(missing)}. Innan dess är din nivå inte klar."
    level = carried(pick, met)
    if level == pick:
        return f"Du uppfyller också nivå {listed(steps)}. Du står därför på nivå {pick}."
    unmet = [step for step in steps if met.get(step) is False]
    words = "är inte uppfylld" if len(unmet) == 1 else "är inte uppfyllda"
    return f"Du valde nivå {pick}, men nivå {listed(unmet)} {words} än. Du står därför på nivå {level}."


def listed(items: Iterable[object]) -> str:
    """Return the items as a Swedish enumeration: «2, 3 och 4»."""
    *first, last = [str(item) for item in items]
    return f"{', '.join(first)} och {last}" if first else last
