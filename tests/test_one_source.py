"""One source: a sentence that is changed in framework/ is changed everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pptx import Presentation

from macros.model import Framework
from macros.site.build import build
from macros.slides.deck import POWERPOINT
from macros.support import Kind
from macros.versions import FOLDER
from tests.pages import parse, squeezed
from tests.project import copy_project
from tests.workshop import DECK, page_of, paragraphs_of


@pytest.mark.slow
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
    presentation = squeezed(" ".join(text for slide in told for text in paragraphs_of(slide)))
    data = [(site / "data" / "framework.json"), *site.glob("sjalvskattning/app-*/framework.bin")]
    assert len(data) == 2
    places = [page, slides, cards, form, presentation, *(path.read_text("utf-8") for path in data)]
    for before, after in new.items():
        assert before != after
        for number, place in enumerate(places):
            assert squeezed(after) in place, f"place {number} lacks: {after}"
    pages = {*site.rglob("*.html")} - {site / "om" / "vad-ar-nytt" / "index.html"}  # it shows both
    texts = [parse(path.read_text("utf-8")).text for path in sorted(pages)]
    texts += [
        squeezed(path.read_text("utf-8"))
        for path in site.rglob("*")
        if path.suffix in (".json", ".yml", ".js") and path.name != "project.json"
    ]
    texts += [squeezed(path.read_text("utf-8")) for path in data]
    (project,) = site.glob("redigera/app-*/project.json")  # what the editor's page starts from
    files = json.loads(project.read_bytes())
    texts += [squeezed(text) for name, text in files.items() if not name.startswith(FOLDER)]
    for before in new:
        assert not [text for text in (presentation, *texts) if squeezed(before) in text]
