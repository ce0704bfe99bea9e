"""From levels and a profile to what is said about each competence, and what to bring to the talk.

Everything is in words and made for a talk: no totals, averages or rankings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quiz.ladder import NO_LEVEL, PENDING, TOP, UNANSWERED, Answer, asked, explain, listed, unanswered
from quiz.profile import (
    Area,
    Competence,
    Framework,
    Support,
    asked_by,
    expected,
    highest,
    reading_note,
)
from quiz.steps import dropped_text, new_words

MOST_SUGGESTIONS = 5
LOW_MOTIVATION = 2

#: Kinds of support text; a clarification counts as an example only where it is about the level itself.
EXAMPLES = ("exempel", "förtydligande")
ACTIVITIES = ("läraktivitet", "lär dig mer")

NOTHING = Answer()


# One competence


def level_text(level: int) -> str:
    """Return «Nivå 3»."""
    return f"Nivå {level}"


def named(competence: Competence) -> str:
    """Return the competence as it is spoken of: «1.1 Söka, navigera ...»."""
    return f"{competence['id']} {competence['title']}"


def state_text(answer: Answer) -> str:
    """Say in Swedish what the reader has answered, in a few words."""
    if answer.level is not None:
        return level_text(answer.level)
    return {UNANSWERED: "Inte besvarad", PENDING: "Väntar på svar om trappan", **NO_LEVEL}[answer.state]


def answered(answer: Answer) -> bool:
    """Whether the answer is complete, so that the expected level may be shown."""
    return answer.state not in (UNANSWERED, PENDING)


def competence_reply(
    framework: Framework, competence: Competence, roles: Sequence[str], answer: Answer
) -> dict[str, Any]:
    """Return what the page shows about one competence (see `quiz.bridge` for the fields).

    Nothing of the expected level is in it before the competence is answered.
    """
    reply: dict[str, Any] = {
        "id": competence["id"],
        "area": competence["area"],
        "title": competence["title"],
        "state": answer.state,
        "state_text": state_text(answer),
        "pick": answer.pick,
        "level": answer.level,
        "ladder": _ladder(competence, answer),
    }
    if answered(answer):
        reply["level_name"] = level_name(framework, answer.level)
        reply["expected"] = _expected(framework, competence, roles)
        reply["status"] = status(competence, roles, answer)
        reply["summary"] = _summary(framework, competence, roles, answer)
        reply["picture"] = _picture(competence, roles, answer)
        reply["next"] = next_step(framework, competence, roles, answer)
    return reply


def level_name(framework: Framework, level: int | None) -> str:
    """Return what the framework calls `level`; empty for None."""
    return "" if level is None else framework["levels"][level - 1]["name"]


def _ladder(competence: Competence, answer: Answer) -> dict[str, Any]:
    pick = answer.pick
    if pick is None:
        return {"text": "", "questions": [], "unanswered": []}
    return {
        "text": explain(pick, answer.met),
        "questions": [
            {
                "level": level,
                "question": f"Uppfyller du också nivå {level}?",
                "text": competence["levels"][level - 1],
                "met": answer.met.get(level),
            }
            for level in asked(pick)
        ],
        "unanswered": unanswered(pick, answer.met),
    }


def _expected(framework: Framework, competence: Competence, roles: Sequence[str]) -> dict[str, Any] | None:
    level = highest(competence, roles)
    if level is None:
        return None
    levels = expected(competence, roles)
    return {
        "level": level,
        "text": level_text(level),
        "name": level_name(framework, level),
        "roles": [
            {"id": role["id"], "name": role["name"], "level": levels[role["id"]]}
            for role in framework["roles"]
            if role["id"] in levels
        ],
        "asked_by": asked_by(framework, competence, roles),
        "note": reading_note(competence),
    }


def status(competence: Competence, roles: Sequence[str], answer: Answer) -> dict[str, str]:
    """Say in Swedish how an answered competence stands to what is expected, as code and words."""
    wanted = highest(competence, roles)
    level = answer.level
    if level is None:
        return {"code": answer.state, "text": NO_LEVEL[answer.state]}
    if wanted is None:
        return {"code": "no_role", "text": "Välj roll för att jämföra"}
    if level < wanted:
        return {"code": "develop", "text": "Att utveckla"}
    if level == wanted:
        return {"code": "in_line", "text": "I linje med rollen"}
    return {"code": "above", "text": "Kan stötta kollegor"}


def _summary(framework: Framework, competence: Competence, roles: Sequence[str], answer: Answer) -> str:
    asking = asked_by(framework, competence, roles) if expected(competence, roles) else ""
    said = status(competence, roles, answer)["text"] if answer.level and asking else ""
    return " ".join(filter(None, [_said(answer), asking, said and f"{said}."]))


def _said(answer: Answer) -> str:
    return f"Din nivå är {answer.level}." if answer.level else f"Du svarade «{state_text(answer)}»."


def _picture(competence: Competence, roles: Sequence[str], answer: Answer) -> dict[str, Any]:
    level, wanted = answer.level, highest(competence, roles)
    steps = []
    for step in range(1, TOP + 1):
        words = ["din nivå"] * (step == level) + ["förväntad nivå"] * (step == wanted)
        label = listed(words).capitalize() if words else ""
        steps.append({"level": step, "mine": step == level, "expected": step == wanted, "text": label})
    text = f"{_said(answer)} Förväntad nivå är {wanted}." if wanted else _said(answer)
    return {"text": text, "steps": steps}


def next_step(
    framework: Framework, competence: Competence, roles: Sequence[str], answer: Answer
) -> dict[str, Any] | None:
    """Return the step above the reader's level; None without a level.

    On the top step only `lead` says something.
    """
    level = answer.level
    if level is None:
        return None
    if level == TOP:
        lead = "Du står på trappans översta steg."
        nothing: dict[str, Any] = {"pieces": [], "dropped": "", "examples": [], "activities": []}
        return {"level": None, "lead": lead, "name": "", **nothing}
    wanted = highest(competence, roles)
    if wanted is None:
        lead = f"Nästa trappsteg är nivå {level + 1}."
    elif level + 1 < wanted:
        lead = f"Nästa trappsteg på väg mot nivå {wanted}."
    elif level < wanted:
        lead = "Nästa trappsteg är den nivå som förväntas i din roll."
    elif level == wanted:
        lead = "Du är i linje med rollen. Vill du vidare är det här nästa trappsteg."
    else:
        lead = "Din nivå är högre än den som förväntas i din roll. Vill du vidare är det här nästa trappsteg."
    below, above = competence["levels"][level - 1 : level + 1]
    pieces = new_words(below, above)
    return {
        "level": level + 1,
        "lead": lead,
        "name": level_name(framework, level + 1),
        "pieces": [{"text": text, "new": new} for text, new in pieces],
        "dropped": dropped_text(below, above),
        "examples": _support(competence, level + 1, EXAMPLES, EXAMPLES[:1]),
        "activities": _support(competence, level + 1, ACTIVITIES, ACTIVITIES),
    }


def _support(
    competence: Competence, level: int, kinds: Sequence[str], general_kinds: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the support texts about `level`, or else those that name no level."""
    support = competence["support"]
    at_level = [item for item in support if level in item["levels"] and item["kind"] in kinds]
    chosen = at_level or [item for item in support if not item["levels"] and item["kind"] in general_kinds]
    return [_support_reply(item) for item in chosen]


def _support_reply(item: Support) -> dict[str, Any]:
    return {"kind": item["kind"], "text": item["text"], "links": [dict(link) for link in item["links"]]}


# What to bring to the talk


def suggestions(
    framework: Framework,
    competences: Sequence[Competence],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
) -> list[dict[str, str]]:
    """Return at most `MOST_SUGGESTIONS` suggestions, each with its reason.

    They come in groups, a reason each: below the expected level (two steps or
    more before one step), did not understand the question, low motivation
    (`LOW_MOTIVATION` or lower on the scale), above the expected level, does not
    know, and not relevant although a role expects a level. Each of the three
    kinds of no level gives one suggestion, about all the competences answered
    so. Inside a group the order is the framework's. So that the suggestions
    vary, one is taken from each group before a second is taken from any.
    """
    groups = _groups(framework, competences, roles, answers, motivation)
    taken = [0] * len(groups)
    for most in range(1, MOST_SUGGESTIONS + 1):
        for at, group in enumerate(groups):
            if sum(taken) < MOST_SUGGESTIONS:
                taken[at] = min(most, len(group))
    chosen = [item for group, count in zip(groups, taken, strict=True) for item in group[:count]]
    rated = [item for item in competences if _of(answers, item).level is not None]
    in_line = any(status(item, roles, _of(answers, item))["code"] == "in_line" for item in rated)
    if not chosen and in_line:
        return [_onward(all(answered(_of(answers, item)) for item in competences))]
    return chosen


def _onward(complete: bool) -> dict[str, str]:
    """Return what to talk about when all answers so far are in line; `complete` when none is missing."""
    text, reason = "Prata om vad du vill lära dig härnäst.", "Allt du har skattat är i linje med rollen."
    if not complete:
        text = "Fortsätt med det du inte har besvarat än, eller ta upp det på samtalet."
        reason = "Det du har besvarat hittills är i linje med rollen."
    return {"id": "onward", "text": text, "reason": reason}


def _of(answers: Mapping[str, Answer], competence: Competence) -> Answer:
    return answers.get(competence["id"], NOTHING)


def _groups(
    framework: Framework,
    competences: Sequence[Competence],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
) -> list[list[dict[str, str]]]:
    far: list[dict[str, str]] = []
    near: list[dict[str, str]] = []
    above: list[dict[str, str]] = []
    low: list[dict[str, str]] = []
    for competence in competences:
        key, name = competence["id"], named(competence)
        wanted, level = highest(competence, roles), _of(answers, competence).level
        if level is not None and wanted is not None and level != wanted:
            reason = f"Din nivå är {level}. {asked_by(framework, competence, roles)}"
            if level > wanted:
                text = f"Berätta att du kan stötta kollegor i {name}."
                above.append(_suggestion("above", key, text, reason))
            else:
                text = f"Prata om hur du når nivå {level + 1} i {name}."
                (near if level + 1 == wanted else far).append(_suggestion("below", key, text, reason))
    for area in areas_of(framework, competences):
        rated = motivation.get(area["id"])
        if rated is not None and rated <= LOW_MOTIVATION:
            text = f"Prata om vad som påverkar din motivation i område {area['id']} {area['name']}."
            reason = f"Om motivationen svarade du «{framework['motivation']['scale'][rated - 1]}»."
            low.append(_suggestion("motivation", area["id"], text, reason))
    without = {kind: [item for item in competences if _of(answers, item).state == kind] for kind in NO_LEVEL}
    text, reason = "Fråga vad {} betyder i din roll", "Du svarade att du inte förstår frågan."
    unclear = _together("unclear", without["unclear"], text, reason)
    text = "Gå igenom {} tillsammans, med exempel från ditt jobb"
    unknown = _together("unknown", without["unknown"], text, "Du svarade att du inte vet din nivå.")
    wished = [item for item in without["not_relevant"] if highest(item, roles) is not None]
    reason = "Du svarade att de inte är aktuella. I din roll förväntas en nivå i var och en av dem."
    if len(wished) == 1:
        reason = f"Du svarade att den inte är aktuell. {asked_by(framework, wished[0], roles)}"
    not_relevant = _together("not_relevant", wished, "Stäm av om {} ingår i dina uppgifter", reason)
    return [far + near, unclear, low, above, unknown, not_relevant]


def _together(kind: str, found: Sequence[Competence], text: str, reason: str) -> list[dict[str, str]]:
    """Return one suggestion about all of `found`, or none; `text` has {} where they are spoken of.

    One for each would differ only in the competence, and leave no room for other kinds.
    """
    if len(found) > 1:
        ids = listed(item["id"] for item in found)
        return [{"id": kind, "text": f"{text.format('de här kompetenserna')}: {ids}.", "reason": reason}]
    return [_suggestion(kind, item["id"], f"{text.format(named(item))}.", reason) for item in found]


def _suggestion(group: str, key: str, text: str, reason: str) -> dict[str, str]:
    return {"id": f"{group}:{key}", "text": text, "reason": reason}


def areas_of(framework: Framework, competences: Sequence[Competence]) -> list[Area]:
    """Return the areas that `competences` belong to, in the framework's order."""
    wanted = {competence["area"] for competence in competences}
    return [area for area in framework["areas"] if area["id"] in wanted]


# Lists and progress


LIST_TITLES = {
    "unknown": "Här vet du inte vilken nivå du har",
    "unclear": "Här förstår du inte frågan",
    "not_relevant": "Det här är inte aktuellt i dina uppgifter",
    PENDING: "Här saknas svar om trappan",
    UNANSWERED: "Det här har du inte besvarat",
}


def no_level_lists(competences: Sequence[Competence], answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Return the competences without a level, one list a kind; empty lists are left out."""
    lists = []
    for kind, title in LIST_TITLES.items():
        found = [item for item in competences if _of(answers, item).state == kind]
        if found:
            rows = [{"id": item["id"], "title": item["title"]} for item in found]
            lists.append({"kind": kind, "title": title, "items": rows})
    return lists


def progress(competences: Sequence[Competence], answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return how many of `competences` have a complete answer, in numbers and words."""
    left = [item["id"] for item in competences if not answered(_of(answers, item))]
    done = len(competences) - len(left)
    return {
        "answered": done,
        "of": len(competences),
        "text": f"{done} av {len(competences)} besvarade",
        "left": left,
    }


def motivation_reply(
    framework: Framework, competences: Sequence[Competence], motivation: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the motivation question of each area, with the answer in the scale's own words."""
    scale = framework["motivation"]["scale"]
    return [
        {
            "area": area["id"],
            "name": area["name"],
            "statement": area["motivation"],
            "answer": motivation.get(area["id"]),
            "text": scale[motivation[area["id"]] - 1] if area["id"] in motivation else "Inte besvarad",
        }
        for area in areas_of(framework, competences)
    ]
