"""What the reader chooses to talk about, of the suggestions and of all competences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quiz import words
from quiz.report import named

if TYPE_CHECKING:
    from quiz.protocol.framework import CompetenceData
    from quiz.protocol.result import Addable, Choice, Suggestion, Talk

#: Suggestions chosen until the reader chooses: what half an hour has room for.
CHOSEN_AT_FIRST = 3
MOST_CHOSEN = 5


def chosen_of(
    competences: Sequence[CompetenceData], suggested: Sequence[Suggestion], wanted: Sequence[str] | None
) -> list[str]:
    """Return the ids of the suggestions and competences that are chosen.

    `wanted` is what the reader has chosen, the latest last; None until then, for the first suggestions. What
    is no longer on offer is left out, and of too many the latest.
    """
    if wanted is None:
        return [item["id"] for item in suggested[:CHOSEN_AT_FIRST]]
    kept = _on_offer(competences, suggested, wanted)[:MOST_CHOSEN]
    return [item["id"] for item in (*suggested, *competences) if item["id"] in kept]


def _on_offer(
    competences: Sequence[CompetenceData], suggested: Sequence[Suggestion], wanted: Sequence[str]
) -> list[str]:
    """Return what of `wanted` is on offer; a suggestion replaces the competence that it is about."""
    known = {item["id"]: item["id"] for item in (*competences, *suggested)}
    known |= {competence_of(item["id"]): item["id"] for item in suggested}
    return list(dict.fromkeys(known[key] for key in wanted if key in known))


def talk(
    competences: Sequence[CompetenceData],
    suggested: Sequence[Suggestion],
    chosen: Sequence[str],
    wanted: Sequence[str] | None,
) -> Talk:
    """Return as choices the first suggestions and all that is chosen, and what can be added."""
    added: list[Suggestion] = [
        {"id": item["id"], "text": words.talk_about(named(item)), "reason": words.ADDED}
        for item in competences
        if item["id"] in chosen
    ]
    shown = [item for at, item in enumerate(suggested) if at < CHOSEN_AT_FIRST or item["id"] in chosen]
    choices: list[Choice] = [{**item, "chosen": item["id"] in chosen} for item in (*shown, *added)]
    addable: list[Addable] = [
        {"id": item["id"], "text": item["text"]} for item in suggested if item not in shown
    ]
    spoken_of = {competence_of(item["id"]) for item in (*suggested, *added)}
    addable += [
        {"id": item["id"], "text": named(item)} for item in competences if item["id"] not in spoken_of
    ]
    too_many = len(_on_offer(competences, suggested, wanted or ())) > MOST_CHOSEN
    return {"choices": choices, "note": words.enough(MOST_CHOSEN) if too_many else "", "addable": addable}


def competence_of(choice: str) -> str:
    """Return the id of the competence that a choice is about, else something that is no such id."""
    group, mark, key = choice.partition(":")
    return key if mark and group != "motivation" else choice
