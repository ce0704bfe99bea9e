"""What templates, scripts, style sheets and Python agree on, read from their sources, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import signature
from types import NoneType
from typing import Any, get_origin

import pytest

from macros.model import Framework
from macros.protocol_types import TYPES, typescript
from macros.render.pages import PAGES
from macros.render.text import shade
from macros.render.view import View
from macros.site.publish import Published
from quiz.protocol.reply import State, Templates
from tests.pages import Element, parse
from tests.project import ROOT
from tests.shapes import alternatives, fields, item

#: An attribute with a path → the kinds of values that it can show.
PATHS = {
    "data-text": {"text"},
    "data-set": {"text", "flag"},
    "data-if": {"text", "flag", "list", "object"},
    "data-each": {"list"},
}


def sources(*patterns: str, without: str = "") -> str:
    """The text of all files that match, without comments of Jinja and without the file of a name."""
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file.name != without)
    assert files
    return re.sub(r"\{#.*?#\}", "", "\n".join(file.read_text("utf-8") for file in files), flags=re.DOTALL)


PAGE_SOURCES = sources("macros/templates/*.html", "macros/theme/**/*.html", "docs/**/*.md")
# The editor's page fills its templates with what another program answers; test_proposal.py runs it.
QUIZ_SOURCES = sources("macros/templates/*.html", without="edit.html")
SCRIPTS = sources("quiz/browser/*.mjs", "macros/editor/browser/*.mjs", "docs/assets/*.js")
STYLES = sources("quiz/browser/*.css", "macros/editor/browser/*.css", "docs/assets/*.css")


# The paths in the <template>s lead to something in a reply


def values(shape: Any, path: str) -> list[Any]:
    """The types of what is at a path in data of this type; null, which a script passes over, is left out."""
    found = [part for part in alternatives(shape) if part is not NoneType]
    for key in () if path == "." else path.split("."):
        unknown = [part for part in found if key not in fields(part)]
        if unknown or not found:
            raise LookupError(f"there is no {key}")
        found = [
            inner for part in found for inner in alternatives(fields(part)[key]) if inner is not NoneType
        ]
    return found


def kind(shape: Any) -> str:
    """What a value of this type is to a template."""
    if item(shape):
        return "list"
    if fields(shape) or get_origin(shape) is dict:
        return "object"
    return "flag" if shape is bool else "text"


def problems(template: Element, shape: Any) -> Iterator[str]:
    """Yield the paths of a template that its data lacks or that have the wrong kind."""
    for element in own(template):
        for name in PATHS.keys() & element.attributes.keys():
            pairs = element.get(name).split(" ")
            for path in [pair.removeprefix("!").rpartition(":")[2] for pair in pairs]:
                try:
                    found = values(shape, path)
                except LookupError as missing:
                    yield f'{name}="{path}": {missing}'
                    continue
                if not {kind(part) for part in found} <= PATHS[name]:
                    yield f'{name}="{path}": {kind(found[0])}'
                elif name == "data-each":
                    for part in found:
                        yield from problems(element, item(part))


def own(template: Element) -> Iterator[Element]:
    """Every element of a template, but not what is in the templates inside of it."""
    for element in (child for child in template.content if isinstance(child, Element)):
        yield element
        if element.tag != "template":
            yield from own(element)


@pytest.fixture(scope="module")
def pages(framework: Framework) -> dict[str, Element]:
    """The pages that need no argument, by the name of their renderer."""
    view = View(
        framework, Published(app="app/", runtime="runtime/", search="search/", editor="editor/", files={})
    )
    plain = {name: renderer for name, renderer in PAGES.items() if len(signature(renderer).parameters) == 1}
    return {name: parse(renderer(view).html) for name, renderer in plain.items()}


def test_templates_ask_for_what_a_reply_holds(pages: dict[str, Element]) -> None:
    """Every data-text, data-if, data-set and data-each is a path in what its template is filled with."""
    templates = {
        element.get("id").removeprefix("t-"): element
        for name, page in pages.items()
        for element in page.all("template")
        if element.get("id").startswith("t-") and name != "edit"
    }
    shapes = fields(Templates)
    assert templates.keys() == shapes.keys()
    wrong = {name: list(problems(template, shapes[name])) for name, template in templates.items()}
    assert not any(wrong.values()), wrong
    written = set(re.findall(r'\bdata-(?:text|if|set|each)="[^"{]+"', QUIZ_SOURCES))
    seen = {f'{name}="{e.get(name)}"' for t in templates.values() for e in t for name in PATHS if e.get(name)}
    assert written <= seen, "in a template that no page has"


@pytest.mark.parametrize(
    "html",
    [
        '<p data-text="plan.time_wy"></p>',
        '<p data-if="!plan.redy"></p>',
        '<p data-set="title:plan.scope lang:plan.lang"></p>',
        '<p data-text="plan"></p>',
        '<p data-text="plan.ready"></p>',
        '<template data-each="plan"></template>',
        '<template data-each="areas"><p data-text="plan.time"></p></template>',
        '<template data-each="areas"><template data-each="competences"><p data-if="nxt"></p>'
        "</template></template>",
        '<template data-each="sheet.document.sections"><template data-each="rows"><p data-text="."></p>'
        "</template></template>",
    ],
)
def test_a_path_that_leads_nowhere_is_found(html: str) -> None:
    """Each kind of slip in a path is one problem."""
    assert len(list(problems(parse(html), State))) == 1


def test_scripts_fill_every_template_and_place() -> None:
    """What is filled by name is in the protocol, has a place on the page, and every place is filled."""
    names = set(fields(Templates))
    assert set(re.findall(r'\bfill\(\s*"([a-z]+)"', SCRIPTS)) == names
    assert set(re.findall(r'data-fill="([a-z]+)"', QUIZ_SOURCES)) == names


# The data- names that scripts, pages and style sheets have in common

#: What is for others than our own scripts and style sheets.
FOREIGN = {"md-component": "the theme"}


def dashed(name: str) -> str:
    """An attribute's name, as HTML writes what JavaScript calls `idleSeconds`."""
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def asked_for() -> set[str]:
    """The names after data- that a script reads or writes."""
    taken = re.findall(r"\{ ([\w, ]+) \} = [^;\n]*\.?dataset\b", SCRIPTS)
    taken += re.findall(r"dataset: \{ (\w+)", SCRIPTS)
    found = {name for names in taken for name in names.split(", ")}
    found |= set(re.findall(r"\bdataset\.(\w+)", SCRIPTS)) | set(
        re.findall(r'"(\w+)" in (?:\w+\.)?dataset\b', SCRIPTS)
    )
    return {dashed(name) for name in found} | set(re.findall(r'["[.` ]data-([a-z]+(?:-[a-z]+)*)', SCRIPTS))


def set_by_scripts() -> set[str]:
    """The names after data- that a script puts on the page itself."""
    written = re.findall(r"\bdataset\.(\w+) = ", SCRIPTS)
    return set(map(dashed, written)) | set(re.findall(r'toggleAttribute\(\s*"data-([a-z-]+)"', SCRIPTS))


def test_what_scripts_ask_for_is_on_a_page() -> None:
    """Every data- name in a script is in a template or page, unless the script puts it there."""
    on_pages = set(re.findall(r"\bdata-([a-z]+(?:-[a-z]+)*)", PAGE_SOURCES))
    assert asked_for() - on_pages - set_by_scripts() == set()


def test_what_is_on_a_page_is_used() -> None:
    """Every data- name in a template or page, or set by a script, is used by a script or a style sheet."""
    on_pages = set(re.findall(r"\bdata-([a-z]+(?:-[a-z]+)*)", PAGE_SOURCES))
    styled = set(re.findall(r"(?:\[|attr\()data-([a-z-]+)", STYLES))
    assert on_pages - asked_for() - styled == set(FOREIGN)


def test_sentences_of_the_page_have_the_names_that_scripts_use() -> None:
    """Every sentence that a script uses by name is on the page, and every one on the page is used."""
    named = set(re.findall(r'data-name="([a-z-]+)"', PAGE_SOURCES))
    assert set(re.findall(r'\bsentence\("([a-z-]+)"\)', SCRIPTS)) <= named
    assert {name for name in named if f'"{name}"' not in SCRIPTS} == set()


# The shades of levels


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_every_level_has_a_shade_of_its_own(count: int) -> None:
    """Up to six levels each has a shade in the style sheets: in the light, in the dark and on paper."""
    shades = [shade(level, count) for level in range(1, count + 1)]
    assert len(set(shades)) == count
    for number in shades:
        assert re.search(rf"^\.l{number} \{{\s*--l: var\(--l{number}\);", STYLES, re.MULTILINE)
        assert len(re.findall(rf"--l{number}: #", STYLES)) == 3


# The types for the page's scripts


def test_types_for_the_scripts_are_those_of_python() -> None:
    """`quiz/browser/protocol.d.ts` is what `make types` writes."""
    assert (ROOT / TYPES).read_text("utf-8") == typescript(ROOT)
