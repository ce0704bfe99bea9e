"""What the answers lead to: in words by kind, as one picture, and in detail, a competence at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer
from quiz.profile import areas_of, highest, is_unsure
from quiz.report import detail, named, picture, state_text, status

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData, FrameworkData
    from quiz.protocol.rating import MotivationReply, NotRelevant
    from quiz.protocol.result import DetailArea, Details, Entries, Kind, NoLevelList, Result, ResultArea

#: More competences of a kind than this are named by their numbers.
MOST_NAMED = 4


def result(
    framework: FrameworkData,
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
) -> Result:
    """Return the result in words, by kind, and the picture of all answered competences."""
    complete = [item for item in competences if _of(answers, item).complete]
    areas: list[ResultArea] = [
        {
            "id": area["id"],
            "name": area["name"],
            "competences": [
                {
                    "id": item["id"],
                    "title": item["title"],
                    "picture": picture(item, roles, _of(answers, item)),
                }
                for item in complete
                if item["area"] == area["id"]
            ],
        }
        for area in areas_of(framework, complete)
    ]
    return {
        "answered": bool(complete),
        "empty": "" if complete else _empty(competences, answers),
        "kinds": _kinds(competences, roles, answers) if complete else [],
        "areas": areas,
    }


def _empty(competences: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> str:
    pending = any(_of(answers, item).state == "pending" for item in competences)
    return words.ONLY_PENDING if pending else words.NOTHING_ANSWERED


def _kinds(
    competences: Sequence[CompetenceData], roles: Sequence[str], answers: Mapping[str, Answer]
) -> list[Kind]:
    """Return the competences by how their answers relate to what is expected; empty kinds are left out."""
    found: dict[str, list[CompetenceData]] = {code: [] for code in words.KINDS}
    for item in competences:
        found[status(item, roles, _of(answers, item))].append(item)
    return [
        {"code": code, "title": words.KINDS[code], "text": _names(code, items, answers)}
        for code, items in found.items()
        if items
    ]


def _names(code: str, found: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> str:
    """Name the competences; many are named by number, for the picture below has their names."""
    if code == "no_role":
        return words.listed(words.with_level(item["id"], _of(answers, item).level) for item in found)
    return words.listed(named(item) if len(found) <= MOST_NAMED else item["id"] for item in found)


def details(
    framework: FrameworkData,
    competences: Sequence[CompetenceData],
    roles: Sequence[str],
    answers: Mapping[str, Answer],
    earlier: Mapping[str, Answer],
    motivation: Sequence[MotivationReply],
    not_relevant: Sequence[NotRelevant],
) -> Details:
    """Return each competence with a level and its next step, by area, and what there is beside them."""
    complete = [item for item in competences if _of(answers, item).complete]
    rated = [item for item in complete if _of(answers, item).level is not None]
    lists = no_level_lists(competences, answers)
    areas: list[DetailArea] = [
        {
            "id": area["id"],
            "name": area["name"],
            "competences": [
                detail(framework, item, roles, _of(answers, item), _of(earlier, item))
                for item in rated
                if item["area"] == area["id"]
            ],
        }
        for area in areas_of(framework, rated)
    ]
    return {
        "areas": areas,
        "note": words.STAR_NOTE if any(is_unsure(item) and highest(item, roles) for item in complete) else "",
        "rest": bool(complete) and bool(lists or not_relevant or motivation),
        "lists": lists,
        "not_relevant": list(not_relevant),
        "motivation": list(motivation),
    }


def no_level_lists(competences: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> list[NoLevelList]:
    """Return the competences without a level, one list a kind; empty lists are left out."""
    lists: list[NoLevelList] = [
        {
            "kind": kind,
            "title": title,
            "items": [
                {"text": named(item), "question": f"k-{item['id']}"}
                for item in competences
                if _of(answers, item).state == kind
            ],
        }
        for kind, title in words.LISTS.items()
    ]
    return [found for found in lists if found["items"]]


def motivation_reply(
    framework: FrameworkData,
    competences: Sequence[CompetenceData],
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
) -> list[MotivationReply]:
    """Return the motivation of each area, in the scale's own words, and what can be done at its end.

    Without a scale there is none.
    """
    scale = framework["motivation"]["scale"]
    return (
        []
        if not scale
        else [
            {
                "area": area["id"],
                "name": area["name"],
                "answer": motivation.get(area["id"]),
                "text": scale[motivation[area["id"]] - 1] if area["id"] in motivation else words.UNANSWERED,
                "done": words.area_done(
                    area["id"],
                    [
                        item["id"]
                        for item in competences
                        if item["area"] == area["id"] and not _of(answers, item).complete
                    ],
                ),
            }
            for area in areas_of(framework, competences)
        ]
    )


def entries(competences: Sequence[CompetenceData], answers: Mapping[str, Answer]) -> Entries:
    """Return the answers in the framework's order, to be entered in the organisation's own tool."""
    rows = [
        f"{named(item)}: {state_text(_of(answers, item))}"
        for item in competences
        if _of(answers, item).complete
    ]
    return {"rows": rows, "text": "".join(f"{row}\n" for row in rows)}


def _of(answers: Mapping[str, Answer], competence: CompetenceData) -> Answer:
    return answers.get(competence["id"], NOTHING)
