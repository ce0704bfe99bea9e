"""What a proposed change means, in words: what is new, whether it needs a decision, which version it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from macros.changes import Change, Weight, changes, needed_version, words
from macros.model import Framework
from macros.versions import numbers, plain, read_versions

NEEDS_DECISION = "Ändringen behöver ett beslut, för den ändrar det som parterna har enats om eller begär något nytt."
MAY_NEED_DECISION = (
    "Ändringen rör beslutad text. Betyder den något nytt behövs ett beslut. Är du osäker: fråga innan du skickar."
)
NO_DECISION = "Ändringen behöver inget beslut."


def meaning(before: Framework, after: Framework, root: Path) -> dict[str, Any]:
    """Return what a change means, for the page.

    Args:
        before: the framework as it is published.
        after: the framework with the proposal.
        root: the project's folder, with the versions that are kept.
    """
    found = changes(plain(before), plain(after))
    return {
        "changes": [_told(one) for one in found],
        "decision": _decision(found) if found else "",
        "version": _version(before, after, root, found),
    }


def _told(change: Change) -> dict[str, Any]:
    """Return where something is changed, and the text in pieces: what stays, what goes, what comes."""
    if change.before is None or change.after is None:
        kind = "added" if change.before is None else "removed"
        return {"where": change.where, "pieces": [{kind: change.before or change.after or ""}]}
    pieces = []
    for was, now in words(change.before, change.after):
        if was == now:
            pieces.append({"same": was})
        else:
            pieces.append({"removed": was, "added": now})
    return {"where": change.where, "pieces": pieces}


def _decision(found: Sequence[Change]) -> str:
    if any(change.weight is Weight.ASKS for change in found):
        return NEEDS_DECISION
    return MAY_NEED_DECISION if any(change.decided for change in found) else NO_DECISION


def _version(before: Framework, after: Framework, root: Path, found: Sequence[Change]) -> str:
    """Return which version the change asks for, counted from the last one that is kept; "" for none."""
    kept = read_versions(root)
    last = kept[-1].version if kept else before.basics.version
    needed = needed_version(last, changes(kept[-1].data, plain(after)) if kept else found)
    if needed is None or not found:
        return ""
    number, why = needed
    claimed = after.basics.version
    if numbers(claimed) >= numbers(number):
        return f"Versionen är {claimed}. Det räcker för den här ändringen."
    return f"Ändringen {why}. Då ska versionen höjas till {number}, när allt som hör ihop är klart."
