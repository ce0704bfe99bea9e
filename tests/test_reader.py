"""The reader's half hour: how long the self-check is, and that nothing a reader does to it breaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from macros.model import Framework
from macros.site.server import SiteServer
from tests.bench_reader import SIZES, figures, targets
from tests.conftest import PHONE, Watched
from tests.engines import WebDriver, wait
from tests.test_self_check import PATH, Reader, not_found

Watch = Callable[..., Watched]


@pytest.mark.parametrize("size", SIZES)
def test_the_self_check_is_short(
    chromium: Browser, server: SiteServer, framework: Framework, size: str
) -> None:
    """Screens and taps, on a phone and on a desk, are at most what half an hour has room for."""
    found = figures(chromium, server.url, SIZES[size], framework)
    most = targets(framework)
    assert found.keys() == most.keys()
    assert {name: value for name, value in found.items() if value > most[name]} == {}


# The way in


@pytest.mark.parametrize("place", ["roll-finns-inte", "omrade-9", "roll-", "omrade-%3Cb%3E", "roll-chef,x"])
def test_unknown_place_in_the_address_is_ignored(watched: Watched, place: str) -> None:
    """An address that names no role or area of the framework leads to the start, with nothing chosen."""
    page = watched.open(f"{PATH}#{place}")
    expect(page.locator("[data-step]:visible")).to_have_attribute("data-step", "role")
    assert page.locator("[name=role]:checked").count() == 0
    expect(page.locator("[name=scope]:checked")).to_have_value("all")


def test_role_is_changed_midway(watched: Watched) -> None:
    """Answers stay when the role changes; those that no longer apply are named, and come back with it."""
    reader = Reader(watched)
    page = reader.page
    reader.choose_roles("chef")
    reader.begin()
    reader.answer("2")
    page.get_by_text("Fler val").click()
    page.get_by_role("button", name=re.compile("^6.1 ")).click()
    reader.answer("3")
    reader.is_ready()
    for role, kept in (("medarbetare", 1), ("chef", 2)):
        reader.more("Ändra roll eller område")
        page.locator("[name=role]:checked").uncheck()
        reader.choose_roles(role)
        reader.go_on()
        reader.button("Fortsätt skatta").click()
        reader.more("Se resultatet")
        expect(page.locator(".picture [scope=row]")).to_have_count(kept)
        left_out = page.get_by_text("Ditt svar på 6.1 finns kvar. Det visas inte här").filter(visible=True)
        expect(left_out).to_have_count(2 - kept)
        reader.press(reader.button("Tillbaka till frågorna"))
    assert not watched.problems


def test_back_and_forward_empty_the_page_and_say_so(alone: Watched) -> None:
    """The way back from the self-check leads out of it; the way forward says that the answers are gone."""
    alone.page.on("dialog", lambda dialog: dialog.accept())
    reader = Reader(alone, path="roller/chef/")
    page = reader.page
    page.get_by_role("link", name="Skatta dig som chef").click()
    reader.button("Börja skatta").click()
    reader.answer("2")
    page.go_back()
    assert page.url.endswith("roller/chef/")
    page.go_forward(wait_until="commit")
    notice = page.locator("[data-notice]")
    expect(notice).to_have_text(re.compile("De flesta webbläsare frågar först."))
    expect(notice).to_be_in_viewport()
    assert page.locator("[data-question] :checked").count() == 0
    assert page.url == alone.address + PATH


# What is written


def test_what_looks_like_html_is_text(watch: Watch) -> None:
    """Tags, braces and very long words in the reader's fields are printed as they are, and nothing widens."""
    reader = Reader(watch(viewport=PHONE))
    page, text = reader.page, "<img src=x onerror=alert(1)> <b>fet</b> &amp; {{ 7 * 7 }} " + "å" * 400
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.question().get_by_text("Lägg till ett exempel").click()
    page.get_by_label("Ett exempel från jobbet").filter(visible=True).fill(text)
    reader.answer("2")
    reader.is_ready()
    reader.see_result()
    reader.make_sheet()
    page.get_by_label("Mina egna frågor", exact=True).fill(text)
    paper = page.locator(".paper")
    expect(paper.get_by_text(text)).to_have_count(2)
    assert paper.locator("img, b").count() == 0
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    assert not reader.watched.problems


# What to talk about


@pytest.fixture
def chooser(watched: Watched) -> tuple[Reader, Locator]:
    """A reader at the result, and the group of what can be talked about. The clock can be set."""
    watched.page.clock.install()
    reader = Reader(watched)
    reader.choose_roles("bibliotekarie")
    reader.begin()
    reader.fill_in()
    return reader, reader.page.get_by_role("group", name="Välj det du vill prata om")


def ticked(group: Locator) -> list[bool]:
    """Which of the choices are ticked."""
    return [box.is_checked() for box in group.get_by_role("checkbox").all()]


def test_a_sixth_choice_is_refused(chooser: tuple[Reader, Locator]) -> None:
    """Of more than five the one just made is refused, each time, with the reason in view and aloud."""
    reader, group = chooser
    boxes, add = group.get_by_role("checkbox"), group.get_by_role("combobox", name="Lägg till")
    boxes.first.uncheck()
    for count in (4, 5, 6):
        add.select_option(index=1)
        expect(boxes).to_have_count(count)
    for _ in range(2):
        boxes.first.click()
        reader.said(re.compile("Välj högst fem"))
        expect(group).to_contain_text("Välj högst fem, så räcker tiden.")
        expect(boxes.first).not_to_be_checked()
        assert ticked(group) == [False, True, True, True, True, True]
        reader.page.clock.fast_forward("00:10")
        reader.said("")
    add.select_option(index=1)
    reader.said(re.compile("Välj högst fem"))
    expect(add).to_have_value("")
    assert ticked(group) == [False, True, True, True, True, True]
    boxes.nth(1).uncheck()
    expect(group).not_to_contain_text("Välj högst fem")
    boxes.first.check()
    expect(boxes.first).to_be_checked()


def test_choosing_keeps_the_focus(chooser: tuple[Reader, Locator]) -> None:
    """The focus stays on what was chosen, though the list is made anew; to choose nothing is fine."""
    reader, group = chooser
    page, boxes = reader.page, group.get_by_role("checkbox")
    page.evaluate(
        """() => {
          window.anew = 0
          new MutationObserver(() => window.anew++)
            .observe(document.querySelector("[data-fill=choose]"), { childList: true })
        }"""
    )
    for at in range(3):
        boxes.nth(at).focus()
        page.keyboard.press("Space")
        while page.evaluate("window.anew") <= at:
            page.wait_for_timeout(20)
        expect(boxes.nth(at)).to_be_focused()
        expect(boxes.nth(at)).not_to_be_checked()
    add = group.get_by_role("combobox", name="Lägg till")
    add.focus()
    page.keyboard.press("ArrowDown")
    expect(boxes).to_have_count(4)
    expect(add).to_be_focused()
    boxes.last.focus()
    page.keyboard.press("Space")  # what was added goes again, and the focus to where it can be added
    expect(boxes).to_have_count(3)
    expect(add).to_be_focused()
    reader.make_sheet()
    expect(page.locator(".paper")).to_contain_text("Bladet är tomt.")
    reader.button("Tillbaka till resultatet").click()
    page.evaluate(
        """async () => {
          const [one, other] = document.querySelectorAll("[data-fill=choose] [type=checkbox]")
          one.click()
          await new Promise(done => setTimeout(done))
          other.click()  // before the answer to the first has come
        }"""
    )
    page.wait_for_timeout(500)
    assert ticked(group) == [True, True, False]


# The code


def open_code(page: Page) -> Locator:
    """The field for a code."""
    page.get_by_text("Jag har en kod", exact=True).click()
    return page.get_by_label("Koden från förra gången")


def taken_code(reader: Reader) -> str:
    """The code of what the reader has answered."""
    reader.more("Ta med en kod")
    code = reader.page.locator(".code").inner_text()
    reader.button("Stäng").click()
    return code


def test_a_code_is_offered_when_there_is_one(watch: Watch) -> None:
    """Before Python has started, and before the first answer, the page says so and has nothing to copy."""
    watched = watch()
    held: list[Route] = []
    watched.context.route("**/runtime-*/memory.bin*", lambda route: held.append(route))
    reader = Reader(watched)
    dialog = reader.page.get_by_role("dialog", name="Ta med en kod")
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.more("Ta med en kod")
    expect(dialog).to_contain_text("Koden går att få när självskattningen har startat.")
    expect(dialog.get_by_role("button")).to_have_count(1)
    for route in held:
        route.continue_()
    expect(dialog).to_contain_text("Det finns ingen kod än. Svara klart på minst en fråga först.")
    expect(dialog.get_by_role("button")).to_have_count(1)
    reader.button("Stäng").click()
    reader.answer("2")
    expect(reader.page.locator("[data-for='k-1.1'] [data-filled]")).to_have_text("Nivå 2")
    reader.more("Ta med en kod")
    expect(dialog.locator(".code")).not_to_be_empty()
    expect(dialog.get_by_role("button")).to_have_count(2)
    assert not watched.problems


def test_a_code_is_read_once_and_replaces_the_stairs(watch: Watch) -> None:
    """Pressed twice, with unseen signs, over an answer to the same question: the code counts."""
    reader = Reader(watch())
    reader.choose_roles("medarbetare")
    reader.begin()
    reader.answer("2")
    reader.next()
    reader.choose("answer-1.2", "4")
    reader.is_ready()
    expect(reader.answered).to_contain_text("Svara också")
    code = taken_code(reader)
    for level in (2, 3):
        reader.choose(f"met-1.2-{level}", "yes")
    expect(reader.answered).to_contain_text("Du står därför på nivå 4.")
    whole = taken_code(reader)
    reader.more("Ändra roll eller område")
    open_code(reader.page).fill("\u200b" + code.replace(" ", "\u00a0") + ".")
    reader.button("Fortsätt där jag var").dblclick()
    reader.page.locator("[data-step=scope] [data-go=rate]").click()
    expect(reader.answered).to_contain_text("Svara också på om du uppfyller nivå 2 och 3.")

    anew = Reader(watch())
    open_code(anew.page).fill(whole)
    anew.is_ready()
    anew.page.evaluate("for (let i = 0; i < 2; i++) document.querySelector('[data-code=earlier]').click()")
    expect(anew.page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()
    anew.button("Börja skatta").click()
    anew.next()
    anew.answer("2")
    expect(anew.answered).to_have_text("Förra gången: nivå 4.")
    assert not anew.watched.problems


def test_a_code_waits_for_python_or_says_why_not(watch: Watch) -> None:
    """While Python starts the page says that the code waits; when it cannot start, the reason is in view."""
    watched = watch(viewport=PHONE)
    held: list[Route] = []
    watched.context.route("**/runtime-*/memory.bin*", lambda route: held.append(route))
    reader = Reader(watched)
    open_code(reader.page).fill("<b>")
    reader.button("Fortsätt där jag var").click()
    wrong = reader.page.locator("[data-code-wrong]")
    expect(wrong).to_have_text("Koden läses när självskattningen har startat.")
    for route in held:
        route.continue_()
    expect(wrong).to_have_text("Tecknet < finns inte i någon kod. Se efter om det ska vara ett annat.")
    assert not watched.problems

    without = watch(viewport=PHONE)
    without.context.route(re.compile("/runtime-.*/"), not_found)
    reader = Reader(without)
    why = reader.page.locator("[data-engine-state=failed]")
    expect(why).to_be_visible()
    open_code(reader.page).fill("2345")
    reader.button("Fortsätt där jag var").click()
    expect(reader.page.locator("[data-engine]")).to_be_focused()
    expect(why).to_be_in_viewport()


def test_a_code_in_firefox(firefox: WebDriver, server: SiteServer) -> None:
    """In Firefox, too, by keyboard, a code brings answers back, is compared with, and a slip is refused."""

    def start() -> None:
        firefox.open(server.url + PATH)
        wait(
            lambda: firefox.run("document.querySelector('[data-engine]').dataset.engine === 'ready'"),
            "Python",
        )

    def press(*selectors: str) -> None:
        for selector in selectors:
            firefox.type(selector, " ")

    def text(selector: str) -> str:
        found = f"document.querySelector({json.dumps(selector)})"
        return str(
            firefox.run(
                f"{found}?.checkVisibility({{ visibilityProperty: true }}) ? {found}.textContent.trim() : ''"
            )
        )

    def sees(selector: str, said: str) -> None:
        wait(lambda: text(selector) == said, said)
        assert firefox.run("location.href") == server.url + PATH

    def enter(code: str, how: str) -> None:
        start()
        press(".take summary")
        firefox.type("[name=code]", code)
        press(f"[data-code={how}]")

    start()
    press("[name=role][value=bibliotekarie]", "[data-step=role] .actions [data-go=scope]")
    press("[data-step=scope] [data-go=rate]", "[name='answer-1.1'][value='4']")
    press("[name='met-1.1-2'][value=yes]", "[name='met-1.1-3'][value=no]")
    answered = "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står därför på nivå 2."
    sees("[id='a-1.1'] .carried", answered)
    press(".more summary", ".more [data-take]")
    wait(lambda: text("#take .code"), "the code")
    code = text("#take .code")
    assert re.fullmatch(r"([0-9A-Z]{4} )*[0-9A-Z]{1,4}", code)

    enter(code.lower(), "on")
    press("[data-step=scope] [data-go=rate]")
    sees("[id='a-1.1'] .carried", answered)
    assert firefox.run("document.querySelector('[name=role]:checked').value") == "bibliotekarie"

    enter(code, "earlier")
    press("[data-step=scope] [data-go=rate]")
    assert firefox.run("document.querySelectorAll('.question :checked, .earlier').length") == 0
    press("[name='answer-1.1'][value='1']")
    sees("[id='a-1.1'] .earlier", "Förra gången: nivå 2.")

    enter(f"{code[:-1]}{'B' if code.endswith('A') else 'A'}", "on")
    sees("[data-code-wrong]", "Koden stämmer inte. Jämför den tecken för tecken med den du skrev ner.")
