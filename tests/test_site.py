"""The built site: whole, word for word, closed to the outside, and the same every time it is built."""

from __future__ import annotations

import filecmp
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from macros.model import Competence, Framework
from macros.pages import made_pages
from macros.site.build import build
from macros.site.headers import CSP_META, FOREVER, cache_control
from macros.support import Support
from tests.pages import Element, parse, squeezed
from tests.project import LEVELS, ROOT, copy_project

Pages = dict[str, Element]

# The site is looked at as if it lay here; whatever leads out of the folder leads out of the site.
BASE = "https://intranat.example/kompetens/"
RESOURCES = {"audio", "embed", "form", "iframe", "img", "link", "object", "script", "source", "video"}


def read_pages(site: Path) -> Pages:
    """Every page of a built site by its address (`ramverket/1.1/`, empty for the start page)."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): parse(file.read_text("utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page of the real site."""
    return read_pages(site)


@pytest.fixture(scope="module")
def subpath_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site built for a known address below a sub-path, with its files edited elsewhere."""
    folder = tmp_path_factory.mktemp("subpath") / "site"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", BASE)
        environment.setenv(
            "EDIT_BASE", "https://kod.example/kompetenstrappan/edit/main"
        )  # the slash at the end may be left out
        environment.setenv("PYTHONHASHSEED", "1")
        problem = build(ROOT, folder)
    assert not problem, problem
    return folder


def target(site: Path, address: str) -> Path | None:
    """The file of the site that an address means, if it is below BASE and there is one."""
    if not address.startswith(BASE):
        return None
    file = site / unquote(urlsplit(address).path.removeprefix(urlsplit(BASE).path))
    if address.split("#")[0].endswith("/"):
        file /= "index.html"
    return file if file.is_file() else None


def addresses(page: Element) -> list[tuple[Element, str]]:
    """Every address in a page, with its element."""
    names = ("href", "src", "data-src", "data", "action", "poster")
    return [(e, e.get(name)) for e in page for name in names if name in e.attributes]


def broken(site: Path, pages: Pages) -> list[str]:
    """Every link, picture, script and style of the pages that leads nowhere, with its page."""
    found = []
    ids = {target(site, BASE + url): set(page.ids) for url, page in read_pages(site).items()}
    for url, page in pages.items():
        ids[None] = set(page.ids)  # what an address without a path means
        for element, address in addresses(page):
            whole = urlsplit(urljoin(BASE + url, address))
            if element.tag not in RESOURCES and whole.netloc != urlsplit(BASE).netloc:
                continue
            file = None if address.startswith("#") else target(site, whole.geturl())
            if file is None and not address.startswith("#"):
                found.append(f"{url}: {address}")
            elif whole.fragment and unquote(whole.fragment) not in ids[file]:
                found.append(f"{url}: {address} has no such place")
    return found


def test_no_link_is_broken(site: Path, pages: Pages) -> None:
    """Every address leads to a file of the site, and to a place on that page when it names one.

    All are relative, so that the site works below any path; none leads out of the site's folder.
    """
    plain = {url: page for url, page in pages.items() if url != "404.html"}
    assert broken(site, plain) == []
    absolute = [(u, a) for u, page in plain.items() for _, a in addresses(page) if a.startswith("/")]
    assert absolute == []


def test_404_page_works_anywhere(subpath_site: Path) -> None:
    """A server shows 404.html for any address, so its own addresses start at the server's root."""
    page = read_pages(subpath_site)["404.html"]
    assert broken(subpath_site, {"finns/inte/": page}) == []
    assert page.one("h1").text == "Sidan finns inte"
    home = page.one("article").all("a")[0]
    assert urljoin(BASE, home.get("href")) == BASE


def test_styles_and_data_lead_nowhere_else(site: Path, pages: Pages) -> None:
    """Style sheets fetch nothing from outside and nothing missing; search results lead to their place."""
    for sheet in site.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert "@import" not in text, sheet
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert address.startswith(("data:", "#")) or (sheet.parent / address).is_file(), (sheet, address)
    (index,) = site.glob("assets/search-*/index.json")
    for entry in json.loads(index.read_text("utf-8")):
        path, _, fragment = entry["url"].partition("#")
        places = [fragment, *(passage["place"] for passage in entry.get("passages", []))]
        assert {place for place in places if place} <= set(pages[path].ids), entry["url"]


def test_scripts_and_styles_are_cached_for_good(pages: Pages) -> None:
    """A browser that has seen a page asks for no script or style of it again, as long as it is the same."""
    for url, page in pages.items():
        styles = [e.get("href") for e in page.all("link") if e.get("rel") == "stylesheet"]
        scripts = [e.get("src") for e in page.all("script") if "src" in e.attributes]
        assert styles, url
        checked = [path for path in (*styles, *scripts) if cache_control(path) != FOREVER]
        assert not checked, url


def test_one_page_for_each_part(pages: Pages, framework: Framework) -> None:
    """Every competence, area and role has a page of its own, and there are no others of that kind."""
    areas = {f"ramverket/omrade-{area.id}/" for area in framework.areas}
    competences = {f"ramverket/{item.id}/" for item in framework.competences}
    fixed = {f"ramverket/{name}" for name in ("", "hela/", "nivaerna/", "sa-anvander-vi-ramverket/")}
    assert {url for url in pages if url.startswith("ramverket/")} == areas | competences | fixed
    roles = {f"roller/{role.id}/" for role in framework.roles} | {"roller/", "roller/jamfor/"}
    assert {url for url in pages if url.startswith("roller/")} == roles


def test_nothing_is_unrendered(pages: Pages) -> None:
    """No page shows a macro, a template's sign, an error or a value that is none."""
    for url, page in pages.items():
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|Macro|Error|Traceback|\bNone\b|undefined", page.text), (
            url
        )


# Word for word


def competence_page(pages: Pages, item: Competence) -> Element:
    """The article of a competence's page."""
    return pages[f"ramverket/{item.id}/"].one("article")


def shown_supports(place: Element) -> list[tuple[str, str]]:
    """The support texts in a place: the kind that each is labelled with, and its text."""
    return [(e.one(class_="kind").text, e.one("p").text) for e in place.all("li", class_="support")]


def named(item: Support) -> tuple[str, str]:
    """How a support text is shown: its kind with its levels and how one learns, and its text."""
    levels = "–".join(str(level) for level in sorted({*item.levels[:1], *item.levels[-1:]}))
    kind = item.kind.value.capitalize() + (f", nivå {levels}" if levels else "")
    return (f"{kind}: {item.way.value}" if item.way else kind, squeezed(item.text))


def starred(text: str, item: Competence) -> str:
    """A level, or a competence, as it is shown: with an asterisk while it waits to be confirmed."""
    return text if item.expected.sure else f"{text}* (väntar på att bekräftas)"


def test_competence_pages_are_word_for_word(pages: Pages, framework: Framework) -> None:
    """A competence's page has its title, its definition, and under each step the texts that belong there."""
    for item in framework.competences:
        article = competence_page(pages, item)
        assert article.one("h1").text == f"{item.id} {item.title}"
        assert article.one("p", class_="definition").text == f"Definition {squeezed(item.definition)}"
        steps = article.one("ol", class_="steps").all("li", class_="step")
        for level, step in zip(LEVELS, steps, strict=True):
            where = f"{item.id} {level}"
            assert step.one("h3").text == f"Nivå {level} {framework.level_name(level)}", where
            assert step.one("p", class_="descriptor").text == squeezed(item.levels[level]), where
            assert shown_supports(step) == [named(text) for text in item.support_at(level)], where
            roles = [link.get("href") for chips in step.all("ul", class_="chips") for link in chips.all("a")]
            expected = item.expected.levels.get(level, ())
            assert Counter(roles) == Counter(f"../../roller/{role}/" for role in expected), where
        everywhere = Counter(named(text) for text in item.support if not text.levels)
        in_steps = Counter(pair for step in steps for pair in shown_supports(step))
        assert Counter(shown_supports(article)) - in_steps == everywhere, item.id
        for role in item.expected.not_relevant:
            assert f"Ej relevant för {framework.role[role].name.lower()}" in article.text, item.id


def test_steps_say_how_to_learn(pages: Pages, framework: Framework) -> None:
    """From each level to the next, in the same place: how to learn; without an activity, what to do then."""
    for item in framework.competences:
        teaching = [squeezed(" ".join(named(text))) for text in item.support if text.teaches]
        for level, step in zip(LEVELS, competence_page(pages, item).all("li", class_="step"), strict=True):
            folded = step.all("details", class_="learn-here")
            assert len(folded) == (level > 1), f"{item.id} {level}"
            for place in folded:
                assert place.one("summary").text.startswith(f"Från nivå {level - 1} till {level}"), item.id
                assert [entry.text for entry in place.all("li")] == teaching, item.id
                assert ("kommer överens om läraktiviteter" in place.text) == (not teaching), item.id
                assert "../../stod/lara-mer/" in [link.get("href") for link in place.all("a")], item.id


def test_learning_is_no_dead_end(pages: Pages, framework: Framework) -> None:
    """Lära mer begins with where to look, and explains what to do where the support has no activity."""
    article = pages["stod/lara-mer/"].one("article")
    first = [link.get("href") for link in article.one("ul", class_="links").all("a")]
    assert first == [framework.link[post.link].url for post in framework.site.learning]
    without = article.one("section", class_="without")
    shown = [row.text for row in without.all("li")]
    assert shown == [
        f"{item.id} {item.title}"
        for item in framework.competences
        if not any(text.teaches for text in item.support)
    ]
    assert without.one("blockquote").text == squeezed(framework.question[framework.site.agreed or ""].answer)
    sections = article.all("section", class_="learn")
    assert all(shown_supports(section) for section in sections)
    assert {section.get("data-expected") != "" for section in (*sections, *without.all("li"))} == {True}


def test_support_page_has_every_support_text(pages: Pages, framework: Framework) -> None:
    """The support page has each text once, under its competence; the learning page those for learning."""
    article = pages["stod/"].one("article")
    sections = {section.one("h3").get("id"): section for section in article.all("section")}
    with_support = [item for item in framework.competences if item.support]
    assert list(sections) == [f"k-{item.id}" for item in with_support]
    for item in with_support:
        assert shown_supports(sections[f"k-{item.id}"]) == [named(text) for text in item.support], item.id
    learning = [
        named(text)
        for item in framework.competences
        for text in item.support
        if text.levels or text.kind.value in ("läraktivitet", "lär dig mer")
    ]
    assert Counter(shown_supports(pages["stod/lara-mer/"])) == Counter(learning)


def test_links_of_the_framework(pages: Pages, framework: Framework) -> None:
    """Every link of the framework is on its words: in the support texts, and among the site's own links."""
    for item in framework.competences:
        for url in (f"ramverket/{item.id}/", "stod/"):
            shown = {(link.text, link.get("href")) for link in pages[url].one("article").all("a")}
            missing = [k for t in item.support for k in t.links if (k.text, k.url) not in shown]
            assert not missing, f"{item.id} on {url}"
    shown = {(link.text, link.get("href")) for page in pages.values() for link in page.all("a")}
    assert not [link for link in framework.basics.links if (link.text, link.url) not in shown]


def test_areas_and_motivation(pages: Pages, framework: Framework) -> None:
    """Each area's statement is on its page, on its competences' pages and among the levels."""
    scale = list(framework.basics.motivation.scale)
    for area in framework.areas:
        statement = squeezed(area.motivation)
        own = [f"ramverket/omrade-{area.id}/", *(f"ramverket/{c.id}/" for c in framework.by_area[area.id])]
        for url in own:
            motivation = pages[url].one("section", class_="motivation")
            assert motivation.one("h2").text == framework.basics.motivation.title, url
            assert motivation.one("blockquote").text == statement, url
            assert [step.text for step in motivation.one("ol").all("li")] == scale, url
        assert statement in pages["ramverket/nivaerna/"].text, area.id
        page = pages[own[0]].one("article")
        assert page.one("h1").text == f"{area.id}. {area.name}"
        cards = [(c.one("h2").text, c.one("p").text) for c in page.all("section", class_="card")]
        competences = framework.by_area[area.id]
        assert cards == [(f"{c.id} {c.title}", squeezed(c.definition)) for c in competences]
        for role in area.roles:
            assert framework.role[role].name.lower() in page.one("p", class_="lead").text, area.id


def test_principles_levels_and_process(pages: Pages, framework: Framework) -> None:
    """The principles, the names of the levels and the steps of the year are shown in full, in order."""
    basics = framework.basics
    article = pages["ramverket/sa-anvander-vi-ramverket/"].one("article")
    principles = article.one("dl", class_="principles")
    assert [e.text for e in principles.all("dt")] == [item.name for item in basics.principles]
    assert [e.text for e in principles.all("dd")] == [squeezed(item.text) for item in basics.principles]
    for url in ("ramverket/sa-anvander-vi-ramverket/", "om/"):
        steps = [step.text for step in pages[url].one("ol", class_="process").all("li")]
        assert steps == [squeezed(f"{step.name} {step.text}") for step in basics.process], url
    stairs = pages["ramverket/nivaerna/"].one("ol", class_="staircase").all("li")
    assert [step.text for step in stairs] == [f"Nivå {item.level} {item.name}" for item in basics.levels]
    for text in basics.introduction:
        assert squeezed(text) in pages["ramverket/"].text


def test_role_pages(pages: Pages, framework: Framework) -> None:
    """A role's page has the whole role at a glance, then each expected level with its text.

    The glance marks what is higher than for everyone, and the ways on carry the role along.
    """
    [general] = [role for role in framework.roles if role.general]
    for role in framework.roles:
        article = pages[f"roller/{role.id}/"].one("article")
        assert article.one("h1").text == role.name
        ways = [link.get("href") for link in article.one("p", class_="actions").all("a")]
        assert ways[:2] == [f"../../sjalvskattning/#roll-{role.id}", f"../../stod/lara-mer/#roll-{role.id}"]
        glance = {row.one("th").text: row.one("td").text for row in article.one("table").all("tr")[1:]}
        wanted = {}
        for item in framework.competences:
            if level := item.expected.by_role.get(role.id):
                higher = level > item.expected.by_role.get(general.id, level)
                mark = f" ▲högre än för {general.name.lower()}" if higher else ""
                wanted[f"{item.id} {item.title}"] = starred(str(level), item) + mark
        assert glance == wanted, role.id
        shown = [
            (row.one("h3").text, row.one(class_="profile-level").text, row.one(class_="descriptor").text)
            for row in article.all(class_="profile-row")
        ]
        expected = [
            (
                f"{item.id} {item.title}",
                f"{starred(f'Nivå {level}', item)} {framework.level_name(level)}",
                squeezed(item.levels[level]),
            )
            for item in framework.competences
            if (level := item.expected.by_role.get(role.id))
        ]
        assert shown == expected, role.id
        others = [item for item in framework.competences if role.id in item.expected.not_relevant]
        assert all(f"{item.id} {item.title}" in article.text for item in others), role.id


def test_matrix(pages: Pages, framework: Framework) -> None:
    """The matrix has the expected level of every role in every competence, in words where there is none."""
    table = pages["roller/jamfor/"].one("table", class_="matrix")
    rows = {row.get("data-competence"): row for row in table.all("tr") if row.get("data-competence")}
    assert list(rows) == [item.id for item in framework.competences]
    for item in framework.competences:
        cells = {cell.get("data-role"): cell.text for cell in rows[item.id].all("td")}
        assert list(cells) == [role.id for role in framework.roles]
        for role, text in cells.items():
            absent = "Ej relevant" if role in item.expected.not_relevant else "–Ingår inte"
            level = item.expected.by_role.get(role)
            assert text == (str(level) if level else absent), f"{item.id} {role}"
        assert rows[item.id].one("th").text == starred(f"{item.id} {item.title}", item), item.id


def test_whole_framework(pages: Pages, framework: Framework) -> None:
    """The decided tables have every descriptor and every role under its level, an area a sheet."""
    sheets = pages["ramverket/hela/"].one("article").all("section", class_="sheet")
    for area, sheet in zip(framework.areas, sheets, strict=True):
        bodies = sheet.all("tbody")
        for item, body in zip(framework.by_area[area.id], bodies, strict=False):
            texts, roles = body.all("tr")
            head = texts.one("th").text
            assert head == squeezed(f"{item.id} {item.title} Definition: {item.definition}"), item.id
            assert [cell.text for cell in texts.all("td")] == [squeezed(item.levels[n]) for n in LEVELS]
            for level, cell in zip(LEVELS, roles.all("td"), strict=True):
                names = {framework.role[role].name for role in item.expected.levels.get(level, ())}
                assert {name.text for name in cell.all("span")} == (names or {"Ingen roll"}), item.id
        assert squeezed(area.motivation) in bodies[-1].text


def test_questions_terms_and_passages(pages: Pages, framework: Framework) -> None:
    """Questions with answers, explained words, and the passages about the framework are there in full."""
    for item, section in zip(
        framework.questions, pages["fragor-och-svar/"].all("section", class_="question"), strict=True
    ):
        assert section.one("h2").text == squeezed(item.question)
        assert squeezed(item.answer) in section.text, item.id
        assert ("Öppen fråga" in section.text) is item.open, item.id
    terms = pages["stod/ord/"].one("div", class_="terms")
    words = {word.text.casefold() for word in terms.all("h2")}
    wanted = list(framework.basics.explained())
    wanted += [(w, s.text) for c in framework.competences for s in c.support for w in s.terms]
    for word, text in wanted:
        assert word.casefold() in words
        assert squeezed(text) in terms.text, word
    for passage in framework.basics.sections:
        # The passage that introduces the principles is above them.
        own = passage.id == framework.site.principles
        page = pages["ramverket/sa-anvander-vi-ramverket/" if own else "om/"]
        place = page.one(id=passage.id).parent
        assert place, passage.id
        points = [text for point in passage.points for text in (point.text, *point.points)]
        assert passage.title in [heading.text for heading in place.all() if heading.tag in ("h2", "h3")]
        for text in (*passage.text, *points):
            assert squeezed(text) in place.text, passage.id


def test_sources_are_told(pages: Pages, framework: Framework) -> None:
    """The sources page lists every document, correction, note, and each unsure row with its alternatives."""
    article = pages["om/kallor/"].one("article")
    sources = framework.sources
    told = [text for item in sources.documents for text in (item.name, item.title)]
    told += [text for item in sources.mends for text in (item.where, item.before, item.after, item.why)]
    told += [text for item in sources.notes for text in (item.where, item.text)]
    told += [item.part for item in sources.origins]
    assert [text for text in told if squeezed(text) not in article.text] == []
    readings = {e.one("h3").get("id"): e for e in article.all("section", class_="reading")}
    assert list(readings) == [f"rad-{item.id}" for item in framework.unsure()]
    for item in framework.unsure():
        expected = [item.expected.levels, *item.expected.alternatives]
        lists = readings[f"rad-{item.id}"].all("ul")
        for levels, shown in zip(expected, lists, strict=True):
            rows = [row.text.partition(": ") for row in shown.all("li")]
            names = {
                f"Nivå {level}": {framework.role[role].name for role in roles}
                for level, roles in levels.items()
            }
            assert {level: set(roles.split(", ")) for level, _, roles in rows} == names, item.id
        notes = competence_page(pages, item).all("p", class_="unsure")
        assert [note.one("a").get("href") for note in notes] == [f"../../om/kallor/#rad-{item.id}"]


def test_waiting_levels_are_marked_once(pages: Pages) -> None:
    """A page with an asterisk at a level explains it once, and no other page has the explanation."""
    for url, page in pages.items():
        # The sheets for talks are printed one by one, so each of them has it.
        for place in page.all("section", class_="talk") or [page]:
            notes = [note.text for note in place.all("p", class_="unsure") if "*" in note.text]
            assert len(notes) == bool(place.all("span", class_="star")), url
            assert all(note.startswith("Nivåer märkta * väntar på att bekräftas.") for note in notes), url


#: Times of the year that were news once.
PAST = re.compile(r"(våren|hösten|mars) 202[45]")


def test_past_dates_are_no_news(pages: Pages) -> None:
    """What was to be done in 2024 and 2025 is described as decided for the first round."""
    found: Counter[str] = Counter()
    for url, page in pages.items():
        kicker = heading = ""
        for element in page.one("article"):
            if element.get("class") == "kicker":
                kicker = element.text
            if element.tag == "h2":
                heading, kicker = f"{kicker} {element.text}", ""
            if element.tag in ("p", "li", "dd") and PAST.search(element.text):
                found[url] += 1
                assert "örsta omgången" in heading + element.text, f"{url}: {element.text}"
    assert set(found) >= {"om/", "fragor-och-svar/"}


def test_start(pages: Pages, framework: Framework) -> None:
    """The front page first asks for the role and leads to it, and to the self-check with it chosen."""
    article = pages[""].one("article")
    assert article.one("h1").text == "Vad är din roll?"
    links = [link.get("href") for link in article.all("a")]
    wanted = [
        to for role in framework.roles for to in (f"roller/{role.id}/", f"sjalvskattning/#roll-{role.id}")
    ]
    assert links[: len(wanted)] == wanted
    doors = [door.one("a").get("href") for door in article.one("ul", class_="doors").all("li")]
    assert links[len(wanted) :][:3] == doors == ["sjalvskattning/", "ramverket/", "workshop/"]
    common = sum(not framework.area[item.area_id].roles for item in framework.competences)
    for url in ("", "ramverket/"):  # the numbers are given once
        said = re.findall(rf"\b(?:{common}|tolv) (?:del)?kompetenser", pages[url].one("article").text)
        assert len(said) <= 1, url


# What every page has


def test_every_page_says_what_it_is(pages: Pages, framework: Framework) -> None:
    """A page is in Swedish, has a title and a description of its own, a way back, its version and date."""
    titles = Counter(page.one("title").text for page in pages.values())
    assert [title for title, times in titles.items() if times > 1] == []
    stamp = f"{framework.basics.version}, {framework.basics.date}"
    for url, page in pages.items():
        assert page.one("html").get("lang") == "sv", url
        assert page.one("meta", name="description").get("content"), url
        footer = page.one("footer")
        assert framework.basics.title in footer.text, url
        assert f"Version {stamp}" in footer.text, url
        assert "Tillgänglighet" in [link.text for link in footer.all("a")], url
        if url in ("", "404.html"):
            continue
        crumbs = page.one("nav", class_="path").all("li")
        assert crumbs[0].one("a").text == "Start", url
        assert crumbs[-1].get("aria-current") == "page", url
        assert f"version {stamp}" in page.one("p", class_="provenance").text, url
    descriptions = Counter(page.one("meta", name="description").get("content") for page in pages.values())
    assert [text for text, times in descriptions.items() if times > 1] == []


def written(framework: Framework) -> dict[str, str]:
    """The Markdown behind each page: what is made of the framework, and what is in `docs/`."""
    docs = ROOT / "docs"
    texts = {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")}
    texts |= made_pages(framework)
    return {re.sub(r"(^|/)index/$", r"\1", name.replace(".md", "/")): text for name, text in texts.items()}


def test_edit_links(site: Path, pages: Pages, subpath_site: Path, framework: Framework) -> None:
    """A page leads to the editor with its YAML file open, and to where that file is kept, if anywhere."""
    subpath_pages = read_pages(subpath_site)
    texts = written(framework)
    assert texts.keys() == pages.keys() - {"404.html"}
    for url, text in texts.items():
        found = re.search(r"^source: (\S+)$", text, re.MULTILINE)
        if found is None:
            assert "{{" not in text, url
            continue
        source = found[1]
        assert (ROOT / source).exists(), url
        _, link = subpath_pages[url].one("p", class_="provenance").all("a")
        assert link.text == "Källa till sidans text", url
        assert link.get("href") == f"https://kod.example/kompetenstrappan/edit/main/{source}", url
        own = pages[url].one("p", class_="provenance").one("a")
        assert own.text == "Föreslå en ändring", url
        file = f"#{source}" if source.startswith("framework/") and (ROOT / source).is_file() else ""
        assert urljoin(BASE + url, own.get("href")) == f"{BASE}redigera/{file}", url
        assert not file or pages["redigera/"].one("section", id=source), url


def test_every_page_is_closed(pages: Pages) -> None:
    """A page starts with the policy and holds nothing that it forbids: nothing inline or from outside."""
    for url, page in pages.items():
        head = [element for element in page.one("head").content if isinstance(element, Element)]
        assert head[0].get("charset") == "utf-8", url
        assert head[1].get("http-equiv") == "Content-Security-Policy", url
        assert head[1].get("content") == CSP_META, url
        assert not page.all("style"), url
        assert not [e.tag for e in page for name in e.attributes if name == "style" or name.startswith("on")]
        for script in page.all("script"):
            if script.get("type") not in ("application/json", "text/plain"):
                assert script.get("src"), url
                assert not squeezed("".join(map(str, script.content))), url
        for element, address in addresses(page):
            if element.tag in RESOURCES and element.get("rel") != "canonical":
                assert not urlsplit(address).scheme, f"{url}: {address}"
        assert not page.all("base") + page.all("iframe") + page.all("object") + page.all("embed"), url
        outside = [e.get("href") for e in page.all("a") if urlsplit(e.get("href")).scheme]
        assert not [to for to in outside if not to.startswith(("https://", "http://", "mailto:", "tel:"))], (
            url
        )


@pytest.mark.wcag(
    "1.3.1",
    shows="En huvudrubrik, rubriker i ordning, tabeller med rubriker och namn.",
    where="Alla sidor",
)
def test_every_page_has_its_structure(pages: Pages) -> None:
    """A page has one main heading, headings in order, unique ids, and landmarks with different names."""
    for url, page in pages.items():
        body = page.one("body")
        levels = [int(e.tag[1]) for e in body if re.fullmatch("h[1-6]", e.tag)]
        assert levels.count(1) == 1, url
        assert levels[0] == 1, url
        assert all(after <= before + 1 for before, after in pairwise(levels)), url
        ids = Counter(page.ids)
        assert [name for name, times in ids.items() if times > 1] == [], url
        for tag in ("header", "main", "footer"):
            assert len(body.all(tag)) == 1, f"{url}: <{tag}>"
        names = [nav.get("aria-label") for nav in body.all("nav")]
        assert all(names), url
        assert len(names) == len(set(names)), url
        for element in body:
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                missing = set(element.get(attribute).split()) - set(ids)
                assert not missing, f"{url}: {attribute} {missing}"
        assert not [table for table in body.all("table") if not table.all("th")], url
        inside = [id(e) for template in body.all("template") for e in template]  # filled by a script
        for table in (table for table in body.all("table") if id(table) not in inside):
            assert table.all("caption") or table.get("aria-labelledby"), f"{url}: {table.text[:60]}"


@pytest.mark.wcag(
    "2.4.5",
    shows="Menyn har vägen till sidan.",
    where="Alla sidor",
)
def test_nav_is_short(pages: Pages) -> None:
    """The menu unfolds the way to the current page only, so that pages do not grow with the site."""
    for url, page in pages.items():
        menu = page.one("nav", class_="menu")
        current = menu.all("a", aria_current="page")
        assert len(current) == (0 if url == "404.html" else 1), url
        assert len(menu.all("a")) <= 40, url


# Building


def test_sitemap(subpath_site: Path) -> None:
    """A site with a known address lists every page for search engines, once."""
    listed = re.findall("<loc>(.*?)</loc>", (subpath_site / "sitemap.xml").read_text("utf-8"))
    pages = [url for url in read_pages(subpath_site) if url != "404.html"]
    assert Counter(listed) == Counter(BASE + url for url in pages)
    packed = gzip.decompress((subpath_site / "sitemap.xml.gz").read_bytes())
    assert packed == (subpath_site / "sitemap.xml").read_bytes()


def test_two_builds_are_equal(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again gives the same files, byte for byte, whatever the order of Python's sets."""
    monkeypatch.setenv("PYTHONHASHSEED", "4242")
    again = tmp_path / "site"
    problem = build(ROOT, again)
    assert not problem, problem
    files = [
        {f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file()} for root in (site, again)
    ]
    assert files[0] == files[1]
    _, different, unread = filecmp.cmpfiles(site, again, sorted(files[0]), shallow=False)
    assert different + unread == []


def test_mistakes_stop_the_build(tmp_path: Path) -> None:
    """Three mistakes in the YAML give three lines with file and line, no traceback, and no site."""
    root = copy_project(tmp_path / "project")
    mistakes = {
        "framework/areas.yml": ("motivation:", "motivering:"),
        "framework/competences/1.1.yml": ("  5: >-", "  6: >-"),
        "framework/roles.yml": ("part: stadsbiblioteket", "part: stadsbiblioteken"),
    }
    for name, (right, wrong) in mistakes.items():
        file = root / name
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    command = [sys.executable, "-m", "macros.site.build"]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    *told, last = done.stderr.splitlines()
    assert [re.sub(r":\d+: .*", "", line) for line in told] == list(mistakes)
    assert last == "Webbplatsen byggdes inte. Rätta det som står ovan."
    assert not (root / "site").exists()
