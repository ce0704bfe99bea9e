"""Every page in a real browser: closed, silent, accessible, whole without script and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from macros.model import Framework
from macros.site.server import SiteServer
from tests.conftest import CHROMIUM_FLAGS, DESKTOP, NARROW, PHONE, Watched, axe
from tests.engines import browser_path
from tests.paper import sheets

Watch = Callable[..., Watched]

STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(";").filter(Boolean),
  ...(await indexedDB.databases()).map(database => database.name), ...(await caches.keys()),
  ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
]"""
# 8 Mbit/s and 50 ms, so that the steps of loading show.
SLOW = {"offline": False, "latency": 50, "downloadThroughput": 1_000_000, "uploadThroughput": 1_000_000}
# What has moved on the page since it began to load, without the reader's doing: how much, and what.
SHIFTS = """() => new Promise(resolve => {
  const moved = entry => entry.sources.map(source => source.node?.outerHTML?.slice(0, 80))
  const found = []
  new PerformanceObserver(list => found.push(...list.getEntries()))
    .observe({ type: "layout-shift", buffered: true })
  setTimeout(() => resolve(found.map(entry => `${entry.value} ${moved(entry)}`)), 50)
})"""
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.outerHTML.slice(0, 100)).slice(-3)"""

# What has a mark or a place of its own on paper, and text, of which nothing is printed.
EMPTIED = """() => [...document.querySelectorAll("article :is(li, td, th, dd, h2, h3, h4)")]
  .filter(element => element.checkVisibility() && element.textContent.trim() && !element.innerText.trim())
  .map(element => element.outerHTML.slice(0, 100))"""
SHOWN_THOUGH_HIDDEN = """() => [...document.querySelectorAll("[hidden]")]
  .filter(element => element.checkVisibility())
  .map(element => `shown though hidden: ${element.outerHTML.slice(0, 100)}`)"""
SPACING = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
    * { word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}"""
CUT = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.checkVisibility() && element.textContent.trim())
  .filter(element => !element.closest(".sr, .answers"))
  .filter(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowX)
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
  .map(element => `cut off: ${element.outerHTML.slice(0, 100)}`)"""
TEXT_SIZE = "getComputedStyle(document.documentElement).fontSize"


def noted(watched: Watched) -> list[str]:
    """The problems so far, which are then forgotten. Leaving a page stops what it was still fetching."""
    problems = [line for line in watched.problems if "net::ERR_ABORTED" not in line]
    watched.problems.clear()
    return problems


def too_wide(page: Page) -> list[str]:
    """What is wider than the page's window."""
    return [f"too wide: {element}" for element in page.evaluate(TOO_WIDE)]


def in_the_dark(page: Page) -> list[str]:
    """What cannot be read well with the system's dark setting, with which the page is dark."""
    page.emulate_media(color_scheme="dark")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = max(map(int, re.findall(r"\d+", background)[:3])) >= 60
    found = [*(["not dark"] if light else []), *axe(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def spaced(page: Page) -> list[str]:
    """What is cut off or too wide with the space between lines, words and letters that WCAG names."""
    page.evaluate(SPACING)
    found = [*too_wide(page), *page.evaluate(CUT)]
    page.evaluate("() => { document.adoptedStyleSheets = [] }")
    return found


def on_paper(page: Page) -> list[str]:
    """The bullets, cells and headings that are printed without their words, which are a control."""
    page.emulate_media(media="print")
    found = [f"emptied on paper: {element}" for element in page.evaluate(EMPTIED)]
    page.emulate_media(media="screen")
    return found


def report(found: dict[str, list[str]]) -> str:
    """What was found, a line each with its page."""
    return "\n".join(f"{url}: {line}" for url, lines in found.items() for line in lines)


@pytest.mark.wcag(
    "1.4.10",
    shows="Inget behöver skrollas i sidled vid 320 bildpunkter, som är 1280 förstorat till 400 procent.",
    where="Alla sidor, allt utfällt",
)
@pytest.mark.wcag(
    "1.1.1",
    "1.3.1",
    "1.4.1",
    "1.4.3",
    "2.4.2",
    "2.5.8",
    "3.1.1",
    "3.3.2",
    "4.1.2",
    shows="Programmet axe hittar inga fel.",
    where="Alla sidor på 1280 bildpunkter, en av varje slag på 390, allt utfällt",
)
@pytest.mark.wcag(
    "1.4.4",
    shows="Med dubbelt så stor text ryms allt på bredden.",
    where="Alla sidor på 390 bildpunkter, allt utfällt",
)
@pytest.mark.wcag(
    "1.4.12",
    shows="Med större avstånd mellan rader, ord och bokstäver skärs ingen text av, och allt ryms på bredden.",
    where="En sida av varje slag, 390 bildpunkter bred, allt utfällt",
)
@pytest.mark.wcag(
    "1.4.3",
    "installningar",
    shows="Med mörkt läge är sidan mörk, och axe hittar ingen text som syns för dåligt.",
    where="En sida av varje slag",
)
def test_every_page_is_clean(watch: Watch, urls: list[str], kinds: list[str]) -> None:
    """No page makes outside requests, violates the policy, logs errors, stores anything or fails axe.

    No rule overrides the hidden attribute, and no page is wider than its window, nor with large text. In each
    kind of page axe looks on a phone too, and in the dark for contrast; no text is cut off when it is spaced;
    nothing is emptied on paper.
    """
    watched = watch()
    session = watched.context.new_cdp_session(watched.page)
    found = {}
    for url in urls:
        page = watched.open(url)
        stored, hidden = page.evaluate(STORED), page.evaluate(SHOWN_THOUGH_HIDDEN)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        found[url] = [*stored, *hidden, *axe(page), *too_wide(page)]
        found[url] += [*in_the_dark(page), *on_paper(page)] if url in kinds else []
        page.set_viewport_size(NARROW)
        found[url] += too_wide(page)
        page.set_viewport_size(PHONE)
        found[url] += [*axe(page), *spaced(page)] if url in kinds else []
        for size in (32, 16):  # what browsers call 16 is their usual size
            session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})
            assert page.evaluate(TEXT_SIZE) == f"{size * 1.25:g}px", url
            found[url] += too_wide(page)
        page.set_viewport_size(DESKTOP)
        found[url] += noted(watched)
    assert not report(found)
    assert not watched.context.cookies()
    assert not watched.context.storage_state()["origins"]


def test_nothing_moves_while_loading(watch: Watch, kinds: list[str]) -> None:
    """On a slow line too, nothing that the reader sees moves to another place as the page loads."""
    tabs = {}
    for viewport in (PHONE, DESKTOP):
        watched = watch(viewport=viewport)
        for number in range(4):  # most of the time is waiting, so several pages are loaded at once
            page = tabs[viewport["width"], number] = watched.context.new_page()
            watched.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    found = {}
    # Left out are those that tell that Python is being fetched: a small shift.
    urls = [url for url in kinds if url not in ("sjalvskattning/", "redigera/")]
    for start in range(0, len(urls), 4):
        some = {tab: url for tab in tabs for url in urls[start : start + 4][tab[1] : tab[1] + 1]}
        for tab, url in some.items():
            tabs[tab].goto(watched.address + url, wait_until="commit")
        for tab in some:
            tabs[tab].wait_for_load_state()
        watched.page.wait_for_timeout(300)  # for what scripts add after loading
        for tab, url in some.items():
            found[f"{url} at {tab[0]}"] = tabs[tab].evaluate(SHIFTS)
    assert len(found) == 2 * len(urls)
    assert not report(found)


@pytest.mark.wcag(
    "1.4.1",
    "1.4.11",
    "installningar",
    shows="Med datorns egna färger visas steg, nivåer och vald sida med linjer och former.",
    where="Startsidan, en kompetens, en roll och Jämför roller",
)
def test_forced_colours(watch: Watch, framework: Framework) -> None:
    """With the system's own colours, what colour normally shows is drawn: steps, levels, the current page."""
    watched = watch(forced_colors="active")
    page = watched.open(f"roller/{framework.roles[0].id}/")
    steps = page.locator(".ladder").first.locator("i").all()  # the first is reached, the last is not
    boxes = [step.bounding_box() for step in (steps[0], steps[-1])]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    shown = [page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1}) for x, y in middles]
    assert shown[0] != shown[1]
    current = page.locator(".menu [aria-current]")
    assert current.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    for url, selector in (
        ("ramverket/1.1/", ".step"),
        ("", ".staircase li > div"),
        ("roller/jamfor/", ".matrix td"),
    ):
        page = watched.open(url)
        border = page.locator(selector).last.evaluate("element => getComputedStyle(element).borderTopWidth")
        assert border == "1px", url
    assert not noted(watched)


# Keyboard


def active(page: Page, value: str) -> Any:
    """A value of the element that has the focus, as a JavaScript expression of `element`."""
    return page.evaluate(f"(element => {value})(document.activeElement)")


LIGHT = r"""
  const numbers = colour => colour.match(/[\d.]+/g).map(Number)
  const light = colour => numbers(colour).slice(0, 3)
    .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0.05)
"""
# Of the element with the focus: what it is, whether it is in view, how thick its outline is, and how much the
# outline contrasts with its background.
FOCUS = (
    f"element => {{ {LIGHT}"
    + """
  const [box] = element.getClientRects(), style = getComputedStyle(element)
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2 // of what is in view
  const hit = box && document.elementFromPoint(
    middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight))
  const ground = element => getComputedStyle(element).backgroundColor
  let under = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement
  while (under.parentElement && numbers(ground(under))[3] === 0) under = under.parentElement
  const [dark, bright] = [style.outlineColor, ground(under)].map(light).sort((a, b) => a - b)
  return {
    name: element.outerHTML.slice(0, 100),
    place: element === document.body ? "" : `${[...document.querySelectorAll("*")].indexOf(element)}`,
    seen: !!hit && (element.contains(hit) || hit.contains(element)),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    contrast: bright / dark,
  }
}"""
)


def clear(focus: dict[str, Any]) -> bool:
    """Whether a reader sees where the focus is."""
    return bool(focus["seen"] and focus["outline"] >= 2 and focus["contrast"] >= 3)


# The page keeps what each Tab reaches, so that many presses are one question.
REACHED = f"""() => {{
  window.reached = []
  addEventListener("keyup", ({{ key }}) => {{
    if (key === "Tab") window.reached.push(({FOCUS})(document.activeElement))
  }}, true)
}}"""


def tab_through(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the page ends, and return each element that gets focus."""
    page.evaluate(REACHED)
    reached: dict[str, dict[str, Any]] = {}
    while True:
        for _ in range(10):
            page.keyboard.press("Tab")
        more = page.evaluate("window.reached.splice(0)")
        assert len(more) == 10, "a key was pressed that the page did not see"
        for focus in more:
            if not focus["place"] or focus["place"] in reached:
                return list(reached.values())
            reached[focus["place"]] = focus


@pytest.mark.wcag(
    "2.1.1",
    "2.1.2",
    "2.4.3",
    "2.4.7",
    "2.4.11",
    "1.4.11",
    "3.2.1",
    shows="Tabb når varje länk och fält i sidans ordning och kommer vidare. Ramen är minst 2 bildpunkter, "
    "har kontrasten 3:1 och täcks inte. Sidan stannar kvar.",
    where="En sida av varje slag, 390 och 1280 bildpunkter breda",
)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390 px", "1280 px"])
def test_focus_is_seen_everywhere(watch: Watch, kinds: list[str], viewport: ViewportSize) -> None:
    """Tab reaches every link and field of a page in turn, and each is in view with a clear outline."""
    watched = watch(viewport=viewport, reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for url in kinds:
        page = watched.open(url)
        reached = tab_through(page)
        found[url] = [f"no clear focus: {focus}" for focus in reached if not clear(focus)]
        found[url] += noted(watched)  # at each width, what the page loads there
        places = [int(focus["place"]) for focus in reached]
        found[url] += ["not in the order of the page"] if places != sorted(places) else []
        found[url] += [f"leads to {page.url}"] if not page.url.endswith(f"/{url}") else []
        links = page.locator("article a:visible").count()
        if len(reached) < links:
            found[url].append(f"{len(reached)} places reached, {links} links")
    assert not report(found)


@pytest.mark.wcag(
    "2.4.1",
    shows="Första Tabb visar en länk förbi sidhuvud och meny. Den leder till innehållet.",
    where="En kompetens; länken är likadan på alla sidor",
)
def test_skip_link(watched: Watched) -> None:
    """The first Tab shows a link past header and menu; it leads the focus to the content."""
    page = watched.open("ramverket/1.1/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Hoppa till innehållet")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert active(page, "!!element.closest('.md-content')")


@pytest.mark.wcag(
    "2.1.1",
    "2.1.2",
    shows="Menyn öppnas och stängs med tangentbord, också utan JavaScript.",
    where="Menyn på smal skärm",
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_menu_on_a_phone(watch: Watch, script: bool) -> None:
    """On a phone the menu opens and closes by keyboard, without script too, and holds the focus."""
    watched = watch(viewport=PHONE, java_script_enabled=script)
    page = watched.open("ramverket/1.1/")
    menu = page.get_by_role("navigation", name="Meny", exact=True)
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="Meny", exact=True).focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    for _ in range(menu.get_by_role("link").count()):
        page.keyboard.press("Tab")
        assert active(page, "!!element.closest('#meny')")
    page.keyboard.press("Tab")
    assert active(page, "element === document.body || !!element.closest('#meny')")
    page.get_by_role("link", name="Stäng menyn").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    page.keyboard.press("Tab")
    assert active(page, "!!element.closest('.md-content')")
    page.get_by_role("link", name="Meny", exact=True).click()
    menu.get_by_role("link", name="Roller").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roller")
    expect(menu).to_be_hidden()
    assert not noted(watched)


# Two roles side by side


def test_compare_roles(watched: Watched, framework: Framework) -> None:
    """For any two roles the table shows the competences where they differ, with both levels, and no other.

    A competence that applies to neither of them is no difference, and is not counted.
    """
    page = watched.open("roller/jamfor/")
    selects = page.locator("#compare select")
    for pair in combinations(framework.roles, 2):
        for select, role in zip(selects.all(), pair, strict=True):
            select.select_option(role.id)
        shown = page.locator(".differences").evaluate(
            """place => ({
              caption: place.querySelector("#differ").textContent,
              rows: [...place.querySelectorAll("tbody tr")]
                .map(row => [...row.cells].map(cell => cell.textContent.trim())),
            })"""
        )
        expected = []
        apply = [c for c in framework.competences if any(role.id in c.expected.by_role for role in pair)]
        for item in apply:
            levels = []
            for role in pair:
                absent = "Ej relevant" if role.id in item.expected.not_relevant else "Ingår inte"
                level = item.expected.by_role.get(role.id)
                levels.append(f"Nivå {level}" if level else absent)
            if levels[0] != levels[1]:
                note = "" if item.expected.sure else "* (väntar på att bekräftas)"
                expected.append([f"{item.id} {item.title}{note}", *levels])
        assert shown["rows"] == expected, pair
        names = f"{pair[0].name} och {pair[1].name}"
        assert names in shown["caption"]
        assert not expected or f"{len(expected)} av {len(apply)}" in shown["caption"]
    selects.first.select_option(framework.roles[-1].id)
    expect(page.locator(".differences")).to_have_text("Välj två olika roller.")
    assert axe(page) == []
    assert not noted(watched)


@pytest.mark.wcag(
    "4.1.3",
    "3.2.2",
    shows="Ett val läses upp som en mening. Inget annat händer.",
    where="Jämför roller",
)
def test_comparison_is_heard_in_one_sentence(watched: Watched) -> None:
    """A choice announces how many competences differ, and not the table, which is named by that sentence."""
    page = watched.open("roller/jamfor/")
    page.select_option("#role-one", "medarbetare")
    page.select_option("#role-other", "chef")
    said = page.get_by_role("status")
    expect(said).to_have_text(re.compile(r"^Medarbetare och Chef skiljer sig åt i \d+ av \d+ kompetenser\.$"))
    table = page.get_by_role("table", name=said.inner_text())
    expect(table).to_be_visible()
    assert table.evaluate("table => !table.closest('[aria-live], [role=status], [role=alert]')")


def test_comparison_on_paper(watched: Watched) -> None:
    """Two compared roles are printed, alone; without a choice the whole table is."""
    page = watched.open("roller/jamfor/")
    everyone = tight("Verksamhetsutvecklare")
    assert everyone in "".join(text for text, _ in printed(page))
    page.emulate_media(media="screen")
    page.select_option("#role-one", "medarbetare")
    page.select_option("#role-other", "chef")
    [(text, _)] = printed(page)
    assert tight("Medarbetare och Chef skiljer sig åt") in text
    assert tight("5.3 Identifiera digitala kompetensluckor") in text
    assert everyone not in text


# On a phone, and with large text


def test_start_on_a_phone(watch: Watch, framework: Framework, decided: Framework) -> None:
    """On a phone the front page shows every role and a door at once, and the staircase from the top down.

    Where there are more roles than version 1.0 has, it shows as many of them.
    """
    page = watch(viewport=PHONE).open()
    for role in framework.roles[: len(decided.roles)]:
        expect(page.get_by_role("link", name=role.name, exact=True)).to_be_in_viewport(ratio=1)
        rate = page.get_by_role("link", name=f"Skatta dig som {role.name.lower()}", exact=True)
        expect(rate).to_be_in_viewport(ratio=1)
    if len(framework.roles) <= len(decided.roles):
        expect(page.locator(".doors a").first).to_be_in_viewport(ratio=1)
    tops = page.locator(".staircase li").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert tops == sorted(tops, reverse=True)


def test_matrix_on_a_phone(watch: Watch, framework: Framework) -> None:
    """On a phone a hint says that the table scrolls, and the competence of each row stays in view."""
    page = watch(viewport=PHONE).open("roller/jamfor/")
    expect(page.locator(".sideways")).to_be_visible()
    frame = page.locator(".scroll")
    frame.evaluate("frame => frame.scrollLeft = frame.scrollWidth")
    for item in framework.competences:
        name = page.locator(f".matrix tr[data-competence='{item.id}'] th")
        assert name.evaluate(
            "th => { const [a, b] = [th, th.closest('.scroll')].map(e => e.getBoundingClientRect());"
            " return a.left >= b.left && a.right <= b.right && th.scrollWidth <= th.clientWidth }"
        ), item.id
        expect(name).to_contain_text(item.title)
    page.set_viewport_size(DESKTOP)
    expect(page.locator(".sideways")).to_be_hidden()


# Each word of the tables that is drawn on more than one line, though nothing in it allows a break.
BROKEN_WORDS = r"""() => [...document.querySelectorAll(".decided :is(th, td)")].flatMap(cell => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange()
  const found = []
  while (texts.nextNode()) for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\s\/-]+/g)) {
    range.setStart(texts.currentNode, index)
    range.setEnd(texts.currentNode, index + word.length)
    if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) found.push(word)
  }
  return found
})"""


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1920])
def test_whole_framework_breaks_no_word(watch: Watch, width: int) -> None:
    """The decided tables are as wide as the page and break no word, at the usual widths of a screen."""
    page = watch(viewport={"width": width, "height": 800}).open("ramverket/hela/")
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate(TOO_WIDE) == []
    expect(page.locator(".decided thead").first).to_be_visible(visible=width >= 1280)


# What is hidden, and what the browser refuses


def test_nothing_is_counted_without_script(watch: Watch) -> None:
    """Without script the page about privacy shows no numbers."""
    page = watch(java_script_enabled=False).open("om/sa-skyddas-dina-svar/")
    expect(page.get_by_text("Räkningen kräver JavaScript")).to_be_visible()
    expect(page.locator("[data-count]").filter(visible=True)).to_have_count(0)
    assert set(page.locator("[data-count]").all_text_contents()) == {"–"}


def test_counts_where_nothing_may_be_stored(chromium: Browser, server: SiteServer, tmp_path: Path) -> None:
    """A browser set to let no site store anything is reported as such; what can be counted still is."""
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(settings), "utf-8")
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
    )
    try:
        page = context.new_page()
        page.goto(f"{server.url}om/sa-skyddas-dina-svar/")
        counts = page.locator("[data-count]").filter(visible=True)
        expect(counts).to_have_text(["0", *["webbläsaren tillåter ingen lagring"] * 5])
        page.evaluate("indexedDB.databases = undefined")  # as in a browser that has no such list
        expect(page.locator("[data-count=databases]")).to_have_text("–")
        expect(page.locator("[data-count=local]")).to_have_text("webbläsaren tillåter ingen lagring")
    finally:
        context.close()


# Without script, without headers, elsewhere, on paper


@pytest.mark.wcag(
    "utan-javascript",
    shows="All text finns, och inget visas som inte fungerar.",
    where="En sida av varje slag",
)
def test_pages_are_whole_without_script(watch: Watch, kinds: list[str]) -> None:
    """Without script a page shows all its text, and no search, which only a script could answer."""
    watched = watch(java_script_enabled=False)
    scripted = watch()
    for url in kinds:
        page = watched.open(url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".search, .search-open").first).to_be_hidden()
        expect(page.get_by_role("searchbox")).to_have_count(0)
        assert page.evaluate(SHOWN_THOUGH_HIDDEN) == [], url
        if not page.locator("script[type=module]").count():
            texts = [one.locator("article").inner_text() for one in (page, scripted.open(url))]
            assert texts[0] == texts[1], url
    page = watched.open("roller/jamfor/")
    expect(page.locator("#compare")).to_be_hidden()
    expect(page.locator(".matrix")).to_be_visible()
    page = watched.open("ramverket/1.1/")
    details = page.locator("details.learn-here").first
    details.locator("summary").click()
    expect(details.locator("li").first).to_be_visible()
    assert not noted(watched)


def test_works_under_a_sub_path_without_headers(
    watch: Watch, bare_server: SiteServer, kinds: list[str]
) -> None:
    """Below a sub-path, on a server that sends none of our headers, pages are as closed and complete."""
    watched = watch(bare_server.url)
    for url in kinds:
        if url == "404.html":  # its addresses start at the server's root; see SITE_URL
            continue
        page = watched.open(url)
        assert page.evaluate("getComputedStyle(document.querySelector('.footer')).display") == "block", url
        assert page.evaluate(STORED) == [], url
    page.goto(f"{bare_server.url}ramverket/1.1/")
    page.get_by_role("searchbox", name="Sök").fill("upphovsrätten")
    expect(page.get_by_role("list", name="Svar").get_by_role("link").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("3.2 Upphovsrätt och licenser")
    assert not noted(watched)


def test_missing_page(watched: Watched) -> None:
    """An address that is not there gives the site's own page, which leads on; the browser notes the 404."""
    page = watched.open("ramverket/finns/inte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    assert [line for line in watched.problems if "404" not in line] == []
    page.get_by_role("link", name="Hitta din roll").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roller")


def printed(page: Page) -> list[tuple[str, bool]]:
    """The sheets of paper that a page becomes: the text of each, without spaces, and whether it lies down."""
    page.emulate_media(media="print")
    return [(tight(sheet.text), sheet.lies) for sheet in sheets(page.pdf(prefer_css_page_size=True))]


def tight(text: str) -> str:
    """A text as `printed` gives it: without spaces and hyphens."""
    return re.sub(r"[\s\u00ad-]", "", text)


def test_whole_framework_on_paper(watched: Watched, framework: Framework) -> None:
    """The decided tables print on landscape sheets, one area after the other; all but the last are full.

    An area's name is never left alone at the end of a sheet, and an asterisk is explained once.
    """
    page = watched.open("ramverket/hela/")
    printout = printed(page)
    assert all(lies for _, lies in printout)
    everything = "".join(text for text, _ in printout)
    for area in framework.areas:
        assert re.search(
            re.escape(tight(f"{area.id}. {area.name}")) + r"(\(endast[^)]*\))?Kompetens", everything
        )
    assert everything.count(tight("Nivåer märkta * väntar på att bekräftas.")) == 1
    for number, sheet in enumerate(sheets(page.pdf(prefer_css_page_size=True))[:-1], start=1):
        assert sheet.end < 0.4, f"sheet {number} ends at {sheet.end:.0%}"
    page.set_viewport_size({"width": 1047, "height": 718})  # an A4 sheet that lies, less its margins
    assert page.evaluate(TOO_WIDE) == []
    assert (
        page.locator("td, th").evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth)")
        == []
    )


PAPER = {
    "": "Vad är din roll?",
    "ramverket/1.1/": "På specialiserad nivå",
    "ramverket/omrade-1/": "Motivation och attityd",
    "roller/bibliotekarie/": "Nivå 4",
    "roller/jamfor/": "Systemansvarig",
    "stod/": "Lär dig mer",
    "fragor-och-svar/": "Öppen fråga",
}


@pytest.mark.wcag(
    "utskrift",
    shows="Texten, versionen och datumet skrivs ut, och inget som bara går att klicka på.",
    where="Sju sidor av olika slag",
)
@pytest.mark.parametrize("url", PAPER, ids=[url or "start" for url in PAPER])
def test_paper(watched: Watched, framework: Framework, url: str) -> None:
    """On paper a page has its text, its version and date, and nothing that can only be clicked."""
    printout = printed(watched.open(url))
    text = "".join(text for text, _ in printout)
    assert tight(PAPER[url]) in text
    basics = framework.basics
    if url:
        assert tight(f"{basics.title}, version {basics.version}, {basics.date}") in text
    for word in ("Hoppa till innehållet", "Stäng menyn", "Du är här", "Skatta dig i", "Läs varför i Källor"):
        assert tight(word) not in text, word
    if url == "roller/jamfor/":
        assert len([lies for _, lies in printout if lies]) == 1
