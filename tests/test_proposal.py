"""The page *Föreslå en ändring*: what its Python does, and the page in a browser."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from macros.add import add_competence, add_role
from macros.editor import bridge, handover
from macros.load import load
from macros.model import Framework
from macros.site.editor import project_files
from macros.site.server import SiteServer
from macros.versions import read_versions
from tests.conftest import DESKTOP, PHONE, ROOT, Watched, axe, listened, started
from tests.engines import WebDriver, wait
from tests.pages import parse
from tests.test_load import MISTAKES, SMALL

FILE = "framework/competences/1.1.yml"
Ask = Callable[..., dict[str, Any]]
# What is said of the version when it has been raised already, for another change.
ENOUGH = "Versionen är {}. Det räcker för den här ändringen."
UNCHANGED = "Du har inte ändrat något än."
LINES = st.lists(st.sampled_from(["a\n", "b\n", "å\r\n", "\n", "\u2028\n"]), max_size=12).map("".join)
TEXT = st.one_of(st.none(), st.tuples(LINES, st.sampled_from(["", "end"])).map("".join))


@pytest.fixture(scope="module")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A Chromium that compiles Python well: the editor's works for long."""
    with started(chromium.browser_type) as browser:
        yield browser


def is_raised(framework: Framework) -> bool:
    """Whether the project claims a higher version than the last that is kept."""
    return framework.basics.version != read_versions(ROOT)[-1].version


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the editor's Python about the real project with some files changed."""
    bridge.use(json.dumps(project_files(ROOT)), str(tmp_path_factory.mktemp("project")))

    def ask(kind: str, files: dict[str, str | None], **more: Any) -> dict[str, Any]:
        request = {"kind": kind, "files": files, "open": FILE, **more}
        reply: dict[str, Any] = json.loads(bridge.handle(json.dumps(request)))
        return reply

    return ask


def apply(patch: str, folder: Path) -> None:
    """Apply a patch to the files in a folder, as whoever takes in a change does."""
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=folder, input=patch.encode(), check=True, capture_output=True)


@settings(max_examples=40)
@given(old=TEXT, new=TEXT)
def test_patch_turns_the_old_files_into_the_new(
    old: str | None, new: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`git apply` accepts every patch: of files that are new, gone, empty, with any line ends or none."""
    folder = tmp_path_factory.mktemp("patched")
    before = {"framework/å b.yml": old, "other.yml": "a\n"}
    after = {"framework/å b.yml": new, "other.yml": "a\n"}
    for name, text in before.items():
        if text is not None:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(text.encode())
    present = [{name: text for name, text in side.items() if text is not None} for side in (before, after)]
    if patch := handover.patch(*present):
        apply(patch, folder)
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*.yml")
    }
    assert found == present[1]
    assert bool(patch) == (old != new)


def test_proposal_holds_the_changed_files_and_a_patch(ask: Ask) -> None:
    """The archive has the changed files and the patch, and the same bytes for the same change."""
    text = project_files(ROOT)[FILE].replace("poddar", "podcaster")
    first, again = (ask("handover", {FILE: text}) for _ in range(2))
    assert first == again
    archive = zipfile.ZipFile(io.BytesIO(b64decode(first["zip"])))
    assert {name: archive.read(name).decode() for name in archive.namelist()} == {
        FILE: text,
        "andring.patch": first["patch"],
    }
    assert [line for line in first["patch"].splitlines() if line[:1] in "+-"][2:] == [
        "-      Exempel på digitalt innehåll är poddar, filmer, nyhetsbrev, artiklar,",
        "+      Exempel på digitalt innehåll är podcaster, filmer, nyhetsbrev, artiklar,",
    ]


def test_a_problem_is_at_its_own_field(ask: Ask) -> None:
    """Of fields that are written on one line the one that is wrong is named."""
    text = project_files(ROOT)[FILE]
    at = len(load(ROOT).competence["1.1"].support)
    link = "    links: [{text: Läs mer, url: exempel}]\n"
    added = f"{text.rstrip()}\n  - kind: lär dig mer\n    text: Läs mer i guiden.\n{link}"
    (problem,) = ask("check", {FILE: added})["problems"]
    assert problem["place"] == ["support", at, "links", 0, "url"]


def test_nothing_of_a_request_remains(ask: Ask) -> None:
    """A request about a file that is wrong, gone or new leaves the next one as it would have been."""
    text = project_files(ROOT)["framework/areas.yml"]
    wrong = ask("check", {"framework/areas.yml": text.replace("systemagare", "systemagre", 1)})
    assert [problem["message"] for problem in wrong["problems"]] == [
        'rollen "systemagre" finns inte. Menade du "systemagare"?'
    ]
    for files in ({"framework/areas.yml": None}, {"framework/x.yml": ""}):
        assert ask("check", files)["problems"]
    assert ask("check", {})["problems"] == []


def test_an_error_of_the_program_is_a_reply(ask: Ask) -> None:
    """What nobody has thought of does not end the program: the reader's text can still be handed over."""
    reply = ask("unknown", {})
    assert reply["kind"] == "error"
    assert "KeyError" in reply["detail"]


def test_meaning_says_what_where_and_for_whom(ask: Ask) -> None:
    """A changed level and sentence are said in words, with decision, version and the pages that show them."""
    changes = [
        {"op": "set", "place": ["definition"], "value": "Kompetens att formulera behov av information."},
        {"op": "level", "place": ["expected", "biblioteksvard"], "value": "4"},
    ]
    files = ask("check", {}, changes=changes)["files"]
    told = ask("meaning", files)
    assert [change["where"] for change in told["changes"]] == [
        "Kompetens 1.1, definitionen",
        "Kompetens 1.1, förväntad nivå för Biblioteksvärd",
    ]
    assert told["changes"][1]["pieces"] == [{"same": "nivå"}, {"removed": "2", "added": "4"}]
    assert "behöver ett beslut" in told["decision"]
    assert f"{read_versions(ROOT)[-1].number[0] + 1}.0" in told["version"]
    pages = {page["address"] for page in told["pages"]}
    assert {"ramverket/1.1/", "roller/biblioteksvard/", "ramverket/hela/", "workshop/nivakort/"} <= pages
    assert not {"ramverket/1.2/", "fragor-och-svar/"} & pages
    assert all(page["title"] for page in told["pages"])
    assert "Biblioteksvärd" in told["letter"]
    page = ask("preview", files, address="ramverket/1.1/")
    text = parse(page["html"]).one("p", class_="definition").text
    assert text == "Definition Kompetens att formulera behov av information."


def test_meaning_of_a_comment_is_none(ask: Ask) -> None:
    """What no reader sees means nothing, shows nowhere and needs no decision."""
    told = ask("meaning", {FILE: f"# En kommentar.\n{project_files(ROOT)[FILE]}"})
    assert (told["changes"], told["decision"], told["version"], told["pages"]) == ([], "", "", [])


def test_added_role_and_competence_are_those_of_the_command(
    framework: Framework, ask: Ask, tmp_path: Path
) -> None:
    """The page adds what `make role` and `make competence` add, and refuses with their words."""
    for name, text in project_files(ROOT).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    role = {"NAME": "Lots", "LIKE": "medarbetare", "PART": "alla"}
    added = ask("add", {}, what="role", given=role)
    more = ask("add", added["files"], what="competence", given={"TITLE": "Felsöka", "AREA": "5", "LIKE": ""})
    add_role(tmp_path, role)
    add_competence(tmp_path, {"TITLE": "Felsöka", "AREA": "5"})
    for name, text in more["files"].items():
        assert (tmp_path / name).read_bytes().decode() == text, name
    number = f"5.{len(framework.by_area['5']) + 1}"
    assert (more["open"], more["title"]) == (f"framework/competences/{number}.yml", f"{number} Felsöka")
    assert "finns redan" in ask("add", added["files"], what="role", given=role)["refused"]


def test_file_of_a_part_can_be_added_and_filled_in(ask: Ask, framework: Framework) -> None:
    """A part's own texts begin with a file that lacks only its first text; a part has one such file."""
    given = {"DOCUMENT": "Exempel från oss", "PART": "stadsbiblioteket"}
    added = ask("add", {}, what="support", given=given)
    name = "framework/support/stadsbiblioteket.yml"
    assert (added["open"], added["title"]) == (name, "Exempel från oss")
    (problem,) = ask("check", added["files"], open=name)["problems"]
    assert problem["text"] == f'{name}:8: "text" är tom. Skriv en text.'
    html = parse(ask("form", added["files"], open=name)["html"])
    assert [field.text for field in html.all("legend")][:1] == ["Exempel och förtydliganden"]
    change = {"op": "set", "place": ["support", 0, "text"], "value": "Öva på bokningen."}
    checked = ask("check", added["files"], open=name, changes=[change])
    assert checked["problems"] == []
    told = ask("meaning", checked["files"])
    assert told["decision"] == "Ändringen behöver inget beslut."
    assert told["version"] == (ENOUGH.format(framework.basics.version) if is_raised(framework) else "")
    assert "Källor" in [page["title"] for page in told["pages"]]
    assert "har redan en fil" in ask("add", checked["files"], what="support", given=given)["refused"]


@pytest.fixture(scope="module")
def desk(chromium: Browser, server: SiteServer) -> Iterator[Watched]:
    """One tab for several tests: to start the page's program takes seconds."""
    with listened(chromium, viewport=DESKTOP) as context:
        context.on("dialog", lambda dialog: dialog.accept())
        yield Watched(context.new_page(), server.url)


def opened(desk: Watched, file: str = FILE) -> Page:
    """Show a file in the form. The page starts anew unless it has started, and nothing is changed on it."""
    page = desk.page
    if page.get_by_text(UNCHANGED, exact=True).is_visible():
        page.get_by_role("tab", name="Filens text").click()
        page.evaluate("file => { location.hash = file }", file)
        expect(page.locator("[data-name]")).to_have_text(file)
        page.evaluate("document.querySelector('[data-fields]').replaceChildren()")  # not the last one's
        page.get_by_role("tab", name="Formulär").click()
    else:
        page.goto("about:blank")
        desk.problems.clear()  # of a test that has failed; all others are met by one of the tests
        desk.open(f"redigera/#{file}")
        expect(page.locator("#editor")).to_have_attribute("data-engine", "ready", timeout=120_000)
    expect(page.locator("[data-fields] > *").first).to_be_visible()
    return page


def undo(page: Page) -> None:
    """Take back what is changed in the open file, which is all that is changed."""
    page.get_by_role("button", name="Ångra det du har ändrat här").press("Enter")
    expect(page.get_by_text(UNCHANGED, exact=True)).to_be_visible()


# Asks the page's program about every mistake, in a worker of its own, one after the other.
_ASK_ALL = """async ([client, requests]) => {
  const { start } = await import(client);
  const python = start({ patience: 120_000, replyTime: 60_000 });
  const replies = [];
  const request = { kind: "check", open: "framework/areas.yml" };
  for (const files of requests) replies.push(await python.request({ ...request, files }));
  python.stop();
  return replies;
}"""


def test_messages_are_those_of_the_command(alone: Watched, site: Path) -> None:
    """Each mistake gives, in the browser, byte for byte the messages that `make check` gives.

    PyYAML has no C library there: so the messages do not depend on which of its two readers reads.
    """
    page = alone.open("404.html")  # which starts no Python of its own
    (client,) = site.glob("redigera/app-*/client.js")
    texts = {name: dedent(text) for name, text in SMALL.items()}
    absent: dict[str, str | None] = dict.fromkeys(project_files(ROOT))
    requests, wanted = [], []
    for file, was, now, said in (mistake.values for mistake in MISTAKES):
        requests.append({**absent, **texts, file: texts[file].replace(was, now)})
        wanted.append(said)
    replies = page.evaluate(_ASK_ALL, [alone.address + client.relative_to(site).as_posix(), requests])
    found = [[problem["text"] for problem in reply.get("problems", [reply])] for reply in replies]
    assert found == wanted
    assert alone.problems == []


def as_text(page: Page) -> Locator:
    """Show the open file's text, by keyboard, and return its field."""
    page.get_by_role("tab", name="Formulär").press("ArrowRight")
    return page.get_by_role("textbox", name="Filens text")


def test_a_file_is_changed_as_text_and_sent(desk: Watched, tmp_path: Path) -> None:
    """By keyboard: make a mistake and mend it, fetch the proposal, which applies to the project.

    Once the program has started nothing is requested, and nothing is stored. On a phone the page is no wider.
    """
    page = opened(desk)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert axe(page) == []
    page.set_viewport_size(DESKTOP)
    field = as_text(page)
    expect(field).to_have_value(project_files(ROOT)[FILE])
    assert axe(page) == []
    desk.requests.clear()
    expect(page.locator("[data-fill=problems]")).to_have_text("Allt stämmer.")
    expect(page.get_by_text(UNCHANGED, exact=True)).to_be_visible()
    field.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")  # the first line names the file's schema
    page.keyboard.press("Delete")
    message = page.locator(".problems li")
    expect(message.first).to_contain_text('fältet "d" finns inte. Menade du "id"?')
    assert axe(page) == []
    message.first.get_by_role("button").press("Enter")
    expect(field).to_be_focused()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# En kommentar.\n")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("i")
    expect(page.locator("[data-fill=problems]")).to_have_text("Allt stämmer.")
    proposal(page, tmp_path)
    assert (tmp_path / FILE).read_text("utf-8") == f"# En kommentar.\n{(ROOT / FILE).read_text('utf-8')}"
    undo(page)
    assert [url for url in desk.requests if not url.startswith("blob:")] == []
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert desk.problems == []


def proposal(page: Page, folder: Path) -> Path:
    """Fetch the proposal as a patch, apply it to a copy of the project, and return that."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta bara patchen").press("Enter")
    for name, text in project_files(ROOT).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    apply(Path(download.value.path()).read_text("utf-8"), folder)
    return folder


def test_a_competence_is_changed_in_the_form(desk: Watched, framework: Framework, tmp_path: Path) -> None:
    """By keyboard: a sentence, a level, a confirmed row, a support text with a link; and what they mean."""
    page = opened(desk)
    desk.requests.clear()
    definition = page.get_by_label("Definition")
    definition.press("Control+End")
    page.keyboard.type(" Kompetens att välja källor.")
    page.get_by_label("Biblioteksvärd: nivå 2").press("ArrowRight")
    expect(page.get_by_label("Biblioteksvärd: nivå 3")).to_be_checked()
    page.get_by_label("Hur säker raden är").select_option("confirmed")
    page.get_by_role("button", name="Lägg till ett exempel").press("Enter")
    item = page.locator("details.item").last
    expect(item.get_by_label("Sort")).to_be_focused()
    expect(page.locator(".problems li")).to_contain_text(["text"])
    item.get_by_label("Sort").select_option("lär dig mer")
    item.get_by_label("Text", exact=True).press("a")
    item.get_by_label("Text", exact=True).fill("Läs mer i bibliotekets guide till källor.")
    item.get_by_role("button", name="Lägg till en länk").press("Enter")
    item = page.locator("[data-fields] > fieldset > details.item").last
    link = item.locator("details.item").last
    link.get_by_label("Text", exact=True).fill("guide till källor")
    link.get_by_label("Adress").fill("https://exempel.se/kallor")
    expect(page.locator("[data-fill=problems]")).to_have_text("Allt stämmer.")
    meaning = page.locator("[data-fill=meaning]")
    expect(meaning).to_contain_text("Kompetens 1.1, förväntad nivå för Biblioteksvärd")
    expect(meaning.locator("ins").first).to_contain_text("Kompetens att välja källor")
    expect(meaning).to_contain_text("beslut")
    version = ENOUGH.format(framework.basics.version) if is_raised(framework) else "Versionen ska då höjas"
    expect(meaning).to_contain_text(version)
    expect(page.locator("#letter")).to_have_value(re.compile("förväntad nivå för Biblioteksvärd"))
    meaning.get_by_role("button", name="Nivåkort").press("Enter")
    expect(page.locator("#preview-title")).to_have_text("Så blir sidan Nivåkort")
    meaning.get_by_role("button", name="Självskattning").press("Enter")
    expect(page.locator("#preview-title")).to_have_text("Så blir sidan Självskattning")
    meaning.get_by_role("button", name="1.1 Söka").press("Enter")
    expect(page.locator("#preview-title")).to_contain_text("Så blir sidan 1.1 Söka")
    expect(page.locator(".preview .definition")).to_contain_text("Kompetens att välja källor")
    assert axe(page) == []
    changed = load(proposal(page, tmp_path)).competence["1.1"]
    assert changed.definition.endswith("mellan dem. Kompetens att välja källor.")
    assert changed.expected.by_role["biblioteksvard"] == 3
    assert (changed.expected.reading, changed.expected.alternatives) == ("confirmed", ())
    assert changed.support[-1].links[0].url == "https://exempel.se/kallor"
    undo(page)
    fetched = [url for url in desk.requests if not url.startswith("blob:")]
    assert [url for url in fetched if not url.endswith(".css")] == []  # the preview's, of this site
    assert desk.problems == []


def test_a_role_and_a_competence_are_added(desk: Watched, framework: Framework, tmp_path: Path) -> None:
    """By keyboard: a role with its levels and a competence with its texts; the proposal is in order."""
    number = f"5.{len(framework.by_area['5']) + 1}"
    files = 1 + sum("medarbetare" in item.expected.by_role for item in framework.competences)
    page = opened(desk, "framework/roles.yml")
    page.locator("details.adding > summary").press("Enter")
    role, competence = page.locator("[data-add=role]"), page.locator("[data-add=competence]")
    role.get_by_label("Rollens namn").fill("Chef")
    role.get_by_label("Rollens namn").press("Enter")
    expect(role.locator("[data-refused]")).to_contain_text('namnet "Chef" finns redan')
    assert axe(page) == []
    role.get_by_label("Rollens namn").fill("Fritidsledare")
    role.get_by_role("button").press("Enter")
    expect(page.locator("[data-added]")).to_contain_text(f"tillagd i {files} filer")
    summary = page.locator("details.item > summary", has_text="Fritidsledare")
    expect(summary).to_be_focused()
    own = summary.locator("xpath=..")
    own.get_by_label(re.compile("^1.1 .*: nivå 4$")).check()
    page.locator("details.adding > summary").press("Enter")
    competence.get_by_label("Kompetensens namn").fill("Felsöka tillsammans")
    competence.get_by_label("Område").select_option("5. Problemlösning")
    competence.get_by_role("button").press("Enter")
    expect(page.locator("#file-title")).to_have_text(f"{number} Felsöka tillsammans")
    expect(page.locator(".problems li")).to_have_count(7)
    page.get_by_label("Definition").fill("Kompetens att hitta fel tillsammans med andra.")
    for level in range(1, 6):
        page.locator(f"#f-levels-{level}").fill(f"Kan hitta fel tillsammans med {level} andra.")
    page.get_by_label("Hur säker raden är").select_option("confirmed")
    expect(page.locator("[data-fill=problems]")).to_have_text("Allt stämmer.")
    expect(page.locator("[data-fill=meaning]")).to_contain_text(f"Kompetens {number}")
    proposed = load(proposal(page, tmp_path))
    assert proposed.role["fritidsledare"].name == "Fritidsledare"
    assert proposed.competence["1.1"].expected.by_role["fritidsledare"] == 4
    assert proposed.competence[number].levels[5] == "Kan hitta fel tillsammans med 5 andra."
    assert desk.problems == []


def test_every_page_leads_to_its_file_and_a_change_is_not_left_unasked(alone: Watched) -> None:
    """The foot of a page leads to its file; another can be chosen; whoever leaves with a change is asked."""
    page = alone.open(f"redigera/#{FILE}")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    assert asked == []
    page = alone.open("ramverket/2.3/")
    page.get_by_role("link", name="Föreslå en ändring").click()
    expect(page.locator("#editor")).to_have_attribute("data-engine", "ready", timeout=120_000)
    expect(page.locator("#file-title")).to_contain_text("2.3 Engagera")
    page.get_by_label("Definition").press("Control+End")
    page.keyboard.type(" Mer.")
    expect(page.get_by_role("link", name="2.3 Engagera")).to_be_visible()
    page.get_by_label("Vad vill du ändra?").select_option("Roller")
    expect(as_text(page)).to_have_value(project_files(ROOT)["framework/roles.yml"])
    page.reload()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("blocked", ["script", "wasm"])
def test_without_the_program(watch: Callable[..., Watched], blocked: str) -> None:
    """Without JavaScript or WebAssembly the page shows the file, and what to do instead."""
    watched = watch(java_script_enabled=blocked != "script")
    if blocked == "wasm":
        watched.context.add_init_script("delete globalThis.WebAssembly")
    page = watched.open(f"redigera/#{FILE}")
    expect(page.get_by_role("heading", name="Gör så här i stället")).to_be_visible()
    shown = page.locator(f"[id='{FILE}'] pre")
    expect(shown).to_be_visible()
    assert shown.text_content() == project_files(ROOT)[FILE]
    expect(page.get_by_role("textbox", name="Filens text")).to_be_hidden()
    page.get_by_role("link", name="Frågor och svar", exact=True).last.click()
    expect(shown).to_be_hidden()
    expect(page.locator("[id='framework/questions.yml'] pre")).to_be_visible()
    if blocked == "wasm":
        expect(page.locator("[data-why]")).to_contain_text("Webbläsaren tillåter inte WebAssembly")
        assert axe(page) == []


def test_only_this_page_fetches_it(alone: Watched) -> None:
    """No other page fetches anything of the editor's."""
    alone.open("sjalvskattning/")
    alone.page.wait_for_timeout(500)
    assert [url for url in alone.requests if "redigera" in url] == []


def test_in_firefox(firefox: WebDriver, listening: SiteServer) -> None:
    """In Firefox the page starts, checks what is written, and says when nothing is changed any more."""
    firefox.open(f"{listening.url}redigera/#{FILE}")
    engine = "document.querySelector('#editor').dataset.engine"
    wait(lambda: firefox.run(engine) == "ready", "the program", 120)
    firefox.type("#f-definition", " **x**")
    said = '"**x**" blir inte fet stil, för det går inte att välja. Ta bort stjärnorna.'
    problems = "[...document.querySelectorAll('#editor .problems li > span')].map(one => one.textContent)"
    wait(lambda: firefox.run(problems) == [said], said, 60)
    firefox.type("#f-definition", "\ue003" * len(" **x**"))  # the backspace key
    unchanged = "document.querySelector('#editor [data-unchanged]').checkVisibility()"
    wait(lambda: firefox.run(unchanged), "that nothing is changed", 60)
    assert firefox.problems() == []
