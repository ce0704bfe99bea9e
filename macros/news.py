"""What is new in each version of the framework, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from macros.changes import Change, Data, Weight, changes
from macros.model import Framework
from macros.versions import Kept, numbers, plain
from quiz.words import swedish_date

_ORIGINS = {Weight.MENDS: "Rättat", Weight.CLARIFIES: "Ändrat", Weight.ASKS: "Ändrat"}


class Novelty(NamedTuple):
    """A change that readers see, the roles that it is for (None: everyone), and a new competence's levels."""

    change: Change
    roles: tuple[str, ...] | None
    level: dict[str, int]  # by role


class Release(NamedTuple):
    """A version with what is new since the one before; a `kept` one is published and never changes."""

    version: str  # empty: the files have changed without a new number
    date: str
    since: str
    kept: bool
    novelties: tuple[Novelty, ...]

    @property
    def id(self) -> str:
        """A name for the page."""
        return f"version-{self.version.replace('.', '-')}" if self.version else "utan-version"

    @property
    def name(self) -> str:
        """What the version is called in a sentence."""
        if self.version:
            return f"i version {self.version}, {swedish_date(self.date)}"
        return f"efter version {self.since}"

    @property
    def for_all(self) -> list[Novelty]:
        """What is new for everyone."""
        return [item for item in self.novelties if item.roles is None]

    def only_for(self, role: str) -> list[Novelty]:
        """What is new for a role, but not for everyone."""
        return [item for item in self.novelties if item.roles is not None and role in item.roles]

    @property
    def for_none(self) -> list[Novelty]:
        """What is new for no role that there is."""
        return [item for item in self.novelties if item.roles == ()]


class Origin(NamedTuple):
    """Where a text that the first version does not have comes from."""

    text: str
    release: Release


@dataclass(frozen=True)
class News:
    """The first version, the day it began to apply, and those after it, newest first."""

    first: str = ""
    date: str = ""
    releases: tuple[Release, ...] = ()

    @property
    def latest(self) -> Release | None:
        """The version that applies, unless it is the first."""
        return next((release for release in self.releases if release.version), None)

    @cached_property
    def _origins(self) -> dict[tuple[str, str], Origin]:
        found = {}
        for release in reversed(self.releases):
            for change, _, _ in release.novelties:
                if change.after and not (change.competence and change.role):
                    verb = "Tillagt" if change.before is None else _ORIGINS[change.weight]
                    owner = change.competence or change.role or ""
                    found[owner, change.after] = Origin(f"{verb} {release.name}", release)
        return found

    def origin(self, owner: str, text: str) -> Origin | None:
        """Return where a text of a competence or role comes from; None: the first version."""
        return self._origins.get((owner, text))


def news(kept: Sequence[Kept], framework: Framework) -> News:
    """Return what is new in each version and in the framework as it is now."""
    basics, now = framework.basics, plain(framework)
    claimed, day = basics.version, basics.date.isoformat()
    if not kept:
        return News(claimed, day)
    releases = [
        Release(new.version, new.date.isoformat(), old.version, True, _novelties(old.data, new.data))
        for old, new in pairwise(kept)
    ]
    last = kept[-1]
    raised, found = numbers(claimed) > last.number, _novelties(last.data, now)
    if raised or found:
        releases.append(Release(claimed if raised else "", day, last.version, False, found))
    return News(kept[0].version, kept[0].date.isoformat(), tuple(reversed(releases)))


def _novelties(before: Data, after: Data) -> tuple[Novelty, ...]:
    """Return what readers see of the changes; of a role that is new or gone not the levels."""
    old, new = (_roles(data) for data in (before, after))
    found = []
    for change in changes(before, after):
        is_level = change.competence and change.role
        if change.weight is Weight.NONE or (is_level and change.role not in old.keys() & new.keys()):
            continue
        concerned = _concerned(change, before) | _concerned(change, after)
        roles = None if new.keys() <= concerned else tuple(role for role in new if role in concerned)
        found.append(Novelty(change, roles, _expected(change, after)))
    return tuple(found)


def _roles(data: Data) -> dict[str, None]:
    return {role["id"]: None for role in data["roles"]}


def _concerned(change: Change, data: Data) -> set[str]:
    """Return the roles that a change is for, as the framework on one side of it has them."""
    if change.role:
        return {change.role}
    if change.competence:
        return set(_levels(data, change.competence))
    if change.area:
        found = (item.get("roles") or _roles(data) for item in data["areas"] if item["id"] == change.area)
        return set(next(found, ()))
    return set(_roles(data))


def _expected(change: Change, after: Data) -> dict[str, int]:
    """Return role → expected level in a competence that is new."""
    is_new = change.before is None and any(
        (item["id"], item["title"]) == (change.competence, change.after) for item in after["competences"]
    )
    return _levels(after, change.competence) if is_new and change.competence else {}


def _levels(data: Data, number: str) -> dict[str, int]:
    """Return role → expected level in a competence, if it is there."""
    return {
        role: int(level)
        for item in data["competences"]
        if item["id"] == number
        for level, roles in item.get("expected", {"levels": {}})["levels"].items()
        for role in roles
    }


NO_NEWS = News()
