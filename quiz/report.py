"""From levels and a profile to what is said about each competence.

Everything is in words and made for a talk: no totals, averages or rankings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer, asked, explain, unanswered
from quiz.profile import areas_of, asked_by, expected, highest, reading_note
from quiz.steps import dropped_text, new_words

if TYPE_CHECKING:
    from quiz.protocol import (
        AreaReply,
        CompetenceData,
        CompetenceReply,
        ExpectedLevel,
        FrameworkData,
        Ladder,
        LinkData,
        MotivationReply,
        NextStep,
        NoLevelList,
        Picture,
        PictureStep,
        Progress,
        Status,
        StatusCode,
        Suggestion,
        SupportPart,
        SupportText,
    )

#: Kinds of support text; a clarification counts as an example only where it is about the level itself.
EXAMPLES = ("exempel", "förtydligande")
ACTIVITIES = ("läraktivitet", "lär dig mer")


# One competence


def named(competence: CompetenceData) -> str:
    """Return the competence as it is spoken of: «1.1 Söka, navigera ...»."""
    return f"{competence['id']} {competence['title']}"


def state_text(answer: Answer) -> str:
    """Say in Swedish what the reader has answered, in a few words."""
    return words.level(answer.level) if answer.level is not None else words.STATES[answer.state]


def areas_reply(
    framework: FrameworkData,
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    talk: Sequence[Suggestion],
) -> list[AreaReply]:
    """Return the areas of `competences`, each with what the page shows about them; `talk` is suggested."""
    suggested = {suggestion["id"].partition(":")[2] for suggestion in talk}
    return [
        {
            "id": area["id"],
            "name": area["name"],
            "answered": any(
                answers.get(item["id"], NOTHING).complete
                for item in competences
                if item["area"] == area["id"]
            ),
            "competences": [
                competence_reply(framework, item, roles, answers.get(item["id"], NOTHING), suggested)
                for item in competences
                if item["area"] == area["id"]
            ],
        }
        for area in areas_of(framework, competences)
    ]


def competence_reply(
    framework: FrameworkData,
    competence: CompetenceData,
    roles: Sequence[str],
    answer: Answer,
    suggested: Collection[str] = (),
) -> CompetenceReply:
    """Return what the page shows about one competence; `suggested` are ids that a suggestion is about.

    Nothing of the expected level is in it before the competence is answered.
    """
    reply: CompetenceReply = {
        "id": competence["id"],
        "area": competence["area"],
        "title": competence["title"],
        "heading": named(competence),
        "state": answer.state,
        "state_text": state_text(answer),
        "pick": answer.pick,
        "level": answer.level,
        "ladder": _ladder(competence, answer),
    }
    if answer.complete:
        reply["level_name"] = level_name(framework, answer.level)
        reply["expected"] = _expected(framework, competence, roles)
        reply["status"] = status(competence, roles, answer)
        reply["summary"] = _summary(framework, competence, roles, answer)
        reply["picture"] = _picture(competence, roles, answer)
        reply["next"] = next_step(framework, competence, roles, answer)
        reply["suggested"] = competence["id"] in suggested
    return reply


def level_name(framework: FrameworkData, level: int | None) -> str:
    """Return what the framework calls `level`; empty for None."""
    return "" if level is None else framework["levels"][level - 1]["name"]


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


def _expected(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str]
) -> ExpectedLevel | None:
    level = highest(competence, roles)
    if level is None:
        return None
    levels = expected(competence, roles)
    return {
        "level": level,
        "text": words.level(level),
        "name": level_name(framework, level),
        "roles": [
            {"id": role["id"], "name": role["name"], "level": levels[role["id"]]}
            for role in framework["roles"]
            if role["id"] in levels
        ],
        "several": len(levels) > 1,
        "asked_by": asked_by(framework, competence, roles),
        "note": reading_note(competence),
    }


def status(competence: CompetenceData, roles: Sequence[str], answer: Answer) -> Status:
    """Say in Swedish how a complete answer relates to what is expected, as code and words."""
    code = _status_code(highest(competence, roles), answer)
    return {"code": code, "text": words.STATUS[code]}


def _status_code(wanted: int | None, answer: Answer) -> StatusCode:
    if answer.none is not None:
        return answer.none
    if wanted is None or answer.level is None:
        return "no_role"
    if answer.level < wanted:
        return "develop"
    return "in_line" if answer.level == wanted else "above"


def _summary(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str], answer: Answer
) -> str:
    asking = asked_by(framework, competence, roles) if expected(competence, roles) else ""
    verdict = f"{status(competence, roles, answer)['text']}." if answer.level and asking else ""
    return " ".join(filter(None, [said(answer), asking, verdict]))


def said(answer: Answer) -> str:
    """Say in Swedish what the reader answered, in a sentence."""
    return words.said(answer.level, state_text(answer))


def _picture(competence: CompetenceData, roles: Sequence[str], answer: Answer) -> Picture:
    level, wanted = answer.level, highest(competence, roles)
    steps: list[PictureStep] = []
    for step, _ in enumerate(competence["levels"], start=1):
        marks = [words.MINE] * (step == level) + [words.EXPECTED] * (step == wanted)
        steps.append(
            {
                "level": step,
                "mine": step == level,
                "expected": step == wanted,
                "text": words.listed(marks).capitalize(),
            }
        )
    text = f"{said(answer)} {words.expected(wanted)}" if wanted else said(answer)
    return {"text": text, "steps": steps}


def next_step(
    framework: FrameworkData, competence: CompetenceData, roles: Sequence[str], answer: Answer
) -> NextStep | None:
    """Return the step above the reader's level; None without a level.

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
            "examples": [],
            "activities": [],
        }
    below, above = competence["levels"][level - 1 : level + 1]
    return {
        "level": level + 1,
        "lead": words.next_step(level, highest(competence, roles)),
        "name": level_name(framework, level + 1),
        "pieces": [{"text": text, "new": new} for text, new in new_words(below, above)],
        "dropped": dropped_text(below, above),
        "examples": _support(competence, level + 1, EXAMPLES, EXAMPLES[:1]),
        "activities": _support(competence, level + 1, ACTIVITIES, ACTIVITIES),
    }


def _support(
    competence: CompetenceData, level: int, kinds: Sequence[str], general_kinds: Sequence[str]
) -> list[SupportText]:
    """Return the support texts about `level`, or else those that name no level."""
    support = competence["support"]
    at_level = [item for item in support if level in item["levels"] and item["kind"] in kinds]
    chosen = at_level or [item for item in support if not item["levels"] and item["kind"] in general_kinds]
    return [
        {"kind": item["kind"], "text": item["text"], "parts": list(linked(item["text"], item["links"]))}
        for item in chosen
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


# Lists and progress


def no_level_lists(competences: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> list[NoLevelList]:
    """Return the competences without a level, one list a kind; empty lists are left out."""
    lists: list[NoLevelList] = [
        {
            "kind": kind,
            "title": title,
            "items": [
                {"id": item["id"], "title": item["title"]}
                for item in competences
                if answers.get(item["id"], NOTHING).state == kind
            ],
        }
        for kind, title in words.LISTS.items()
    ]
    return [found for found in lists if found["items"]]


def progress(competences: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> Progress:
    """Return how many of `competences` have a complete answer, in numbers and words."""
    left = [item["id"] for item in competences if not answers.get(item["id"], NOTHING).complete]
    done = len(competences) - len(left)
    return {
        "answered": done,
        "of": len(competences),
        "text": words.progress(done, len(competences)),
        "left": left,
    }


def motivation_reply(
    framework: FrameworkData, competences: Sequence[CompetenceData], motivation: Mapping[str, int]
) -> list[MotivationReply]:
    """Return the motivation question of each area, with the answer in the scale's own words."""
    scale = framework["motivation"]["scale"]
    return [
        {
            "area": area["id"],
            "name": area["name"],
            "statement": area["motivation"],
            "answer": motivation.get(area["id"]),
            "text": scale[motivation[area["id"]] - 1] if area["id"] in motivation else words.UNANSWERED,
        }
        for area in areas_of(framework, competences)
    ]
