"""What is said about one competence: while it is rated, and in the result.

Everything is in words and made for a talk: no totals, averages or rankings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import Answer, asked, explain, unanswered
from quiz.profile import asked_by, highest, star
from quiz.steps import dropped_text, new_words

if TYPE_CHECKING:
    from quiz.protocol.framework import AreaData, CompetenceData, FrameworkData, LinkData
    from quiz.protocol.rating import CompetenceReply, Ladder
    from quiz.protocol.result import Detail, NextStep, Picture, StatusCode, SupportPart, SupportText

#: Kinds of support text that show a level, and that are for any.
EXAMPLES = ("exempel", "förtydligande")
ACTIVITIES = ("läraktivitet", "lär dig mer")


@dataclass(frozen=True)
class Rated:
    """A competence with the reader's roles, the answer, and an earlier one to compare with."""

    competence: CompetenceData
    roles: Sequence[str]
    answer: Answer
    earlier: Answer

    @cached_property
    def wanted(self) -> int | None:
        """The expected level, or None when no role expects one."""
        return highest(self.competence, self.roles)


def by_area(framework: FrameworkData, rated: Sequence[Rated]) -> Iterator[tuple[AreaData, list[Rated]]]:
    """Yield the areas, each with what is rated in it, in the framework's order."""
    for area in framework["areas"]:
        if inside := [item for item in rated if item.competence["area"] == area["id"]]:
            yield area, inside


def named(competence: CompetenceData) -> str:
    """Return the competence as it is spoken of: «1.1 Söka, navigera ...»."""
    return f"{competence['id']} {competence['title']}"


def state_text(answer: Answer) -> str:
    """Say what the reader has answered, in a few words."""
    return words.level(answer.level) if answer.level is not None else words.STATES[answer.state]


def competence_reply(item: Rated) -> CompetenceReply:
    """Return what the page shows while a competence is rated: nothing of what is expected."""
    answer = item.answer
    return {
        "id": item.competence["id"],
        "title": item.competence["title"],
        "state": answer.state,
        "state_text": state_text(answer),
        "pick": answer.pick,
        "level": answer.level,
        "ladder": _ladder(item.competence, answer.pick, answer.met),
        "earlier": _earlier(item),
    }


def _earlier(item: Rated) -> str:
    """Say what was answered earlier, once there is an answer to compare."""
    both = item.answer.complete and item.earlier.complete
    return words.earlier(item.earlier.level, state_text(item.earlier)) if both else ""


def _ladder(competence: CompetenceData, pick: int | None, met: Mapping[int, bool]) -> Ladder:
    if pick is None:
        return {"text": "", "questions": [], "unanswered": []}
    return {
        "text": explain(pick, met),
        "questions": [
            {
                "level": level,
                "question": words.meets(level),
                "text": competence["levels"][level - 1],
                "met": met.get(level),
            }
            for level in asked(pick)
        ],
        "unanswered": unanswered(pick, met),
    }


def status(item: Rated) -> StatusCode:
    """Return how an answer relates to what is expected; its state where it has no level."""
    level, wanted = item.answer.level, item.wanted
    if level is None:
        return item.answer.state
    if wanted is None:
        return "no_role"
    if level < wanted:
        return "develop"
    return "in_line" if level == wanted else "above"


def detail(framework: FrameworkData, item: Rated) -> Detail:
    """Return what the result says about an answered competence."""
    asking = asked_by(framework, item.competence, item.roles) if item.wanted else ""
    verdict = f"{words.STATUS[status(item)]}." if item.answer.level and asking else ""
    return {
        "id": item.competence["id"],
        "title": item.competence["title"],
        "summary": " ".join(filter(None, [_said(item.answer), asking, verdict])),
        "earlier": _earlier(item),
        "next": next_step(framework, item),
        "example": item.answer.example,
    }


def _said(answer: Answer) -> str:
    return words.said(answer.level, state_text(answer))


def picture(item: Rated) -> Picture:
    """Return the staircase with the reader's level and the expected one."""
    wanted, mark = item.wanted, star(item.competence)
    said = _said(item.answer)
    return {
        "text": f"{said} {words.expected(wanted, mark)}" if wanted else said,
        "steps": [
            {
                "level": step,
                "star": mark if step == wanted else "",
                "mine": step == item.answer.level,
                "expected": step == wanted,
            }
            for step, _ in enumerate(item.competence["levels"], start=1)
        ],
    }


def level_name(framework: FrameworkData, level: int) -> str:
    """Return what the framework calls `level`."""
    return framework["levels"][level - 1]["name"]


def next_step(framework: FrameworkData, item: Rated) -> NextStep | None:
    """Return the step above the reader's level, with the support for it; None without a level."""
    level, levels = item.answer.level, item.competence["levels"]
    if level is None:
        return None
    if level == len(levels):
        return {
            "level": None,
            "lead": words.TOP_STEP,
            "name": "",
            "pieces": [],
            "dropped": "",
            "support": [],
            "nothing": "",
        }
    below, above = levels[level - 1 : level + 1]
    support = _support(item.competence, level + 1)
    return {
        "level": level + 1,
        "lead": words.next_step(level, item.wanted),
        "name": f"{words.level(level + 1)}. {level_name(framework, level + 1)}",
        "pieces": [{"text": text, "new": new} for text, new in new_words(below, above)],
        "dropped": dropped_text(below, above),
        "support": support,
        "nothing": "" if support else words.no_support(level + 1),
    }


def _support(competence: CompetenceData, level: int) -> list[SupportText]:
    """Return the examples of that very level, and the learning activities for it or for all."""
    return [
        {
            "kind": words.kind(item["kind"], item.get("whose", "")),
            "text": item["text"],
            "parts": list(linked(item["text"], item["links"])),
        }
        for kinds in (EXAMPLES, ACTIVITIES)
        for item in competence["support"]
        if item["kind"] in kinds and (level in item["levels"] or (not item["levels"] and kinds == ACTIVITIES))
    ]


def linked(text: str, links: Sequence[LinkData]) -> Iterator[SupportPart]:
    """Yield the parts of a support text, each link on the first words that carry it and are free."""
    for link in sorted(links, key=lambda link: text.find(link["text"])):
        before, found, after = text.partition(link["text"])
        if found:  # else its words are in another link already
            if before:
                yield {"text": before, "url": ""}
            yield {"text": found, "url": link["url"]}
            text = after
    if text:
        yield {"text": text, "url": ""}
