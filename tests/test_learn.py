"""The page of learning activities, narrowed by role, area and level."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from macros.model import Framework
from tests.conftest import Watched
from tests.pages import squeezed
from tests.test_browser import noted


def test_learning_filter(watched: Watched, framework: Framework) -> None:
    """The page shows all; an area, a level or a role narrows it, and what names no level always stays."""
    page = watched.open("stod/lara-mer/")
    sections, texts = page.locator("section.learn:visible"), page.locator("[data-levels]:visible")
    everything = texts.count()
    expect(sections).to_have_count(len(framework.competences))
    page.select_option("#filter-area", "2")
    expect(sections).to_have_count(len(framework.by_area["2"]))
    page.select_option("#filter-area", "")
    page.select_option("#filter-level", "4")
    levels = texts.evaluate_all("all => all.map(one => one.dataset.levels.split(' ').filter(Boolean))")
    assert 0 < len(levels) < everything
    assert all(not own or "4" in own for own in levels)
    assert [] in levels
    page.select_option("#filter-level", "")
    page.select_option("#filter-role", "biblioteksvard")
    expect(sections).to_have_count(
        sum("biblioteksvard" in item.expected.by_role for item in framework.competences)
    )
    for item in framework.competences:
        if level := item.expected.by_role.get("biblioteksvard"):
            own = page.locator(f"section[aria-labelledby='k-{item.id}'] [data-levels]:visible")
            named = own.evaluate_all("all => all.map(one => one.dataset.levels)")
            assert all(not levels or str(level) in levels.split() for levels in named), item.id
    expect(page.locator("#found")).to_have_text(re.compile(r"^\d+ kompetenser visas\.$"))
    # Nothing is left without a word: neither below a heading nor on the page.
    page.select_option("#filter-role", "chef")
    expect(page.get_by_text("Stödet har inget exempel på den nivån.").filter(visible=True)).not_to_have_count(
        0
    )
    for section in sections.all():
        left = section.locator("[data-levels]:visible").count()
        assert section.locator(".nothing").is_visible() == (left == 0)
    page.select_option("#filter-role", "medarbetare")
    page.select_option("#filter-area", "6")
    expect(sections).to_have_count(0)
    expect(page.locator("#found")).to_have_text(re.compile("^Området ingår inte i rollen."))
    assert squeezed(framework.question["ar-laraktiviteterna-graderade"].answer) in squeezed(
        page.locator("article").text_content() or ""
    )
    assert not noted(watched)
