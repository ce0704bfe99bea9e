"""The workshop's slides, from the framework: one list that pages and PowerPoint file are both made from.

A slide is a title and blocks of plain text; how a block looks is the business of whoever shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase
from typing import NamedTuple

from macros.model import Competence, Framework, Kind, Section, Support
from macros.workshop import Show, WorkshopSlide

#: Where in the site the slides are as a file, from its root.
POWERPOINT = "workshop/skatta-digital-kompetens.pptx"


class Shape(StrEnum):
    """How the parts of a block belong together."""

    TEXT = "text"
    HEADING = "heading"
    QUOTE = "quote"
    POINTS = "points"
    STEPS = "steps"
    LINKS = "links"
    FACTS = "facts"
    CARDS = "cards"
    STAIRS = "stairs"
    SCALE = "scale"
    FLOW = "flow"
    HANDS = "hands"
    STAMP = "stamp"


@dataclass(frozen=True)
class Entry:
    """One text of a block; `label` is above it, `points` below it, and `url` is where it leads."""

    text: str
    label: str = ""
    url: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Texts that are shown together."""

    shape: Shape
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Slide:
    """One slide. `script` is what the leader says; `example`: whether it shows the example competence."""

    id: str
    title: str
    kicker: str
    blocks: tuple[Block, ...]
    timing: tuple[str, ...]
    script: tuple[str, ...]
    quotes: tuple[Entry, ...]
    agendas: frozenset[int]
    example: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that can be read on the slide, in order."""
        entries = [entry for block in self.blocks for entry in block.entries]
        parts = [part for entry in entries for part in (entry.label, entry.text, *entry.points)]
        return tuple(filter(None, (self.kicker, self.title, *parts)))

    @property
    def notes(self) -> str:
        """The leader's notes as plain text: minutes, script, and the framework's text."""
        quotes = (f"{quote.label}: {quote.text}" for quote in self.quotes)
        return "\n\n".join(filter(None, ["\n".join(self.timing), "\n".join(self.script), "\n".join(quotes)]))


def deck(framework: Framework, example: str | None = None) -> tuple[Slide, ...]:
    """Return all slides in order.

    Args:
        framework: the framework.
        example: id of the competence to show as an example; without it the one that the workshop names.
    """
    competence = framework.competence[example or framework.workshop.example]
    return tuple(_slide(framework, source, competence) for source in framework.workshop.slides)


def example_of(competence: Competence) -> Support | None:
    """Return one example for a competence's card: the first that names a level, or else the first."""
    examples = [item for item in competence.support if item.kind is Kind.EXAMPLE]
    return next((item for item in examples if item.levels), examples[0] if examples else None)


def _slide(framework: Framework, source: WorkshopSlide, competence: Competence) -> Slide:
    workshop = framework.workshop
    exercise = workshop.exercise[source.exercise] if source.exercise else None
    sections = [framework.section[section_id] for section_id in source.sections]
    quotes = [framework.principle[principle_id] for principle_id in source.principles]
    motivation = framework.basics.motivation.title if source.show is Show.MOTIVATION else ""
    title = source.title or (exercise and exercise.title) or (sections and sections[0].title) or motivation
    blocks = [_block(Shape.TEXT, source.text)] if source.text else []
    if quotes:
        blocks.append(_block(Shape.POINTS, (principle.name for principle in quotes)))
    if exercise:
        blocks.append(_block(Shape.STEPS, exercise.steps))
    for place, section in enumerate(sections):
        blocks += _section(framework, section, with_title=place > 0)
    if source.show:
        blocks += _SHOWN[source.show](framework, competence)
    if source is workshop.slides[0]:
        basics = framework.basics
        blocks.append(_block(Shape.STAMP, [f"{basics.title}, version {basics.version}, {basics.date}"]))
    return Slide(
        id=source.id,
        title=title or source.id,
        kicker=source.kicker or (_naming(competence) if source.show in _NAMING else ""),
        blocks=tuple(blocks),
        timing=_timing(workshop.agendas, source),
        script=source.script,
        quotes=tuple(Entry(principle.text, principle.name) for principle in quotes),
        agendas=frozenset(source.minutes),
        example=source.show in _EXAMPLE,
    )


def _timing(agendas: Iterable[int], source: WorkshopSlide) -> tuple[str, ...]:
    if not source.minutes:
        return ("Extrabild. Visa den om ni har tid.",)
    return tuple(
        f"Möte på {agenda} minuter: {_minutes(source.minutes[agenda])}"
        if agenda in source.minutes
        else f"Möte på {agenda} minuter: hoppa över bilden."
        for agenda in agendas
    )


def _minutes(number: int) -> str:
    return "1 minut." if number == 1 else f"{number} minuter."


def _block(shape: Shape, texts: Iterable[str]) -> Block:
    return Block(shape, tuple(Entry(text) for text in texts))


def _section(framework: Framework, section: Section, *, with_title: bool) -> list[Block]:
    links = tuple(Entry(link.text, url=link.url) for link in map(framework.link.__getitem__, section.links))
    points = tuple(Entry(point.text, points=point.points) for point in section.points)
    blocks = [
        _block(Shape.HEADING, [section.title] if with_title else []),
        _block(Shape.TEXT, section.text),
        Block(Shape.STEPS if section.numbered else Shape.POINTS, points),
        Block(Shape.LINKS, links),
    ]
    return [block for block in blocks if block.entries]


def _naming(competence: Competence) -> str:
    return f"Delkompetens {competence.id}: {competence.title}"


def _definition(framework: Framework, competence: Competence) -> list[Block]:
    area = framework.area[competence.area_id]
    facts = (
        Entry(area.name, f"Kompetensområde {area.id}"),
        Entry(competence.title, f"Delkompetens {competence.id}"),
        Entry(competence.definition, "Definition"),
    )
    return [Block(Shape.FACTS, facts)]


def _staircase(framework: Framework, _: Competence) -> list[Block]:
    steps = (Entry(item.name, f"Nivå {item.level}") for item in framework.basics.levels)
    return [Block(Shape.STAIRS, tuple(steps))]


def _descriptors(framework: Framework, competence: Competence) -> list[Block]:
    return [Block(Shape.STAIRS, _levels(framework, competence))]


def _hands(framework: Framework, competence: Competence) -> list[Block]:
    return [Block(Shape.HANDS, _levels(framework, competence))]


def _levels(framework: Framework, competence: Competence) -> tuple[Entry, ...]:
    return tuple(Entry(competence.levels[level], f"Nivå {level}") for level in framework.levels)


def _examples(framework: Framework, competence: Competence) -> list[Block]:
    """Return the support texts about single levels, else the examples, else the clarifications."""
    by_level = [item for item in competence.support if 0 < len(item.levels) < len(framework.levels)]
    if by_level:
        cards = [Entry(item.text, f"Nivå {', '.join(map(str, item.levels))}") for item in by_level]
        return [Block(Shape.CARDS, tuple(cards))]
    for kind in (Kind.EXAMPLE, Kind.CLARIFICATION):
        if chosen := [item for item in competence.support if item.kind is kind]:
            return [Block(Shape.CARDS, tuple(Entry(item.text, kind.capitalize()) for item in chosen))]
    question = "Stödet har inga exempel till den här kompetensen. Vad är ett exempel hos oss?"
    return [_block(Shape.TEXT, [question])]


def _motivation(framework: Framework, competence: Competence) -> list[Block]:
    statement = framework.area[competence.area_id].motivation
    return [_block(Shape.QUOTE, [statement]), _block(Shape.SCALE, framework.basics.motivation.scale)]


def _process(framework: Framework, _: Competence) -> list[Block]:
    return [_block(Shape.FLOW, (step.text for step in framework.basics.process))]


def _cases(framework: Framework, _: Competence) -> list[Block]:
    cards = (
        Entry(f"… {_without_level(case.example)}", f"Exempel {case.letter}. {case.competence.title}")
        for case in _lettered(framework)
    )
    return [Block(Shape.CARDS, tuple(cards))]


def _answers(framework: Framework, _: Competence) -> list[Block]:
    cards = (
        Entry(case.example.text, f"Exempel {case.letter}. Nivå {case.level}") for case in _lettered(framework)
    )
    return [Block(Shape.CARDS, tuple(cards))]


class _LetteredCase(NamedTuple):
    """An example of the support to rate together, with the letter that the group calls it by."""

    letter: str
    competence: Competence
    level: int
    example: Support


def _lettered(framework: Framework) -> list[_LetteredCase]:
    cases = []
    for letter, case in zip(ascii_uppercase, framework.workshop.cases, strict=False):
        competence = framework.competence[case.competence]
        example = next(item for item in competence.support_at(case.level) if item.kind is Kind.EXAMPLE)
        cases.append(_LetteredCase(letter, competence, case.level, example))
    return cases


def _without_level(item: Support) -> str:
    """Return an example without its first words, "Exempel på nivå 2 är", which would give the answer away."""
    before, _, rest = item.text.partition(" är ")
    return rest if rest and "nivå" in before else item.text


_SHOWN: dict[Show, Callable[[Framework, Competence], list[Block]]] = {
    Show.DEFINITION: _definition,
    Show.STAIRCASE: _staircase,
    Show.DESCRIPTORS: _descriptors,
    Show.EXAMPLES: _examples,
    Show.HANDS: _hands,
    Show.MOTIVATION: _motivation,
    Show.CASES: _cases,
    Show.ANSWERS: _answers,
    Show.PROCESS: _process,
}
_NAMING = {Show.DESCRIPTORS, Show.EXAMPLES, Show.HANDS}
_EXAMPLE = {Show.DEFINITION, Show.MOTIVATION} | _NAMING
