"""What is new in each version of the framework, and for whom.

news(kept, framework)     every version after the first, the newest first
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from macros.changes import Change, Data, Weight, changes
from macros.model import Framework
from macros.versions import Kept, numbers, plain
from quiz.words import swedish_date

_ORIGINS = {Weight.MENDS: "Rättat", Weight.CLARIFIES: "Ändrat", Weight.ASKS: "Ändrat"}


class Novelty(NamedTuple):
    """A change that readers see, with the ids of the roles that it is for; None where it is for everyone.

    `level` is the level that a new competence expects, by role.
    """

    change: Change
    roles: tuple[str, ...] | None
    level: dict[str, int]


@dataclass(frozen=True)
class Release:
    """A version with what is new in it since the one before.

    `version` is empty where the files have changed without a new number; `kept` says whether the version is
    published and unchangeable.
    """

    version: str
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
        if not self.version:
            return f"efter version {self.since}"
        return f"i version {self.version}, {swedish_date(self.date)}"

    @property
    def for_all(self) -> list[Novelty]:
        """What is new for everyone."""
        return [item for item in self.novelties if item.roles is None]

    def only_for(self, role: str) -> list[Novelty]:
        """What is new for a role, but not for everyone."""
        return [item for item in self.novelties if item.roles is not None and role in item.roles]

    @property
    def for_none(self) -> list[Novelty]:
        """What is new for no role that there is: most often a role that is gone."""
        return [item for item in self.novelties if item.roles == ()]


@dataclass(frozen=True)
class Origin:
    """Where a text that the first version does not have comes from."""

    text: str
    release: Release


@dataclass(frozen=True)
class News:
    """The first version with the day it began to apply, and those after it, the newest first."""

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
        """Return where a text of a competence or a role comes from; None if from the first version."""
        return self._origins.get((owner, text))


def news(kept: Sequence[Kept], framework: Framework) -> News:
    """Return what is new in each version since the first, and in the framework as it is now."""
    basics, now = framework.basics, plain(framework)
    claimed, day = basics.version, basics.date.isoformat()
    if not kept:
        return News(claimed, day)
    releases = [
        Release(
            after.version, after.date.isoformat(), before.version, True, _novelties(before.data, after.data)
        )
        for before, after in zip(kept, kept[1:], strict=False)
    ]
    last = kept[-1]
    raised, found = numbers(claimed) > last.number, _novelties(last.data, now)
    if raised or found:
        releases.append(Release(claimed if raised else "", day, last.version, False, found))
    return News(kept[0].version, kept[0].date.isoformat(), tuple(reversed(releases)))


def _novelties(before: Data, after: Data) -> tuple[Novelty, ...]:
    return tuple(_seen(before, after))


def _seen(before: Data, after: Data) -> Iterator[Novelty]:
    """Yield what readers see of the changes; a role that is new or gone is one, without its levels."""
    old, new = ({role["id"] for role in data["roles"]} for data in (before, after))
    competences = {item["id"]: item for data in (before, after) for item in data["competences"]}
    order = [role["id"] for role in after["roles"]]
    for change in changes(before, after):
        if change.weight is Weight.NONE or (
            change.competence and change.role and change.role not in old & new
        ):
            continue
        added = change.competence and not change.role and change.before is None
        levels = _levels(competences[change.competence]) if change.competence else {}
        if change.role:
            concerned = {change.role}
        elif change.competence:
            concerned = {role for data in (before, after) for role in _levels_in(data, change.competence)}
        elif change.area:
            concerned = _roles_of(before, change.area) | _roles_of(after, change.area)
        else:
            concerned = new
        roles = None if new <= concerned else tuple(role for role in order if role in concerned)
        is_whole = added and change.after == competences[change.competence]["title"]
        yield Novelty(change, roles, levels if is_whole else {})


def _levels(competence: Data) -> dict[str, int]:
    return {role: int(level) for level, roles in competence["expected"]["levels"].items() for role in roles}


def _levels_in(data: Data, number: str) -> dict[str, int]:
    """Return role → expected level in a competence; none where it does not exist."""
    return next((_levels(item) for item in data["competences"] if item["id"] == number), {})


def _roles_of(data: Data, number: str) -> set[str]:
    """Return the roles that an area is for."""
    everyone = [role["id"] for role in data["roles"]]
    found = next((item.get("roles") or everyone for item in data["areas"] if item["id"] == number), [])
    return set(found)
