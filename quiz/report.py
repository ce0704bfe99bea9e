"""What is said about one competence: while it is rated, and in the result.

Everything is in words and made for a talk: no totals, averages or rankings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import Answer, asked, explain, unanswered
from quiz.profile import asked_by, expected, highest, is_unsure
from quiz.steps import dropped_text, new_words

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData, FrameworkData, LinkData
    from quiz.protocol.rating import CompetenceReply, Ladder
    from quiz.protocol.result import Detail, NextStep, Picture, StatusCode, SupportPart, SupportText

#: Kinds of support text that show a level; a learning activity is for any.
EXAMPLES = ("exempel", "förtydligande")
ACTIVITIES = ("läraktivitet", "lär dig mer")


def named(competence: CompetenceData) -> str:
    """Return the competence as it is spoken of: «1.1 Söka, navigera ...»."""
    return f"{competence['id']} {competence['title']}"


def state_text(answer: Answer) -> str:
    """Say in Swedish what the reader has answered, in a few words."""
    return words.level(answer.level) if answer.level is not None else words.STATES[answer.state]


def competence_reply(competence: CompetenceData, answer: Answer, earlier: Answer) -> CompetenceReply:
    """Return what the page shows about one competence while it is rated.

    Nothing of the expected level is in it, and nothing of an `earlier` answer before there is a new one.
    """
    again = answer.complete and earlier.complete
    return {
        "id": competence["id"],
        "title": competence["title"],
        "state": answer.state,
        "state_text": state_text(answer),
        "pick": answer.pick,
        "level": answer.level,
        "ladder": _ladder(competence, answer),
        "earlier": words.earlier(earlier.level, state_text(earlier)) if again else "",
    }


def _ladder(competence: CompetenceData, answer: Answer) -> Ladder:
    pick = answer.pick
    if pick is None:
        return {"text": "", "questions": [], "unanswered": []}
    return {
        "text": explain(pick, answer.met),
        "questions": [
            {
                "level": level,
                "question": words.meets(level),
                "text": competence["levels"][level - 1],
                "met": answer.met.get(level),
            }
            for level in asked(pick)
        ],
        "unanswered": unanswered(pick, answer.met),
    }


def status(competence: CompetenceData, roles: Sequence[str], answer: Answer) -> StatusCode:
    """Return how an answer relates to what is expected; its state where it has no level."""
    if answer.level is None:
        return answer.state if answer.state != "level" else "no_role"
    wanted = highest(competence, roles)
    if wanted is None:
        return "no_role"
    if answer.level < wanted:
        return "develop"
    return "in_line" if answer.level == wanted else "above"


def detail(
    framework: FrameworkData,
    competence: CompetenceData,
    roles: Sequence[str],
    answer: Answer,
    earlier: Answer,
) -> Detail:
    """Return what the result says about one answered competence, with its next step."""
    asking = asked_by(framework, competence, roles) if expected(competence, roles) else ""
    verdict = f"{words.STATUS[status(competence, roles, answer)]}." if answer.level and asking else ""
    return {
        "id": competence["id"],
        "title": competence["title"],
        "summary": " ".join(filter(None, [said(answer), asking, verdict])),
        "earlier": words.earlier(earlier.level, state_text(earlier)) if earlier.complete else "",
        "next": next_step(framework, competence, roles, answer),
        "example": answer.example,
    }


def said(answer: Answer) -> str:
    """Say in Swedish what the reader has answered, as a sentence."""
    return words.said(answer.level, state_text(answer))


def picture(competence: CompetenceData, roles: Sequence[str], answer: Answer) -> Picture:
    """Return the staircase with the reader's level and the expected one, and the same in words."""
    level, wanted = answer.level, highest(competence, roles)
    star = words.STAR if is_unsure(competence) else ""
    text = f"{said(answer)} {words.expected(wanted, star)}" if wanted else said(answer)
    return {
        "text": text,
        "steps": [
            {
                "level": step,
                "star": star if step == wanted else "",
                "mine": step == level,
                "expected": step == wanted,
            }
            for step, _ in enumerate(competence["levels"], start=1)
        ],
    }


def level_name(framework: FrameworkData, level: int) -> str:
    """Return what the framework calls `level`."""
    return framework["levels"][level - 1]["name"]


def next_step(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str], answer: Answer
) -> NextStep | None:
    """Return the step above the reader's level, with the support for it; None without a level.

    On the top step only `lead` says something.
    """
    level = answer.level
    if level is None:
        return None
    if level == len(competence["levels"]):
        return {
            "level": None,
            "lead": words.TOP_STEP,
            "name": "",
            "pieces": [],
            "dropped": "",
            "support": [],
            "nothing": "",
        }
    below, above = competence["levels"][level - 1 : level + 1]
    support = _support(competence, level + 1)
    return {
        "level": level + 1,
        "lead": words.next_step(level, highest(competence, roles)),
        "name": f"{words.level(level + 1)}. {level_name(framework, level + 1)}",
        "pieces": [{"text": text, "new": new} for text, new in new_words(below, above)],
        "dropped": dropped_text(below, above),
        "support": support,
        "nothing": "" if support else words.no_support(level + 1),
    }


def _support(competence: CompetenceData, level: int) -> list[SupportText]:
    """Return the support texts that fit a step: examples of that very level, and learning activities."""
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
