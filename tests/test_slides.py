"""The workshop's slides: what is on them, in order, and on the pages that read without a script."""

from __future__ import annotations

import re
from pathlib import Path

from macros.model import Framework, Section
from macros.slides.deck import Slide, deck
from tests.pages import squeezed
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
            assert re.search(rf"{agenda} minuter: {minutes} minut(er)?\.", slide.notes), slide.id
        if not source.minutes:
            assert slide.notes.startswith("Extrabild."), slide.id


def test_cases_are_examples_that_do_not_give_themselves_away(slides: tuple[Slide, ...]) -> None:
    """The group rates examples of the support, without the level; the next slide has them whole, with it."""
    by_id = {slide.id: slide for slide in slides}
    cases = by_id["bedom-tillsammans"].blocks[-1].entries
    answers = by_id["sa-star-det-i-stodet"].blocks[-1].entries
    assert len(cases) == len(answers) > 1
    for case, answer in zip(cases, answers, strict=True):
        assert "nivå" not in (case.text + case.label).casefold()
        assert answer.text.endswith(case.text.removeprefix("… "))
        assert re.fullmatch(r"Exempel [A-Z]\. Nivå \d", answer.label)
        assert answer.label[-1] in re.findall(r"nivå (\d)", answer.text)


def test_any_competence_can_be_the_example(framework: Framework) -> None:
    """With another example the same slides come, and only those that show it differ."""
    usual = deck(framework)
    for competence in framework.competences:
        changed = deck(framework, competence.id)
        assert [slide.id for slide in changed] == [slide.id for slide in usual]
        for slide, before in zip(changed, usual, strict=True):
            assert slide.example or slide == before, f"{competence.id} {slide.id}"
        shown = {text for slide in changed if slide.example for text in slide.texts}
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
