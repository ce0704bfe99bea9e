"""What a framework is: typed, immutable, no input or output.

The classes mirror the YAML in `framework/` field by field, so that an error's place in the model is also its
place in the file. Rules that need more than one place of the files are in `macros.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from pydantic.functional_validators import BeforeValidator

from macros.accessibility import Accessibility
from macros.fields import AreaId, CompetenceId, DigCompId, Item, Level, Link, Slug, Text
from macros.organisation import Site
from macros.support import LocalSource, Support
from macros.workshop import NO_WORKSHOP, Workshop
from quiz import words

VERSION = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)(\.[1-9]\d*)?$"


class Reading(StrEnum):
    """How sure the reading of a row of expected levels is."""

    CONFIRMED = "confirmed"
    CLEAR = "clear"
    PROBABLE = "probable"
    UNCERTAIN = "uncertain"


class NamedLink(Link):
    """An address that is referred to by its id."""

    id: Slug


class Expected(Item):
    """Expected level per role for one competence (attachment 1)."""

    reading: Reading
    levels: dict[Level, tuple[Slug, ...]]
    not_relevant: tuple[Slug, ...] = ()
    alternatives: tuple[dict[Level, tuple[Slug, ...]], ...] = ()

    @cached_property
    def by_role(self) -> dict[str, int]:
        """Role id → expected level, for the roles that the competence applies to."""
        return {role: level for level, roles in sorted(self.levels.items()) for role in roles}

    @property
    def sure(self) -> bool:
        """Whether the row can be shown without a note about the damaged source."""
        return self.reading in (Reading.CONFIRMED, Reading.CLEAR)


#: A competence has this where the framework has no roles.
NOTHING_EXPECTED = Expected(reading=Reading.CLEAR, levels={})


class Competence(Item):
    """One competence: its definition, its steps, and the level expected of each role, where there are roles.

    `keywords` are what readers call it when they search; no page shows them. `digcomp` has the ids of the
    competences of DigComp 3.0 that it is read as, which nobody has decided on.
    """

    id: CompetenceId
    title: Text
    definition: Text
    levels: dict[Level, Text]
    expected: Expected = NOTHING_EXPECTED
    support: tuple[Support, ...] = ()
    digcomp: tuple[DigCompId, ...] = ()
    keywords: tuple[Text, ...] = ()

    @property
    def heading(self) -> str:
        """The number and the title."""
        return f"{self.id} {self.title}"

    @property
    def area_id(self) -> str:
        """The id of the area, which is the first part of the competence's own."""
        return self.id.partition(".")[0]

    def support_at(self, level: int) -> tuple[Support, ...]:
        """Support texts that name `level`."""
        return tuple(item for item in self.support if level in item.levels)

    @property
    def support_for_all(self) -> tuple[Support, ...]:
        """Support texts that name no level."""
        return tuple(item for item in self.support if not item.levels)

    @property
    def learning(self) -> tuple[Support, ...]:
        """Support texts that say how to learn more."""
        return tuple(item for item in self.support if item.teaches)

    @property
    def shared_support(self) -> tuple[Support, ...]:
        """Support texts that are for everyone."""
        return tuple(item for item in self.support if not item.is_local)


class Area(Item):
    """A group of competences with one motivation statement, unless motivation is not rated.

    `roles` lists whom the area is for; empty means everyone.
    """

    id: AreaId
    name: Text
    motivation: Text = ""
    roles: tuple[Slug, ...] = ()

    @property
    def heading(self) -> str:
        """The number and the name."""
        return f"{self.id}. {self.name}"


class Role(Item):
    """A role profile in one part of the organisation; `general` is for readers who find no other.

    `keywords` are what readers call it when they search; no page shows them.
    """

    id: Slug
    name: Text
    part: Slug
    note: Text | None = None
    general: bool = False
    keywords: tuple[Text, ...] = ()


class Part(Item):
    """A part of the organisation that has role profiles of its own."""

    id: Slug
    name: Text


class Roster(Item):
    """The contents of `roles.yml`."""

    parts: tuple[Part, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)


#: A framework without roles has this one.
NO_ROLES = Roster.model_construct(parts=(), roles=())


class LevelName(Item):
    """A proficiency level and what the framework calls it."""

    level: Level
    name: Text


class Motivation(Item):
    """The scale on which motivation is rated, once an area."""

    title: Text
    scale: tuple[Text, ...] = Field(min_length=2)


#: A framework that does not have motivation rated has this one.
NO_MOTIVATION = Motivation.model_construct(title="", scale=())


class Principle(Item):
    """How the framework is used.

    `rating` marks those that matter while rating; `terms` are the words that the text explains.
    """

    id: Slug
    name: Text
    text: Text
    rating: bool = False
    terms: tuple[Text, ...] = ()


class Step(Item):
    """A step of the yearly process."""

    id: Slug
    name: Text
    text: Text


def _point(value: Any) -> Any:
    """A point without sub-points may be written as its text alone."""
    return {"text": value} if isinstance(value, str) else value


class Point(Item):
    """A bullet, possibly with bullets below it."""

    text: Text
    points: tuple[Text, ...] = ()


class Section(Item):
    """A passage about the framework: a heading, paragraphs, bullets, links by id.

    `group` is the heading above it on the page about the framework.

    `numbered` says that the order of the points matters; `terms` are the words that the paragraphs explain.
    """

    id: Slug
    group: Text
    title: Text
    source: Slug
    text: tuple[Text, ...] = ()
    points: tuple[Annotated[Point, BeforeValidator(_point)], ...] = ()
    numbered: bool = False
    terms: tuple[Text, ...] = ()
    links: tuple[Slug, ...] = ()


class Question(Item):
    """A question with its answer; `open` when the source leaves it unanswered."""

    id: Slug
    question: Text
    answer: Text
    open: bool = False


class Document(Item):
    """A source document."""

    id: Slug
    name: Text
    title: Text
    date: date


class Origin(Item):
    """Which documents a part of the framework comes from."""

    part: Text
    documents: tuple[Slug, ...] = Field(min_length=1)


class Mend(Item):
    """An error in the source that was corrected."""

    where: Text
    document: Slug
    before: Text
    after: Text
    why: Text


class Note(Item):
    """Something odd in the source, noticed and kept unchanged."""

    where: Text
    document: Slug
    text: Text


class Sources(Item):
    """Where each part comes from, what was corrected and what was kept unchanged."""

    documents: tuple[Document, ...] = Field(min_length=1)
    origins: tuple[Origin, ...] = Field(min_length=1)
    mends: tuple[Mend, ...] = ()
    notes: tuple[Note, ...] = ()


class Basics(Item):
    """The contents of `framework.yml`."""

    title: Text
    version: Annotated[str, StringConstraints(pattern=VERSION)]
    date: date
    introduction: tuple[Text, ...] = Field(min_length=1)
    levels: tuple[LevelName, ...] = Field(min_length=1)
    motivation: Motivation = NO_MOTIVATION
    principles: tuple[Principle, ...] = Field(min_length=1)
    process: tuple[Step, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = Field(min_length=1)
    links: tuple[NamedLink, ...]

    def explained(self) -> Iterator[tuple[str, str]]:
        """Words that are explained outside the support texts, each with the text that explains it."""
        for principle in self.principles:
            yield from ((term, principle.text) for term in principle.terms)
        for section in self.sections:
            yield from ((term, " ".join(section.text)) for term in section.terms)


class Framework(Item):
    """The whole framework, checked: every reference in it resolves."""

    site: Site
    basics: Basics
    parts: tuple[Part, ...]
    roles: tuple[Role, ...]
    areas: tuple[Area, ...]
    competences: tuple[Competence, ...]
    questions: tuple[Question, ...]
    sources: Sources
    workshop: Workshop = NO_WORKSHOP
    accessibility: Accessibility
    local: tuple[LocalSource, ...] = ()

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The numbers of the proficiency levels, lowest first: as many as `framework.yml` names."""
        return tuple(item.level for item in self.basics.levels)

    @cached_property
    def competence(self) -> dict[str, Competence]:
        """Competence id → competence."""
        return {competence.id: competence for competence in self.competences}

    @cached_property
    def area(self) -> dict[str, Area]:
        """Area id → area."""
        return {area.id: area for area in self.areas}

    @cached_property
    def role(self) -> dict[str, Role]:
        """Role id → role."""
        return {role.id: role for role in self.roles}

    @cached_property
    def section(self) -> dict[str, Section]:
        """Section id → section."""
        return {section.id: section for section in self.basics.sections}

    @cached_property
    def link(self) -> dict[str, NamedLink]:
        """Link id → link."""
        return {link.id: link for link in self.basics.links}

    @cached_property
    def principle(self) -> dict[str, Principle]:
        """Principle id → principle."""
        return {principle.id: principle for principle in self.basics.principles}

    @cached_property
    def question(self) -> dict[str, Question]:
        """Question id → question."""
        return {question.id: question for question in self.questions}

    @cached_property
    def general_role(self) -> Role | None:
        """The role profile for those who find no role of their own, if there is one."""
        return next((role for role in self.roles if role.general), None)

    @cached_property
    def roles_by_part(self) -> tuple[tuple[str, tuple[Role, ...]], ...]:
        """The name of each part of the organisation with its roles."""
        return tuple(
            (part.name, tuple(role for role in self.roles if role.part == part.id)) for part in self.parts
        )

    @cached_property
    def by_area(self) -> dict[str, tuple[Competence, ...]]:
        """Area id → its competences, in the framework's order."""
        return {
            area.id: tuple(item for item in self.competences if item.area_id == area.id)
            for area in self.areas
        }

    def level_name(self, level: int) -> str:
        """What the framework calls `level`."""
        return self.basics.levels[level - 1].name

    def readers(self, text: Support) -> tuple[str, ...]:
        """The ids of the roles that a support text is for; none where it is for everyone."""
        return text.roles or tuple(role.id for role in self.roles if role.part in text.parts)

    def whose(self, text: Support) -> str:
        """Whom a text is for, to end a label with: «Kulturskolan», «för chef»; "" for everyone."""
        if text.parts:
            return words.listed(part.name for part in self.parts if part.id in text.parts)
        return f"för {self.role_names(text.roles)}" if text.roles else ""

    def role_names(self, role_ids: Iterable[str]) -> str:
        """The roles with these ids inside a sentence: «chef och systemägare»."""
        return words.roles(self.role[role_id].name for role_id in role_ids)

    def unsure(self) -> Iterator[Competence]:
        """Competences whose row of expected levels was read from damaged text."""
        return (item for item in self.competences if not item.expected.sure)
