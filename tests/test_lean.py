"""Frameworks of other shapes: a part that is not there leaves no page, no row in the menu and no sentence."""

from __future__ import annotations

import re
from itertools import count

import pytest

from macros.model import Framework, Reading
from macros.pages import WORKSHOP, is_left_out
from macros.render.pages import PAGES
from macros.search.index import entries, pages_in
from macros.workshop import NO_WORKSHOP
from tests.pages import Element, parse
from tests.project import ROOT, changed, with_levels
from tests.test_render import every_page, with_texts

# Words that only a workshop, a mended source or an unsure reading can be the reason for.
ABSENT = re.compile(
    r"(?i)workshop|bildspel|nivåkort|handledning|\bmanus|\bAPT\b|powerpoint|dagordning|inför ditt samtal|"
    r"för chefen|lagat|lagad|avstavning|inte ändrat|asterisk|väntar på att bekräftas|tappade sina kolumner"
)
# What another number of levels makes wrong.
FIVE = re.compile(r"(?i)\bfem (?:nivå|steg)\w*|\bnivå(?:er|erna)? 1[–-]5\b")


@pytest.fixture(scope="module")
def lean(framework: Framework) -> Framework:
    """Four levels, no workshop, nothing mended or noted, every row sure; and no text is the real one's."""
    number = count(1)
    sure = tuple(
        changed(item, expected=changed(item.expected, reading=Reading.CLEAR, alternatives=()))
        for item in with_levels(framework, 4).competences
    )
    other = changed(
        with_levels(framework, 4),
        competences=sure,
        workshop=NO_WORKSHOP,
        sources=changed(framework.sources, mends=(), notes=()),
    )
    neutral: Framework = with_texts(lambda _: f"Ord{next(number)}.", other, Framework)
    return changed(neutral, workshop=NO_WORKSHOP)


@pytest.fixture(scope="module")
def lean_pages(lean: Framework) -> dict[str, Element]:
    """The pages that such a framework has."""
    found = every_page(lean, "../", without={*WORKSHOP, "edit"})
    return {name: parse(page.html) for name, page in found.items()}


def test_no_page_speaks_of_what_is_not_there(lean_pages: dict[str, Element]) -> None:
    """Neither text nor link of a page is about a workshop, a mend or a reading that there is none of."""
    for name, page in lean_pages.items():
        assert (found := ABSENT.search(page.text)) is None, f"{name}: {found and found[0]}"
        assert [link.get("href") for link in page.all("a") if "workshop" in link.get("href")] == [], name


def test_the_words_are_on_the_pages_of_a_framework_with_those_parts(framework: Framework) -> None:
    """The test above looks for words that are there when the parts are."""
    number = count(1)
    neutral: Framework = with_texts(lambda _: f"Ord{next(number)}.", framework, Framework)
    pages = every_page(neutral, "../", without={"edit"})
    said = " ".join(parse(page.html).text for page in pages.values())
    assert len({found.casefold() for found in ABSENT.findall(said)}) >= 12


@pytest.mark.parametrize("levels", [4, 8])
def test_no_page_has_another_number_of_levels(framework: Framework, lean: Framework, levels: int) -> None:
    """A sentence of ours says how many levels there are, whatever their number is."""
    number = count(1)
    eight: Framework = with_texts(lambda _: f"Ord{next(number)}.", with_levels(framework, 8), Framework)
    other = lean if levels == 4 else eight
    pages = every_page(other, without={*WORKSHOP, "edit"})
    for name, page in pages.items():
        text = parse(page.html).text
        assert (found := FIVE.search(text)) is None, f"{name}: {found and found[0]}"
        assert f"Nivå {levels + 1}" not in text, name
    steps = parse(pages[f"competence {other.competences[0].id}"].html).all("li", class_="step")
    assert len(steps) == levels


def test_search_has_no_answer_about_a_workshop(lean: Framework) -> None:
    """No answer leads to a page that is not there."""
    urls = [str(entry["url"]) for entry in entries(lean, pages_in(ROOT / "docs", lean))]
    assert urls
    assert [url for url in urls if url.startswith("workshop/")] == []


def test_pages_of_the_workshop_are_left_out(lean: Framework, framework: Framework) -> None:
    """They are the pages in docs/workshop/, and all other pages stay."""
    texts = {path: path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")}
    gone = {path for path, text in texts.items() if is_left_out(text, lean)}
    assert gone == {path for path in texts if path.parent.name == "workshop"}
    assert not any(is_left_out(text, framework) for text in texts.values())
    assert PAGES.keys() >= WORKSHOP
