"""The workshop's slides, from the framework: one list that pages and PowerPoint file are both made from.

A slide is a title and blocks of plain text; whoever shows a block decides how it looks. A press of the
leader's shows the next thing on a slide; for a file without presses `flat` parts such a slide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import accumulate
from string import ascii_uppercase

from macros.model import Competence, Framework, Section
from macros.support import Kind, Support
from macros.workshop import Show, WorkshopSlide

#: Where in the site the slides are as a file, from its root.
POWERPOINT = "workshop/skatta-digital-kompetens.pptx"


#: How the parts of a block belong together; the value is the name in lower case.
Shape = StrEnum(
    "Shape",
    "TEXT HEADING QUOTE POINTS STEPS LINKS FACTS CARDS CASES TILES PAIR NUMBERS PRINCIPLES STAIRS ROWS SCALE "
    "FLOW HANDS PARTS STAMP",
)

#: What comes after a press: first the slide's texts alone, then this instead of them.
AFTER_TEXTS = (Shape.HANDS, Shape.CASES)
#: A point of a tile has at most so many characters.
_TILE = 60


@dataclass(frozen=True)
class Entry:
    """One text of a block; `label` is above it, `points` below it, and `url` is where it leads.

    `answer` and `lead`, the first words of the text, come on a later press.
    """

    text: str
    label: str = ""
    url: str = ""
    points: tuple[str, ...] = ()
    answer: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Block:
    """Texts that are shown together."""

    shape: Shape
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Slide:
    """One slide of `macros.workshop`; `example`: whether it shows the example competence.

    `part` is the part of the workshop it is in, 0 before the first.
    """

    id: str
    title: str
    kicker: str
    blocks: tuple[Block, ...]
    timing: tuple[str, ...]
    script: tuple[str, ...]
    quotes: tuple[Entry, ...]
    minutes: dict[int, int]
    reading: bool
    silence: dict[int, int]
    part: int
    example: bool
    ours: str

    @property
    def agendas(self) -> frozenset[int]:
        """The agendas that have the slide."""
        return frozenset(self.minutes)

    @property
    def look(self) -> str:
        """How the slide is laid out: what it is, or what it has most of."""
        shapes = {block.shape for block in self.blocks}
        if Shape.STAMP in shapes:
            return "cover"
        if Shape.PARTS in shapes:
            return "part"
        if shapes & {*AFTER_TEXTS, Shape.ROWS, Shape.CARDS}:
            return "dense"
        if Shape.HEADING in shapes:
            return "two"
        return "statement" if shapes <= {Shape.TEXT, Shape.LINKS} else "plain"

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that can be read on the slide, in order."""
        entries = [entry for block in self.blocks for entry in block.entries]
        parts = [
            part for e in entries for part in (e.label, e.answer, f"{e.lead} {e.text}".strip(), *e.points)
        ]
        return tuple(filter(None, (self.kicker, self.title, *parts)))

    @property
    def notes(self) -> str:
        """The leader's notes as plain text: minutes, script, and the framework's text."""
        quotes = (f"{quote.label}: {quote.text}" for quote in self.quotes)
        return "\n\n".join(filter(None, ["\n".join(self.timing), "\n".join(self.script), "\n".join(quotes)]))


def deck(framework: Framework, example: str | None = None) -> tuple[Slide, ...]:
    """Return all slides in order.

    `example` is the id of the competence to show as an example, instead of the one that the workshop names.
    """
    if not framework.workshop.is_there:
        return ()
    competence = framework.competence[example or framework.workshop.example]
    sources = framework.workshop.slides
    parts = accumulate(int(source.show is Show.PART) for source in sources)
    return tuple(
        _slide(framework, source, competence, part) for source, part in zip(sources, parts, strict=True)
    )


def flat(slide: Slide) -> tuple[Slide, ...]:
    """Return a slide for each press that shows an answer, or something instead of what was there."""
    later = [block for block in slide.blocks if block.shape in AFTER_TEXTS]
    if not later:
        return (slide,)
    texts = tuple(block for block in slide.blocks if block not in later)
    asked = [Block(b.shape, tuple(replace(e, answer="", lead="") for e in b.entries)) for b in later]
    shown = [texts, *((block,) for block in asked), *((block,) for block in later if block not in asked)]
    return tuple(replace(slide, blocks=blocks) for blocks in shown)


def examples_of(competence: Competence) -> list[Support]:
    """Return what is on a competence's card: one example for everyone, and one for each part or roles alone.

    Of each the first that names a level, or else the first.
    """
    chosen: dict[tuple[str, ...], Support] = {}
    for item in competence.support:
        whom = item.parts or item.roles
        if item.kind is Kind.EXAMPLE and (whom not in chosen or (item.levels and not chosen[whom].levels)):
            chosen[whom] = item
    return sorted(chosen.values(), key=lambda item: item.is_local)


def _slide(framework: Framework, source: WorkshopSlide, competence: Competence, part: int) -> Slide:
    workshop = framework.workshop
    exercise = next((item for item in workshop.exercises if item.id == source.exercise), None)
    sections = [framework.section[section_id] for section_id in source.sections]
    principles = (framework.principle[principle_id] for principle_id in source.principles)
    quotes = tuple(Entry(principle.text, principle.name) for principle in principles)
    motivation = framework.basics.motivation.title if source.show is Show.MOTIVATION else ""
    title = source.title or (exercise and exercise.title) or (sections and sections[0].title) or motivation
    blocks = [_block(Shape.TEXT, source.text)] if source.text else []
    if quotes:
        blocks.append(Block(Shape.PRINCIPLES, quotes))
    if exercise:
        blocks.append(_block(Shape.STEPS, exercise.steps))
    for place, section in enumerate(sections):
        blocks += _section(framework, section, with_title=place > 0, alone=len(sections) == 1)
    if source.show:
        blocks += _SHOWN[source.show](framework, competence)
    if source is workshop.slides[0]:
        basics = framework.basics
        blocks.append(_block(Shape.STAMP, [f"{basics.title}, version {basics.version}, {basics.date}"]))
    return Slide(
        id=source.id,
        title=title or source.id,
        kicker=source.kicker or _kicker(framework, source, competence, part),
        blocks=tuple(blocks),
        timing=_timing(workshop.agendas, source),
        script=source.script,
        quotes=quotes,
        minutes=source.minutes,
        reading=source.reading,
        silence=source.silence,
        part=part,
        example=source.show in _EXAMPLE,
        ours=source.ours or "",
    )


def _kicker(framework: Framework, source: WorkshopSlide, competence: Competence, part: int) -> str:
    if source.show is Show.PART:
        return f"Del {part} av {len(_parts(framework))}"
    return f"Delkompetens {competence.id}: {competence.title}" if source.show in _NAMING else ""


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
    if not number:
        return "tiden ingår i nästa bild."
    return "1 minut." if number == 1 else f"{number} minuter."


def _block(shape: Shape, texts: Iterable[str]) -> Block:
    return Block(shape, tuple(Entry(text) for text in texts))


def _section(framework: Framework, section: Section, *, with_title: bool, alone: bool) -> list[Block]:
    links = tuple(Entry(link.text, url=link.url) for link in map(framework.link.__getitem__, section.links))
    points = tuple(Entry(point.text, points=point.points) for point in section.points)
    blocks = [
        _block(Shape.HEADING, [section.title] if with_title else []),
        _block(Shape.TEXT, section.text),
        Block(_shape_of(section) if alone else Shape.POINTS, points),
        Block(Shape.LINKS, links),
    ]
    return [block for block in blocks if block.entries]


def _shape_of(section: Section) -> Shape:
    """Two numbered points are a pair, a few short ones are tiles."""
    if section.numbered:
        return Shape.PAIR if len(section.points) == 2 else Shape.STEPS
    short = all(len(point.text) <= _TILE and not point.points for point in section.points)
    return Shape.TILES if short and 1 < len(section.points) < 5 else Shape.POINTS


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


def _levels(shape: Shape, framework: Framework, competence: Competence) -> list[Block]:
    levels = (Entry(competence.levels[level], f"Nivå {level}") for level in framework.levels)
    return [Block(shape, tuple(levels))]


def _examples(framework: Framework, competence: Competence) -> list[Block]:
    """Return the support texts about single levels, else the examples, else the clarifications."""
    by_level = [item for item in competence.shared_support if 0 < len(item.levels) < len(framework.levels)]
    cards = [Entry(item.text, f"Nivå {', '.join(map(str, item.levels))}") for item in by_level]
    for kind in (Kind.EXAMPLE, Kind.CLARIFICATION):
        cards = cards or [
            Entry(item.text, kind.capitalize()) for item in competence.shared_support if item.kind is kind
        ]
    if cards:
        return [Block(Shape.CARDS, tuple(cards))]
    question = "Stödet har inga exempel till den här kompetensen. Vad är ett exempel hos oss?"
    return [_block(Shape.TEXT, [question])]


def _motivation(framework: Framework, competence: Competence) -> list[Block]:
    statement = framework.area[competence.area_id].motivation
    return [_block(Shape.QUOTE, [statement]), _block(Shape.SCALE, framework.basics.motivation.scale)]


def _process(framework: Framework, _: Competence) -> list[Block]:
    steps = (Entry(step.text, step.name) for step in framework.basics.process)
    return [Block(Shape.FLOW, tuple(steps))]


def _parts(framework: Framework) -> list[str]:
    return [slide.title or slide.id for slide in framework.workshop.slides if slide.show is Show.PART]


def _time(framework: Framework, _: Competence) -> list[Block]:
    """Return the framework's sentence on the minutes that preparing and talking take."""
    points = (point.text for section in framework.basics.sections for point in section.points)
    sentence = next((text for text in points if len(re.findall(r"\d+ min\b", text)) > 1), None)
    return [_block(Shape.NUMBERS, [sentence])] if sentence else []


def _cases(framework: Framework, _: Competence) -> list[Block]:
    """Return examples of the support to rate together, with the letters that the group calls them by.

    The level and the first words, "Exempel på nivå 2 är", which would give it away, come on a later press.
    """
    cards = []
    for letter, case in zip(ascii_uppercase, framework.workshop.cases, strict=False):
        competence = framework.competence[case.competence]
        examples = (item for item in competence.shared_support if item.kind is Kind.EXAMPLE)
        text = next(item.text for item in examples if case.level in item.levels)
        lead, verb, rest = text.partition(" är ")
        if not rest or "nivå" not in lead:
            lead, verb, rest = "", "", text
        label = f"Exempel {letter}. {competence.title}"
        cards.append(Entry(rest, label, answer=f"Nivå {case.level}", lead=(lead + verb).rstrip()))
    return [Block(Shape.CASES, tuple(cards))]


_SHOWN: dict[Show, Callable[[Framework, Competence], list[Block]]] = {
    Show.DEFINITION: _definition,
    Show.STAIRCASE: _staircase,
    Show.DESCRIPTORS: partial(_levels, Shape.ROWS),
    Show.EXAMPLES: _examples,
    Show.HANDS: partial(_levels, Shape.HANDS),
    Show.MOTIVATION: _motivation,
    Show.CASES: _cases,
    Show.PROCESS: _process,
    Show.PART: lambda framework, _: [_block(Shape.PARTS, _parts(framework))],
    Show.TIME: _time,
}
_NAMING = {Show.DESCRIPTORS, Show.EXAMPLES, Show.HANDS}
_EXAMPLE = {Show.DEFINITION, Show.MOTIVATION} | _NAMING
