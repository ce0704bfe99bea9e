"""The script in a window of its own, which follows the deck that opened it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.slides.deck import Slide
from tests.conftest import DESKTOP, Watched, axe
from tests.test_browser import STORED, noted
from tests.workshop import begin

Watch = Callable[..., Watched]


ON_TOP = """element => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return document.elementFromPoint(left + width / 2, top + height / 2) === element
}"""


# Whether a picture is to be seen, whether its slide's heading is inside, and what of it gets the focus.
PICTURE = """place => {
  const frame = place.querySelector(".picture").getBoundingClientRect()
  const heading = place.querySelector("h2").getBoundingClientRect()
  const reached = [...place.querySelectorAll("a, button, input")].filter(one => {
    one.focus()
    return document.activeElement === one
  })
  return [
    frame.width > 200 && frame.bottom <= innerHeight,
    heading.height > 5 && heading.left >= frame.left && heading.bottom <= frame.bottom,
    reached.map(one => one.outerHTML),
  ]
}"""


def shown_in(view: Page) -> str:
    """The id of the notes that the leader's view shows."""
    return view.locator(".script > [data-current]").get_attribute("id") or ""


def opened_by(page: Page) -> Page:
    """The script's window, opened from a running deck."""
    with page.expect_popup() as opened:
        page.click("[data-do=speaker]")
    page.bring_to_front()
    return opened.value


def test_leaders_view_follows(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """It shows this slide, the next, notes and time of the chosen agenda; it leads the deck."""
    watched = watch(viewport=DESKTOP)
    page = begin(watched, "45")
    mine = [slide for slide in slides if 45 in slide.agendas]
    view = opened_by(page)
    expect(view.locator("#place")).to_have_text(f"Bild 1 av {len(mine)}")
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(view.locator("#place")).to_have_text(f"Bild 3 av {len(mine)}")
    for place, slide in (("#now", mine[2]), ("#next", mine[3])):
        expect(view.locator(f"{place} .slide h2")).to_have_text(slide.title)
        assert view.locator(place).evaluate(PICTURE) == [True, True, []], place
    expect(view.locator("#following")).to_have_text(mine[3].title)
    visible = view.locator(".script > li:visible")
    expect(visible).to_have_count(1)
    for line in mine[2].script:
        expect(visible).to_contain_text(line)
    expect(visible.locator(".timing")).to_have_text("Möte på 45 minuter: 3 minuter.", use_inner_text=True)
    expect(view.locator("#planned")).to_have_text("Bild 3 ska börja 1:00 och ta 3 minuter.")
    assert axe(view) == []
    starts = [sum(slide.minutes[45] for slide in mine[:number]) for number in range(len(mine))]
    eleventh = mine[10]
    while shown_in(view) != f"manus-{eleventh.id}":
        view.keyboard.press("PageDown")
        view.wait_for_timeout(50)
    expect(view.locator("#planned")).to_contain_text(f"Bild 11 ska börja {starts[10]}:00")
    view.get_by_role("button", name="Föregående").click()
    view.keyboard.press("Home")
    expect(page.locator(".bar .place")).to_have_text(f"Bild 1 av {len(mine)}")
    view.keyboard.press("b")
    expect(page.locator(".blackness")).to_be_visible()
    expect(view.locator("#place")).to_have_text("Bilden är svart")
    view.keyboard.press("Space")
    expect(page.locator(".blackness")).to_be_hidden()
    view.keyboard.press("ArrowRight")
    expect(page.locator(".bar .place")).to_have_text(f"Bild 2 av {len(mine)}")
    view.keyboard.press("Escape")
    expect(page.locator(".overview")).to_be_visible()
    view.keyboard.press("Escape")
    expect(page.locator(".overview")).to_be_hidden()
    page.click("[data-do=stop]")
    expect(view.locator("#place")).to_have_text("Bildspelet är avslutat.")
    page.click("#start")
    expect(view.locator("#place")).to_have_text(f"Bild 1 av {len(mine)}")
    for window in (page, view):
        assert window.evaluate(STORED) == []
    assert not noted(watched)


def test_presses_are_seen_in_the_leaders_view(alone: Watched) -> None:
    """The picture shows as much of the slide as the deck does, and how many presses are left."""
    page = begin(alone)
    view = opened_by(page)
    page.goto(page.url.replace("bild=valkommen", "bild=trappan"))
    page.reload()
    steps = view.locator("#now .stairs > li:not([data-later])")
    for number in range(1, 6):
        expect(steps).to_have_count(number)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        left = 5 - number
        expect(view.locator("#left")).to_have_text(f"{left} tryck kvar på bilden" if left else "")
        page.keyboard.press("PageDown")
    assert not noted(alone)


def test_clock(alone: Watched) -> None:
    """The clock starts with the deck, can be paused and set to zero, and outlives a reload."""
    time = alone.context.clock
    time.install()
    page = begin(alone)
    view = opened_by(page)
    clock = view.locator("#clock")
    time.fast_forward(2000)
    expect(clock).to_have_text(re.compile("^0:0[2-9]$"))
    view.get_by_role("button", name="Pausa klockan").click()
    stopped = clock.text_content()
    page.keyboard.press("PageDown")
    for window in (page, view, page):
        window.reload()
        expect(view.locator("#place")).to_contain_text("Bild 2 ")
        expect(clock).to_have_text(str(stopped))
    time.fast_forward(1200)
    assert clock.text_content() == stopped
    view.get_by_role("button", name="Starta klockan").click()
    expect(clock).not_to_have_text(str(stopped))
    view.get_by_role("button", name="Nollställ klockan").click()
    expect(clock).to_have_text("0:00")
    expect(clock).to_have_text("0:01")
    assert not noted(alone)


def test_two_decks_have_a_view_each(alone: Watched, slides: tuple[Slide, ...]) -> None:
    """With two decks open, each view follows and leads the deck that opened it, also after a reload."""
    first = begin(alone)
    one = opened_by(first)
    alone.page = alone.context.new_page()
    second = begin(alone, "20")
    other = opened_by(second)
    short = sum(20 in slide.agendas for slide in slides)
    expect(other.locator("#place")).to_have_text(f"Bild 1 av {short}")
    other.keyboard.press("PageDown")
    expect(second.locator(".bar .place")).to_have_text(f"Bild 2 av {short}")
    expect(first.locator(".bar .place")).to_have_text(f"Bild 1 av {len(slides)}")
    first.reload()
    first.keyboard.press("End")
    expect(one.locator("#place")).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    expect(other.locator("#place")).to_have_text(f"Bild 2 av {short}")
    second.click("[data-do=stop]")
    expect(other.locator("#place")).to_have_text("Bildspelet är avslutat.")
    expect(one.locator("#place")).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    one.keyboard.press("PageUp")
    expect(first.locator(".bar .place")).to_have_text(f"Bild {len(slides) - 1} av {len(slides)}")
    assert not noted(alone)


def test_view_finds_its_deck_after_a_reload(alone: Watched, slides: tuple[Slide, ...]) -> None:
    """A reloaded deck goes on where it was, the view follows it, and the deck opens no second view."""
    page = begin(alone)
    view = opened_by(page)
    page.keyboard.press("PageDown")
    expect(view.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    page.reload()
    page.keyboard.press("PageDown")
    expect(view.locator("#place")).to_have_text(f"Bild 3 av {len(slides)}")
    page.mouse.move(9, 9)
    page.click("[data-do=speaker]")
    assert len(alone.context.pages) == 2, "a second view was opened"
    assert not noted(alone)


def test_view_of_a_deck_that_left_is_silent(alone: Watched) -> None:
    """When the deck's window goes to another site, the view says so and logs no errors."""
    alone.context.clock.install()
    page = begin(alone)
    view = opened_by(page)
    expect(view.locator("#place")).to_contain_text("Bild 1 ")
    alone.context.route("http://elsewhere.test/", lambda route: route.fulfill(body="<p>Annat"))
    page.goto("http://elsewhere.test/")
    alone.problems.clear()
    expect(view.locator("#place")).to_have_text("Bildspelet är avslutat.")
    alone.context.clock.fast_forward(2500)
    view.keyboard.press("PageDown")
    assert not noted(alone)


def test_script_page_by_itself_is_for_reading(alone: Watched, slides: tuple[Slide, ...]) -> None:
    """Opened by its address the script shows everything, also while a deck runs in another tab."""
    begin(alone)
    page = alone.context.new_page()
    page.goto(f"{alone.address}workshop/manus/")
    alone.page.keyboard.press("ArrowRight")
    expect(page.locator("#speaker")).to_be_hidden()
    expect(page.locator(".script > li:visible")).to_have_count(len(slides))


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_blocked_window_is_told(alone: Watched, way: str) -> None:
    """When the browser blocks the view's window, the deck explains what to do until the slide changes."""
    alone.context.add_init_script("window.open = () => null")
    page = begin(alone)
    button, told = page.locator("[data-do=speaker]"), page.get_by_role("alert")
    expect(told).to_have_count(0)
    if way == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")
    expect(told).to_have_text(
        "Webbläsaren stoppade fönstret med manuset. "
        "Tillåt att sidan öppnar fönster, och tryck på Talarvy igen."
    )
    expect(told).to_be_in_viewport(ratio=1)
    assert told.evaluate(ON_TOP), "something covers the message"
    assert axe(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    expect(told).to_have_count(0)
    assert len(alone.context.pages) == 1
    page.mouse.move(9, 9)
    page.click("[data-do=stop]")
    page.click("#open-script")
    expect(told).to_be_in_viewport(ratio=1)
    assert axe(page) == []
