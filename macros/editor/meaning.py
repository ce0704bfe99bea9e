"""What a proposed change means: in words, for decision and version, and where it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.changes import Change, Weight, changes, needed_version
from macros.check.docs import CALL
from macros.model import Framework
from macros.news import news
from macros.pages import is_left_out, made_pages
from macros.render.pages import PAGES
from macros.render.view import Page, View
from macros.site.published import Published
from macros.slides.deck import POWERPOINT, deck
from macros.versions import numbers, plain, read_versions

NEEDS_DECISION = "Ändringen behöver ett beslut innan den kan gälla."
MAY_NEED_DECISION = (
    "Ändringen rör beslutad text. Betyder den något nytt behövs ett beslut. Är du osäker? Skriv det i mejlet."
)
NO_DECISION = "Ändringen behöver inget beslut."
_EDITOR = "edit"  # shows the files themselves, and is no page for readers of the framework
_TO_ROOT = "../"  # from the editor's page


def meaning(before: Framework, after: Framework, root: Path) -> dict[str, Any]:
    """Return what a change of the published framework means; `root` has the versions that are kept."""
    found = changes(plain(before), plain(after))
    return {
        "changes": [{"where": one.where, "pieces": one.pieces} for one in found],
        "decision": _decision(found) if found else "",
        "version": _version(before, after, root, found),
    }


def _decision(found: Sequence[Change]) -> str:
    if any(change.weight is Weight.ASKS for change in found):
        return NEEDS_DECISION
    return MAY_NEED_DECISION if any(change.decided for change in found) else NO_DECISION


def _version(before: Framework, after: Framework, root: Path, found: Sequence[Change]) -> str:
    """Return which version the change asks for, from the last that is kept; "" for none."""
    kept = read_versions(root)
    last = kept[-1].version if kept else before.basics.version
    needed = needed_version(last, changes(kept[-1].data, plain(after)) if kept else found)
    if needed is None or not found:
        return ""
    claimed = after.basics.version
    if numbers(claimed) >= numbers(needed.number):
        return f"Versionen är {claimed}. Det räcker för den här ändringen."
    raised = f"Versionen ska då höjas till {needed.number}{needed.unless}, när allt som hör ihop är ändrat."
    return f"Ändringen {needed.why}. {raised}"


class Pages:
    """The pages that are made of the framework, by their addresses."""

    def __init__(self, docs: Mapping[str, str]) -> None:
        """Take the pages in `docs/`: name there → text."""
        self._docs = docs

    def rendered(self, framework: Framework, root: Path) -> dict[str, Page]:
        """Return every page with its title; `root` has the kept versions."""
        nothing = Published(app="", runtime="", search="", editor="", files={})
        view = View(framework, nothing, _TO_ROOT, news=news(read_versions(root), framework))
        return {
            address: replace(page, title=page.title or title)
            for address, title, macro, arguments in self._calls(framework)
            for page in [PAGES[macro](view, *arguments)]
        }

    def _calls(self, framework: Framework) -> Iterator[tuple[str, str, str, list[str]]]:
        for name, text in {**self._docs, **made_pages(framework)}.items():
            if is_left_out(text, framework):
                continue
            title = re.search(r"^title: (.+)$", text, re.MULTILINE)
            for call in CALL.finditer(text):
                if call[1] != _EDITOR:
                    address = re.sub(r"(^|/)index/$", r"\1", name.removesuffix(".md") + "/")
                    yield address, title[1] if title else "", call[1], re.findall(r'"([^"]*)"', call[2])


def shown_on(before: Mapping[str, Page], after: Mapping[str, Page]) -> list[dict[str, str]]:
    """Return the pages that become others, with address and title."""
    return [
        {"address": address, "title": page.title or "Startsidan"}
        for address, page in after.items()
        if address not in before or before[address].html != page.html
    ]


def taken_along(before: Framework, after: Framework) -> list[str]:
    """Return what else is changed: the files with the whole framework, the slides to download."""
    found = ["Filerna med hela ramverket (Excel, tabeller och JSON)"] if before != after else []
    if deck(before) != deck(after):
        found.append(f"Bilderna som PowerPoint ({POWERPOINT.rpartition('/')[2]})")
    return found
