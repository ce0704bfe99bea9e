"""What stands behind the accessibility statement, by criterion: the last run of the tests, checks by hand.

`make protocol` writes the run down (tests/protocol.py), so that a build runs no test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from macros.accessibility import Accessibility, Outcome
from macros.cache import digest
from macros.criteria import CRITERIA, PRINCIPLES, TOPICS

PROTOCOL = "docs/assets/protokoll.json"
# What the site is made of; packages and programs are in the protocol with their versions.
_SOURCES = ("docs/**/*", "framework/**/*", "macros/**/*", "quiz/**/*", "mkdocs.yml")
_ENDINGS = (".css", ".html", ".js", ".json", ".md", ".mjs", ".py", ".svg", ".ts", ".yml")


class Row(NamedTuple):
    """What shows whether a criterion is met: what, where, by which test or check, the result."""

    shows: str
    where: str
    by: str
    result: Outcome


class Proof(NamedTuple):
    """The last run of the tests, if any; `old` when the site has changed since."""

    date: str = ""
    versions: Mapping[str, str] = {}
    rows: Mapping[str, tuple[Row, ...]] = {}
    old: bool = False


NOT_RUN = Proof()


def fingerprint(root: Path) -> str:
    """Return a short name for the contents of all that the site is made of."""
    files = (path for pattern in _SOURCES for path in root.glob(pattern) if path.suffix in _ENDINGS)
    contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
    contents.pop(PROTOCOL, None)
    return digest(contents)


def read_proof(root: Path) -> Proof:
    """Return the last run of the tests."""
    path = root / PROTOCOL
    if not path.is_file():
        return NOT_RUN
    run = json.loads(path.read_bytes())
    rows: dict[str, tuple[Row, ...]] = {}
    for test in run["tests"]:
        result = Outcome.FAILED if test["failed"] else Outcome.PASSED
        row = Row(test["shows"], test["where"], f"Prov: {test['test']}", result)
        for criterion in test["criteria"]:
            rows[criterion] = (*rows.get(criterion, ()), row)
    return Proof(run["date"], run["versions"], rows, run["sources"] != fingerprint(root))


class Entry(NamedTuple):
    """A criterion, or a topic beyond them (without a level), with all that was tried for it."""

    id: str
    name: str
    level: str
    en: str | None
    rows: tuple[Row, ...]

    @property
    def verdict(self) -> str:
        """The worst result; nothing tried is nothing shown."""
        return min((row.result for row in self.rows), key=list(Outcome).index, default="inte prövat")


def protocol(statement: Accessibility, proof: Proof) -> dict[str, list[Entry]]:
    """Return the criteria by principle, then the topics, each with its tests, checks and known faults."""

    def rows(own: str) -> tuple[Row, ...]:
        by_hand = (
            Row(
                " ".join((*check.steps, check.note or "")),
                check.page,
                f"För hand {check.date} med {check.tool} {check.version}",
                check.result,
            )
            for check in statement.checks
            if own in check.criteria
        )
        faults = (
            Row(fault.what, "Känd brist", "Står på sidan Tillgänglighet", Outcome.FAILED)
            for fault in statement.faults
            if fault.criterion == own
        )
        return (*proof.rows.get(own, ()), *by_hand, *faults)

    groups = {
        f"{number}. {principle}": [
            Entry(item.id, item.name, item.level, item.en, rows(item.id))
            for item in CRITERIA
            if item.id[0] == number
        ]
        for number, principle in PRINCIPLES.items()
    }
    topics = [Entry(own, name, "", None, rows(own)) for own, name in TOPICS.items()]
    return groups | {"Utöver kriterierna": topics}


def notes(statement: Accessibility, proof: Proof) -> Iterator[str]:
    """Yield what whoever builds the site should know of the statement."""
    if statement.contact is None:
        yield "framework/accessibility.yml: contact saknas, men lagen kräver en kontakt. Lägg till den."
    if not proof.date:
        yield f"{PROTOCOL} saknas. Kör: make protocol"
    elif proof.old:
        yield f"{PROTOCOL} är från {proof.date}, och sidorna har ändrats sedan dess. Kör: make protocol"
    if failed := sorted(
        own for own, rows in proof.rows.items() if any(row.result is Outcome.FAILED for row in rows)
    ):
        yield f"{PROTOCOL}: kraven {', '.join(failed)} klarades inte. Rätta felet och kör: make protocol"
