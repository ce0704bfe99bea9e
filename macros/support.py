"""The support of a competence, for everyone or for some."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from macros.fields import CompetenceId, Item, Level, Link, Slug, Text


class Kind(StrEnum):
    """What a support text is."""

    CLARIFICATION = "förtydligande"
    EXAMPLE = "exempel"
    ACTIVITY = "läraktivitet"
    MORE = "lär dig mer"


class Way(StrEnum):
    """The kind of learning activity, where its text names one."""

    DO = "gör själv"
    COLLEAGUE = "lär av en kollega"
    STUDY = "kurs eller läsning"


class SupportText(Item):
    """An example, a clarification or a learning activity; with `roles` it is for those alone."""

    kind: Kind
    text: Text
    levels: tuple[Level, ...] = ()
    terms: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    way: Way | None = None
    roles: tuple[Slug, ...] = ()


class Support(SupportText):
    """A support text of a competence; with `parts` it comes from those parts of the organisation."""

    parts: tuple[Slug, ...] = ()

    @property
    def teaches(self) -> bool:
        """Whether the text says how to learn more."""
        return self.kind in (Kind.ACTIVITY, Kind.MORE)

    @property
    def is_local(self) -> bool:
        """Whether the text is for some parts or roles only."""
        return bool(self.parts or self.roles)


class LocalText(SupportText):
    """A support text in the file of a part of the organisation."""

    competence: CompetenceId


class LocalSource(Item):
    """Where a part of the organisation has its own support texts from: a document and its date."""

    part: Slug
    document: Text
    date: date


class LocalSupport(LocalSource):
    """The contents of a file in `support/`: the support texts of one part of the organisation."""

    support: tuple[LocalText, ...] = Field(min_length=1)
