"""The self-check as a reader meets it: from the first page to the printed sheet, and when something fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, cycle
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, ViewportSize, expect

from macros.model import Competence, Framework
from macros.site.publish import framework_json
from macros.site.server import SiteServer
from quiz import bridge, profile
from quiz.protocol.framework import FrameworkData
from tests.conftest import DESKTOP, INTRANET, NARROW, PHONE, Watched, axe
from tests.paper import sheets
from tests.project import LEVELS

Watch = Callable[..., Watched]

PATH = "sjalvskattning/"
NO_LEVEL = ("unknown", "unclear", "not_relevant")


# A reply is shown only when nothing has changed since it was asked for.
ANSWERED = """form => new Promise(done => {
  form.addEventListener("reply", () => done(), { once: true })
  form.dispatchEvent(new Event("input"))
})"""
# What a reader answers in turn.
ANSWERS = ("2", "4", "1", "unknown", "3", "5", "unclear", "2", "not_relevant")
# Answers every question, with these levels in turn, and yes to all stairs.
FILL_IN = """levels => {
  const form = document.getElementById("self-check")
  const radios = [...form.querySelectorAll("[data-question] [type=radio]")]
  const values = { answer: at => levels[at % levels.length], met: () => "yes", motivation: () => 2 }
  let answers = 0
  for (const name of new Set(radios.map(radio => radio.name))) {
    const [kind] = name.split("-")
    form.elements[name].value = values[kind](kind === "answer" ? answers++ : 0)
  }
  form.dispatchEvent(new Event("input"))
}"""


class Reader:
    """Someone who meets the self-check, by mouse, by keyboard or by finger (`manner`)."""

    def __init__(self, watched: Watched, manner: str = "mouse", path: str = PATH) -> None:
        self.watched = watched
        self.manner = manner
        # A real print would open the browser's dialog, which has no end in a test.
        watched.page.add_init_script("window.print = () => { window.prints = (window.prints ?? 0) + 1 }")
        self.page = watched.open(path)

    def button(self, name: str) -> Locator:
        """The visible button of this name."""
        return self.page.get_by_role("button", name=name, exact=True).filter(visible=True)

    def press(self, target: Locator) -> None:
        """Press something, in this reader's manner."""
        if self.manner == "keyboard":
            self.tab_to(target)
            self.page.keyboard.press("Space")
        elif self.manner == "finger":
            target.tap()
        else:
            target.click()

    def tab_to(self, target: Locator) -> None:
        """Reach something with the Tab key alone, forwards from where the focus is."""
        handle = target.element_handle()
        for _ in range(150):
            if self.page.evaluate("element => element === document.activeElement", handle):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached by keyboard")

    def choose(self, name: str, value: str) -> None:
        """Choose one of several radio buttons, which have not been chosen from before."""
        radios = self.page.locator(f'input[type=radio][name="{name}"]').filter(visible=True)
        values = radios.evaluate_all("all => all.map(radio => radio.value)")
        if self.manner != "keyboard":
            return self.press(radios.nth(values.index(value)))
        self.press(radios.first)
        for _ in range(values.index(value)):
            self.page.keyboard.press("ArrowDown")
        return None

    def choose_roles(self, *roles: str) -> None:
        """Tick roles."""
        for role in roles:
            self.press(self.page.locator(f'input[name=role][value="{role}"]'))

    def go_on(self) -> None:
        """Go from the role to what is to be rated."""
        self.press(self.button("Vidare"))
        expect(self.page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()

    def begin(self, scope: str = "all") -> None:
        """Go from the role to the questions, of all areas or one."""
        self.go_on()
        if scope != "all":
            if not self.page.locator(f"[name=scope][value='{scope}']").is_visible():
                self.press(self.page.get_by_text("Bara ett område"))
            self.choose("scope", scope)
        self.press(self.button("Börja skatta"))
        expect(self.question().get_by_role("heading")).to_be_focused()

    def more(self, name: str) -> None:
        """Take one of the choices that are not the next step."""
        if not self.page.locator(".more[open]").count():
            self.press(self.page.locator(".more > summary", has_text="Fler val"))
        self.press(self.page.locator(".more").get_by_role("button", name=name, exact=True))

    def clear(self) -> None:
        """Clear all answers."""
        self.more("Rensa alla svar")
        self.press(self.button("Ja, rensa"))
        expect(self.page.locator("[data-notice]")).to_have_text("Alla svar är rensade.")

    def question(self) -> Locator:
        """The question that is shown."""
        return self.page.locator("[data-question]:visible")

    def answer(self, answer: str, met: bool = True) -> None:
        """Answer the question that is shown: a level, one of the three without, or a place on the scale."""
        question = self.question()
        competence = question.get_attribute("data-competence")
        if competence is None:
            return self.choose(f"motivation-{question.get_attribute('data-motivation')}", answer)
        self.choose(f"answer-{competence}", answer)
        if self.manner == "keyboard":
            self.page.keyboard.press("Tab")  # only now it is answered: the arrow keys pass over levels
        for level in range(2, int(answer) if answer.isdigit() else 0):
            self.choose(f"met-{competence}-{level}", "yes" if met else "no")
        return None

    def next(self) -> None:
        """Go to the next question; its heading takes the focus."""
        # Not by its name: that is looked for in the whole document, which takes most of a walk's time.
        self.press(self.page.locator("[data-next]:visible"))
        expect(self.question().get_by_role("heading")).to_be_focused()

    def answer_all(self) -> None:
        """Answer every question, with answers of every kind."""
        levels = cycle(ANSWERS)
        while True:
            self.answer("2" if self.question().get_attribute("data-motivation") else next(levels))
            if not self.page.locator("[data-next]").is_visible():
                return
            self.next()

    def fill_in(self, levels: Sequence[str] = ANSWERS) -> None:
        """Answer everything at once, with answers of every kind, and go to the result."""
        self.page.evaluate(FILL_IN, list(levels))
        self.is_ready()
        self.see_result()

    def see_result(self) -> None:
        """Go to the result."""
        if self.button("Se resultatet").is_visible():
            self.press(self.button("Se resultatet"))
        else:
            self.more("Se resultatet")
        expect(self.page.get_by_role("heading", name="Ditt resultat")).to_be_focused()

    def make_sheet(self) -> None:
        """Go to the sheet."""
        self.press(self.button("Gör ett blad till samtalet"))
        expect(self.page.get_by_role("heading", name="Till samtalet")).to_be_focused()

    def is_ready(self) -> None:
        """Wait until Python has answered all that is on the page."""
        expect(self.page.locator("[data-engine]")).to_have_attribute("data-engine", "ready")
        self.page.locator("#self-check").evaluate(ANSWERED)

    def said(self, text: str | re.Pattern[str]) -> None:
        """Wait until those who listen to the page have heard this."""
        expect(self.page.get_by_role("status").first).to_have_text(text)

    @property
    def answered(self) -> Locator:
        """What the question that is shown says about its answer."""
        return self.question().locator(".answered")


@pytest.fixture
def reader(watched: Watched) -> Reader:
    """A reader with a mouse, 1280 pixels wide."""
    return Reader(watched)


@pytest.fixture(scope="module")
def data(framework: Framework) -> FrameworkData:
    """The framework as the quiz reads it."""
    found: FrameworkData = json.loads(framework_json(framework))
    return found


def as_pages(page: Page) -> list[str]:
    """The texts of the sheets of paper that the page becomes."""
    return [sheet.text for sheet in sheets(page.pdf(prefer_css_page_size=True))]


def flat(text: str) -> str:
    """A text without what printing changes: spaces, ends of lines, hyphens there, joined letters."""
    return re.sub(r"\s+|-(?=\s)|[\u00ad·]", "", normalize("NFKC", text))


# From start to printed sheet

MANNERS = {"mouse": DESKTOP, "keyboard": DESKTOP, "finger": PHONE}
PLANS = {
    "one role": (["biblioteksassistent"], "all"),
    "two roles": (["bibliotekarie", "systemansvarig"], "all"),
    "one area": (["chef"], "6"),
}


@pytest.mark.parametrize(
    ("manner", "plan"),
    [
        ("mouse", "two roles"),
        *(("keyboard", plan) for plan in ("one role", "one area")),
        ("finger", "one role"),  # with two roles `bench_reader` walks by finger, which test_reader runs
    ],
)
def test_from_start_to_printed_sheet(watch: Watch, data: FrameworkData, manner: str, plan: str) -> None:
    """Anyone gets all the way, by mouse, keyboard and finger, for a role, two roles and an area."""
    roles, scope = PLANS[plan]
    reader = Reader(watch(viewport=MANNERS[manner], has_touch=manner == "finger"), manner)
    page = reader.page
    reader.choose_roles(*roles)
    reader.begin(scope)
    reader.answer_all()
    competences = profile.applies(data, roles, scope)
    reader.is_ready()
    reader.see_result()
    rows = page.locator(".picture [scope=row]")
    assert [row.text_content() for row in rows.all()] == [
        f"{item['id']} {item['title']}" for item in competences
    ]
    chosen = page.get_by_role("group", name="Välj det du vill prata om").get_by_role("checkbox")
    assert 1 <= chosen.count() <= 3
    assert all(box.is_checked() for box in chosen.all())
    told = [box.get_attribute("value") or "" for box in chosen.all()]
    reader.make_sheet()
    paper = page.locator(".paper")
    expect(paper).to_contain_text("Det här vill jag prata om")
    page.get_by_label("Mina egna frågor", exact=True).fill("Min egen fråga\noch en rad till.")
    expect(paper).to_contain_text("Min egen fråga")
    reader.press(reader.button("Skriv ut"))
    assert page.evaluate("window.prints") == 1
    (printed,) = as_pages(page)
    assert flat("Min egen fråga") in flat(printed)
    for item in competences:
        about = any(choice.partition(":")[2] == item["id"] for choice in told)
        assert (flat(item["title"]) in flat(printed)) >= about, item["id"]
    assert flat("Det här kom vi överens om") in flat(printed)
    assert f"version {data['version']}" in printed
    assert "Självskattning" not in printed
    assert page.url == reader.watched.address + PATH
    assert not reader.watched.problems


def test_area_is_chosen_by_the_page_that_leads_here(watched: Watched) -> None:
    """The button of a competence leads to its area; nothing is lost by leaving, and clearing keeps it."""
    reader = Reader(watched, path="ramverket/3.2/")
    page = reader.page
    page.get_by_role("link", name="Skatta dig i område 3").click()
    reader.is_ready()
    assert page.evaluate("scrollY") == 0
    assert page.url == watched.address + PATH
    page.keyboard.press("Tab")
    expect(page.locator("[name=role]").first).to_be_focused()
    expect(page.locator("[name=scope][value='3']")).to_be_checked()
    page.goto("about:blank")  # would wait for an answer if the page asked first
    page.goto(f"{watched.address}{PATH}#omrade-3")
    reader.choose_roles("medarbetare")
    reader.go_on()
    reader.button("Börja skatta").click()
    assert page.locator("[data-for]:not([hidden])").count() == 3  # two competences and the motivation
    reader.clear()
    expect(page.locator("[name=scope][value='3']")).to_be_checked()
    assert not watched.problems


def test_role_is_chosen_by_the_page_that_leads_here(watched: Watched) -> None:
    """A role's address leads to what is to be rated, with the role chosen and gone from the address."""
    reader = Reader(watched, path=f"{PATH}#roll-bibliotekarie")
    expect(reader.page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()
    assert reader.page.url == watched.address + PATH
    expect(reader.page.locator("[name=role]:checked")).to_have_value("bibliotekarie")


def test_second_click_answers_nothing(reader: Reader) -> None:
    """A double click on Nästa leads one question on, and does not answer it."""
    reader.choose_roles("medarbetare")
    reader.begin()
    for at in range(1, 6):
        reader.button("Nästa").dblclick()
        expect(reader.question().get_by_role("heading")).to_be_focused()
        assert reader.page.locator("[data-question] :checked").count() == 0, at


@pytest.mark.wcag(
    "3.2.1",
    "3.2.2",
    shows="Piltangenterna bland svaren visar inget förrän du har valt.",
    where="Självskattningen",
)
def test_passing_by_with_the_arrow_keys_shows_nothing_yet(watched: Watched, framework: Framework) -> None:
    """On the way by arrow keys nothing is said of the levels passed; leaving them shows the last."""
    reader = Reader(watched, "keyboard")
    page = reader.page
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.is_ready()
    reader.tab_to(page.locator("[name='answer-1.1']").first)
    for level in (2, 3):
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-for='k-1.1'] [data-filled]")).to_have_text(re.compile("trappan|Nivå"))
        expect(reader.answered).to_be_empty()
        expect(page.locator(f"[name='answer-1.1'][value='{level}']")).to_be_checked()
        assert reader.question().get_attribute("data-folded") is None
    page.keyboard.press("Tab")
    expect(reader.question()).to_have_attribute("data-folded", "")
    expect(reader.answered).to_contain_text("Svara också på om du uppfyller nivå 2.")
    reader.said(re.compile("Svara också på om du uppfyller nivå 2"))


def test_an_answer_can_be_taken_back(reader: Reader) -> None:
    """The answer of a question can be taken away; the question is then as it was before."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("3")
    state = reader.page.locator("[data-for='k-1.1'] [data-filled]")
    expect(state).to_have_text("Nivå 3")
    reader.more("Ta bort svaret på den här frågan")
    expect(reader.question().get_by_role("heading")).to_be_focused()
    expect(state).to_have_text("Inte besvarad")
    assert reader.question().locator(":checked").count() == 0
    assert reader.question().get_attribute("data-folded") is None


def test_other_levels_fold_and_open(reader: Reader) -> None:
    """With a level picked the others are a line each; the first press opens them, the next one picks."""
    reader.choose_roles("medarbetare")
    reader.begin()
    answers = reader.question().locator(".answer")
    heights_of = "answers => answers.map((answer) => answer.getBoundingClientRect().height)"
    heights = answers.evaluate_all(heights_of)
    reader.choose("answer-1.1", "4")
    folded = answers.evaluate_all(heights_of)
    assert [now < before for now, before in zip(folded, heights, strict=True)] == [True] * 3 + [False, True]
    expect(answers.nth(3).locator("xpath=following-sibling::*[1]")).to_have_class("stairs")
    answers.nth(1).click()
    expect(reader.page.locator("[name='answer-1.1']:checked")).to_have_value("4")
    assert answers.evaluate_all(heights_of) == heights
    answers.nth(1).click()
    expect(reader.page.locator("[name='answer-1.1']:checked")).to_have_value("2")
    reader.button("Visa alla beskrivningar").click()
    expect(reader.page.locator("[name='answer-1.1']:checked")).to_be_focused()
    expect(reader.button("Visa alla beskrivningar")).to_be_hidden()


def test_one_press_says_yes_to_all_stairs_and_leads_on(reader: Reader) -> None:
    """Three presses answer a competence whose stairs are all met; «no» to one takes the offer away."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.choose("answer-1.1", "5")
    reader.button("Ja till alla, och vidare").click()
    expect(reader.question()).to_have_id("k-1.2")
    expect(reader.question().get_by_role("heading")).to_be_focused()
    expect(reader.page.locator("[data-for='k-1.1'] [data-filled]")).to_have_text("Nivå 5")
    reader.choose("answer-1.2", "4")
    reader.choose("met-1.2-2", "no")
    expect(reader.button("Ja till alla, och vidare")).to_be_hidden()


def test_an_open_staircase_is_reminded_of_once(reader: Reader) -> None:
    """Nästa asks once for the stairs that decide the level, at the first of them; then it leads on."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.is_ready()
    reader.choose("answer-1.1", "4")
    expect(reader.question()).to_have_attribute("data-state", "pending")
    reader.button("Nästa").click()
    expect(reader.question()).to_have_id("k-1.1")
    expect(reader.question().locator("[data-missing=stairs]")).to_be_visible()
    expect(reader.page.locator("[name='met-1.1-2']").first).to_be_focused()
    reader.said(re.compile("^Svara också på stegen under"))
    reader.button("Nästa").click()
    expect(reader.question()).to_have_id("k-1.2")
    reader.page.wait_for_timeout(200)
    assert reader.page.get_by_role("status").first.text_content() == ""  # the next question begins afresh


def test_a_full_text_says_so(reader: Reader) -> None:
    """A text that fills its box is reported as cut; with room again, or after a clearing, it is not."""
    reader.choose_roles("medarbetare")
    reader.begin()
    box = reader.page.get_by_label("Ett exempel från jobbet").first
    notice = reader.question().locator("[data-full]")
    reader.question().get_by_text("Lägg till ett exempel").click()
    longest = int(box.get_attribute("maxlength") or 0)
    for text, full in (
        ("a" * (longest - 1), False),
        ("a" * longest, True),
        ("a", False),
        ("a" * longest, True),
    ):
        box.fill(text)
        assert notice.is_visible() == full, len(text)
    reader.said(re.compile("Nu är rutan full"))
    reader.more("Rensa alla svar")
    expect(reader.button("Nej, behåll svaren")).to_be_focused()
    reader.button("Ja, rensa").click()
    reader.choose_roles("medarbetare")
    reader.begin()
    expect(notice).to_be_hidden()


def test_an_empty_sheet_is_not_printed(reader: Reader) -> None:
    """Skriv ut says in sight that nothing is on the sheet; with something on it that goes, and it prints."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.is_ready()
    reader.see_result()
    reader.make_sheet()
    reader.page.get_by_label("Jag väljer själv").check()
    while reader.page.locator("[name=tick]:checked").count():
        reader.page.locator("[name=tick]:checked").first.uncheck()
    nothing = reader.page.locator("[data-nothing]")
    reader.button("Skriv ut").click()
    expect(nothing).to_be_in_viewport()
    expect(nothing).to_have_text("Bladet är tomt. Välj vad som ska med, eller skriv en egen fråga.")
    assert reader.page.evaluate("window.prints") is None
    reader.page.locator("[name=tick]").nth(1).check()
    expect(nothing).to_be_hidden()
    reader.button("Skriv ut").click()
    assert reader.page.evaluate("window.prints") == 1


def test_result_leads_to_what_is_left(reader: Reader) -> None:
    """What has no level yet is a way to its question, also from a staircase left half-way."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.choose("answer-1.1", "4")
    reader.is_ready()
    reader.see_result()
    expect(reader.page.get_by_text("Svara på om du uppfyller stegen under")).to_be_visible()
    reader.button("Tillbaka till frågorna").click()
    reader.choose("met-1.1-2", "no")
    reader.see_result()
    reader.page.get_by_text("Utan nivå, och motivation").click()
    reader.page.get_by_role("button", name="Till frågan 5.3").click()
    expect(reader.question()).to_have_attribute("data-competence", "5.3")
    expect(reader.question().get_by_role("heading")).to_be_focused()


def test_questions_follow_the_roles_and_the_area(reader: Reader, data: FrameworkData) -> None:
    """The page shows the competences that the quiz rates, for every role, pair of roles and area."""
    roles = [role["id"] for role in data["roles"]]
    plans = [
        (chosen, scope)
        for chosen in ([], *combinations(roles, 1), *combinations(roles, 2))
        for scope in ("all", *(area["id"] for area in data["areas"]))
    ]
    shown = reader.page.evaluate(
        """plans => {
          const form = document.getElementById("self-check")
          form.querySelector("[data-all]").checked = true
          return plans.map(([roles, scope]) => {
            for (const box of form.elements.role) box.checked = roles.includes(box.value)
            form.elements.scope.value = scope
            form.dispatchEvent(new Event("input"))
            return [...form.querySelectorAll("[data-question]")].filter(question => !question.hidden)
              .map(question => question.dataset.competence ?? `motivation ${question.dataset.motivation}`)
          })
        }""",
        plans,
    )
    for (chosen, scope), found in zip(plans, shown, strict=True):
        competences = profile.applies(data, chosen, scope)
        areas = dict.fromkeys(item["area"] for item in competences)
        wanted = [
            entry
            for area in areas
            for entry in (*(c["id"] for c in competences if c["area"] == area), f"motivation {area}")
        ]
        assert found == wanted, (chosen, scope)


def test_time_is_said_once_before_the_start(reader: Reader, data: FrameworkData) -> None:
    """The time of what is to be rated is said with the choice of it, and nowhere else before the start."""
    page = reader.page
    reader.choose_roles("chef", "systemansvarig")
    assert page.get_by_text("minuter").filter(visible=True).count() == 0
    reader.go_on()
    plan = page.locator("[data-fill=time]")
    expect(plan).to_have_text(profile.time_text(data, profile.applies(data, ["chef", "systemansvarig"])))
    page.get_by_text("Bara ett område").click()
    for area in page.locator("[data-area-roles]").filter(visible=True).all():
        expect(area).to_contain_text("minuter")


@pytest.mark.wcag(
    "3.3.1",
    "3.3.3",
    shows="Det som saknas sägs vid fältet, med vad du kan göra.",
    where="Självskattningen",
)
def test_what_is_missing_is_said_at_the_field(reader: Reader, framework: Framework) -> None:
    """A missing role is reported once, at the field; areas of other roles are hidden."""
    page = reader.page
    roles = page.get_by_role("group", name="Vilken roll har du?")
    hint = "Välj en eller flera roller. Hittar du inte din? Fråga din chef. "
    hint += "Medarbetare är den allmänna profilen."
    expect(roles).to_have_accessible_description(hint)
    reader.button("Vidare").click()
    message = "Välj minst en roll, så får du se vilken nivå som förväntas."
    expect(roles).to_have_accessible_description(re.compile(re.escape(message)))
    expect(reader.button("Börja utan roll")).to_be_focused()
    reader.said(message)
    reader.button("Börja utan roll").click()
    page.get_by_text("Bara ett område").click()
    for_everyone = sum(not area.roles for area in framework.areas)
    assert page.locator("[data-area-roles]").filter(visible=True).count() == for_everyone
    reader.button("Tillbaka").click()
    reader.choose_roles("chef")
    expect(roles).to_have_accessible_description(hint)
    reader.begin("6")
    reader.more("Ändra roll eller område")
    page.locator("[name=role]:checked").uncheck()
    reader.choose_roles("medarbetare")
    reader.button("Vidare").click()
    page.get_by_role("button", name="skatta").filter(visible=True).click()
    scope = page.get_by_role("group", name="Vad vill du skatta?")
    expect(scope).to_have_accessible_description(re.compile("Området gäller inte din roll."))
    expect(page.locator("[name=scope]:checked")).to_be_focused()


# One question


def test_staircase_is_explained_and_the_expected_level_waits(watched: Watched, framework: Framework) -> None:
    """The staircase is asked about, with its texts, and explained; what is expected is for the result."""
    watched.page.clock.install()
    reader = Reader(watched)
    page = reader.page
    item = framework.competences[0]
    reader.choose_roles("bibliotekarie")
    reader.begin()
    reader.is_ready()
    expected = page.get_by_text("Förväntad nivå").filter(visible=True)
    stairs = reader.question().locator("[data-met]")
    reader.choose(f"answer-{item.id}", "4")
    expect(stairs.filter(visible=True)).to_have_count(2)
    for level, stair in zip((2, 3), stairs.all(), strict=False):
        expect(stair).to_have_accessible_description(item.levels[level])
        expect(stair.get_by_text(item.levels[level])).to_be_visible()
    pending = "Svara också på om du uppfyller nivå 2 och 3. Innan dess är din nivå inte klar."
    expect(reader.answered).to_have_text(pending)
    reader.said(pending)
    reader.choose(f"met-{item.id}-2", "yes")
    reader.choose(f"met-{item.id}-3", "no")
    explained = "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står därför på nivå 2."
    expect(reader.answered).to_have_text(explained)
    reader.said(explained)
    page.clock.fast_forward("00:10")
    reader.said("")  # nobody comes upon it later
    assert expected.count() == 0
    reader.button("Visa alla beskrivningar").click()
    reader.choose(f"answer-{item.id}", "1")
    expect(stairs.filter(visible=True)).to_have_count(0)
    for answer in NO_LEVEL:
        reader.choose(f"answer-{item.id}", answer)
        expect(reader.answered).to_be_empty()
    reader.see_result()
    assert expected.count()


def asked_of(framework: Framework, role: str) -> list[Competence]:
    """Return the competences that a role is asked about."""
    return [item for item in framework.competences if role in item.expected.by_role]


@pytest.mark.wcag(
    "3.3.7",
    shows="Det du har svarat står kvar när du går fram och tillbaka.",
    where="Självskattningen",
)
def test_moving_between_questions(reader: Reader, framework: Framework) -> None:
    """Questions are reached forwards, backwards, by the list, or all shown at once; never a step too far."""
    page = reader.page
    asked = asked_of(framework, "medarbetare")
    areas = {item.area_id for item in asked}
    total, last = len(asked) + len(areas), asked[-1]
    reader.choose_roles("medarbetare")
    reader.begin()
    expect(reader.button("Föregående")).to_be_hidden()
    reader.next()
    expect(page.locator("[data-position]")).to_have_text(f"Fråga 2 av {total}")
    expect(reader.question().get_by_role("heading")).to_have_accessible_name(
        re.compile(rf"^Fråga 2 av {total}. 1.2 ")
    )
    expect(page).to_have_title(re.compile(f"^Fråga 2 av {total} – "))
    reader.press(reader.button("Föregående"))
    expect(reader.question()).to_have_id("k-1.1")
    reader.answer("2")
    page.get_by_text("Fler val").click()
    expect(page.locator('[data-for="k-1.1"]')).to_contain_text("Nivå 2")
    assert page.locator("[data-for]:visible").count() == total
    page.get_by_role("button", name=re.compile(f"^{last.id} ")).click()
    expect(reader.question().get_by_role("heading")).to_be_focused()
    expect(reader.question()).to_have_id(f"k-{last.id}")
    reader.next()
    expect(reader.question()).to_have_id(f"m-{last.area_id}")
    expect(reader.button("Nästa")).to_be_hidden()
    page.get_by_text("Fler val").click()
    page.get_by_label("Visa alla frågor på en gång").check()
    assert page.locator("[data-competence]:visible").count() == len(asked)
    expect(reader.button("Föregående")).to_be_hidden()


def test_enter_in_a_field_goes_nowhere(watch: Watch) -> None:
    """The form has nowhere to be sent: no key puts an answer into the address, with or without script."""
    for script in (True, False):
        watched = watch(java_script_enabled=script)
        page = watched.open(PATH)
        page.locator("[name=role]").first.check()
        page.locator("[name=role]").first.press("Enter")
        if not script:
            page.locator("[name='answer-1.1']").nth(1).press("Enter")
        assert page.url == watched.address + PATH
        assert page.locator("[name=role]").first.is_checked()


@pytest.fixture
def replied(reader: Reader, data: FrameworkData) -> tuple[Reader, dict[str, Any]]:
    """A reader at the result, all unfolded, and what the quiz replies to the same answers."""
    page = reader.page
    reader.choose_roles("bibliotekarie")
    reader.begin()
    reader.fill_in()
    answers: dict[str, Any] = {"kind": "state", "roles": ["bibliotekarie"], "answers": {}, "motivation": {}}
    for question in page.locator("[data-competence]").all():
        chosen = question.locator('[name^="answer-"]:checked')
        if chosen.count():
            value = chosen.get_attribute("value") or ""
            key = question.get_attribute("data-competence")
            met = {str(item["level"]): True for item in data["levels"]}
            answers["answers"][key] = {"pick": int(value), "met": met} if value.isdigit() else {"none": value}
    for area in data["areas"]:
        answers["motivation"][area["id"]] = 2
    bridge.use(json.dumps(data))
    page.evaluate("document.querySelectorAll('[data-step=result] details').forEach(part => part.open = true)")
    return reader, json.loads(bridge.handle(json.dumps(answers)))


def test_result_says_what_the_quiz_says(replied: tuple[Reader, dict[str, Any]]) -> None:
    """The result shows the bridge's own words: kinds, choices, lists, motivation; and no score."""
    reader, reply = replied
    told = reader.page.locator("[data-step=result]").inner_text()
    said = [kind["title"] + kind["text"] for kind in reply["result"]["kinds"]]
    said += [group["title"] for group in reply["details"]["lists"]]
    said += [choice[part] for choice in reply["talk"]["choices"] for part in ("text", "reason")]
    said += [rated["text"] for rated in reply["motivation"]]
    for words in said:
        assert words in told.replace("\n", ""), words
    assert not re.search(r"%|poäng|totalt|medel", told, re.IGNORECASE)


def test_details_say_what_the_quiz_says(replied: tuple[Reader, dict[str, Any]]) -> None:
    """Each competence has its levels in words and its next step, with what is new and the support's links."""
    reader, reply = replied
    items = [item for area in reply["details"]["areas"] for item in area["competences"]]
    for shown, item in zip(reader.page.locator(".detail").all(), items, strict=True):
        text = shown.inner_text()
        assert item["summary"] in text, item["id"]
        new = [piece["text"] for piece in item["next"]["pieces"] if piece["new"]]
        assert shown.locator("b.new").all_text_contents() == new, item["id"]
        for support in item["next"]["support"]:
            assert support["text"] in text, item["id"]
            for part in filter(lambda part: part["url"], support["parts"]):
                link = shown.get_by_role("link", name=part["text"])
                expect(link).to_have_attribute("href", part["url"])


def test_picture_shows_what_the_quiz_says(replied: tuple[Reader, dict[str, Any]]) -> None:
    """One row a competence, 32 pixels at most: its levels in words, mine and the expected one marked."""
    reader, reply = replied
    rows = reader.page.locator(".picture tr", has=reader.page.locator("[scope=row]"))
    items = [item for area in reply["result"]["areas"] for item in area["competences"]]
    for row, item in zip(rows.all(), items, strict=True):
        expect(row).to_contain_text(item["picture"]["text"])
        box = row.bounding_box()
        assert box
        assert box["height"] <= 32
        marks = [
            (step.get_attribute("data-mine") == "", step.get_attribute("data-wanted") == "")
            for step in row.locator("li").all()
        ]
        assert marks == [(step["mine"], step["expected"]) for step in item["picture"]["steps"]], item["id"]


# The sheet


@pytest.fixture
def sheet_reader(reader: Reader) -> Reader:
    """A reader who has answered one area and is at the sheet."""
    reader.choose_roles("medarbetare")
    reader.begin("1")
    reader.question().get_by_text("Lägg till ett exempel").click()
    reader.page.get_by_label("Ett exempel från jobbet").filter(visible=True).fill("Mitt exempel.")
    reader.fill_in()
    reader.make_sheet()
    return reader


def test_sheet_is_made_of_the_choice(reader: Reader, framework: Framework) -> None:
    """A good sheet needs no press; what is chosen to talk about is on it, and what is added, five at most."""
    page, paper = reader.page, reader.page.locator(".paper")
    reader.choose_roles("bibliotekarie")
    reader.begin()
    reader.fill_in()
    group = page.get_by_role("group", name="Välj det du vill prata om")
    add = group.get_by_role("combobox", name="Lägg till")
    boxes = group.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.first.uncheck()
    add.select_option("1.2")
    expect(group.get_by_role("checkbox", name="Prata om 1.2")).to_be_checked()
    expect(add).to_have_value("")
    for count in (5, 6):
        add.select_option(index=1)
        expect(boxes).to_have_count(count)
    expect(boxes.and_(page.locator(":checked"))).to_have_count(5)
    add.select_option(index=1)
    expect(group).to_contain_text("Välj högst fem")
    expect(boxes.and_(page.locator(":checked"))).to_have_count(5)
    reader.make_sheet()
    expect(paper).to_contain_text("1.2 Granska och hantera data, information och digitalt innehåll")
    expect(paper).to_contain_text("Det här kom vi överens om")
    page.get_by_text("Redo för Grade").click()
    rows = page.locator("[data-fill=entries] li")
    assert rows.count() == len(asked_of(framework, "bibliotekarie"))
    expect(rows.first).to_have_text(re.compile("^1.1 Söka, .*: Nivå 2$"))
    reader.button("Kopiera nivåerna").click()
    reader.said("Texten är kopierad.")


def test_only_what_is_ticked_is_on_the_sheet(sheet_reader: Reader) -> None:
    """The third mode shows the boxes; a whole group is ticked, and unticked, with one press."""
    page, paper = sheet_reader.page, sheet_reader.page.locator(".paper")
    expect(paper).to_contain_text("Mitt exempel.")
    expect(page.locator("[data-fill=ticks]")).to_be_hidden()
    page.get_by_label("Allt", exact=True).check()
    expect(paper.get_by_role("heading")).to_contain_text(["Motivation"])
    page.get_by_label("Jag väljer själv").check()
    expect(paper).to_contain_text("Mitt exempel.")  # one begins with what was there
    while page.locator("[name=tick]:checked").count():
        page.locator("[name=tick]:checked").first.uncheck()
    expect(paper).not_to_contain_text("Mitt exempel.")
    page.get_by_label("Mina egna frågor", exact=True).fill("En egen fråga")
    expect(paper).to_contain_text("En egen fråga")
    group = page.get_by_role("group", name="Min nivå")
    group.get_by_role("button").click()
    assert all(box.is_checked() for box in group.get_by_role("checkbox").all())
    expect(group.get_by_role("button")).to_be_focused()
    expect(paper.get_by_role("row")).to_have_count(1 + group.get_by_role("checkbox").count())
    group.get_by_role("button").click()
    page.get_by_label("Mina egna frågor", exact=True).fill("")
    expect(paper).to_have_text("Bladet är tomt. Välj vad som ska med, eller skriv en egen fråga.")
    assert not page.locator("[name*=namn], [autocomplete=name]").count()


def test_much_text_shrinks_to_one_page_or_warns(sheet_reader: Reader) -> None:
    """More text is set smaller to stay on one page; too much is said, at the button, before printing."""
    page, paper = sheet_reader.page, sheet_reader.page.locator(".paper")
    page.get_by_label("Allt", exact=True).check()
    sizes = []
    for count in (10, 120, 210):
        page.get_by_label("Mina egna frågor", exact=True).fill("En rad. \n" * count)
        expect(paper).to_contain_text("En rad.\n" * count)
        sizes.append(int(paper.get_attribute("data-size") or 0))
        fits = page.locator("[data-too-long]").is_hidden()
        assert fits == (len(as_pages(page)) == 1), count
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    expect(sheet_reader.button("Skriv ut")).to_have_accessible_description(re.compile("längre än en sida"))


def copied(page: Page) -> str:
    """The text in the clipboard, pasted into a field of the page."""
    field = page.get_by_label("Mina egna frågor", exact=True)
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    return field.input_value()


@pytest.mark.parametrize("host", ["127.0.0.1", INTRANET])
def test_sheet_is_copied_as_text(watch: Watch, server: SiteServer, host: str) -> None:
    """Copying works, also on a plain host name, which has no clipboard for pages."""
    reader = Reader(watch(server.url.replace("127.0.0.1", host), permissions=[]))
    page = reader.page
    assert page.evaluate("'clipboard' in navigator") == (host != INTRANET)
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.is_ready()
    reader.see_result()
    reader.make_sheet()
    reader.button("Kopiera som text").click()
    reader.said("Texten är kopierad.")
    text = copied(page)
    assert text.splitlines()[0] == "Underlag till samtal om digital kompetens"
    assert "Medarbetare" in text
    assert not page.locator("[data-by-hand] textarea").input_value()
    assert not reader.watched.problems


def test_text_can_be_copied_by_hand(sheet_reader: Reader) -> None:
    """Where neither way of copying works, the text is shown, selected, and the page says what to do."""
    page = sheet_reader.page
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error())
          document.execCommand = () => false
        }"""
    )
    sheet_reader.button("Kopiera som text").click()
    field = page.get_by_label("Texten är markerad. Kopiera den nu.")
    expect(field).to_be_focused()
    assert (
        field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        == field.input_value()
    )
    sheet_reader.said("Texten är markerad. Kopiera den nu.")


def test_where_nothing_prints_the_page_says_so(watch: Watch) -> None:
    """A browser without printing gets no button for it, but the way to copy."""
    watched = watch()
    reader = Reader(watched)
    watched.context.add_init_script("delete window.print; window.print = undefined")
    reader.page.reload()
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.is_ready()
    reader.see_result()
    reader.make_sheet()
    expect(reader.button("Skriv ut")).to_be_hidden()
    expect(reader.page.get_by_text("Den här webbläsaren kan inte skriva ut.")).to_be_visible()


# Called away


@pytest.mark.wcag(
    "3.3.7",
    "3.3.3",
    shows="En kod fyller i nivåerna nästa gång. En felskriven kod får ett råd.",
    where="Självskattningen",
)
def test_answers_are_taken_along_in_a_code(watch: Watch) -> None:
    """A code brings roles, levels and motivation back, no text; or shows after an answer what it was."""
    reader = Reader(watch())
    reader.choose_roles("bibliotekarie")
    reader.begin()
    reader.question().get_by_text("Lägg till ett exempel").click()
    reader.page.get_by_label("Ett exempel från jobbet").filter(visible=True).fill("Hemligt")
    reader.answer("4", met=False)
    reader.next()
    reader.answer("unclear")
    reader.next()
    reader.answer("2")
    reader.is_ready()
    reader.more("Ta med en kod")
    shown = reader.page.locator(".code")
    expect(shown).to_have_text(re.compile(r"^([0-9A-Z]{4} )*[0-9A-Z]{1,4}$"))
    code = shown.inner_text()
    reader.button("Kopiera koden").click()
    expect(reader.page.get_by_role("dialog")).to_contain_text("Koden är kopierad.")
    reader.button("Stäng").click()
    assert reader.page.url == reader.watched.address + PATH

    later = Reader(watch())
    later.page.get_by_text("Jag har en kod", exact=True).click()
    field = later.page.get_by_label("Koden från förra gången")
    field.fill(code[:-1] + ("A" if code[-1] != "A" else "B"))
    later.button("Fortsätt där jag var").click()
    wrong = "Koden stämmer inte. Jämför den tecken för tecken med den du skrev ner."
    expect(later.page.locator("[data-code-wrong]")).to_have_text(wrong)
    later.said(wrong)
    expect(field).to_be_focused()
    field.fill(code.lower())
    field.press("Enter")
    expect(later.page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()
    expect(later.page.locator("[name=role]:checked")).to_have_value("bibliotekarie")
    later.press(later.page.get_by_role("button", name="skatta").filter(visible=True))
    expect(later.page.locator("[name='answer-1.1']:checked")).to_have_value("4")
    expect(later.answered).to_contain_text("Du står därför på nivå 1.")
    expect(later.page.locator("[name='answer-1.2']:checked")).to_have_value("unclear")
    expect(later.page.locator("[name='motivation-1']:checked")).to_have_value("2")
    assert "Hemligt" not in str(later.page.evaluate("document.documentElement.outerHTML"))

    anew = Reader(watch())
    anew.page.get_by_text("Jag har en kod", exact=True).click()
    anew.page.get_by_label("Koden från förra gången").fill(code)
    anew.button("Skatta om och jämför").click()
    expect(anew.page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()
    anew.press(anew.button("Börja skatta"))
    assert anew.page.locator("[data-question] :checked").count() == 0
    assert anew.page.get_by_text("Förra gången").filter(visible=True).count() == 0
    anew.answer("2")
    expect(anew.answered).to_have_text("Förra gången: nivå 1.")
    anew.next()
    anew.answer("2")
    expect(anew.answered).to_have_text("Förra gången svarade du «Jag förstår inte frågan».")
    for visitor in (reader, later, anew):
        assert not visitor.watched.problems


def test_without_a_role_the_shared_competences_can_be_rated(reader: Reader) -> None:
    """Without a role the result has levels and no comparison, and says how to get one."""
    reader.button("Vidare").click()
    reader.button("Börja utan roll").click()
    reader.button("Börja skatta").click()
    reader.answer("2")
    reader.is_ready()
    reader.see_result()
    result = reader.page.locator("[data-step=result]")
    expect(result).to_contain_text("Välj minst en roll, så får du se vilken nivå som förväntas.")
    expect(result.locator(".kinds")).to_contain_text("1.1 (nivå 2)")
    assert result.locator("[data-wanted]").count() == 0


# Clearing


@pytest.mark.wcag(
    "3.3.4",
    shows="Inget skickas in någonstans. Att rensa frågar först.",
    where="Självskattningen",
)
def test_clearing_asks_once_and_empties_everything(sheet_reader: Reader) -> None:
    """Rensa asks; no keeps all; yes empties form, result and sheet, ends Python, and says so once."""
    page = sheet_reader.page
    expect(page.locator(".paper")).to_contain_text("Mitt exempel.")
    assert len(page.workers) == 1
    sheet_reader.more("Rensa alla svar")
    sheet_reader.button("Nej, behåll svaren").click()
    expect(page.locator(".paper")).to_contain_text("Mitt exempel.")
    sheet_reader.more("Rensa alla svar")
    page.keyboard.press("Escape")
    expect(page.locator(".paper")).to_contain_text("Mitt exempel.")
    page.evaluate(
        """() => {
          const said = document.getElementById("said");
          window.spoken = [];
          new MutationObserver(() => said.textContent && window.spoken.push(said.textContent))
            .observe(said, { childList: true });
        }"""
    )
    sheet_reader.clear()
    expect(page.get_by_text("Alla svar är rensade.").filter(visible=True)).to_be_focused()
    page.wait_for_timeout(500)
    assert page.evaluate("window.spoken") == []  # what has the focus is read, and not said as well
    assert not page.workers
    assert left(page) == []
    sheet_reader.choose_roles("chef")
    sheet_reader.is_ready()
    assert len(page.workers) == 1
    assert not sheet_reader.watched.problems


def left(page: Page) -> list[str]:
    """What is left of a reader's answers on the page: marked fields, texts, and what Python said."""
    found: list[str] = page.evaluate(
        """() => [
          ...[...document.querySelectorAll("#self-check :checked")].filter(field => !field.defaultChecked)
            .map(field => `${field.name}=${field.value}`),
          ...[...document.querySelectorAll("textarea")].map(field => field.value),
          ...[...document.querySelectorAll("[data-fill], [data-filled]")].map(place => place.textContent),
        ].filter(Boolean)"""
    )
    return found


def test_leaving_asks_only_while_there_are_answers(alone: Watched) -> None:
    """The browser asks before a page with answers is left, and not before the first or after clearing."""
    reader = Reader(alone)
    page = reader.page
    asked: list[str] = []

    def leave() -> list[str]:
        asked.clear()
        page.reload()
        return asked

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    assert leave() == []
    reader.choose_roles("chef")
    assert leave() == ["beforeunload"]
    assert left(page) == []
    notice = "Sidan har laddats om. Hade du svarat är svaren borta. De flesta webbläsare frågar först."
    expect(page.locator("[data-notice]")).to_have_text(notice)
    expect(page.locator("[data-notice]")).to_be_in_viewport()
    reader.said(notice)
    reader.choose_roles("chef")
    reader.begin()
    reader.clear()
    assert leave() == []


@pytest.mark.wcag(
    "2.2.1",
    shows="En varning kommer två minuter innan, och ett tryck ger mer tid.",
    where="Självskattningen",
)
def test_twenty_minutes_of_nothing_clear_the_answers(watched: Watched) -> None:
    """After 18 minutes the page asks if anyone is there; staying keeps the answers, silence clears them."""
    watched.page.clock.install()
    reader = Reader(watched)
    page = reader.page
    asking = page.get_by_role("dialog", name="Är du kvar?")
    reader.is_ready()
    page.clock.fast_forward("25:00")
    expect(asking).to_be_hidden()  # nothing to lose, nothing to ask
    reader.choose_roles("chef")
    page.clock.fast_forward("17:50")
    expect(asking).to_be_hidden()
    page.evaluate("""() => new Promise(done => {  // nobody does this
      document.body.style.minHeight = "200vh"
      onscroll = done
      scrollBy(0, 100)
    })""")
    page.clock.fast_forward("00:15")
    expect(asking).to_be_visible()
    assert axe(page) == []
    reader.button("Ja, behåll svaren").click()
    reader.said("Svaren finns kvar.")
    page.clock.fast_forward("17:50")
    page.keyboard.press("Tab")  # a sign of life, without a question
    page.clock.fast_forward("17:50")
    page.evaluate("() => void (onwheel = () => (window.wheeled = true))")
    page.mouse.wheel(0, -50)  # another; reading, from field to field or with the pointer, is one too
    while not page.evaluate("window.wheeled"):
        page.wait_for_timeout(20)
    page.clock.fast_forward("17:50")
    expect(asking).to_be_hidden()
    assert left(page) == ["role=chef", *left(page)[1:]]
    page.clock.fast_forward("00:15")
    expect(asking).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(asking).to_be_hidden()
    expect(page.locator("[data-notice]")).to_have_text(
        "Alla svar är rensade, eftersom ingen hade använt sidan på 20 minuter."
    )
    assert left(page) == []


# When something fails


def without_script(watch: Watch) -> Page:
    """The page with JavaScript off."""
    return watch(java_script_enabled=False).open(PATH)


def is_complete(page: Page, competence: Competence) -> None:
    """Check that a question is complete."""
    question = page.locator(f'[id="k-{competence.id}"]')
    expect(question.get_by_role("heading")).to_have_text(f"{competence.id} {competence.title}")
    expect(question).to_contain_text(competence.definition)
    radios = page.locator(f'[name="answer-{competence.id}"]')
    expect(radios).to_have_count(8)
    labels = [flat(label.inner_text()) for label in question.locator("label", has=radios).all()]
    assert labels == [
        *(flat(f"Nivå {level} {competence.levels[level]}") for level in LEVELS),
        *map(flat, ("Jag vet inte", "Jag förstår inte frågan", "Inte aktuellt i mina uppgifter")),
    ], competence.id
    expect(question.locator("input:checked")).to_have_count(0)
    stairs = question.locator("[data-met]")
    assert [stair.locator("legend").inner_text() for stair in stairs.all()] == [
        f"Uppfyller du också nivå {level}?" for level in (2, 3, 4)
    ]
    expect(question.locator("textarea")).to_be_editable()
    for item in competence.support:
        assert flat(item.text) in flat(question.text_content() or ""), competence.id


@pytest.mark.wcag(
    "utan-javascript",
    shows="Hela formuläret går att fylla i.",
    where="Självskattningen",
)
def test_whole_form_works_without_script(watch: Watch, framework: Framework) -> None:
    """With JavaScript off every question is there, can be answered, and leads on to the expected levels."""
    page = without_script(watch)
    for item in framework.competences:
        is_complete(page, item)
    for area in framework.areas:
        motivation = page.locator(f'[id="m-{area.id}"]')
        expect(motivation).to_contain_text(area.motivation)
        assert [label.inner_text() for label in motivation.locator("label").all()] == list(
            framework.basics.motivation.scale
        )
    page.locator("[name='answer-1.1'][value='3']").check()
    page.locator("[name='met-1.1-2'][value=yes]").check()
    page.get_by_label("Mina egna frågor", exact=True).fill("Min fråga")
    expect(page.locator("noscript p")).to_contain_text("JavaScript är avstängt i din webbläsare.")
    expect(page.get_by_role("link", name="den nivå som förväntas i din roll")).to_be_visible()
    for text in ("Börja skatta", "Nästa", "Rensa alla svar", "Skriv ut"):
        expect(page.get_by_role("button", name=text)).to_have_count(0)


@pytest.mark.wcag(
    "utskrift",
    shows="Formuläret skrivs ut tomt och ifyllt.",
    where="Självskattningen",
)
def test_form_prints_empty_and_filled_in(watch: Watch, framework: Framework) -> None:
    """On paper the form has every descriptor and no question is cut in two; an answer is printed with it."""
    page = without_script(watch)
    page.get_by_text("Lägg till ett exempel").first.click()
    page.get_by_label("Ett exempel från jobbet").first.fill("Mitt exempel på papper")
    pages = [flat(text) for text in as_pages(page)]
    for item in framework.competences:
        wanted = [flat(item.levels[level]) for level in LEVELS]
        assert any(all(text in sheet for text in wanted) for sheet in pages), item.id
    assert flat("Mitt exempel på papper") in "".join(pages)
    assert len(pages) <= 15


@pytest.mark.parametrize("roles", [["bibliotekarie"], ["chef", "systemansvarig"]])
def test_empty_form_prints_for_the_chosen_role(reader: Reader, data: FrameworkData, roles: list[str]) -> None:
    """From the first view on, paper gets the questions of the chosen roles, with yes and no to the stairs."""
    reader.choose_roles(*roles)
    reader.page.get_by_text("Om självskattningen").click()
    reader.button("Skriv ut ett tomt formulär").click()
    assert reader.page.evaluate("window.prints") == 1
    printed = flat("".join(as_pages(reader.page)))
    asked = profile.applies(data, roles)
    for item in data["competences"]:
        assert (flat(item["title"]) in printed) == (item in asked), item["id"]
    for item in asked:
        assert all(flat(text) in printed for text in item["levels"]), item["id"]
    stairs = len(data["levels"]) - 2
    assert printed.count(flat("Uppfyller du också nivå")) == stairs * len(asked)
    assert flat("Ditt resultat") not in printed


def not_found(route: Route) -> None:
    """Answer as a server without the file does."""
    route.fulfill(status=404, body="")


def test_page_without_its_script_is_the_plain_form(watch: Watch, framework: Framework) -> None:
    """Without the page's script the whole form is shown, and says what does not work."""
    watched = watch()
    watched.context.route("**/app-*/page.js", not_found)
    page = watched.open(PATH)
    expect(page.locator("[data-competence]").filter(visible=True)).to_have_count(len(framework.competences))
    expect(page.get_by_text("kräver JavaScript, och det är inte igång här")).to_be_visible()
    last = page.locator("[data-competence] [type=radio]:visible").last
    last.focus()
    expect(last).to_be_in_viewport(ratio=1)  # what is above it is laid out, and does not push it away
    assert axe(page) == []


def test_a_broken_part_leaves_the_others_working(watch: Watch) -> None:
    """With the sheet's part broken, rating and result work as before."""
    watched = watch()
    broken = "export function startSheet() { throw new Error('broken on purpose') }"
    watched.context.route(
        "**/app-*/sheet.js", lambda route: route.fulfill(body=broken, content_type="text/javascript")
    )
    reader = Reader(watched)
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.see_result()
    expect(reader.page.locator(".picture")).to_contain_text("Din nivå är 2.")
    assert len(watched.problems) == 1
    assert "broken on purpose" in watched.problems[0]


def give_answers(reader: Reader) -> None:
    """Answer two questions, in words and levels."""
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.question().get_by_text("Lägg till ett exempel").click()
    reader.page.get_by_label("Ett exempel från jobbet").filter(visible=True).fill("Mitt exempel.")
    reader.next()
    reader.answer("4")


def answers_are_kept(reader: Reader) -> None:
    """Whether what `give_answers` gave is there, and Python has it."""
    reader.is_ready()
    expect(reader.page.locator("[data-for='k-1.1'] [data-filled]")).to_have_text("Nivå 2")
    expect(reader.answered).to_contain_text("Du står därför på nivå 4.")
    assert reader.page.locator("[name='example-1.1']").input_value() == "Mitt exempel."


def test_rating_does_not_wait_for_python(watch: Watch) -> None:
    """While Python loads, progress is shown and questions are answered; the answers are used afterwards."""
    watched = watch()
    held: list[Route] = []
    watched.context.route("**/runtime-*/memory.bin*", lambda route: held.append(route))
    reader = Reader(watched)
    page = reader.page
    expect(page.get_by_role("progressbar", name="Självskattningen hämtas")).to_be_visible()
    give_answers(reader)
    reader.more("Se resultatet")
    expect(page.get_by_text("Resultatet visas när självskattningen har startat.")).to_be_visible()
    for route in held:
        route.continue_()
    reader.said("Nu visas resultatet.")
    expect(page.locator(".picture")).to_contain_text("Din nivå är 4.")
    reader.press(reader.button("Tillbaka till frågorna"))
    answers_are_kept(reader)
    assert not watched.problems


@pytest.mark.parametrize("step", ["role", "scope", "rate"])
@pytest.mark.parametrize("viewport", [NARROW, PHONE, DESKTOP], ids=["320 px", "390 px", "1280 px"])
def test_nothing_moves_when_python_has_come(watch: Watch, viewport: ViewportSize, step: str) -> None:
    """What the reader reads, or is about to press, stays in place; the line of Python goes with the step."""
    watched = watch(viewport=viewport)
    held: list[Route] = []
    pattern = "**/runtime-*/memory.bin*"
    watched.context.route(pattern, lambda route: held.append(route))
    reader = Reader(watched)
    page = reader.page
    if step != "role":
        reader.choose_roles("medarbetare")
        reader.go_on()
    if step == "rate":
        reader.button("Börja skatta").click()
    boxes = page.locator(f"[data-step={step}] :is(button, label, h2, h4):visible")
    places = "all => all.map(one => one.getBoundingClientRect().top)"
    expect(page.locator("[data-engine-state=starting]")).to_be_visible()
    bar = page.locator("[data-engine] progress")
    bar.evaluate("bar => { bar.hidden = false }")  # the line at its longest
    before = boxes.evaluate_all(places)
    watched.context.route(pattern, lambda route: route.continue_())  # it may not have been asked for yet
    for route in held:
        route.continue_()
    reader.is_ready()
    assert boxes.evaluate_all(places) == before != []
    if step == "scope":
        reader.button("Börja skatta").click()
    if step == "rate":
        reader.next()
    expect(page.locator("[data-engine]")).to_be_visible(visible=step == "role")


def no_webassembly_here(watched: Watched) -> None:
    """A browser without WebAssembly."""
    watched.context.add_init_script("delete globalThis.WebAssembly")


def no_webassembly_in_the_worker(watched: Watched) -> None:
    """A policy, of the server or of the browser's owner, that forbids WebAssembly."""

    def forbid(route: Route) -> None:
        response = route.fetch()
        policy = "default-src 'none'; script-src 'self'; connect-src 'self'"
        route.fulfill(response=response, headers=response.headers | {"content-security-policy": policy})

    watched.context.route("**/app-*/worker.js", forbid)


def a_file_is_missing(watched: Watched) -> None:
    """A server to which not all files were copied."""
    watched.context.route(re.compile("/runtime-.*/"), not_found)


@pytest.mark.parametrize(
    ("hinder", "why"),
    [
        (no_webassembly_here, "Webbläsaren tillåter inte WebAssembly. Det behövs för att räkna ut din nivå."),
        (
            no_webassembly_in_the_worker,
            "Webbläsaren tillåter inte WebAssembly. Det behövs för att räkna ut din nivå.",
        ),
        (a_file_is_missing, "En fil som behövs gick inte att hämta."),
    ],
)
def test_when_python_does_not_start(
    watch: Watch, hinder: Callable[[Watched], None], why: str, framework: Framework
) -> None:
    """The page says why in plain words, keeps on serving, loses nothing, and can be printed."""
    watched = watch()
    hinder(watched)
    reader = Reader(watched)
    page = reader.page
    failure = page.locator("[data-engine-state=failed]")
    expect(failure).to_contain_text(f"Resultatet går inte att visa just nu. {why}")
    reader.said(re.compile(re.escape(why)))
    assert axe(page) == []
    give_answers(reader)
    reader.press(reader.button("Visa alla frågor"))
    assert page.locator("[data-competence]:visible").count() == len(asked_of(framework, "medarbetare"))
    assert page.locator("[name='example-1.1']").input_value() == "Mitt exempel."
    printed = flat("".join(as_pages(page)))
    assert flat(framework.competences[0].levels[5]) in printed
    assert flat("Mitt exempel.") in printed
    if hinder is a_file_is_missing:
        watched.context.unroute_all()
        page.get_by_text("Fler val").click()
        page.get_by_label("Visa alla frågor på en gång").uncheck()
        page.get_by_role("button", name=re.compile("^1.2 ")).click()
        reader.press(reader.button("Försök igen"))
        answers_are_kept(reader)
    else:
        expect(page.get_by_role("button", name="Försök igen")).to_be_hidden()
    # What the browser itself says about a missing file, and about those that are no longer waited for.
    expected = ("console: Failed to load resource", f"failed: {watched.address}{PATH}runtime-")
    assert [problem for problem in watched.problems if not problem.startswith(expected)] == []


@pytest.mark.parametrize(
    "end", ["dispatchEvent(new ErrorEvent('error', { message: 'ended' }))", "terminate()"]
)
def test_a_worker_that_ends_is_replaced(watched: Watched, end: str) -> None:
    """When Python ends in the middle, telling or not, the next answer starts it again, with all answers."""
    watched.page.clock.install()
    watched.page.add_init_script(
        "window.Worker = class extends Worker { constructor(...all) { super(...all); window.python = this } }"
    )
    reader = Reader(watched)
    give_answers(reader)
    answers_are_kept(reader)
    (worker,) = reader.page.workers
    reader.page.evaluate(f"() => {{ python.{end} }}")
    reader.next()
    reader.answer("3")
    if end == "terminate()":
        reader.page.clock.fast_forward("00:20")  # it says nothing, so the page waits before it gives up
    reader.is_ready()
    expect(reader.page.locator("[data-for='k-1.2'] [data-filled]")).to_have_text("Nivå 4")
    assert worker not in reader.page.workers
    assert not reader.watched.problems


# Accessible


def states(reader: Reader) -> Iterator[str]:
    """Go through the self-check; yield the name of every state."""
    page = reader.page
    reader.is_ready()
    yield "start"
    reader.button("Vidare").click()
    yield "role missing"
    reader.choose_roles("bibliotekarie", "systemansvarig")
    reader.go_on()
    yield "scope"
    reader.button("Börja skatta").click()
    yield "rating"
    reader.choose("answer-1.1", "4")
    expect(reader.answered).to_contain_text("Svara också")
    yield "staircase question"
    reader.choose("met-1.1-2", "yes")
    reader.choose("met-1.1-3", "no")
    expect(reader.answered).to_contain_text("Du står därför på nivå 2.")
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    yield "answered, all unfolded"
    page.get_by_label("Visa alla frågor på en gång").check()
    yield "all questions"
    page.get_by_label("Visa alla frågor på en gång").uncheck()
    page.evaluate(FILL_IN, ["1", "2", "3", "4", "5", *NO_LEVEL])
    page.get_by_role("button", name=re.compile(f"^{re.escape('Motivation och attityd, område 1')}")).click()
    expect(reader.question()).to_contain_text("Klart med område 1.")
    yield "area done"
    reader.see_result()
    expect(page.locator(".picture")).to_be_visible()
    yield "result"
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    yield "result, all unfolded"
    reader.more("Ta med en kod")
    expect(page.get_by_role("dialog", name="Ta med en kod")).to_be_visible()
    yield "code"
    reader.button("Stäng").click()
    reader.make_sheet()
    page.get_by_label("Jag väljer själv").check()
    for button in page.locator("[data-fill=ticks]").get_by_role("button").all():
        button.click()
    page.get_by_label("Mina egna frågor", exact=True).fill("En rad.\n" * 240)
    expect(page.locator("[data-too-long]")).to_be_visible()
    yield "sheet, too long"
    reader.more("Rensa alla svar")
    yield "asking before clearing"
    reader.button("Ja, rensa").click()
    yield "cleared"


#: Roles that say nothing to those who listen when they have no name.
NAMED = {"group", "radiogroup", "region", "dialog", "table", "progressbar", "textbox", "combobox", "checkbox"}


def by_ear(page: Page) -> list[str]:
    """What is wrong for those who listen, in the accessibility tree and in what is said aloud."""
    session = page.context.new_cdp_session(page)
    nameless = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node["ignored"] or node["role"]["value"] not in NAMED or node["name"]["value"].strip():
            continue
        element = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
        if element["nodeName"] != "DETAILS":  # its summary says what it is
            nameless.append(f"no name: {element['nodeName']} {element['attributes']}")
    other: list[str] = page.evaluate(
        """() => {
          const found = []
          for (const element of document.querySelectorAll("[aria-describedby]")) {
            if (!element.checkVisibility()) continue
            for (const id of element.getAttribute("aria-describedby").split(" ")) {
              if (!document.getElementById(id)?.checkVisibility()) found.push(`described by hidden ${id}`)
            }
          }
          const said = document.getElementById("said").textContent.trim()
          const focus = document.activeElement
          if (said && focus !== document.body && focus.textContent.trim() === said) found.push("said twice")
          if (document.querySelector("#self-check ins")) found.push("single words announced as inserted")
          return found
        }"""
    )
    return nameless + other


# Each is found where it is made on purpose, and adds one to what is found.
FAULTS_BY_EAR = (
    "document.querySelector('fieldset.roles').setAttribute('aria-describedby', 'roles-missing')",
    "document.querySelector('fieldset.roles legend').remove()",
    "const button = document.querySelector('[data-step=role] .actions button'); button.focus();"
    "document.getElementById('said').textContent = button.textContent",
    "document.getElementById('self-check').append(document.createElement('ins'))",
    "document.querySelector('[name=role] + span').remove()",
    "document.getElementById('self-check').append(document.createElement('table'));"
    "document.querySelector('#self-check > table').innerHTML = '<tr><th>A<th>B<tr><td>1<td>2'",
)


def test_a_fault_by_ear_is_found(reader: Reader) -> None:
    """Each kind of fault is seen where it is made on purpose."""
    reader.is_ready()
    for number, fault in enumerate(("", *FAULTS_BY_EAR)):
        reader.page.evaluate(f"() => {{ {fault} }}")
        assert len(by_ear(reader.page)) == number, fault


# What reaches out of the window sideways, and each field or button that is drawn outside of its own part.
MISPLACED = """() => {
  const found = document.scrollingElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : []
  for (const field of document.querySelectorAll("#self-check :is(input, textarea, select, button)")) {
    const part = field.closest("[data-question], .steps-on, [data-step], .standing, .engine")
    if (!field.checkVisibility() || !part) continue
    const [own, whole] = [field, part].map(element => element.getBoundingClientRect())
    const inside = own.top >= whole.top - 1 && own.bottom <= whole.bottom + 1
      && own.left >= whole.left - 1 && own.right <= whole.right + 1
    if (!inside) found.push(`${field.name || field.textContent} is outside of ${part.className || part.id}`)
  }
  return found
}"""


@pytest.mark.wcag(
    "1.3.1",
    "1.4.3",
    "2.5.8",
    "3.3.2",
    "4.1.2",
    shows="Programmet axe hittar inga fel.",
    where="Självskattningen i alla lägen, ljus och bred",
)
@pytest.mark.wcag(
    "1.3.1",
    "3.3.2",
    "4.1.2",
    "4.1.3",
    shows="Grupper, tabeller och fält har namn. Besked sägs en gång.",
    where="Självskattningen i alla lägen",
)
@pytest.mark.wcag(
    "1.3.1",
    "1.4.3",
    "2.5.8",
    "3.3.2",
    "4.1.2",
    shows="Programmet axe hittar inga fel.",
    where="Självskattningen i alla lägen, mörk och smal",
)
@pytest.mark.wcag(
    "1.4.4",
    "1.4.10",
    shows="Inget behöver skrollas i sidled vid 320 bildpunkter, eller när texten är dubbelt så stor.",
    where="Självskattningen i alla lägen",
)
def test_every_state_is_accessible(watch: Watch) -> None:
    """On a phone in the dark, and on a desk in light, axe finds nothing wrong in any state; all is in place.

    The way is walked at 320 pixels, which is 1280 at 400 percent. At 390, too, all is in its place, and with
    text twice as large. For axe the phone is so high that nothing is half below its edge, where its size
    cannot be judged. For who listens each group, table and field has a name, no hidden text describes
    anything, nothing is said twice.
    """
    watched = watch(viewport=NARROW, color_scheme="dark")
    session = watched.context.new_cdp_session(watched.page)
    reader = Reader(watched)
    page = reader.page
    found = {}
    for state in states(reader):
        found[state] = page.evaluate(MISPLACED)
        page.set_viewport_size({"width": PHONE["width"], "height": 5000})
        found[state] += axe(page)
        page.set_viewport_size(PHONE)
        for size in (32, 16):  # what browsers call 16 is their usual size
            session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})
            found[state] += page.evaluate(MISPLACED)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")
        found[state] += [*axe(page), *by_ear(page)]
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
    assert {state: problems for state, problems in found.items() if problems} == {}
    assert not watched.problems


@pytest.mark.wcag(
    "1.4.1",
    "1.4.11",
    shows="Svar och nivåer visas med former.",
    where="Självskattningen",
)
def test_shapes_stay_with_forced_colours(watch: Watch) -> None:
    """What is chosen, where one is and what is expected are drawn by more than colour."""
    reader = Reader(watch(forced_colors="active"))
    page = reader.page
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    outline = "element => getComputedStyle(element).outlineStyle"
    chosen = reader.question().locator(".answer")
    assert [answer.evaluate(outline) for answer in chosen.all()] == ["none", "solid", "none", "none", "none"]
    reader.see_result()
    shape = """(element, part) => {
      const { borderRadius, borderTopWidth, width, rotate } = getComputedStyle(element, part)
      return [borderRadius, parseFloat(borderTopWidth) > 1, parseFloat(width) > 0, rotate] }"""
    mine = page.locator("[data-mine]").first.evaluate(shape, "::before")
    wanted = page.locator("[data-wanted]").first.evaluate(shape, "::after")
    assert mine[:2] == ["50%", True]
    assert wanted[1:] == [True, True, "45deg"]
