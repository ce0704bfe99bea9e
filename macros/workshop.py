"""What the workshop's material is: slides, exercises, cases, advice for the room and for the talk."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from macros.fields import AreaId, CompetenceId, Count, Item, Level, Minutes, Slug, Text


class Show(StrEnum):
    """What a slide shows besides its own texts, made from the framework."""

    DEFINITION = "definition"
    STAIRCASE = "trappa"
    DESCRIPTORS = "nivåbeskrivningar"
    EXAMPLES = "exempel"
    HANDS = "händer"
    MOTIVATION = "motivation"
    CASES = "fall"
    PROCESS = "process"
    PART = "del"
    TIME = "tid"


class WorkshopSlide(Item):
    """One slide. Texts from elsewhere in the framework are referenced by id.

    `minutes` is agenda (its length in minutes) → minutes for this slide, 0 where its time is part of the
    next slide's; a slide without them is an extra. `reading`: whether the group reads it, aloud or silently.
    `silence` is agenda → seconds for thinking, answering and talking. `ours` is a question to the leader,
    whose answer is shown instead of the slide's own texts.
    """

    id: Slug
    kicker: Text | None = None
    title: Text | None = None
    text: tuple[Text, ...] = ()
    sections: tuple[Slug, ...] = ()
    principles: tuple[Slug, ...] = ()
    exercise: Slug | None = None
    show: Show | None = None
    minutes: dict[Minutes, Count] = Field(default_factory=dict)
    reading: bool = False
    silence: dict[Minutes, Count] = Field(default_factory=dict)
    ours: Text | None = None
    script: tuple[Text, ...] = Field(min_length=1)


class Exercise(Item):
    """Something that the group does together."""

    id: Slug
    title: Text
    minutes: Minutes
    needs: Text
    steps: tuple[Text, ...] = Field(min_length=1)


class Case(Item):
    """A support text to rate together: the first example of a competence on a level."""

    competence: CompetenceId
    level: Level


class Passage(Item):
    """A passage of advice in our own words, with texts of the framework by id."""

    id: Slug
    title: Text
    text: tuple[Text, ...] = ()
    points: tuple[Text, ...] = ()
    numbered: bool = False
    sections: tuple[Slug, ...] = ()
    principles: tuple[Slug, ...] = ()
    questions: tuple[Slug, ...] = ()


class Talk(Item):
    """Questions that a manager may ask about an area."""

    area: AreaId
    ask: tuple[Text, ...] = Field(min_length=1)


class Workshop(Item):
    """The contents of `workshop.yml`: material for the room and for the talk."""

    example: CompetenceId
    agendas: tuple[Minutes, ...] = Field(min_length=1)
    slides: tuple[WorkshopSlide, ...] = Field(min_length=1)
    exercises: tuple[Exercise, ...] = Field(min_length=1)
    cases: tuple[Case, ...] = Field(min_length=1)
    guide: tuple[Passage, ...] = Field(min_length=1)
    preparation: tuple[Passage, ...] = Field(min_length=1)
    manager: tuple[Passage, ...] = Field(min_length=1)
    talk: tuple[Talk, ...] = Field(min_length=1)

    @property
    def is_there(self) -> bool:
        """Whether there is any material."""
        return bool(self.slides)


#: A framework without a workshop has this one.
NO_WORKSHOP = Workshop.model_construct(
    example="", agendas=(), slides=(), exercises=(), cases=(), guide=(), preparation=(), manager=(), talk=()
)
