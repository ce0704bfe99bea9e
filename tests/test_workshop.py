"""The workshop: slides and their file, the deck in a browser, cards and sheets on paper, one source."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml

from macros.model import LEVELS, Framework, Kind, Section
from macros.site.build import build
from macros.slides.deck import POWERPOINT, Slide, deck
from macros.slides.powerpoint import lines_of, powerpoint
from tests.conftest import DESKTOP, PHONE, Watched, axe
from tests.pages import Element, parse, squeezed
from tests.project import copy_project
from tests.test_browser import NARROW, STORED, noted, printed, tight

Watch = Callable[..., Watched]

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
DECK = "workshop/bilder/"
# The attachments whose slides are shown here, in the order of the first; the second is shown after it.
SLIDES_OF = ("apt", "justeringar")


@pytest.fixture(scope="module")
def slides(framework: Framework) -> tuple[Slide, ...]:
    """The slides of the real framework."""
    return deck(framework)


@pytest.fixture(scope="module")
def presentation(framework: Framework) -> Any:
    """The slides of the real framework as a PowerPoint file, opened again."""
    return Presentation(io.BytesIO(powerpoint(framework)))


# The slides


def texts_of(framework: Framework, section: Section) -> list[str]:
    """Everything that a passage of the framework says, in order."""
    points = [text for point in section.points for text in (point.text, *point.points)]
    return [section.title, *section.text, *points, *(framework.link[link].text for link in section.links)]


def test_every_passage_of_the_source_is_on_a_slide(framework: Framework, slides: tuple[Slide, ...]) -> None:
    """Each passage of the two slide shows stands whole on one slide, and not once more in workshop.yml."""
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
    """The slides take 45 and 20 minutes, and each tells how long it takes or that it is an extra."""
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


# The PowerPoint file


def shapes_of(page: Any) -> Iterator[str]:
    """Every paragraph of a PowerPoint slide."""
    for shape in page.shapes:
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
        for frame in frames:
            yield from (plain(paragraph.text) for paragraph in frame.paragraphs)


def plain(text: str) -> str:
    """A text of the file without the break that a slash allows."""
    return text.replace("\u200b", "")


def test_file_has_the_same_slides(presentation: Any, slides: tuple[Slide, ...]) -> None:
    """The file has each slide of the deck, with its title, all its texts and the leader's notes."""
    assert len(presentation.slides) == len(slides)
    for page, slide in zip(presentation.slides, slides, strict=True):
        assert page.shapes.title.text == slide.title
        missing = Counter(map(squeezed, slide.texts)) - Counter(map(squeezed, shapes_of(page)))
        assert not missing, slide.id
        assert page.notes_slide.notes_text_frame.text == slide.notes
        links = {entry.url for block in slide.blocks for entry in block.entries if entry.url}
        addresses = {link.target_ref for link in page.part.rels.values() if link.is_external}
        assert addresses == links, slide.id


def test_file_has_nothing_empty_or_outside(presentation: Any) -> None:
    """No placeholder is empty, no slide lacks a title, every shape is text and lies inside the wide page."""
    assert presentation.slide_width * 9 == pytest.approx(presentation.slide_height * 16, rel=0.001)
    for number, page in enumerate(presentation.slides, start=1):
        kinds = [shape.placeholder_format.type for shape in page.placeholders]
        assert {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE} & set(kinds), number
        for holder in (*page.placeholders, page.notes_slide.notes_placeholder):
            assert holder.text_frame.text.strip(), f"slide {number}: {holder.name}"
        for shape in page.shapes:
            assert shape.shape_type is not MSO_SHAPE_TYPE.PICTURE, f"slide {number} has a picture"
            assert shape.has_table or shape.text_frame.text.strip(), f"slide {number}: {shape.name}"
            assert 0 <= shape.left < shape.left + shape.width <= presentation.slide_width, shape.name
            assert 0 <= shape.top < shape.top + shape.height <= presentation.slide_height, shape.name


def test_text_of_the_file_fits(presentation: Any) -> None:
    """The lines of every shape, at their size, are no higher than the shape."""
    for number, page in enumerate(presentation.slides, start=1):
        for shape in page.shapes:
            if not shape.has_text_frame or shape == page.shapes.title:
                continue
            height = 0.0
            for paragraph in shape.text_frame.paragraphs:
                (run,) = paragraph.runs
                indent = int(paragraph._p.pPr.get("marL", 0)) if paragraph._p.pPr is not None else 0
                width = (shape.width - indent) / 914_400 - 0.2
                height += lines_of(run.text, run.font.size.pt, width) * run.font.size.pt * 1.2
            assert height / 72 <= shape.height / 914_400, f"slide {number}: {shape.text_frame.text[:40]}"


def test_file_is_sound_and_always_the_same(framework: Framework, site: Path) -> None:
    """The archive is whole, all its XML can be read, and two writings and the published file are equal."""
    content = powerpoint(framework)
    assert content == powerpoint(framework) == (site / POWERPOINT).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        for item in archive.infolist():
            assert item.date_time == (1980, 1, 1, 0, 0, 0)
            if item.filename.endswith((".xml", ".rels")):
                parse_xml(archive.read(item))
    properties = Presentation(io.BytesIO(content)).core_properties
    assert properties.language == "sv-SE"
    assert properties.subject == f"Version {framework.basics.version}, {framework.basics.date}"
    assert not properties.author
    assert properties.created.date() == framework.basics.date


# The pages without script


def page_of(site: Path, url: str) -> Element:
    """A page of the built site."""
    return parse((site / url / "index.html").read_text("utf-8"))


def test_slides_are_a_readable_page(site: Path, slides: tuple[Slide, ...]) -> None:
    """Without script the page has every slide, in order, with all that it says."""
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


def test_a_card_for_each_competence(site: Path, framework: Framework) -> None:
    """A card has definition, five steps in order and an example of the support, but no expected level."""
    sheets = page_of(site, "workshop/nivakort/").all("div", class_="card-sheet")
    cards = [card for sheet in sheets for card in sheet.all("section", class_="level-card")]
    assert [len(sheet.all("section")) for sheet in sheets] == [2] * (len(framework.competences) // 2)
    for card, item in zip(cards, framework.competences, strict=True):
        assert card.one("h2").text == f"{item.id} {item.title}"
        assert card.one("p", class_="card-definition").text == squeezed(item.definition)
        steps = [step.text for step in card.all("li")]
        assert steps == [f"Nivå {level} {squeezed(item.levels[level])}" for level in LEVELS]
        examples = {squeezed(support.text) for support in item.support if support.kind is Kind.EXAMPLE}
        shown = card.one("div", class_="card-example").all("p")[0].text
        assert shown in examples if examples else shown.endswith("Skriv ett eget:"), item.id
        assert "Förväntad" not in card.text


def test_a_sheet_for_each_role(site: Path, framework: Framework) -> None:
    """A manager's sheet has the expected level of each competence, questions per area and what is agreed."""
    page = page_of(site, "workshop/for-chefen/")
    ask = {talk.area: talk.ask for talk in framework.workshop.talk}
    assert set(ask) == set(framework.area)
    for role in framework.roles:
        sheet = page.one("section", id=f"samtal-{role.id}")
        areas = sheet.all("section", class_="talk-area")
        rows = [row for area in areas for row in area.one("tbody").all("tr")]
        expected = [
            (c, c.expected.by_role[role.id]) for c in framework.competences if role.id in c.expected.by_role
        ]
        for row, (item, level) in zip(rows, expected, strict=True):
            assert row.one("th").text == f"{item.id} {item.title}"
            assert row.one("td").text.startswith(f"Nivå {level} {squeezed(item.levels[level])}")
            assert ("skadat underlag" in row.text) == (not item.expected.sure), item.id
        for area_id in {item.area_id for item, _ in expected}:
            assert all(question in sheet.text for question in ask[area_id]), role.id
        for words in (
            "inte vara expert", "läraktiviteter, vilken nivå", "utvecklingsplanen", "en gång per år",
            "När du skriver i Grade", "inga känsliga uppgifter", "förs över till nästa chef",
        ):  # fmt: skip
            assert words in sheet.text, f"{role.id}: {words}"


def test_guide_answers_in_the_words_of_the_questions(site: Path, framework: Framework) -> None:
    """The guide has both agendas, the exercises and each common question with its answer."""
    page = page_of(site, "workshop/handledning/").one("article")
    for slide in framework.workshop.slides:
        for minutes in slide.minutes.values():
            assert any(str(minutes) in row.text for row in page.all("tr")), slide.id
    for exercise in framework.workshop.exercises:
        section = page.one("section", aria_labelledby=f"ovning-{exercise.id}")
        assert [step.text for step in section.all("li")] == [squeezed(step) for step in exercise.steps]
    asked = [name for passage in framework.workshop.guide for name in passage.questions]
    assert "paverkar-det-lonen" in asked
    for name in asked:
        assert squeezed(framework.question[name].question) in page.text
        assert squeezed(framework.question[name].answer) in page.text


# The deck in a browser


def begin(watched: Watched, agenda: str = "", example: str = "") -> Page:
    """Open the page of the slides and start the deck."""
    page = watched.open(DECK)
    page.select_option("#agenda", agenda)
    if example:
        page.select_option("#example", example)
    page.click("#start")
    expect(page.locator(".bar .place")).to_have_text(re.compile(r"Bild 1 av \d+"))
    return page


# The slide that is shown: which it is, the size of its text, and its faults: what of it is not to be seen,
# and what sticks out of it or of its boxes. A hidden slide has no parts, so without the former it would pass.
SHOWN = """() => {
  const slide = document.querySelector(".slides > .present")
  const frame = slide.getBoundingClientRect()
  const bar = document.querySelector(".bar").getBoundingClientRect()
  const inside = box => box.left >= frame.left - 1 && box.right <= frame.right + 1
    && box.top >= frame.top - 1 && box.bottom <= Math.min(frame.bottom, bar.top) + 1
  const parts = [...slide.querySelectorAll("*")].filter(part => part.getClientRects().length)
  const wide = [...document.querySelectorAll(".bar button")]
    .filter(button => button.getBoundingClientRect().right > innerWidth)
  const out = parts.filter(part => !inside(part.getBoundingClientRect())).concat(wide)
  const cut = [slide, ...parts].filter(part => !part.matches("input, i, span, strong, wbr, a") && (
    part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1
  ))
  const heading = slide.querySelector("h2")
  const seen = {
    frame: frame.width > 0 && frame.height > 0,
    parts: parts.length > 0,
    heading: parts.includes(heading) && heading.getBoundingClientRect().height > 0
      && heading.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  }
  const scale = frame.width / slide.offsetWidth
  const sizes = parts.filter(part => part.textContent.trim() && !part.children.length)
    .map(part => parseFloat(getComputedStyle(part).fontSize) * scale)
  const smallest = Math.min(...sizes)
  seen.sizes = Number.isFinite(smallest)
  const unseen = Object.keys(seen).filter(what => !seen[what]).map(what => `${what} not seen`)
  return [slide.dataset.slide, smallest,
    unseen.concat([...out, ...cut].map(part => part.outerHTML.slice(0, 120)))]
}"""


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE, NARROW], ids=["1280x720", "phone", "320 px"])
def test_deck_runs_by_keyboard(watch: Watch, slides: tuple[Slide, ...], viewport: ViewportSize) -> None:
    """From start to end and back by keyboard, with nothing cut off on any slide, and no text too small."""
    watched = watch(viewport=viewport)
    page = begin(watched)
    address = page.url
    place = page.locator(".bar .place")
    for number, slide in enumerate(slides, start=1):
        expect(place).to_have_text(f"Bild {number} av {len(slides)}")
        name, smallest, cut = page.evaluate(SHOWN)
        assert (name, cut) == (slide.id, [])
        assert smallest >= (8 if viewport is NARROW else 10.5), f"{name}: {smallest} px"
        page.keyboard.press(["ArrowRight", "Space", "PageDown"][number % 3])
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"Bild {len(slides) - 1} av {len(slides)}")
    page.keyboard.press("Home")
    expect(place).to_have_text(f"Bild 1 av {len(slides)}")
    page.keyboard.press("End")
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    for letter in "nbsfo.":
        page.keyboard.press(letter)
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    page.keyboard.press("Escape")
    expect(page.locator(".stage.overview")).to_have_count(1)
    expect(page.locator(".stage")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".stage.overview")).to_have_count(0)
    expect(place).to_have_text(f"Bild {len(slides) - 1} av {len(slides)}")
    assert page.url == address
    assert page.evaluate(STORED) == []
    assert not noted(watched)


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE], ids=["1280x720", "phone"])
def test_any_example_fits(watch: Watch, framework: Framework, viewport: ViewportSize) -> None:
    """Each of the 20 competences can be chosen as the example, and nothing of it is cut off."""
    watched = watch(viewport=viewport)
    page = watched.open(DECK)
    page.select_option("#agenda", "")
    found: dict[str, list[str]] = {}
    for item in framework.competences:
        page.select_option("#example", item.id)
        page.click("#start")
        expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 1 "))
        changed = [number for number, slide in enumerate(deck(framework, item.id)) if slide.example]
        assert len(changed) == 5
        for number in range(max(changed) + 1):
            if number in changed:
                name, _, cut = page.evaluate(SHOWN)
                found |= {f"{item.id} {name}": cut} if cut else {}
            page.keyboard.press("ArrowRight")
        shown = page.locator(".slides").text_content() or ""
        assert squeezed(item.definition) in squeezed(shown)
        page.click("[data-do=stop]")
    assert not found
    assert not noted(watched)


def test_shorter_agenda(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """With 20 minutes only the slides of that agenda are shown; afterwards the page has all of them again."""
    page = begin(watched, "20")
    short = [slide.id for slide in slides if 20 in slide.agendas]
    shown = page.locator(".slides > section").evaluate_all("all => all.map(one => one.dataset.slide)")
    assert shown == short
    assert 0 < len(short) < len(slides)
    page.click("[data-do=stop]")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#start")).to_be_focused()
    expect(page.locator(".slides > section")).to_have_count(len(slides))
    assert page.locator("[inert], [hidden].slide, .slide[style]").count() == 0
    assert axe(page) == []
    assert not noted(watched)


def test_deck_is_accessible(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """While the deck covers the page, each kind of slide is clean and the page below is out of reach."""
    watched = watch(viewport=PROJECTOR)
    page = begin(watched)
    for slide in slides:
        if {"stairs", "hands", "cards", "flow", "scale", "links", "stamp"} & {
            b.shape.value for b in slide.blocks
        }:
            assert axe(page) == [], slide.id
        page.keyboard.press("ArrowRight")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.deck')"
        )
    assert not noted(watched)


def test_space_presses_the_button_that_has_focus(watched: Watched) -> None:
    """Space on a button is that button, not the next slide."""
    page = begin(watched)
    page.locator("[data-do=stop]").focus()
    page.keyboard.press("Space")
    expect(page.locator(".bar")).to_be_hidden()


def test_keys_lead_on_after_a_click(watched: Watched) -> None:
    """Who has opened the speaker's view by mouse goes on with the space key, and opens no other."""
    page = begin(watched)
    with page.context.expect_page():
        page.click("[data-do=speaker]")
    page.bring_to_front()
    page.keyboard.press("Space")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    assert len(page.context.pages) == 2


def test_address_cannot_make_the_deck_store(watched: Watched) -> None:
    """A setting in the address that would make the library store where one is has no effect."""
    page = watched.open(f"{DECK}?view=scroll&hash=true")
    page.click("#start")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 1 "))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    assert page.url == watched.address + DECK
    page.reload()
    assert page.evaluate(STORED) == []
    assert not noted(watched)


# Raise your hands


def widths(page: Page) -> list[float]:
    """The lengths of the bars, in pixels."""
    found: list[float] = page.locator(".slides .share i").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    return found


def test_hands(watched: Watched) -> None:
    """Under five answers only their number is shown, from five on the spread too; one press empties it."""
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, output = form.locator("input"), form.get_by_role("status")
    for level, hands in ((0, "1"), (2, "3")):
        fields.nth(level).fill(hands)
    expect(output).to_have_text("4 svar. Fördelningen visas när ni är minst 5.")
    assert widths(page) == [0] * 5
    fields.nth(1).focus()
    colours = fields.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
    assert [colours[0], colours[2]] == ["rgba(0, 0, 0, 0)"] * 2, "what was typed can be read"
    fields.nth(3).fill("2")
    expect(output).to_have_text("6 svar: nivå 1: 1, nivå 2: 0, nivå 3: 3, nivå 4: 2, nivå 5: 0.")
    one, two, three, four, five = widths(page)
    assert (two, five) == (0, 0)
    assert one == pytest.approx(three / 3, abs=1)
    assert four == pytest.approx(three * 2 / 3, abs=1)
    assert page.evaluate(STORED) == []
    form.get_by_role("button", name="Töm").click()
    expect(output).to_have_text("Skriv hur många händer du räknar för varje nivå.")
    assert fields.evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert widths(page) == [0] * 5
    fields.nth(4).fill("7")
    page.goto(watched.address)
    page.go_back()
    assert fields.evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert not noted(watched)


def test_hands_with_forced_colours(watch: Watch) -> None:
    """Where the system chooses the colours, few hands still do not show, and the bars of many do."""
    watched = watch(forced_colors="active")
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, bar = form.locator("input"), form.locator(".share i").nth(2)
    colour = "element => getComputedStyle(element).color"
    fields.nth(2).fill("3")
    fields.nth(0).fill("1")
    page.locator("h1").click()
    expect(form.locator(".count")).to_contain_text("4 svar")
    assert fields.nth(2).evaluate(colour) == "rgba(0, 0, 0, 0)"
    fields.nth(2).fill("9")
    fill = "element => getComputedStyle(element).backgroundColor"
    assert bar.evaluate(fill) != form.evaluate(fill.replace("element)", "document.body)"))


def test_only_whole_numbers_are_hands(watched: Watched) -> None:
    """A field with anything but digits is marked and explained, and no bar is drawn until it is mended."""
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, output = form.locator("input"), form.get_by_role("status")
    fields.nth(0).fill("1")
    fields.nth(1).fill("200")
    assert widths(page)[0] >= 2, "a single hand cannot be seen"
    for wrong in ("-3", "1,5", "två"):
        fields.nth(0).fill(wrong)
        expect(fields.nth(0)).to_have_attribute("aria-invalid", "true")
        expect(fields.nth(0)).to_have_accessible_description("Skriv ett helt tal, till exempel 7.")
        expect(output).to_have_text("Skriv ett helt tal, till exempel 7.")
        expect(form.locator("[aria-invalid]")).to_have_count(1)
        assert widths(page) == [0] * 5
    assert axe(page) == []
    fields.nth(0).fill("3")
    expect(form.locator("[aria-invalid], [aria-describedby]")).to_have_count(0)
    expect(output).to_have_text("203 svar: nivå 1: 3, nivå 2: 200, nivå 3: 0, nivå 4: 0, nivå 5: 0.")
    assert not noted(watched)


def test_keys_lead_on_from_a_field_that_the_end_empties(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """In a field of hands the keys that turn slides do so, letters and arrows do not; the end empties it."""
    at = 1 + next(n for n, slide in enumerate(slides) if slide.id == "rack-upp-handen")
    page = begin(watched)
    place, field = page.locator(".bar .place"), page.locator(".slides .present .hands input").first
    for key, other in (("PageDown", at + 1), ("PageUp", at - 1)):
        page.keyboard.press("Home")
        for _ in range(at - 1):
            page.keyboard.press("ArrowRight")
        field.fill("7")
        page.keyboard.press("ArrowLeft")
        expect(place).to_have_text(f"Bild {at} av {len(slides)}")
        page.keyboard.press(key)
        expect(place).to_have_text(f"Bild {other} av {len(slides)}")
    page.keyboard.press("ArrowRight")
    field.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".stage.overview")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(place).to_have_text(f"Bild {at} av {len(slides)}")
    expect(field).to_have_value("7")
    assert max(widths(page)) > 0
    page.click("[data-do=stop]")
    assert page.locator(".slides .hands input").evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert widths(page) == [0] * 5
    assert not noted(watched)


# The speaker's view


def test_speaker_view_follows(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """The script in a second window shows the current slide's notes, leads the deck, and stores nothing."""
    watched = watch(viewport=DESKTOP)
    page = begin(watched)
    with page.expect_popup() as opened:
        page.click("[data-do=speaker]")
    speaker = opened.value
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    expect(speaker.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(speaker.locator("#following")).to_have_text(slides[2].title)
    visible = speaker.locator(".script > li:visible")
    expect(visible).to_have_count(1)
    for line in (*slides[1].timing, *slides[1].script):
        expect(visible).to_contain_text(line)
    speaker.get_by_role("button", name="Nästa").click()
    expect(page.locator(".bar .place")).to_have_text(f"Bild 3 av {len(slides)}")
    speaker.keyboard.press("Escape")
    speaker.keyboard.press("ArrowLeft")  # the focus is on the button that was pressed
    expect(page.locator(".bar .place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"^0:(0[1-9]|[1-5]\d)$"))
    speaker.reload()
    expect(speaker.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    assert speaker.locator("#clock").text_content() != "0:00", "the clock does not start when the deck does"
    page.click("[data-do=stop]")
    expect(speaker.locator("#place")).to_have_text("Bildspelet är avslutat.")
    page.click("#start")
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"^0:\d\d$"))
    page.goto(watched.address)
    expect(speaker.locator("#place")).to_have_text("Bildspelet är avslutat.")
    assert axe(speaker) == []
    assert speaker.evaluate(STORED) == []
    assert page.evaluate(STORED) == []
    assert not watched.context.storage_state()["origins"]
    assert not noted(watched)


# On paper


def paper(page: Page) -> list[str]:
    """The text of each printed sheet, without spaces, and with letters parted that the font has joined."""
    return [unicodedata.normalize("NFKC", text) for text, _ in printed(page)]


def joined(text: str) -> str:
    """A text as `paper` gives it."""
    return unicodedata.normalize("NFKC", tight(text))


def test_handout(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """The slides print as a handout with every text and no slide cut in two, also out of a running deck."""
    page = begin(watched)
    page.keyboard.press("End")
    sheets = paper(page)
    for slide in slides:
        whole = [text for text in sheets if all(joined(part) in text for part in slide.texts)]
        assert len(whole) >= 1, slide.id
    assert "Avsluta" not in "".join(sheets)


CLIPPED = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""


def test_cards_on_paper(watched: Watched, framework: Framework) -> None:
    """Two cards lie on each landscape A4 sheet, whole, and nothing else is printed."""
    page = watched.open("workshop/nivakort/")
    assert all(lies for _, lies in printed(page))
    sheets = paper(page)
    assert len(sheets) == len(framework.competences) / 2
    for number, text in enumerate(sheets):
        for item in framework.competences[2 * number : 2 * number + 2]:
            for part in (item.title, item.definition, *item.levels.values()):
                assert joined(part) in text, f"{item.id} on sheet {number + 1}"
    assert page.evaluate(CLIPPED, ".level-card, .card-sheet") == []


def test_sheets_on_paper(watched: Watched, framework: Framework) -> None:
    """Each role's sheet starts a page of its own; with a role chosen only that one is printed."""
    page = watched.open("workshop/for-chefen/")
    sheets = paper(page)
    head = joined("Underlag för samtal om digital kompetens")
    starts = [text for text in sheets if head in text]
    assert len(starts) == len(framework.roles)
    for text, role in zip(starts, framework.roles, strict=True):
        assert text.startswith(head + joined(role.name))
    role = framework.role["bibliotekarie"]
    page.emulate_media(media="screen")
    page.get_by_role("link", name=role.name).click()
    expect(page.locator(".talk:visible")).to_have_count(1)
    chosen = paper(page)
    assert chosen[0].startswith(head + joined(role.name))
    assert len([text for text in chosen if head in text]) == 1
    assert joined("Det här kommer vi överens om") in "".join(chosen)
    assert len(chosen) == 2


def test_guide_on_paper(watched: Watched, framework: Framework) -> None:
    """The guide prints whole: both agendas, exercises and answers, on standing A4 sheets."""
    page = watched.open("workshop/handledning/")
    assert not any(lies for _, lies in printed(page))
    text = "".join(paper(page))
    for exercise in framework.workshop.exercises:
        assert all(joined(step) in text for step in exercise.steps)
    for passage in framework.workshop.guide:
        assert all(joined(framework.question[name].answer) in text for name in passage.questions)


# One source


def test_one_sentence_changes_everywhere(framework: Framework, tmp_path: Path) -> None:
    """After one build a changed sentence is on page, slide, card, in file and form, and the old nowhere."""
    competence = framework.competence[framework.workshop.example]
    old = next(item.text for item in competence.support_at(2) if item.kind is Kind.EXAMPLE)
    level = competence.levels[4]
    root = copy_project(tmp_path / "project")
    file = root / "framework" / "competences" / f"{competence.id}.yml"
    source = file.read_text("utf-8")
    changed = source.replace("kunna bedöma", "kunna pröva").replace("bedöma, filtrera", "värdera, filtrera")
    assert changed != source
    file.write_text(changed, "utf-8")
    site = tmp_path / "site"
    assert not build(root, site)
    new = {
        old: old.replace("kunna bedöma", "kunna pröva"),
        level: level.replace("bedöma, filtrera", "värdera, filtrera"),
    }
    page = page_of(site, f"ramverket/{competence.id}/").text
    slides = page_of(site, DECK).one("div", class_="slides").text
    cards = page_of(site, "workshop/nivakort/").text
    form = page_of(site, "sjalvskattning/").text
    told = Presentation(str(site / POWERPOINT)).slides
    presentation = squeezed(" ".join(text for slide in told for text in shapes_of(slide)))
    data = [(site / "data" / "framework.json"), *site.glob("sjalvskattning/app-*/framework.json")]
    assert len(data) == 2
    places = [page, slides, cards, form, presentation, *(path.read_text("utf-8") for path in data)]
    for before, after in new.items():
        assert before != after
        for number, place in enumerate(places):
            assert squeezed(after) in place, f"place {number} lacks: {after}"
    texts = [parse(path.read_text("utf-8")).text for path in site.rglob("*.html")]
    texts += [
        squeezed(path.read_text("utf-8"))
        for path in site.rglob("*")
        if path.suffix in (".json", ".yml", ".js")
    ]
    for before in new:
        assert not [text for text in (presentation, *texts) if squeezed(before) in text]
