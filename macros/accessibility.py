"""What the accessibility statement says: faults, assessment, whom to contact, checks by hand."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from macros.fields import Item, Link, Text

# One of those in macros/criteria.py.
CriterionId = Annotated[str, StringConstraints(pattern=r"^\S+$")]
Address = Annotated[str, StringConstraints(pattern=r"^(https://|mailto:|tel:)\S+$")]


class Conformity(StrEnum):
    """Whether the site does what the law requires."""

    FULL = "helt"
    PARTIAL = "delvis"
    NONE = "inte"


class Need(StrEnum):
    """Who meets a fault, in the words and the order of the supervising authority's template."""

    BLIND = "utan synförmåga"
    LOW_VISION = "med nedsatt syn"
    COLOUR = "med nedsatt färgseende"
    DEAF = "utan hörsel"
    HARD_OF_HEARING = "med nedsatt hörsel"
    SPEECH = "utan röstförmåga"
    HANDS = "med nedsatt finmotorik eller styrka"
    REACH = "med nedsatt rörlighet"
    FLICKER = "med känslighet för flimmer"
    COGNITION = "med kognitiv nedsättning"


class Outcome(StrEnum):
    """What came of a check; the worst first."""

    FAILED = "klarades inte"
    PASSED = "klarades"


class Claim(Item):
    """Something that the page promises, with the criteria (or topics) whose proof stands behind it."""

    text: Text
    criteria: tuple[CriterionId, ...] = Field(min_length=1)


class Fault(Item):
    """Content that is not accessible: what, why, by which criterion, for whom, and what there is instead."""

    what: Text
    why: Text
    criterion: CriterionId
    instead: Text
    who: tuple[Need, ...] = Field(min_length=1)


class Exempt(Item):
    """Content that the law does not require to be accessible, and the reason."""

    what: Text
    why: Text


class Untested(Item):
    """What the site was not tried with, and why."""

    what: Text
    why: Text


class Way(Item):
    """A way to reach someone: a web page, an e-mail address or a phone number."""

    text: Text
    url: Address


class Contact(Item):
    """Where to report a fault, and where to ask for content that the law exempts."""

    report: Way
    exempted: Way


class Check(Item):
    """A check by hand: when, with what, where, for which criteria, how, and what came of it."""

    date: date
    tool: Text
    version: Text
    page: Text
    criteria: tuple[CriterionId, ...] = Field(min_length=1)
    steps: tuple[Text, ...] = Field(min_length=1)
    result: Outcome
    note: Text | None = None


class Accessibility(Item):
    """The contents of `accessibility.yml`."""

    actor: Text
    service: Text
    conformity: Conformity
    claims: tuple[Claim, ...] = ()
    limits: tuple[Text, ...] = ()
    faults: tuple[Fault, ...] = ()
    unreasonable: tuple[Exempt, ...] = ()
    exceptions: tuple[Exempt, ...] = ()
    contact: Contact | None = None
    complaint: Link
    assessed: date
    updated: date
    method: tuple[Text, ...] = Field(min_length=1)
    untested: tuple[Untested, ...] = ()
    checks: tuple[Check, ...] = ()

    def by_need(self) -> list[tuple[Need, list[Fault]]]:
        """The faults of each need that has any, in the template's order."""
        groups = [(need, [fault for fault in self.faults if need in fault.who]) for need in Need]
        return [(need, faults) for need, faults in groups if faults]
