"""What is new in a version, and for whom: on its page, on those of roles and competences, in *Källor*."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.add import add_role
from macros.load import load
from macros.model import Framework
from macros.news import NO_NEWS, news
from macros.render.pages import PAGES
from macros.render.view import View
from macros.site.published import Published
from macros.support import Kind, Support
from macros.versions import keep, plain, read_versions
from tests.conftest import ROOT, Watched, axe
from tests.pages import Element, parse
from tests.project import changed, copy_project, write_framework
from tests.test_browser import noted

NOTHING = Published(app="", runtime="", search="", editor="", files={})
NEW_SENTENCE = "Kompetens att snabbt formulera behov av information och söka efter data."
NEW_EXAMPLE = "Exempel är att söka i Libris."


def view_of(root: Path) -> View:
    """Return what the renderers see of the project in `root`."""
    framework = load(root)
    return View(framework, NOTHING, "../../", news=news(read_versions(root), framework))


def rendered(view: View, name: str, *arguments: str) -> Element:
    """Return a page."""
    return parse(PAGES[name](view, *arguments).html)


def raise_version(root: Path, number: str, day: str) -> None:
    """Claim another version in the project's files."""
    file = root / "framework" / "framework.yml"
    before = load(root).basics
    text = file.read_text("utf-8").replace(f"version: '{before.version}'", f"version: '{number}'")
    file.write_text(text.replace(f"date: {before.date}", f"date: {day}"), "utf-8")


def release(root: Path) -> str:
    """Run what `make release` runs."""
    command = [sys.executable, "-m", "macros.versions"]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture(scope="module")
def second(decided: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a second version: a sentence, a level of area 6, an example, a role, all by hand."""
    root = copy_project(tmp_path_factory.mktemp("second"))
    first, *others = decided.competences
    example = Support(kind=Kind.EXAMPLE, text=NEW_EXAMPLE)
    competences = [changed(first, definition=NEW_SENTENCE, support=(*first.support, example))]
    for item in others:
        if item.id == "6.1":
            levels = {**item.levels, 2: f"{item.levels[2].rstrip('.')} i min grupp."}
            expected = {2: ("chef",), 4: tuple(role for role in item.expected.by_role if role != "chef")}
            placed = changed(item.expected, levels=expected, alternatives=())
            competences.append(changed(item, levels=levels, expected=placed))
        else:
            competences.append(item)
    write_framework(changed(decided, competences=tuple(competences)), root / "framework")
    keep(decided, root)
    add_role(root, {"NAME": "Kommunikatör", "LIKE": "medarbetare", "PART": "alla"})
    raise_version(root, "2.0", "2025-03-03")
    assert release(root).startswith("Version 2.0 är sparad i framework/versions/2.0.json.")
    return root


@pytest.fixture(scope="module")
def view(second: Path) -> View:
    """What the renderers see of the second version."""
    return view_of(second)


def headings(page: Element) -> list[str]:
    """Return the headings of the versions."""
    return [heading.text for heading in page.all("h2")]


def parts(page: Element) -> dict[str, list[str]]:
    """Return the changes under each heading of the page, as they are read."""
    found: dict[str, list[str]] = {}
    for section in page.all("section", class_="release"):
        heading = section.one("h2").text
        for element in section:
            if element.tag == "h3":
                heading = element.text
            elif element.tag == "li":
                found.setdefault(heading, []).append(element.text)
    return found


def test_the_first_version_says_that_it_is_the_first(decided: Framework, tmp_path: Path) -> None:
    """Nothing is new in the first version: it says so, and pages of roles and competences say nothing."""
    (tmp_path / "framework").mkdir()
    assert keep(decided, tmp_path)
    for kept in ([], read_versions(tmp_path)):
        view = View(decided, NOTHING, "../../", news=news(kept, decided))
        page = parse(PAGES["news"](view).html)
        assert "Version 1.0 är den första på webbplatsen" in page.text
        assert "2 september 2024" in page.text
        assert not page.all("section", class_="release")
        assert "vad-ar-nytt" not in PAGES["role"](view, "chef").html
        assert "vad-ar-nytt" not in PAGES["competence"](view, "1.1").html
        assert "Inget är tillagt eller ändrat efter version 1.0." in parse(PAGES["sources"](view).html).text


def test_a_second_version_is_told_role_by_role_and_word_by_word(second: Path, view: View) -> None:
    """Everyone's changes come first, then each role's own, with the old and the new text marked."""
    page = rendered(view, "news")
    told = parts(page)
    roles = ["chef", "kommunikatör", "systemansvarig", "systemägare"]
    assert next(iter(told)) == "För alla"
    assert sorted(told) == [f"För {role}" for role in ("alla", *roles)]
    everyone, chef, owner = (" ".join(told[f"För {name}"]) for name in ("alla", "chef", "systemägare"))
    assert "Kompetens 1.1, definitionen" in everyone
    assert f"Så står det nu {NEW_SENTENCE}" in everyone
    assert f"Kompetens 1.1, stödtext Tillagt: {NEW_EXAMPLE}" in everyone
    assert "6.1" not in everyone
    assert "Kompetens 6.1, förväntad nivå för Systemägare «nivå 3» blir «nivå 4»" in owner
    assert "förväntad nivå" not in chef
    assert (
        "Skillnaden: «att kunna tillämpa metoderna.» blir «att kunna tillämpa metoderna i min grupp.»" in chef
    )
    assert told["För kommunikatör"] == ["Rollen «Kommunikatör» Det här är nytt."]
    definition = next(item for item in page.all("li") if "1.1, definitionen" in item.text)
    assert [mark.text for mark in definition.all("ins")] == ["snabbt", "data."]
    assert definition.all("del")
    old, new = definition.all("dd")
    first = read_versions(second)[0].data["competences"][0]["definition"]
    assert (old.text, new.text) == (" ".join(first.split()), NEW_SENTENCE)
    assert "inget annat nytt" in page.text
    assert headings(page) == ["Version 2.0", "Version 1.0"]


def test_a_role_page_leads_to_what_is_new_for_the_role(view: View) -> None:
    """The count is the role's, and the link's target is on the page."""
    ids = rendered(view, "news").ids
    for role, count in (("systemagare", "fyra"), ("medarbetare", "två"), ("kommunikator", "tre")):
        (line,) = (p for p in rendered(view, "role", role).all("p", class_="calm") if "Version" in p.text)
        assert f"Version 2.0 har {count} ändringar för din roll." in line.text, role
        assert line.one("a").get("href").partition("#")[2] in ids


def test_what_was_not_decided_at_first_says_since_when(view: View) -> None:
    """An added example, a changed definition and a new role say so where they are, and in the sources."""
    marks = [mark.text for mark in rendered(view, "competence", "1.1").all("p", class_="origin")]
    assert marks == ["Ändrat i version 2.0, 3 mars 2025", "Tillagt i version 2.0, 3 mars 2025"]
    assert not rendered(view, "competence", "1.2").all("p", class_="origin")
    assert len(rendered(view, "support").all("p", class_="origin")) == 1
    assert len(rendered(view, "role", "kommunikator").all("p", class_="origin")) == 1
    assert not rendered(view, "role", "chef").all("p", class_="origin")
    sources = rendered(view, "sources").text
    assert "Tillagt: Rollen «Kommunikatör»" in sources
    assert "Ändrat: Kompetens 1.1, definitionen" in sources


def test_changes_after_the_last_version_are_told_apart(second: Path, tmp_path: Path) -> None:
    """Edits without a number say that; with a higher number they say that it is not published."""
    root = tmp_path
    for name in ("framework", "docs"):
        shutil.copytree(second / name, root / name)
    shutil.copy(second / "mkdocs.yml", root)
    with (root / "framework" / "questions.yml").open("a", encoding="utf-8") as file:
        file.write("\n- id: ny\n  question: Får jag fråga mer?\n  answer: Ja, fråga din chef.\n")
    view = view_of(root)
    page = rendered(view, "news")
    assert headings(page) == ["Ändrat efter version 2.0", "Version 2.0", "Version 1.0"]
    assert "har inte fått något versionsnummer än" in page.text
    assert "Version 2.0 har" in rendered(view, "role", "chef").text
    raise_version(root, "2.1", "2025-04-04")
    view = view_of(root)
    page = rendered(view, "news")
    assert headings(page) == ["Version 2.1", "Version 2.0", "Version 1.0"]
    assert "Versionen är inte sparad än" in page.text
    assert "Version 2.1 har en ändring för din roll." in rendered(view, "role", "chef").text


def test_a_new_competence_says_what_it_expects_of_each_role(decided: Framework, tmp_path: Path) -> None:
    """A competence that is new for some roles says their levels; one that is gone is gone for all."""
    (tmp_path / "framework").mkdir()
    keep(decided, tmp_path)
    last = decided.competences[-1]
    number = f"{last.area_id}.{int(last.id.partition('.')[2]) + 1}"
    new = changed(last, id=number, title="Nytt ämne", support=())
    after = changed(decided, competences=(*decided.competences[1:], new))
    (found,) = news(read_versions(tmp_path), after).releases
    (role,) = new.expected.by_role
    own = [(item.change.where, item.level) for item in found.only_for(role)]
    assert own == [(f"Kompetens {number}", new.expected.by_role)]
    assert [item.change.where for item in found.for_all] == ["Kompetens 1.1"]
    view = View(after, NOTHING, "", news=news(read_versions(tmp_path), after))
    assert f"Förväntad nivå: {new.expected.by_role[role]}." in PAGES["news"](view).html


def test_numbers_of_digcomp_ask_for_no_version(framework: Framework, decided: Framework) -> None:
    """They are a reading, not decided: no news, no higher version, and version 1.0 does without them."""
    without = [changed(item, digcomp=()) for item in framework.competences]
    kept = read_versions(ROOT)[:1]
    before = news(kept, changed(framework, competences=tuple(without)))
    assert [r.novelties for r in news(kept, framework).releases] == [r.novelties for r in before.releases]
    assert any(item.digcomp for item in framework.competences)
    assert "digcomp" not in json.dumps(plain(decided))


def test_news_look_and_read_well(view: View, watched: Watched, site: Path) -> None:
    """The page with a second version is axe clean, and fits a phone's width."""
    shell = (site / "om" / "vad-ar-nytt" / "index.html").read_text("utf-8")
    html = PAGES["news"](view).html
    begin = shell.index('<div class="page page-news">')
    end = shell.index("</article>")
    body = shell[:begin] + html + shell[end:]
    watched.page.route("**/om/vad-ar-nytt/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page = watched.open("om/vad-ar-nytt/")
    assert page.locator(".release").count() == 1
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not noted(watched)


def test_no_news_is_nothing() -> None:
    """Without versions there is nothing that is newer."""
    assert NO_NEWS.latest is None
    assert NO_NEWS.origin("1.1", "text") is None
