"""What Python knows of the framework."""

from typing import NotRequired, TypedDict


class LevelData(TypedDict):
    """A level."""

    level: int
    name: str


class MotivationData(TypedDict):
    """The motivation question."""

    title: str
    scale: list[str]  # its answers, lowest first


class AreaData(TypedDict):
    """A group of competences."""

    id: str
    name: str
    motivation: str  # the statement that is rated


class RoleData(TypedDict):
    """A role profile."""

    id: str
    name: str
    part: str  # of the organisation


class LinkData(TypedDict):
    """Words of a support text that lead to an address."""

    text: str
    url: str


class SupportData(TypedDict):
    """An example, a clarification or a learning activity."""

    kind: str
    levels: list[int]  # none: all
    text: str
    links: list[LinkData]
    roles: NotRequired[list[str]]  # without it, for everyone
    whose: NotRequired[str]  # the same in words: «Kulturskolan», «för chef»


class CompetenceData(TypedDict):
    """A competence."""

    id: str
    area: str
    title: str
    definition: str
    levels: list[str]  # descriptors, lowest first
    expected: dict[str, int]  # role id → level, for the roles that it applies to
    not_relevant: list[str]  # role ids that the framework says it is not relevant for
    reading: str  # how sure the expected levels are
    support: list[SupportData]


class FrameworkData(TypedDict):
    """The contents of framework.bin."""

    title: str
    version: str
    date: str  # yyyy-mm-dd
    levels: list[LevelData]
    motivation: MotivationData
    areas: list[AreaData]
    roles: list[RoleData]
    competences: list[CompetenceData]
