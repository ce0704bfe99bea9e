"""The page of learning activities, narrowed by role, area and level, and reached with a role chosen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.model import Competence, Framework
from tests.conftest import Watched
from tests.test_browser import noted

PATH = "stod/lara-mer/"


def learnable(items: list[Competence]) -> list[Competence]:
    """Those of the competences that the page has a text for, on any level."""
    return [item for item in items if any(text.levels or text.teaches for text in item.support)]


def listed(page: Page) -> Locator:
    """The competences that the page lists as having no learning activity."""
    return page.locator(".without li:visible")


def test_learning_filter(watched: Watched, framework: Framework) -> None:
    """The page shows all; an area, a level or a role narrows it, and what names no level always stays."""
    page = watched.open(PATH)
    sections, texts = page.locator("section.learn:visible"), page.locator("[data-levels]:visible")
    everything = texts.count()
    expect(sections).to_have_count(len(learnable([*framework.competences])))
    page.select_option("#filter-area", "2")
    expect(sections).to_have_count(len(learnable([*framework.by_area["2"]])))
    expect(listed(page)).to_have_text(re.compile("^2.1 "))
    page.select_option("#filter-area", "")
    page.select_option("#filter-level", "4")
    levels = texts.evaluate_all("all => all.map(one => one.dataset.levels.split(' ').filter(Boolean))")
    assert 0 < len(levels) < everything
    assert all(not own or "4" in own for own in levels)
    assert [] in levels
    page.select_option("#filter-level", "")
    page.select_option("#filter-role", "biblioteksvard")
    for item in framework.competences:
        if level := item.expected.by_role.get("biblioteksvard"):
            own = page.locator(f"section:has([id='k-{item.id}']) [data-levels]:visible")
            named = own.evaluate_all("all => all.map(one => one.dataset.levels)")
            assert all(not levels or str(level) in levels.split() for levels in named), item.id
    assert not noted(watched)


@pytest.mark.wcag(
    "3.2.2",
    "4.1.3",
    shows="Ett val ändrar bara listan, och besked läses upp.",
    where="Lära mer",
)
def test_no_choice_is_a_dead_end(watched: Watched, framework: Framework) -> None:
    """Whatever is chosen: no heading lacks a text, and each competence of the role is listed."""
    page = watched.open(PATH)
    sections = page.locator("section.learn:visible")
    for role in framework.roles:
        page.select_option("#filter-role", role.id)
        for section in sections.all():
            expect(section.locator("[data-levels]:visible")).not_to_have_count(0)
        shown = [heading.split()[0] for heading in sections.locator("h2").all_inner_texts()]
        found = {*shown, *(text.split()[0] for text in listed(page).all_inner_texts())}
        assert found == {item.id for item in framework.competences if role.id in item.expected.by_role}
        expect(page.locator("#found")).to_have_text(
            f"Stödet har förslag eller exempel till {len(shown)} kompetenser."
        )
    page.select_option("#filter-role", "systemansvarig")
    page.select_option("#filter-area", "6")
    expect(sections).to_have_count(0)
    expect(page.locator("#found")).to_have_text(re.compile("^Stödet har inget förslag här."))
    expect(listed(page)).to_have_count(8)
    expect(page.locator(".without blockquote")).to_be_visible()
    page.select_option("#filter-role", "medarbetare")
    expect(page.locator("#found")).to_have_text(re.compile("^Området ingår inte i rollen."))
    expect(page.locator(".without")).to_be_hidden()
    assert not noted(watched)


def test_role_is_carried_along(watched: Watched, framework: Framework) -> None:
    """From a role's page the reader comes with the role chosen; the address is then cleared."""
    page = watched.open("roller/systemagare/")
    page.get_by_role("link", name="Lära mer").click()
    expect(page.locator("#filter-role")).to_have_value("systemagare")
    assert page.url == f"{watched.address}{PATH}"
    expect(page.locator("#found")).not_to_be_empty()
    expect(page.locator("section.learn[data-area='6']:visible")).to_have_count(0)
    watched.open()
    page = watched.open(f"{PATH}#roll-ingen")  # an address that someone mistyped
    expect(page.locator("#filter-role")).to_have_value("")
    assert not noted(watched)
