"""The renderers: every text reaches the page as text, and the same framework gives the same pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from inspect import signature
from itertools import count, pairwise
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from macros.fields import Item, Link, Text
from macros.load import load
from macros.model import Framework
from macros.render.pages import PAGES
from macros.render.text import linked
from macros.render.view import Page, View
from macros.site.build import build
from macros.site.publish import Published
from macros.support import Kind, Support
from quiz.steps import dropped_text, new_words
from quiz.words import number_word
from tests.pages import Element, parse, squeezed
from tests.project import ROOT, changed, copy_project, with_levels, write_framework

# All that could be taken for HTML, Markdown or a macro, with an empty line and an indented one.
NASTY = (
    """<script>alert(1)</script></title></script><img src=x onerror="alert(2)">"' &amp; &lt;b&gt; """
    'href="site:/x" '
    "</div> --> {{ 1/0 }} {% raw %} {# x #} __b__ *i* [a][b] <https://a.b> `c` <!-- \n\n# Rubrik\n\n    kod"
)


def with_texts(change: Callable[[str], str], value: Any, kind: Any) -> Any:
    """Return a copy of a part of the framework with every text changed.

    `kind` is the part's annotated type; texts are known by it, so that fields to come are covered as well.
    """
    if kind == Text:
        return change(value)
    if get_origin(kind) is Annotated:
        return with_texts(change, value, get_args(kind)[0])
    if isinstance(value, Item):
        hints = get_type_hints(type(value), include_extras=True)
        fields = {
            name: with_texts(change, getattr(value, name), hints[name]) for name in type(value).model_fields
        }
        if isinstance(value, Support):  # the text contains the words that carry a link
            fields["text"] += "".join(
                f" {link.text}" for link in fields["links"] if link.text not in fields["text"]
            )
        return type(value).model_construct(**fields)
    if isinstance(value, tuple):
        return tuple(with_texts(change, item, get_args(kind)[0]) for item in value)
    if isinstance(value, Mapping):
        return {key: with_texts(change, item, get_args(kind)[1]) for key, item in value.items()}
    if NoneType in get_args(kind) and value is not None:
        return with_texts(change, value, get_args(kind)[0])
    return value


def texts(framework: Framework) -> list[str]:
    """Every text of the framework."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    with_texts(note, framework, Framework)
    return found


def with_keywords(framework: Framework, *words: str) -> Framework:
    """The framework with these keywords everywhere."""
    competences, roles = (
        tuple(item.model_copy(update={"keywords": words}) for item in items)
        for items in (framework.competences, framework.roles)
    )
    return framework.model_copy(update={"competences": competences, "roles": roles})


@pytest.fixture(scope="module")
def nasty_framework(framework: Framework) -> Framework:
    """The real framework with a nasty text in place of every text; no two are the same."""
    number = count(1)
    spoiled: Framework = with_texts(lambda _: f"Tå{next(number)}. {NASTY}", framework, Framework)
    return spoiled


def every_page(framework: Framework, root: str = "", without: Collection[str] = ()) -> dict[str, Page]:
    """Every page that the renderers make of the framework, by macro name and argument."""
    view = View(
        framework,
        Published(app="app/", runtime="runtime/", search="search/", editor="editor/", files={}),
        root,
    )
    ids: dict[str, list[str]] = {
        "area_id": [item.id for item in framework.areas],
        "competence_id": [item.id for item in framework.competences],
        "role_id": [item.id for item in framework.roles],
    }
    pages: dict[str, Page] = {}
    for name, renderer in PAGES.items():
        if name in without:
            continue
        _, *wanted = signature(renderer).parameters
        if wanted:
            pages |= {f"{name} {item}": renderer(view, item) for item in ids[wanted[0]]}
        else:
            pages[name] = renderer(view)
    return pages


def page(framework: Framework, name: str) -> Element:
    """One of the pages whose renderer takes no argument."""
    return parse(every_page(framework, without=PAGES.keys() - {name})[name].html)


def markup(pages: Mapping[str, Page]) -> tuple[set[str], set[str]]:
    """The names of the elements and of the attributes in all pages."""
    elements = [element for page in pages.values() for element in parse(page.html)]
    return {item.tag for item in elements}, {name for item in elements for name in item.attributes}


def test_text_is_never_markup(framework: Framework, nasty_framework: Framework) -> None:
    """A text that looks like HTML adds no element and no attribute to any page."""
    plain_tags, plain_attributes = markup(every_page(framework))
    tags, attributes = markup(every_page(nasty_framework))
    assert tags <= plain_tags
    assert attributes <= plain_attributes
    assert "script" not in tags
    assert not [name for name in attributes if name.startswith("on")]


def test_every_text_is_on_a_page(framework: Framework, nasty_framework: Framework) -> None:
    """Every text of a framework is on a page; names are left to theme and files, keywords to the search."""
    for version in (framework, nasty_framework):
        shown = " ".join(parse(page.html).text for page in every_page(version).values()).casefold()
        hidden = {text for text in texts(with_keywords(version)) if squeezed(text).casefold() not in shown}
        site = version.site
        assert hidden <= {version.basics.title, site.name, site.description, site.organisation}


def test_links_lead_where_the_framework_says(nasty_framework: Framework) -> None:
    """A page links to pages of the site and to the framework's own addresses, and to nothing else."""
    urls = {link.url for link in nasty_framework.basics.links}
    urls.add(nasty_framework.accessibility.complaint.url)
    urls |= {link.url for item in nasty_framework.competences for text in item.support for link in text.links}
    for name, page in every_page(nasty_framework, root="../../").items():
        addresses = [item.get("href") for item in parse(page.html).all("a") if "href" in item.attributes]
        strange = [to for to in addresses if to not in urls and not to.startswith(("../../", "#"))]
        assert not strange, name


def test_a_page_is_one_block(nasty_framework: Framework) -> None:
    """Markdown takes a page as one block of HTML: it has no empty line and starts with a block element."""
    for name, page in every_page(nasty_framework).items():
        assert page.html.startswith("<div "), name
        assert all(page.html.splitlines()), name


def test_pages_are_the_same_every_time(framework: Framework) -> None:
    """The same framework gives the same pages; loading it anew changes nothing."""
    assert every_page(framework) == every_page(load(ROOT))


def test_titles_are_plain_text(nasty_framework: Framework) -> None:
    """A page's title and description are plain texts; the caller escapes them."""
    pages = every_page(nasty_framework)
    for item in nasty_framework.competences:
        page = pages[f"competence {item.id}"]
        assert page.title == f"{item.id} {item.title}"
        assert page.description == item.definition


def support(text: str, *words: str) -> Support:
    """A support text with a link on each of the words, to /1, /2, ..."""
    links = tuple(Link(text=word, url=f"https://example.org/{n}") for n, word in enumerate(words, 1))
    return Support(kind=Kind.EXAMPLE, text=text, links=links)


@pytest.mark.parametrize(
    ("item", "html"),
    [
        (support("Ingen länk & inget annat."), "Ingen länk &amp; inget annat."),
        (support("Läs mer här.", "Läs mer"), '<a href="https://example.org/1">Läs mer</a> här.'),
        (support("Läs mer <här>", "<här>"), 'Läs mer <a href="https://example.org/1">&lt;här&gt;</a>'),
        (
            support("Först ett, sedan två.", "två", "ett"),
            'Först <a href="https://example.org/2">ett</a>, sedan <a href="https://example.org/1">två</a>.',
        ),
        (support("här och här", "här"), '<a href="https://example.org/1">här</a> och här'),
        (
            support("här och här", "här", "här"),
            '<a href="https://example.org/1">här</a> och <a href="https://example.org/2">här</a>',
        ),
    ],
    ids=["none", "at the start", "at the end", "two", "repeated word", "two on the same word"],
)
def test_linked(item: Support, html: str) -> None:
    """Each link is on the first words that carry it and are free; all else is text."""
    assert linked(item) == html


def test_links_of_the_framework_are_on_their_words(framework: Framework) -> None:
    """A linked text reads as it does without links, and has each of its links once, on its words."""
    for competence in framework.competences:
        for item in competence.support:
            page = parse(linked(item))
            assert page.text == squeezed(item.text), competence.id
            found = sorted((link.text, link.get("href")) for link in page.all("a"))
            assert found == sorted((link.text, link.url) for link in item.links), competence.id


def test_worked_example_needs_no_support(framework: Framework) -> None:
    """Without support the self-check still has its worked example, of a competence of the framework."""
    bare = changed(framework, competences=tuple(changed(item, support=()) for item in framework.competences))
    for version in (framework, bare):
        view = View(
            version, Published(app="app/", runtime="runtime/", search="search/", editor="editor/", files={})
        )
        heading = parse(PAGES["self_check"](view).html).one(id="exempel")
        assert heading.parent is not None
        (item,) = (c for c in version.competences if heading.text.endswith(squeezed(f"{c.id} {c.title}")))
        assert any(squeezed(text) in heading.parent.text for text in item.levels.values())


def test_new_words_are_marked(framework: Framework) -> None:
    """Each step after the first marks what is new in its text, or says that all is, and what is gone.

    What is marked is also listed in one sentence, for screen readers.
    """
    pages = every_page(framework)
    for item in framework.competences:
        steps = parse(pages[f"competence {item.id}"].html).all("li", class_="step")
        assert [step.one(class_="descriptor").text for step in steps] == list(item.levels.values()), item.id
        assert not steps[0].all(class_="new"), item.id
        for (lower, upper), step in zip(pairwise(item.levels), steps[1:], strict=True):
            where = f"{item.id} {upper}"
            new = [
                text.strip() for text, is_new in new_words(item.levels[lower], item.levels[upper]) if is_new
            ]
            everything = new == [item.levels[upper]]
            marked = [squeezed(mark.text) for mark in step.one(class_="descriptor").all(class_="new")]
            assert marked == ([] if everything else [squeezed(text) for text in new]), where
            said = f"Nytt jämfört med nivå {lower}: {'; '.join(new).rstrip('.')}." if new else ""
            said = f"Hela texten är ny jämfört med nivå {lower}." if everything else said
            dropped = dropped_text(item.levels[lower], item.levels[upper])
            told = [
                place.text for place in step.all("p") if place.get("class") in ("sr", "hint", "hint dropped")
            ]
            assert [text for text in told if "läraktivitet" not in text] == [
                *filter(None, (said, dropped))
            ], where
            assert new or dropped, where


# Frameworks that differ from today's


def with_scale(framework: Framework, count: int) -> Framework:
    """The framework with so many places on the scale of motivation."""
    scale = (*framework.basics.motivation.scale, "Stämmer helt")[:count]
    motivation = changed(framework.basics.motivation, scale=scale)
    return changed(framework, basics=changed(framework.basics, motivation=motivation))


@pytest.mark.parametrize("count", [4, 6])
def test_pages_have_the_levels_of_the_framework(framework: Framework, count: int) -> None:
    """With four or six levels every page shows just those, each in a shade of its own."""
    other = with_scale(with_levels(framework, count), count)
    pages = {name: parse(page.html) for name, page in every_page(other).items()}
    names = [f"Nivå {level}" for level in other.levels]
    shades = [item.get("class") for item in pages["levels"].one("ol", class_="staircase").all("li")]
    assert (shades[0], shades[-1]) == ("l1", "l5" if count < 6 else "l6")
    assert len(set(shades)) == count
    for item in other.competences:
        page = pages[f"competence {item.id}"]
        assert [step.one("h3").text.split(" ", 2)[:2] for step in page.all("li", class_="step")] == [
            name.split() for name in names
        ]
        assert f"De {number_word(count)} stegen" in page.text
    table, *_ = pages["whole_framework"].all("table")
    for row in table.all("tr"):
        cells = [cell for cell in row.content if isinstance(cell, Element)]
        assert sum(int(cell.get("colspan") or 1) for cell in cells) == count + 1
    for question in pages["self_check"].all("fieldset", class_="question"):
        if "motivation" in question.get("class"):
            assert len(question.all("input")) == count
        else:
            assert [level.text for level in question.all("span", class_="level")] == names
            stairs = [stair.get("data-met") for stair in question.one(class_="stairs").all("fieldset")]
            assert stairs == [str(level) for level in range(2, count)]
    del pages["sources"]  # lists the corrections to the source, level by level
    for name, page in pages.items():
        assert f"Nivå {count + 1}" not in page.text, name
    card = pages["level_cards"].all("section", class_="level-card")[0]
    assert [level.one("strong").text for level in card.one("ol").all("li")] == names


def renamed(framework: Framework, **names: str) -> Framework:
    """The framework with other names on some roles."""
    roles = tuple(changed(role, name=names.get(role.id, role.name)) for role in framework.roles)
    return changed(framework, roles=roles)


def test_roles_inside_sentences(framework: Framework) -> None:
    """Inside a sentence a role begins with a small letter, unless it is an abbreviation."""
    rest, item = framework.competences[:-1], framework.competences[-1]
    expected = changed(item.expected, not_relevant=("systemagare", "chef"))
    other = renamed(
        changed(framework, competences=(*rest, changed(item, expected=expected))), chef="IT-samordnare"
    )
    pages = {name: parse(page.html).text for name, page in every_page(other).items()}
    said = {
        "area 6": "Området gäller IT-samordnare, systemägare och systemansvarig.",
        "framework_overview": "Gäller IT-samordnare, systemägare och systemansvarig.",
        f"competence {item.id}": "Ej relevant för systemägare och IT-samordnare.",
        "whole_framework": "Ej relevant för systemägare och IT-samordnare",
        "role chef": "Skatta dig som IT-samordnare",
        "start": "Skatta dig som IT-samordnare",
        "role systemagare": "Ej relevant för systemägare",
        "self_check": "Gäller IT-samordnare, systemägare och systemansvarig.",
    }
    for name, sentence in said.items():
        assert sentence in pages[name], name
    assert "(endast för IT-samordnare, systemägare och systemansvarig)" in pages["whole_framework"]
    limited = "Område 6 har 8 kompetenser till och gäller bara IT-samordnare, systemägare och systemansvarig."
    assert limited in pages["framework_overview"]
    assert "Ej relevant för IT-samordnare" in pages["role chef"]
    assert not [name for name, text in pages.items() if "it-samordnare" in text]


def test_the_general_role_is_the_one_that_says_so(framework: Framework) -> None:
    """A reader without a role is linked to the general one, whatever its name, if there is one."""
    for general in ("koordinator", ""):
        roles = tuple(changed(role, general=role.id == general) for role in framework.roles)
        start, form = (page(changed(framework, roles=roles), name) for name in ("start", "self_check"))
        for text in (start.text, form.text):
            assert ("Koordinator är den allmänna profilen." in text) == bool(general)
            assert "Medarbetare är den allmänna" not in text


def test_numbers_in_our_own_words_are_counted(decided: Framework) -> None:
    """Areas, levels and principles are counted, and areas with a gap are written as two ranges."""
    *kept, _ = decided.basics.principles
    area = decided.area["1"]
    item = decided.competence["1.1"]
    talk = changed(decided.workshop.talk[0], area="7")
    other = changed(
        decided,
        basics=changed(decided.basics, principles=tuple(kept)),
        areas=(*decided.areas, changed(area, id="7", name="Ny", roles=decided.area["6"].roles)),
        competences=(*decided.competences, changed(item, id="7.1")),
        workshop=changed(decided.workshop, talk=(*decided.workshop.talk, talk)),
    )
    overview = page(other, "framework_overview").text
    assert "Sex utgångspunkter" in overview
    assert "Fem nivåer" in overview
    assert (
        "Område 6–7 har 9 kompetenser till och gäller bara chef, systemägare och systemansvarig." in overview
    )
    assert "Det gäller område 1–5 och 7." in page(other, "support").text


def test_the_worked_example_shows_what_support_there_is(framework: Framework) -> None:
    """The example before the self-check is a competence whose level the support speaks of."""
    first, second, *rest = framework.competences
    other = changed(framework, competences=(first, changed(second, support=()), *rest))
    worked = page(other, "self_check").one("section", class_="worked")
    assert worked.one("p", class_="hint").text.startswith("Så här kan det se ut: ")


# The same through the whole chain: YAML, loader, macros, Markdown, theme, search index.


@pytest.fixture(scope="module")
def nasty_site(nasty_framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the nasty framework, built like the real one."""
    root = copy_project(tmp_path_factory.mktemp("nasty"))
    write_framework(nasty_framework, root / "framework")
    # The check of single texts refuses them: what comes after it must not rely on that. It is left out of the
    # build alone, so that the editor's program, which has it too, need not be made anew.
    with (root / "macros" / "site" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nfrom macros import load\nload.check_wording = load.check_contents = lambda *_: None\n")
    problem = build(root, root / "site")
    assert not problem, problem
    return root / "site"


def test_text_is_never_markup_on_the_site(nasty_site: Path, nasty_framework: Framework) -> None:
    """On the built site too, no text becomes markup: no script, no picture, no heading, no macro's result."""
    pages = {file.parent.name: parse(file.read_text("utf-8")) for file in nasty_site.rglob("index.html")}
    for name, page in pages.items():
        for script in page.all("script"):
            assert script.get("src") or script.get("type") in ("application/json", "text/plain"), name
            assert "alert" not in "".join(map(str, script.content)), name
        assert not page.all("img"), name
        assert not [(e.tag, a) for e in page for a in e.attributes if a.startswith("on")], name
        assert len(page.all("h1")) == 1, name
        assert squeezed(nasty_framework.basics.title) in page.one("footer").text
    for item in nasty_framework.competences:
        page, title = pages[item.id], squeezed(f"{item.id} {item.title}")
        assert squeezed(page.one("meta", name="description").get("content")) == squeezed(item.definition)
        assert page.one("title").text.startswith(title)
        assert page.one("h1").text == title
        assert page.one("nav", class_="path").all("li")[-1].text == title
        assert page.one("nav", class_="menu").one("a", aria_current="page").text == title


def test_text_is_never_markup_in_the_search(nasty_site: Path, nasty_framework: Framework) -> None:
    """The search has every text as it was written; its field sets texts as text only."""
    (index,) = nasty_site.glob("assets/search-*/index.json")
    titles = {entry["title"] for entry in json.loads(index.read_text("utf-8"))}
    assert {f"{item.id} {item.title}" for item in nasty_framework.competences} <= titles
    assert "innerHTML" not in (index.parent / "field.js").read_text("utf-8")


def test_keywords_are_on_no_page(framework: Framework) -> None:
    """What readers call a competence or a role is for the search alone: no page shows it."""
    pages = every_page(with_keywords(framework, "Kvastskaft8317"))
    assert [name for name, page in pages.items() if "Kvastskaft" in page.html] == []


def test_data_file_holds_the_texts(nasty_site: Path, nasty_framework: Framework) -> None:
    """The framework as data has every text as it was written."""
    data = json.loads((nasty_site / "data" / "framework.json").read_text("utf-8"))
    for item, written in zip(nasty_framework.competences, data["competences"], strict=True):
        assert (written["title"], written["definition"]) == (item.title, item.definition)
        assert list(written["levels"].values()) == list(item.levels.values())
        assert [text["text"] for text in written.get("support", [])] == [text.text for text in item.support]
