"""The workshop's slides: what is on them, in order, and on the pages that read without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from macros.model import Framework, Section
from macros.slides.deck import Slide, deck, flat
from macros.slides.timing import FINGERS, HANDS, TURN, moments, overruns, seconds, words
from tests.pages import squeezed
from tests.project import changed
from tests.workshop import DECK, page_of

# The attachments whose slides are shown here, in the order of the first; the second is shown after it.
SLIDES_OF = ("apt", "justeringar")


def texts_of(framework: Framework, section: Section) -> list[str]:
    """Every text of a passage of the framework, in order."""
    points = [text for point in section.points for text in (point.text, *point.points)]
    return [section.title, *section.text, *points, *(framework.link[link].text for link in section.links)]


def test_every_passage_of_the_source_is_on_a_slide(framework: Framework, slides: tuple[Slide, ...]) -> None:
    """Each passage of the two slide shows is whole on one slide, and not repeated in workshop.yml."""
    for section in framework.basics.sections:
        if section.source in SLIDES_OF:
            on = [slide.id for slide in slides if set(texts_of(framework, section)) <= set(slide.texts)]
            assert len(on) == 1, f"{section.id} is on {on}"
    own = [text for slide in framework.workshop.slides for text in (slide.title, *slide.text) if text]
    told = {text for section in framework.basics.sections for text in texts_of(framework, section)}
    assert not set(own) & told


def test_slides_are_in_the_order_of_the_source(framework: Framework) -> None:
    """The passages from the APT material come in its order; those on the adjustments come among or after."""
    shown = [framework.section[name] for slide in framework.workshop.slides for name in slide.sections]
    apt = [section for section in shown if section.source == "apt"]
    order = [section for section in framework.basics.sections if section.source == "apt"]
    assert {section.id for section in apt} == {section.id for section in order}
    assert [section.id for section in apt] == [
        "satsningen", "en-satsning-pa-dig", "digital-kompetens", "skattning-och-samtal", "grund", "trappan",
        "grade", "informationssakerhet-i-grade", "stod-och-lankar",
    ]  # fmt: skip


def test_the_rest_of_the_source_is_on_a_slide(framework: Framework, slides: tuple[Slide, ...]) -> None:
    """The example, the levels, motivation, principles and process are there in the framework's own words."""
    by_id = {slide.id: slide for slide in slides}
    competence = framework.competence[framework.workshop.example]
    area = framework.area[competence.area_id]
    wanted = {
        "exempel": [area.name, competence.title, competence.definition],
        "trappan": [level.name for level in framework.basics.levels],
        "nivabeskrivningar": list(competence.levels.values()),
        "exempel-pa-nivaer": [item.text for level in (2, 4) for item in competence.support_at(level)],
        "rack-upp-handen": list(competence.levels.values()),
        "motivation": [area.motivation, *framework.basics.motivation.scale],
        "processen": [step.text for step in framework.basics.process],
    }
    for name, texts in wanted.items():
        assert len(texts) > 1
        assert set(texts) <= set(by_id[name].texts), name
    principles = framework.workshop.slides[list(by_id).index("sa-anvander-vi-ramverket")].principles
    assert len(principles) == 5
    slide = by_id["sa-anvander-vi-ramverket"]
    for name in principles:
        assert framework.principle[name].name in slide.texts
        assert framework.principle[name].text in slide.texts
        assert framework.principle[name].text in slide.notes


def test_minutes_fill_the_agendas(framework: Framework, slides: tuple[Slide, ...]) -> None:
    """The slides take 45 and 20 minutes, and each shows its minutes or that it is an extra."""
    workshop = framework.workshop
    assert workshop.agendas == (45, 20)
    for agenda in workshop.agendas:
        assert sum(slide.minutes.get(agenda, 0) for slide in workshop.slides) == agenda
    for source, slide in zip(workshop.slides, slides, strict=True):
        assert slide.agendas == set(source.minutes)
        assert slide.script, slide.id
        for agenda, minutes in source.minutes.items():
            told = rf"{minutes} minut(er)?\." if minutes else "tiden ingår i nästa bild."
            assert re.search(rf"{agenda} minuter: {told}", slide.notes), slide.id
        if not source.minutes:
            assert slide.notes.startswith("Extrabild."), slide.id


def test_a_meeting_takes_as_long_as_it_says(framework: Framework) -> None:
    """Reading, saying, voting and silence fit the minutes of every slide, whatever the example."""
    for agenda in framework.workshop.agendas:
        for example in framework.competence:
            slides = deck(framework, example)
            together = 0
            for group, minutes in moments(slides, agenda):
                took = sum(seconds(slide, agenda) for slide in group)
                assert took <= 60 * minutes, f"{group[-1].id} with {example}: {took} s of {minutes} min"
                together += took
            assert 0.5 < together / (60 * agenda) <= 0.9, f"{agenda} with {example}"
            timed = [slide.id for group, _ in moments(slides, agenda) for slide in group]
            assert timed == [slide.id for slide in slides if agenda in slide.agendas]


def test_an_editor_hears_of_a_slide_that_takes_too_long(framework: Framework) -> None:
    """A slide that does not fit its minutes is told, with its seconds; the real ones fit."""
    assert not list(overruns(framework))
    slides = [
        changed(slide, silence={20: 90}) if slide.id == "grund" else slide
        for slide in framework.workshop.slides
    ]
    slow = changed(framework, workshop=changed(framework.workshop, slides=tuple(slides)))
    (told,) = overruns(slow)
    assert re.search(r'"grund" tar \d+ sekunder i mötet på 20 minuter, men har 60\. Ge den fler', told)


def test_how_long_a_slide_takes(slides: tuple[Slide, ...]) -> None:
    """Words at 110 a minute, 10 s a level of hands, 20 s a case, 5 s to turn, and the silence."""
    by_id = {slide.id: slide for slide in slides}
    plain = replace(by_id["nivakort"], reading=False, silence={45: 7}, blocks=(), script=("Gå runt.",))
    assert seconds(plain, 45) == TURN + 7
    assert seconds(plain, 20) == TURN
    said = replace(plain, script=("Säg: " + "ord " * 110, "Fråga, om ni har tid: " + "ord " * 55))
    assert seconds(said, 45) == TURN + 7 + 60 + 30
    assert seconds(said, 20) == TURN + 60
    hands, fingers = by_id["rack-upp-handen"], by_id["bedom-tillsammans"]
    for slide, votes in ((hands, 5 * HANDS), (fingers, 3 * FINGERS)):
        quiet = replace(slide, reading=False, script=("Vänta.",), silence={})
        assert seconds(quiet, 45) == votes + TURN
        read = words(slide.texts[1:] if slide.kicker else slide.texts)
        assert seconds(replace(quiet, reading=True), 45) == votes + TURN + round(read * 60 / 110)
    assert words(["Medie- och informationskunnighet (MIK), t.ex. AI 2024–2026: klart"]) == 9


def test_a_slide_for_a_file_without_presses(slides: tuple[Slide, ...]) -> None:
    """The instruction of a vote comes first, then what is voted on, then the answers."""
    parts = {slide.id: flat(slide) for slide in slides}
    assert {name: len(pages) for name, pages in parts.items() if len(pages) > 1} == {
        "rack-upp-handen": 2,
        "bedom-tillsammans": 3,
    }
    for pages in parts.values():
        assert {text for page in pages for text in page.texts} >= set(pages[-1].texts)
    asked, answered = parts["bedom-tillsammans"][1:]
    assert "nivå" not in " ".join(asked.texts).casefold()
    assert [entry.answer for entry in answered.blocks[0].entries] == ["Nivå 2", "Nivå 4", "Nivå 2"]


def test_cases_are_examples_that_do_not_give_themselves_away(
    framework: Framework, slides: tuple[Slide, ...]
) -> None:
    """The group rates examples of the support; the level and the rest come on the next press."""
    slide = next(slide for slide in slides if slide.id == "bedom-tillsammans")
    cases = slide.blocks[-1].entries
    assert len(cases) == len(framework.workshop.cases) > 1
    for case, source in zip(cases, framework.workshop.cases, strict=True):
        assert "nivå" not in (case.text + case.label).casefold()
        assert case.answer == f"Nivå {source.level}"
        support = framework.competence[source.competence].support_at(source.level)
        assert f"{case.lead} {case.text}" in [item.text for item in support]


def test_any_competence_can_be_the_example(framework: Framework) -> None:
    """With another example the same slides come, and only those that show it differ."""
    usual = deck(framework)
    for competence in framework.competences:
        other = deck(framework, competence.id)
        assert [slide.id for slide in other] == [slide.id for slide in usual]
        for slide, before in zip(other, usual, strict=True):
            assert slide.example or slide == before, f"{competence.id} {slide.id}"
        shown = {text for slide in other if slide.example for text in slide.texts}
        assert {competence.definition, *competence.levels.values()} <= shown, competence.id
        for item in competence.support:
            assert len(item.levels) not in range(1, 5) or item.text in shown, competence.id


def test_slides_are_a_readable_page(site: Path, slides: tuple[Slide, ...]) -> None:
    """Without script the page has every slide, in order, with all its texts."""
    sections = page_of(site, DECK).one("div", class_="slides").all("section")
    assert [section.get("data-slide") for section in sections] == [slide.id for slide in slides]
    for section, slide in zip(sections, slides, strict=True):
        rest = section.text
        for text in slide.texts:
            assert squeezed(text) in rest, f"{slide.id}: {text}"
        assert section.one("h2").text == slide.title


def test_script_page_has_all_notes(site: Path, slides: tuple[Slide, ...]) -> None:
    """The leader's script has the minutes, the sentences and the principles of every slide."""
    items = page_of(site, "workshop/manus/").one("ol", class_="script")
    for slide in slides:
        text = items.one("li", id=f"manus-{slide.id}").text
        for part in (slide.title, *slide.timing, *slide.script, *(quote.text for quote in slide.quotes)):
            assert squeezed(part) in text, slide.id
