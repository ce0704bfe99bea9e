"""What the answers lead to: in words by kind, as one picture, and in detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.profile import star
from quiz.report import Rated, by_area, detail, named, picture, state_text, status

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData
    from quiz.protocol.rating import MotivationReply, NotRelevant
    from quiz.protocol.result import Details, Entries, Kind, NoLevelList, Result, StatusCode

#: More competences of a kind than this are named by their numbers.
MOST_NAMED = 4


def result(framework: FrameworkData, rated: Sequence[Rated]) -> Result:
    """Return the result in words, by kind, and the picture of all answered competences."""
    complete = [item for item in rated if item.answer.complete]
    if not complete:
        pending = any(item.answer.state == "pending" for item in rated)
        empty = words.ONLY_PENDING if pending else words.NOTHING_ANSWERED
        return {"answered": False, "empty": empty, "kinds": [], "areas": []}
    return {
        "answered": True,
        "empty": "",
        "kinds": _kinds(rated),
        "areas": [
            {
                "id": area["id"],
                "name": area["name"],
                "competences": [
                    {"id": item.competence["id"], "title": item.competence["title"], "picture": picture(item)}
                    for item in inside
                ],
            }
            for area, inside in by_area(framework, complete)
        ],
    }


def _kinds(rated: Sequence[Rated]) -> list[Kind]:
    """Return the competences by status; empty kinds are left out."""
    found: dict[StatusCode, list[Rated]] = {code: [] for code in words.KINDS}
    for item in rated:
        found[status(item)].append(item)
    return [
        {"code": code, "title": words.KINDS[code], "text": _names(code, items)}
        for code, items in found.items()
        if items
    ]


def _names(code: str, found: Sequence[Rated]) -> str:
    """Name the competences, many by number, for the picture below has their names."""
    if code == "no_role":
        return words.listed(words.with_level(item.competence["id"], item.answer.level) for item in found)
    competences = [item.competence for item in found]
    return words.listed(named(item) if len(found) <= MOST_NAMED else item["id"] for item in competences)


def details(
    framework: FrameworkData,
    rated: Sequence[Rated],
    motivation: list[MotivationReply],
    not_relevant: list[NotRelevant],
) -> Details:
    """Return each competence with a level, by area, and what there is beside them."""
    complete = [item for item in rated if item.answer.complete]
    lists = no_level_lists(rated)
    return {
        "areas": [
            {
                "id": area["id"],
                "name": area["name"],
                "competences": [detail(framework, item) for item in inside],
            }
            for area, inside in by_area(framework, [item for item in rated if item.answer.level is not None])
        ],
        "note": words.STAR_NOTE if any(item.wanted and star(item.competence) for item in complete) else "",
        "rest": bool(complete) and bool(lists or not_relevant or motivation),
        "lists": lists,
        "not_relevant": not_relevant,
        "motivation": motivation,
    }


def no_level_lists(rated: Sequence[Rated]) -> list[NoLevelList]:
    """Return the competences without a level, a list a kind; empty lists are left out."""
    lists: list[NoLevelList] = [
        {
            "kind": kind,
            "title": title,
            "items": [
                {"text": named(item.competence), "question": f"k-{item.competence['id']}"}
                for item in rated
                if item.answer.state == kind
            ],
        }
        for kind, title in words.LISTS.items()
    ]
    return [found for found in lists if found["items"]]


def motivation_reply(
    framework: FrameworkData, rated: Sequence[Rated], motivation: Mapping[str, int]
) -> list[MotivationReply]:
    """Return the motivation of each area, if there is a scale, and what can be done at the area's end."""
    scale = framework["motivation"]["scale"]
    return [
        {
            "area": area["id"],
            "name": area["name"],
            "answer": motivation.get(area["id"]),
            "text": scale[motivation[area["id"]] - 1] if area["id"] in motivation else words.UNANSWERED,
            "done": words.area_done(
                area["id"], [item.competence["id"] for item in inside if not item.answer.complete]
            ),
        }
        for area, inside in by_area(framework, rated)
        if scale
    ]


def entries(rated: Sequence[Rated]) -> Entries:
    """Return the answers, to enter in the organisation's own tool."""
    rows = [f"{named(item.competence)}: {state_text(item.answer)}" for item in rated if item.answer.complete]
    return {"rows": rows, "text": "".join(f"{row}\n" for row in rows)}
