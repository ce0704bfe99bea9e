"""The search: what it finds for what readers type, and how its field behaves in a real browser."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from macros.model import Framework
from macros.search.index import entries, pages_in
from tests.conftest import DESKTOP, NARROW, PHONE, ROOT, Watched, axe
from tests.project import outdated
from tests.test_browser import FOCUS, STORED, TOO_WIDE, active, clear, noted

Watch = Callable[..., Watched]

PAGE = "ramverket/1.1/"
#: What the theme's program, its worker, ours and its index weighed before they were replaced (brotli).
WEIGHT_BEFORE = 66_700
# The answers to each question, from the modules that the page itself uses.
ANSWERS = """async questions => {
  const program = new URL(document.querySelector(".search").dataset.program, location.href)
  const { Search } = await import(new URL("search.js", program))
  const search = new Search(await (await fetch(new URL("index.json", program))).json())
  return questions.map(question => search.answers(question))
}"""
RECORDED = "1.0"  # the version of the framework that the rows of search-queries.tsv are for
# How many lines high each part of an answer is.
LINES = """link => [...link.children].map(part =>
  part.offsetHeight / parseFloat(getComputedStyle(part).lineHeight))"""
# Notes every list of answers that is ever shown.
NOTE_LISTS = """() => {
  window.lists = []
  const list = document.querySelector(".answers ol")
  new MutationObserver(() => window.lists.push(list.textContent)).observe(list, { childList: true })
}"""


class Query(NamedTuple):
    """A row of search-queries.tsv."""

    text: str
    page: str
    place: str


def rows() -> list[Query]:
    """The rows of search-queries.tsv."""
    lines = (ROOT / "tests" / "search-queries.tsv").read_text("utf-8").splitlines()
    return [Query(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def field(page: Page) -> Locator:
    """The search field; on a narrow screen its button is pressed first."""
    button = page.get_by_role("button", name="Sök")
    if button.is_visible() and button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.get_by_role("searchbox", name="Sök")


def status(page: Page) -> Locator:
    """The line with the number of answers."""
    return page.locator(".search [role=status]")


def links(page: Page) -> Locator:
    """The answers."""
    return page.get_by_role("list", name="Svar").get_by_role("link")


def paths(page: Page) -> list[str]:
    """The path of each answer shown."""
    return [link.evaluate("link => link.pathname + link.hash") for link in links(page).all()]


# What is found


def test_rows_are_of_every_kind() -> None:
    """Every row differs, says what it wants, and those in two parts really are."""
    found = rows()
    assert len(found) >= 120
    assert len({row.text for row in found}) == len(found)
    assert {row.place for row in found} == {"first", "three", "none"}
    assert sum(row.text != unicodedata.normalize("NFC", row.text) for row in found) >= 5


def test_every_query_finds_its_page(watched: Watched, framework: Framework) -> None:
    """Every row of search-queries.tsv holds, asked of the published search in a browser.

    What has been added to the framework since the rows were written may come before what they name.
    """
    page = watched.open()
    added = outdated(framework, RECORDED)
    found = rows()
    wrong = []
    for row, answers in zip(found, page.evaluate(ANSWERS, [row.text for row in found]), strict=True):
        urls = [answer["url"].partition("#")[0] for answer in answers]
        wanted = {"first": urls[:1], "three": urls[:3], "none": urls or ["-"]}[row.place]
        if added and row.place != "none":
            wanted = urls
        if row.page not in wanted:
            wrong.append(f"{row.text}: {row.page} {row.place}, not {urls}")
        assert len(answers) <= 8, row.text
    assert not wrong, "\n".join(wrong)
    assert not noted(watched)
    if added:
        pytest.skip(f"{added}: every page was found, but at any place among the answers")


def test_the_same_question_has_the_same_answers(watched: Watched) -> None:
    """The order of answers does not depend on earlier questions, and punctuation is plain text."""
    page = watched.open()
    questions = ["källkritik chef", "säkerhet", "kurs i källkritik", "nivå 4"]
    once, again = (page.evaluate(ANSWERS, asked) for asked in (questions, questions[::-1]))
    assert once == again[::-1]
    plain, signs = page.evaluate(ANSWERS, ["säkerhet", '+säkerhet* -"^~:\\(['])
    assert plain == signs


def test_a_competence_answers_with_the_level_asked_about(watched: Watched, framework: Framework) -> None:
    """A level in the question shows that level's text; a role its expected level, and leads there."""
    page = watched.open()
    for item in framework.competences:
        levels = page.evaluate(ANSWERS, [f"{item.id} nivå {level}" for level in framework.levels])
        for level, (first, *_) in zip(framework.levels, levels, strict=True):
            assert first["url"] == f"ramverket/{item.id}/#niva-{level}"
            assert first["text"] == f"Nivå {level}: {item.levels[level]}"
        roles = page.evaluate(ANSWERS, [f"{role.name} {item.id}" for role in framework.roles])
        for role, (first, *_) in zip(framework.roles, roles, strict=True):
            if role.id not in item.expected.by_role:
                assert (first["url"], first["text"]) == (f"ramverket/{item.id}/", item.definition)
                continue
            level = item.expected.by_role[role.id]
            mark = "" if item.expected.sure else "*"
            label = f"Nivå {level}{mark}, förväntad för {role.name.lower()}"
            assert first["url"] == f"ramverket/{item.id}/#niva-{level}"
            assert first["text"] == f"{label}: {item.levels[level]}"


def test_a_competence_found_by_a_text_shows_that_text(watched: Watched, framework: Framework) -> None:
    """Where only a level's text or its example has the word, the answer shows it and leads to it."""
    page = watched.open()
    descriptor = framework.competence["6.4"].levels[5]
    support = next(item for item in framework.competence["5.2"].support if "filtreringslös" in item.text)
    answers = page.evaluate(ANSWERS, ["informationssäkerhetskultur", "filtreringslösningarna"])
    assert {"kind": "Kompetens", "url": "ramverket/6.4/#niva-5", "text": f"Nivå 5: {descriptor}"}.items() <= (
        answers[0][0].items()
    )
    first = next(answer for answer in answers[1] if answer["url"].startswith("ramverket/5.2/"))
    assert first["url"] == f"ramverket/5.2/#{f'niva-{support.levels[0]}' if support.levels else 'stod'}"
    assert first["text"].startswith(support.kind.value.capitalize())
    assert first["text"].endswith(f": {support.text}")


# What can be found


@pytest.mark.wcag(
    "2.4.5",
    shows="Sökningen hittar varje del av ramverket.",
    where="Sökningens index",
)
def test_index_leads_to_everything(site: Path, framework: Framework) -> None:
    """Every page and question is an answer, but not Källor nor the page for lost readers."""
    (index,) = site.glob("assets/search-*/index.json")
    found: list[dict[str, Any]] = json.loads(index.read_text("utf-8"))
    urls = {entry["url"] for entry in found}
    pages = {
        path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html")
    }
    assert {url.partition("#")[0] for url in urls} == pages - {"om/kallor/", "om/licenser/"}
    assert pages - urls == {"om/kallor/", "om/licenser/"}
    assert {f"fragor-och-svar/#{item.id}" for item in framework.questions} <= urls
    assert all(entry["title"].strip() and entry["text"].strip() for entry in found)


def test_blanks_around_the_fields_of_a_page(framework: Framework, tmp_path: Path) -> None:
    """What the check lets through at the top of a page is found as well."""
    page = "--- \ntitle: Hjälp\ndescription: Om.\nkeywords: [support]\n---\t\nText.\n"
    (tmp_path / "hjalp.md").write_text(page, "utf-8")
    assert [found["names"] for found in pages_in(tmp_path, framework)] == [["support"]]


def test_everything_has_keywords(framework: Framework, decided: Framework) -> None:
    """Each competence and role of the decided version, and each page, has keywords; none is repeated."""
    known = {item.id: item.keywords for item in framework.competences}
    known |= {role.id: role.keywords for role in framework.roles}
    known |= {page["url"]: page["names"] for page in pages_in(ROOT / "docs", framework)}
    added = {*framework.competence, *framework.role} - {*decided.competence, *decided.role}
    for name, words in known.items():
        assert name in added or len(words) >= 5, name
        assert len({word.casefold() for word in words}) == len(words), name
    files = [*(ROOT / "docs").rglob("*.md")]
    own = [file for file in files if "title:" in file.read_text("utf-8")]
    assert len(list(pages_in(ROOT / "docs", framework))) == len(own) - 2  # Källor and Licenser


def test_entries_are_made_of_the_framework_alone(framework: Framework) -> None:
    """The index is the framework's own words; without pages there are no answers of pages."""
    made = list(entries(framework, []))
    kinds = {entry["kind"] for entry in made}
    assert kinds == {
        *("Kompetens", "Roll", "Fråga", "Läraktivitet", "Ord", "Nivå", "Område", "Övning", "Sida")
    }
    assert not [entry for entry in made if entry["kind"] == "Sida" and "#" not in entry["url"]]
    texts = {entry["text"] for entry in made if entry["kind"] == "Kompetens"}
    assert texts == {item.definition for item in framework.competences}


def test_search_weighs_less_than_before(site: Path) -> None:
    """All that a search fetches weighs less than the theme's program and index did; none of it is left."""
    files = [path for path in site.glob("assets/search-*/*") if path.suffix in (".js", ".json")]
    (theme,) = site.glob("assets/pages-*/theme.js")
    weight = sum(len(brotli.compress(path.read_bytes())) for path in [*files, theme])
    assert weight < 0.75 * WEIGHT_BEFORE
    assert not [*site.rglob("*bundle*"), *site.rglob("*lunr*"), *site.rglob("search_index.json")]
    assert not [*site.rglob("*.map")]


# The field


@pytest.mark.wcag(
    "2.1.1",
    shows="Sökning, svar och val med bara tangentbord.",
    where="Sökningen på smal och bred skärm",
)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390 px", "1280 px"])
def test_search_by_keyboard(watch: Watch, viewport: ViewportSize) -> None:
    """Tab passes the search without opening or fetching it; then it is used without a mouse, and is clean."""
    watched = watch(viewport=viewport)
    page = watched.open(PAGE)
    for _ in range(6):
        page.keyboard.press("Tab")
        if active(page, "element.matches('.search-open')"):
            page.keyboard.press("Enter")
        if active(page, "element.matches('.search input')"):
            break
    expect(field(page)).to_be_focused()
    expect(page.locator(".answers")).to_be_hidden()
    assert not [request for request in watched.requests if "/search-" in request]
    page.keyboard.type("upphovsrätten")
    expect(status(page)).to_have_text(re.compile(r"^\d svar$"))
    expect(links(page).first).to_be_in_viewport()
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    assert clear(page.evaluate(f"({FOCUS})(document.activeElement)"))
    assert active(page, "element.pathname") == "/ramverket/3.2/"
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".answers")).to_be_hidden()
    expect(status(page)).to_have_text("")
    expect(field(page)).to_have_value("upphovsrätten")
    page.keyboard.press("End")
    page.keyboard.type(" ")
    expect(links(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("3.2 Upphovsrätt och licenser")
    assert page.evaluate(STORED) == []
    assert not noted(watched)


def test_narrow_search_is_behind_a_button(watch: Watch) -> None:
    """On a phone the field takes no place until its button is pressed; Esc closes it again."""
    watched = watch(viewport=PHONE)
    page = watched.open(PAGE)
    box = page.get_by_role("searchbox", name="Sök")
    button = page.get_by_role("button", name="Sök")
    expect(box).to_be_hidden()
    button.click()
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(button).to_be_focused()
    assert axe(page) == []


@pytest.mark.parametrize("viewport", [NARROW, PHONE, DESKTOP], ids=["320 px", "390 px", "1280 px"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_is_two_lines(watch: Watch, viewport: ViewportSize, scheme: str) -> None:
    """Each answer has at most two lines, says what it is, and nothing scrolls sideways."""
    watched = watch(viewport=viewport, color_scheme=scheme)
    page = watched.open(PAGE)
    field(page).fill("säkerhet")
    expect(links(page).nth(2)).to_be_visible()
    for link in links(page).all():
        lines = link.evaluate(LINES)
        assert len(lines) == 2
        assert max(lines) < 1.5
    assert page.evaluate(TOO_WIDE) == []
    assert axe(page) == []
    assert not noted(watched)


def test_answers_say_what_they_are(watched: Watched) -> None:
    """The second line begins with the kind of the answer; of a long text its beginning, in whole words."""
    page = watched.open(PAGE)
    for question, line in (
        ("samordnare 3.2", "Kompetens. Nivå 3*, förväntad för samordnare: "),
        ("chef", "Roll. Cheferna behöver inte vara experter"),
        ("påverkar min skattning min lön", "Fråga. Nej, ramverket är inte lönegrundande."),
        ("lär dig mer skydda personuppgifter", "Läraktivitet. Lär dig mer genom att läsa"),
        ("ordlista", "Sida. Ord som ramverket"),
        ("nivå 2", "Nivå. Enklare moment"),
        ("område 4", "Område. Kompetenser: "),
    ):
        field(page).fill(question)
        expect(links(page).first.locator("span")).to_contain_text(line)
        assert len(links(page).first.locator("span").inner_text()) < 160


def test_hears_what_is_not_typed(watched: Watched) -> None:
    """Dictated, pasted and dropped text is answered as typed text is, letters in two parts too."""
    page = watched.open(PAGE)
    box = field(page)
    box.focus()
    page.keyboard.insert_text("lösenord")  # as a program that speaks for the reader does: no key is pressed
    expect(links(page).first).to_contain_text("4.1")
    box.evaluate(
        "(box, text) => { box.value = text; box.dispatchEvent(new InputEvent('input', { bubbles: true })) }",
        unicodedata.normalize("NFD", "källkritik"),
    )
    expect(links(page).first).to_contain_text("1.2")
    box.evaluate(
        """box => {
          box.select()
          document.execCommand("insertText", false, "upphovsrätt")
        }"""
    )
    expect(links(page).first).to_contain_text("3.2")
    box.fill("")
    expect(page.locator(".answers")).to_be_hidden()
    assert not noted(watched)


def test_text_is_dropped_into_the_field(watched: Watched) -> None:
    """Words of the page that are dragged into the field with the mouse are answered, too."""
    page = watched.open(PAGE)
    heading = page.get_by_role("heading", level=1)
    heading.evaluate("heading => getSelection().selectAllChildren(heading)")
    box, target = heading.bounding_box(), field(page).bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    page.mouse.down()
    for at in (20, 30):
        page.mouse.move(target["x"] + at, target["y"] + target["height"] / 2)
    page.mouse.up()
    expect(field(page)).to_have_value(re.compile("Söka, navigera och filtrera data"))
    expect(links(page).first).to_contain_text("1.1")
    assert not noted(watched)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "(((( [\\",
        "\u202e\u0000",
        "å" * 3000,
        " ".join(map("".join, product("aeikmnrst", repeat=4))),
    ],
    ids=["HTML", "signs", "unseen", "a long word", "a whole page"],
)
def test_any_text_is_answered_at_once(watch: Watch, text: str) -> None:
    """Whatever is pasted is text: it is answered soon, with help at the least, and fits a phone."""
    watched = watch(viewport=PHONE)
    page = watched.open(PAGE)
    box = field(page)
    box.fill("virus")
    expect(links(page).first).to_contain_text("4.1")
    box.evaluate(
        """(box, text) => {
          box.value = text
          box.dispatchEvent(new InputEvent("input", { bubbles: true }))
          window.asked = performance.now()
        }""",
        text,
    )
    expect(links(page).first).not_to_contain_text("4.1")
    assert links(page).count() >= 1
    assert page.evaluate("performance.now() - window.asked") < 5000
    assert page.locator(".search img").count() == 0
    assert page.evaluate(TOO_WIDE) == []
    assert not noted(watched)


def test_never_shows_the_answers_of_the_last_word(alone: Watched) -> None:
    """While the index is still on its way, only the field's latest text is answered, once."""
    held: list[Route] = []
    alone.context.route("**/index.json", lambda route: held.append(route))
    page = alone.open(PAGE)
    page.evaluate(NOTE_LISTS)
    with page.expect_request("**/index.json"):
        for question in ("lösenord", "virus", "källkritik"):
            field(page).fill(question)
            expect(status(page)).to_have_text("Söker …")
    page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    expect(links(page).first).to_contain_text("1.2")
    lists = page.evaluate("window.lists")
    assert lists
    assert not [shown for shown in lists if "4.1" in shown]
    field(page).fill("")
    held.clear()
    field(page).fill("virus")
    expect(links(page).first).to_contain_text("4.1")
    assert held == []  # fetched once
    assert not noted(alone)


def test_enter_waits_for_the_answers(alone: Watched) -> None:
    """Enter before the answers have come leads to the first of them when they do."""
    held: list[Route] = []
    alone.context.route("**/index.json", lambda route: held.append(route))
    page = alone.open(PAGE)
    with page.expect_request("**/index.json"):
        field(page).fill("källkritik")
    page.keyboard.press("Enter")
    assert page.url.endswith(PAGE)
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.2")


@pytest.mark.parametrize("file", ["field.js", "search.js", "minisearch.js", "index.json"])
def test_says_so_when_it_cannot_start(alone: Watched, file: str) -> None:
    """When a file is missing or blocked the search says so in plain words, and points to the menu."""
    alone.context.route(f"**/{file}", lambda route: route.fulfill(status=404, body=""))
    page = alone.open(PAGE)
    field(page).fill("källkritik")
    expect(status(page)).to_have_text("Sökningen kunde inte starta. Använd menyn i stället.")
    status(page).get_by_role("link", name="Använd menyn").click()
    assert page.url.endswith("#meny")
    expect(links(page)).to_have_count(0)
    assert not [line for line in alone.problems if file not in line and "404" not in line]


def test_index_is_asked_for_again(alone: Watched) -> None:
    """After a network failure, typing on fetches the index again and gives answers."""
    alone.context.route("**/index.json", lambda route: route.abort(), times=1)
    page = alone.open(PAGE)
    field(page).fill("källkriti")
    expect(status(page)).to_contain_text("Sökningen kunde inte starta.")
    field(page).fill("källkritik")
    expect(links(page).first).to_contain_text("1.2")


def test_no_answer_helps(watched: Watched) -> None:
    """A word that nothing answers leads to roles, areas and Lära mer; Enter then goes nowhere by itself."""
    page = watched.open(PAGE)
    field(page).fill("xylofon")
    expect(status(page)).to_have_text("Inget svar. Prova ett annat ord, eller börja här:")
    assert paths(page) == ["/roller/", "/ramverket/", "/stod/lara-mer/"]
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.url.endswith(PAGE)
    assert axe(page) == []
    assert not noted(watched)


def test_search_can_be_left(watched: Watched) -> None:
    """The answers close when the reader goes elsewhere, and come back with a click in the field."""
    page = watched.open(PAGE)
    answers = page.locator(".answers")
    field(page).fill("licens")
    expect(links(page).first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(answers).to_be_hidden()
    field(page).click()
    expect(answers).to_be_visible()
    links(page).last.focus()
    page.keyboard.press("Tab")
    expect(answers).to_be_hidden()
    field(page).fill("1.1 nivå 3")
    links(page).first.click()  # on the same page
    expect(answers).to_be_hidden()
    assert page.url.endswith("#niva-3")
    assert not noted(watched)


def test_search_is_fetched_when_used(watched: Watched) -> None:
    """Nothing is fetched for the search before its field is written in; then all of it is ours."""
    page = watched.open(PAGE)
    field(page).focus()
    page.wait_for_load_state("networkidle")
    assert not [request for request in watched.requests if "/search-" in request]
    field(page).fill("lön")
    expect(links(page).first).to_be_visible()
    names = {request.rpartition("/")[2] for request in watched.requests if "/search-" in request}
    assert names == {"field.js", "search.js", "minisearch.js", "swedish.js", "index.json"}
    assert not noted(watched)
