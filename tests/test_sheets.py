"""Cards, sheets, guide and handout: what is on them, and what they are on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import ceil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from macros.model import Framework
from macros.render.pages import PAGES
from macros.render.view import View
from macros.site.publish import Published, framework_json
from macros.slides.deck import Slide
from macros.support import Kind
from quiz import profile
from tests.conftest import Watched, axe
from tests.pages import squeezed
from tests.project import with_levels
from tests.test_browser import STORED, noted, printed
from tests.workshop import begin, joined, page_of, paper, show_instead

Watch = Callable[..., Watched]


def test_a_card_for_each_competence(site: Path, framework: Framework) -> None:
    """A card has definition, every step in order and an example of the support, but no expected level."""
    sheets = page_of(site, "workshop/nivakort/").all("div", class_="card-sheet")
    cards = [card for sheet in sheets for card in sheet.all("section", class_="level-card")]
    pairs, rest = divmod(len(framework.competences), 2)
    assert [len(sheet.all("section")) for sheet in sheets] == [2] * pairs + [1] * rest
    for card, item in zip(cards, framework.competences, strict=True):
        assert card.one("h2").text == f"{item.id} {item.title}"
        assert card.one("p", class_="card-definition").text == squeezed(item.definition)
        steps = [step.text for step in card.all("li")]
        assert steps == [f"Nivå {level} {squeezed(item.levels[level])}" for level in framework.levels]
        examples = {squeezed(support.text) for support in item.support if support.kind is Kind.EXAMPLE}
        shown = card.one("div", class_="card-example").all("p")[0].text
        assert shown in examples if examples else shown.endswith("Skriv ett eget:"), item.id
        assert "Förväntad" not in card.text


def test_a_sheet_for_each_role(site: Path, framework: Framework, decided: Framework) -> None:
    """A manager's sheet has the expected level of each competence, questions per area and what is agreed."""
    page = page_of(site, "workshop/for-chefen/")
    ask = {talk.area: talk.ask for talk in framework.workshop.talk}
    assert {*decided.area} <= {*ask} <= {*framework.area}  # an added area need not have questions
    for role in framework.roles:
        sheet = page.one("section", id=f"samtal-{role.id}")
        areas = sheet.all("section", class_="talk-area")
        rows = [row for area in areas for row in area.one("tbody").all("tr")]
        expected = [
            (c, c.expected.by_role[role.id]) for c in framework.competences if role.id in c.expected.by_role
        ]
        for row, (item, level) in zip(rows, expected, strict=True):
            assert row.one("th").text == f"{item.id} {item.title}"
            mark = "" if item.expected.sure else "* (väntar på att bekräftas)"
            assert row.one("td").text == f"Nivå {level}{mark} {squeezed(item.levels[level])}", item.id
        for area_id in {item.area_id for item, _ in expected}:
            assert all(question in sheet.text for question in ask.get(area_id, ())), role.id
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
        section = page.one(id=f"ovning-{exercise.id}").parent
        assert section, exercise.id
        assert [step.text for step in section.all("li")] == [squeezed(step) for step in exercise.steps]
    asked = [name for passage in framework.workshop.guide for name in passage.questions]
    assert "paverkar-det-lonen" in asked
    for name in asked:
        assert squeezed(framework.question[name].question) in page.text
        assert squeezed(framework.question[name].answer) in page.text


def test_handout(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """The agenda's slides print whole, with the links' addresses, also out of a running deck."""
    for agenda in ("", "20"):
        page = begin(watched, agenda)
        page.keyboard.press("End")
        sheets = paper(page)
        page.emulate_media(media="screen")
        for slide in slides:
            whole = [text for text in sheets if all(joined(part) in text for part in slide.texts)]
            left_out = slide.look == "part" or (agenda and int(agenda) not in slide.agendas)
            assert bool(whole) is not left_out, f"{agenda}: {slide.id}"
            urls = [entry.url for block in slide.blocks for entry in block.entries if entry.url]
            assert left_out or all(joined(url) in whole[0] for url in urls), slide.id
        assert "Avsluta" not in "".join(sheets)
        mine = [s for s in slides if s.look != "part" and (not agenda or int(agenda) in s.agendas)]
        assert len(sheets) <= len(mine) / 2 + 3


CLIPPED = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""


def test_cards_on_paper(watched: Watched, framework: Framework) -> None:
    """Two cards lie on each landscape A4 sheet, whole, and nothing else is printed."""
    page = watched.open("workshop/nivakort/")
    assert all(lies for _, lies in printed(page))
    sheets = paper(page)
    assert len(sheets) == ceil(len(framework.competences) / 2)
    for number, text in enumerate(sheets):
        for item in framework.competences[2 * number : 2 * number + 2]:
            for part in (item.title, item.definition, *item.levels.values()):
                assert joined(part) in text, f"{item.id} on sheet {number + 1}"
    assert page.evaluate(CLIPPED, ".level-card, .card-sheet") == []


@pytest.mark.parametrize("count", [4, 6])
def test_cards_with_other_levels(watched: Watched, framework: Framework, site: Path, count: int) -> None:
    """With four or six levels each card has that many steps, and still two lie whole on a sheet."""
    other = with_levels(framework, count)
    view = View(other, Published(app="", runtime="", search="", editor="", files={}), "../../")
    show_instead(watched, site, "workshop/nivakort/", PAGES["level_cards"](view).html)
    page = watched.open("workshop/nivakort/")
    steps = page.locator(".level-card").first.locator("li")
    assert (
        len(set(steps.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)"))) == count
    )
    sheets = paper(page)
    assert len(sheets) == ceil(len(framework.competences) / 2)
    assert joined(other.competences[0].levels[count]) in sheets[0]
    assert page.evaluate(CLIPPED, ".level-card, .card-sheet") == []


HEAD = joined("Underlag för samtal om digital kompetens")


def test_sheets_on_paper(watched: Watched, framework: Framework) -> None:
    """Each role's sheet is two pages, a new sheet of paper; what is agreed on comes before the levels."""
    page = watched.open("workshop/for-chefen/")
    intro, *sheets = paper(page)
    assert not intro.startswith(HEAD)
    starts = [text for text in sheets if text.startswith(HEAD)]
    for text, role in zip(starts, framework.roles, strict=True):
        assert text.startswith(HEAD + joined(role.name))
        assert text.index(joined("Det här kommer vi överens om")) < text.index(
            joined(f"1. {framework.areas[0].name}")
        )
    assert [text.startswith(HEAD) for text in sheets] == [True, False] * len(framework.roles)
    assert min(map(len, sheets)) > 500, "a page with little on it"
    role = framework.role["bibliotekarie"]
    page.emulate_media(media="screen")
    page.get_by_role("link", name=role.name).click()
    expect(page.locator(".talk:visible")).to_have_count(1)
    chosen = paper(page)
    assert chosen[0].startswith(HEAD + joined(role.name))
    assert len([text for text in chosen if HEAD in text]) == 1
    assert len(chosen) == 2


def test_chosen_sheets_are_printed(watched: Watched, framework: Framework) -> None:
    """A manager ticks the roles of the talks and prints those alone; from a role's sheet only that one."""
    watched.page.add_init_script("window.print = () => { document.title = 'printed' }")
    page = watched.open("workshop/for-chefen/")
    status, form = page.get_by_role("status"), page.locator("#roles")
    expect(status).to_have_text("Ingen roll är vald. Då skrivs underlagen för alla roller ut.")
    for name, told in (("Chef", "1 underlag skrivs ut."), ("Bibliotekarie", "2 underlag skrivs ut.")):
        form.get_by_role("checkbox", name=name, exact=True).check()
        expect(status).to_have_text(told)
    assert axe(page) == []

    def printed_roles() -> list[str]:
        sheets = paper(page)
        page.emulate_media(media="screen")
        assert sheets[0].startswith(HEAD), "the first page is no sheet"
        starts = [text for text in sheets if text.startswith(HEAD)]
        return [r.name for text in starts for r in framework.roles if text.startswith(HEAD + joined(r.name))]

    form.get_by_role("button", name="Skriv ut").click()
    expect(page).to_have_title("printed")
    assert printed_roles() == ["Chef", "Bibliotekarie"]
    form.get_by_role("link", name="Samordnare").click()
    expect(page.locator(".talk:visible")).to_have_count(1)
    page.locator(".talk:visible").get_by_role("button", name="Skriv ut").click()
    assert printed_roles() == ["Samordnare"]
    form.get_by_role("button", name="Skriv ut").click()
    assert printed_roles() == ["Chef", "Bibliotekarie"]
    assert page.evaluate(STORED) == []
    assert not noted(watched)


def test_sheets_without_script(watch: Watch, framework: Framework) -> None:
    """Without JavaScript there is nothing to tick or press, and a role's link shows and prints its sheet."""
    page = watch(java_script_enabled=False).open("workshop/for-chefen/")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Skriv ut")).to_have_count(0)
    page.get_by_role("link", name="Chef", exact=True).click()
    expect(page.locator(".talk:visible")).to_have_count(1)
    assert paper(page)[0].startswith(HEAD + joined("Chef"))


def test_preparation_says_how_long_rating_takes(site: Path, framework: Framework) -> None:
    """The time is reckoned for the smallest and the largest role, as on the self-check's page."""
    data = json.loads(framework_json(framework))
    times = [profile.minutes(data, profile.applies(data, [role.id])) for role in framework.roles]
    text = page_of(site, "workshop/for-dig/").one("article").text
    assert f"tar ungefär {min(times)[0]}–{max(high for _, high in times)} minuter" in text
    assert not re.search(r"\b15 minuter", text)


def test_guide_on_paper(watched: Watched, framework: Framework) -> None:
    """The guide prints whole: both agendas, exercises and answers, on portrait A4 sheets."""
    page = watched.open("workshop/handledning/")
    assert not any(lies for _, lies in printed(page))
    text = "".join(paper(page))
    for exercise in framework.workshop.exercises:
        assert all(joined(step) in text for step in exercise.steps)
    for passage in framework.workshop.guide:
        assert all(joined(framework.question[name].answer) in text for name in passage.questions)
