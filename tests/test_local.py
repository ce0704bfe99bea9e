"""Support texts of parts of the organisation and of roles: with whose they are, to those they are for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

from macros.changes import Weight, changes
from macros.data import framework_json
from macros.downloads import csv_file, json_file, tables
from macros.load import load
from macros.model import Framework
from macros.render.pages import PAGES
from macros.search.index import entries
from macros.slides.deck import deck
from macros.versions import plain
from quiz import bridge, profile
from tests.conftest import Watched, axe
from tests.pages import parse
from tests.project import (
    ACTIVITY,
    EXAMPLE,
    FOR_ONE,
    NAME,
    OTHER,
    PART,
    ROOT,
    changed,
    local_example,
    with_local,
)
from tests.test_browser import noted
from tests.test_render import every_page


@pytest.fixture(scope="module")
def bare(framework: Framework) -> Framework:
    """The real framework without texts of parts and roles, if it has any."""
    competences = (changed(item, support=item.shared_support) for item in framework.competences)
    return changed(framework, competences=tuple(competences), local=())


@pytest.fixture(scope="module")
def local(bare: Framework) -> Framework:
    """The framework with two texts of a part and one for a role in its first competence, the last of all."""
    return with_local(bare)


@pytest.fixture(scope="module")
def texts(local: Framework) -> dict[str, str]:
    """Name of each page → its text."""
    return {name: parse(page.html).text for name, page in every_page(local).items()}


def test_pages_show_them_with_whose_they_are(local: Framework, texts: dict[str, str]) -> None:
    """Each page that shows support says whose a text is."""
    number, part = local.competences[0].id, [role.id for role in local.roles if role.part == PART]
    for name in (f"competence {number}", "learn", "support"):
        assert f"Exempel, nivå 2, {NAME} {EXAMPLE}" in texts[name], name
        assert f"Läraktivitet, {NAME} {ACTIVITY}" in texts[name], name
        assert f"Läraktivitet, för systemägare {FOR_ONE}" in texts[name], name
    for role in local.roles:
        page = texts[f"role {role.id}"]
        assert (f"Exempel, nivå 2, {NAME} {EXAMPLE}" in page) == (role.id in part), role.id
        assert (FOR_ONE in page) == (role.id == OTHER), role.id
    assert f"{NAME}. {EXAMPLE}" in texts["level_cards"]
    assert f"{NAME}. Exempel från oss, 2026-10-01" in texts["sources"]
    assert f"Bokningssystemet {ACTIVITY} {NAME}" in texts["terms"]
    assert f"Exempel, {NAME} {EXAMPLE}" in texts["self_check"]


def test_without_them_nothing_speaks_of_them(bare: Framework, texts: dict[str, str]) -> None:
    """No page, table or data of a framework without such texts has a word about them."""
    pages = {name: parse(page.html).text for name, page in every_page(bare).items() if name != "edit"}
    for words in ("egna stödtexter", "stödtexterna själva", "Exempel från oss", "bokningssystemet"):
        assert [name for name, text in pages.items() if words in text] == [], words
    assert "Delarnas egna stödtexter" in texts["sources"]
    assert "data-whom" not in "".join(page.html for page in every_page(bare).values())
    assert tables(bare)[3].headings == ("Nummer", "Kompetens", "Sort", "Nivåer", "Text", "Länkar")
    assert "whose" not in framework_json(bare)
    assert "local" not in json.loads(json_file(bare))


def test_those_they_are_for_see_them_first(local: Framework) -> None:
    """Where a role is known, its own texts come first, and no other role's are there."""
    data = json.loads(framework_json(local))
    for role in local.roles:
        item, *_ = profile.applies(data, [role.id])
        own = [text["text"] for text in item["support"]][: 2 if role.part == PART else 1]
        wanted = [EXAMPLE, ACTIVITY] if role.part == PART else [FOR_ONE] if role.id == OTHER else []
        assert [text for text in own if text in (EXAMPLE, ACTIVITY, FOR_ONE)] == wanted, role.id
        assert len(item["support"]) == len(local.competences[0].shared_support) + len(wanted), role.id
    learn = parse(every_page(local)["learn"].html).all("section", class_="learn")[0]
    whom = ["data-whom" in text.attributes for text in learn.all("ul")]
    assert whom == sorted(whom, reverse=True)


def test_next_step_has_the_text_of_the_chosen_role(local: Framework) -> None:
    """The result of the self-check shows a part's text, with its name, to a reader of that part alone."""
    number = local.competences[0].id
    bridge.use(framework_json(local))

    def shown(role: str) -> list[tuple[str, str]]:
        request = {
            "id": 1,
            "kind": "state",
            "roles": [role],
            "scope": "all",
            "answers": {number: {"pick": 1}},
        }
        reply = json.loads(bridge.handle(json.dumps(request)))
        (detail,) = (item for area in reply["details"]["areas"] for item in area["competences"])
        return [(text["kind"], text["text"]) for text in detail["next"]["support"]]

    own = next(role.id for role in local.roles if role.part == PART)
    assert (f"exempel, {NAME}", EXAMPLE) in shown(own)
    assert (f"läraktivitet, {NAME}", ACTIVITY) in shown(own)
    assert ("läraktivitet, för systemägare", FOR_ONE) in shown(OTHER)
    everyone = {text for _, text in shown("chef")}
    assert everyone & {EXAMPLE, ACTIVITY, FOR_ONE} == set()


def test_downloads_say_whose_they_are(local: Framework) -> None:
    """The table of support tells part, roles and document; the JSON is read again as the same framework."""
    table = next(table for table in tables(local) if table.file == "stod")
    assert table.headings[-3:] == ("Del", "Roller", "Dokument")
    row = next(row for row in table.rows if EXAMPLE in row)
    names = ", ".join(role.name for role in local.roles if role.part == PART)
    assert row[-3:] == (NAME, names, "Exempel från oss, 2026-10-01")
    assert next(row for row in table.rows if FOR_ONE in row)[-3:] == ("", "Systemägare", "")
    assert next(row for row in table.rows if row[-3:] == ("", "", ""))
    assert EXAMPLE.encode() in csv_file(table)
    again = Framework.model_validate_json(json_file(local))
    assert again.model_dump() == local.model_dump()


def test_search_and_workshop(bare: Framework, local: Framework) -> None:
    """The search finds them by whose they are; the slides, which are for everyone, do not show them."""
    labels = [passage["label"] for entry in entries(local, []) for passage in entry.get("passages", ())]
    assert f"Exempel, nivå 2, {NAME}" in labels
    assert deck(local) == deck(bare)


def test_no_new_version_follows(bare: Framework, local: Framework) -> None:
    """What a part changes in its own texts is told, but dated by its own document."""
    found = changes(plain(bare), plain(local))
    assert len(found) == 3
    assert {change.weight for change in found} == {Weight.NONE}
    assert str(found[0]).startswith("Tillagt: Kompetens 1.1, egen stödtext «Exempel på nivå 2")


def test_file_of_a_part_is_read_as_the_guide_shows_it(tmp_path: Path) -> None:
    """The guide's example gives each competence its texts, last, from that part."""
    for name in ("framework", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "framework" / "support" / "kulturskolan.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(local_example(), "utf-8")
    framework = load(tmp_path)
    last = [item.support[-1] for item in framework.competences if item.support]
    one, other = (text for text in last if text.parts == ("kulturskolan",))
    assert framework.readers(one) == ("medarbetare",)
    assert set(framework.readers(other)) == {r.id for r in framework.roles if r.part == "kulturskolan"}
    assert [source.part for source in framework.local] == ["kulturskolan"]


def with_page(watched: Watched, path: str, before: str, after: str) -> None:
    """Let the browser get a page of the site with another framework's text in it."""

    def fulfil(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        assert text.count(before) == 1, f"{path} is not made of this framework"
        route.fulfill(response=response, body=text.replace(before, after))

    watched.context.route(f"{watched.address}{path}", fulfil)


@pytest.mark.parametrize(("macro", "path"), [("learn", "stod/lara-mer/"), ("self_check", "sjalvskattning/")])
def test_scripts_show_them_to_the_chosen_roles(
    watch: Callable[..., Watched], framework: Framework, local: Framework, macro: str, path: str
) -> None:
    """A text for some roles is in view when one of them is chosen, and never when others are."""
    watched = watch()
    root, others = "../" * path.count("/"), PAGES.keys() - {macro}
    pages = [every_page(version, root, others)[macro].html for version in (framework, local)]
    with_page(watched, path, *pages)
    page = watched.open(path)
    item = local.competences[0]
    texts = [page.locator("li.support", has_text=text).first for text in (EXAMPLE, ACTIVITY, FOR_ONE)]

    def shown() -> list[bool]:
        return [text.evaluate("text => !text.closest('[data-whom][hidden]')") for text in texts]

    def choose(role: str) -> None:
        if macro == "learn":
            page.select_option("#filter-role", role)
            return
        page.locator("[name=role]:checked").evaluate_all("all => all.forEach((one) => one.click())")
        page.locator(f"[name=role][value={role}]").evaluate("one => one.click()")

    part = next(r.id for r in local.roles if r.part == PART and item.expected.by_role.get(r.id) == 2)
    assert shown() == [macro == "learn"] * 3
    for role, wanted in ((part, [True, True, False]), (OTHER, [False, False, True]), ("chef", [False] * 3)):
        choose(role)
        assert shown() == wanted, role
    assert axe(page) == []
    assert not noted(watched)
