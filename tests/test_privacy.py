"""Nothing of an answer leaves the page or stays behind, in Chromium and in Firefox."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, expect

from macros.site.server import SiteServer
from tests.conftest import CHROMIUM_FLAGS, INTRANET, ROOT, Watched
from tests.engines import browser_path

PATH = "sjalvskattning/"
#: What the reader writes everywhere; no file of a browser has it by chance.
MARK = "Kvastskaft8317"
#: What is written into a field of another page, which browsers do keep: so that the search is seen to find.
KEPT = "Brevduva2946"
CARELESS = "document.body.innerHTML = '<textarea id=careless></textarea>'"

# Fills in everything: roles, levels, texts; then opens the sheet.
FILL = """mark => {
  const form = document.getElementById("self-check")
  const press = selector => form.querySelector(selector).click()
  form.querySelectorAll("[name=role]").forEach(box => box.checked || box.click())
  press("[data-step=role] .actions [data-go=scope]")
  press("[data-step=scope] [data-go=rate]")
  form.querySelector("[data-all]").checked || press("[data-all]")
  for (const value of ["4", "yes"]) {
    form.querySelectorAll(`[data-question] [value="${value}"]`).forEach(radio => radio.click())
  }
  for (const field of form.querySelectorAll("textarea[name]")) {
    field.value = mark
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  press("[data-go=result]")
  press("[data-go=sheet]")
  press("[name=mode][value=own]")
  form.querySelectorAll("[name=tick]").forEach(box => box.checked || box.click())
}"""
# Whether what was filled in has come back from Python, on the sheet.
FILLED = f"document.querySelector('.paper').textContent.includes('{MARK}')"
# Everything that a page can leave behind by itself.
FOUND = """async () => [
  location.href, document.title, document.referrer, window.name, JSON.stringify(history.state),
  JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie,
  JSON.stringify(await indexedDB.databases()),
  JSON.stringify(await window.caches?.keys() ?? []),
  JSON.stringify((await navigator.serviceWorker?.getRegistrations() ?? []).map(worker => worker.scope)),
]"""
# What there is of answers on the page: fields that are marked or written in, and what Python said of them.
LEFT = """() => [
  ...[...document.querySelectorAll("#self-check :checked")].map(field => `${field.name}=${field.value}`)
    .filter(field => !["scope=all", "mode=main"].includes(field)),
  ...[...document.querySelectorAll("textarea")].map(field => field.value),
  ...[...document.querySelectorAll("[data-fill], [data-filled]")]
    .filter(({ dataset, textContent }) => !dataset.ofArea  // the end of an area names what is left: all
      || ![...document.querySelectorAll(`[data-area="${dataset.ofArea}"] [data-competence]`)]
        .every(question => textContent.includes(question.dataset.competence)))
    .map(place => place.textContent)
    .filter(text => !/^Inte besvarad$|^ungefär /.test(text)),
].filter(Boolean)"""


def nothing_stored(address: str) -> list[str]:
    """What `FOUND` finds when there is nothing to find."""
    title = "Till samtalet – Självskattning – Kompetenstrappan"
    return [address + PATH, title, "", "", "null", "{}", "{}", "", "[]", "[]", "[]"]


def files_with(folder: Path, *words: bytes) -> list[str]:
    """Return the files that contain any of the words, compressed or not."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        if content.startswith(b"mozLz40\0"):
            content = unpacked(content)
        found += [f"{file.relative_to(folder)}: {word!r}" for word in words if word in content]
    return found


def spelled(word: str) -> tuple[bytes, bytes]:
    """A word as files have it: in one byte a letter, and in two."""
    return word.encode(), word.encode("utf-16-le")


def unpacked(content: bytes) -> bytes:
    """Unpack a file that Firefox has packed: a mark of 8 bytes, the size in 4, and one block of LZ4."""
    source, text = iter(content[12:]), bytearray()

    def length(begun: int) -> int:
        while begun >= 15 and (more := next(source)) is not None:
            begun += more
            if more < 255:
                break
        return begun

    for token in source:
        text += bytes(next(source) for _ in range(length(token >> 4)))
        low = next(source, None)
        if low is None:
            break
        start = len(text) - (low + 256 * next(source))
        for at in range(start, start + length(token & 15) + 4):
            text.append(text[at])
    return bytes(text)


def requests_between(server: SiteServer, first: str, last: str) -> list[str]:
    """The addresses that the server was asked for between two marks."""
    paths = [hit.path for hit in server.hits]
    return paths[paths.index(f"/{first}") + 1 : paths.index(f"/{last}")]


def fill_in(page: Page) -> None:
    """Fill in everything, once Python is there, and wait until it has been taken up."""
    engine = page.locator("[data-engine]")
    expect(engine).not_to_have_attribute("data-engine", "starting")
    page.evaluate(FILL, MARK)
    page.locator("textarea[name=questions]").press_sequentially(MARK)  # by keyboard, as a reader does
    expect(page.locator(".paper")).to_contain_text(MARK)


@pytest.mark.parametrize("host", ["127.0.0.1", INTRANET])
def test_nothing_is_sent_or_stored(watch: Callable[..., Watched], server: SiteServer, host: str) -> None:
    """From the first answer to the sheet nothing is asked for or stored; on a plain host name too."""
    watched = watch(server.url.replace("127.0.0.1", host))
    page = watched.open(PATH)
    expect(page.locator("[data-engine]")).to_have_attribute("data-engine", "ready")
    before = len(server.hits)
    fill_in(page)
    assert page.evaluate(FOUND) == nothing_stored(watched.address)
    page.wait_for_timeout(500)
    assert server.hits[before:] == []
    assert watched.context.cookies() == []
    assert watched.context.storage_state(indexed_db=True)["origins"] == []
    assert page.evaluate("history.length") == 2
    assert not watched.problems


def test_reader_can_count(watch: Callable[..., Watched]) -> None:
    """The page about privacy shows in another tab what the self-check has asked for and stored: nothing."""
    watched = watch()
    page = watched.open(PATH)
    expect(page.locator("[data-engine]")).to_have_attribute("data-engine", "ready")
    with watched.context.expect_page() as opened:
        page.get_by_text("Om självskattningen").click()
        page.get_by_role("link", name="Så skyddas dina svar").first.click()
    other = opened.value
    expect(other.get_by_text(re.compile("^En självskattning är öppen i en annan flik."))).to_be_visible()
    counts = other.locator("[data-count]:visible")
    expect(counts).to_have_text(["0"] * 7)  # before the first answer, too
    fill_in(page)
    other.wait_for_timeout(2500)  # so that it has asked again
    assert counts.all_text_contents() == ["0"] * 7
    page.evaluate("() => { sessionStorage.setItem('left', 'behind'); fetch('../data/framework.json') }")
    expect(counts).to_have_text(["1", "0", "0", "1", "0", "0", "0"])
    page.evaluate("sessionStorage.clear()")
    page.close()
    expect(other.get_by_text("Ingen självskattning är öppen")).to_be_visible()
    assert counts.all_text_contents() == ["0"] * 6
    assert not watched.problems


def test_clearing_leaves_nothing_on_the_page(watch: Callable[..., Watched]) -> None:
    """After Rensa the page holds no word that the reader wrote, and nothing that Python said."""
    page = watch().open(PATH)
    fill_in(page)
    page.get_by_role("button", name="Kopiera som text").click()
    page.get_by_text("Fler val").click()
    page.get_by_role("button", name="Rensa alla svar").click()
    page.get_by_role("button", name="Ja, rensa").click()
    expect(page.locator("[data-notice]")).to_have_text("Alla svar är rensade.")
    assert page.evaluate(LEFT) == []
    assert MARK not in page.content()
    assert page.evaluate(
        "[...document.querySelectorAll('textarea, input')].every(f => !f.value.includes('8317'))"
    )


def test_fields_are_not_restored_without_script(watch: Callable[..., Watched]) -> None:
    """Without JavaScript too, the browser restores nothing after a reload: all have autocomplete off."""
    page = watch(java_script_enabled=False).open(PATH)
    page.locator("[name=role]").first.check()
    page.locator("[name='answer-1.1']").first.check()
    page.get_by_text("Lägg till ett exempel").first.click()
    page.locator("[name='example-1.1']").fill(MARK)
    page.reload()
    assert not page.locator("[name=role]").first.is_checked()
    assert not page.locator("[name='answer-1.1']").first.is_checked()
    assert page.locator("[name='example-1.1']").input_value() == ""
    expect(page.locator("#self-check :is(input, textarea, select):not([autocomplete=off])")).to_have_count(0)


# Chromium with a profile of its own, and with its back/forward cache


@contextmanager
def own_chromium(kind: BrowserType, profile: Path, *flags: str) -> Iterator[BrowserContext]:
    """Start Chromium on a profile that stays on disk."""
    context = kind.launch_persistent_context(
        profile,
        executable_path=browser_path("chromium"),
        args=[*CHROMIUM_FLAGS, *flags],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    try:
        yield context
    finally:
        with suppress(Error):  # it may have been killed
            context.close()


def kill(browser: Browser | None) -> None:
    """End a browser as when the power goes: nothing on its pages gets to run."""
    assert browser
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    os.kill(next(process["id"] for process in processes if process["type"] == "browser"), signal.SIGKILL)


def test_nothing_comes_back_in_chromium(chromium: Browser, server: SiteServer, tmp_path: Path) -> None:
    """Nothing is restored after reload, back, and a crash; nothing of it is in any file of the profile."""
    with own_chromium(chromium.browser_type, tmp_path) as context:
        page = context.pages[0]
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(server.url + PATH)
        fill_in(page)
        page.reload()
        assert page.evaluate(LEFT) == []
        fill_in(page)
        page.evaluate("addEventListener('pageshow', event => (window.kept = event.persisted))")
        page.goto(server.url)
        page.go_back(wait_until="commit")  # a page that was kept does not load again
        assert page.evaluate("window.kept"), "the back/forward cache was not used, so it was not tested"
        assert page.evaluate(LEFT) == []
        expect(page.locator("[data-notice]")).to_contain_text("eftersom du lämnade sidan")
        assert MARK not in page.content()
        fill_in(page)
        other = context.new_page()
        other.goto(server.url)
        other.evaluate(CARELESS)
        other.locator("textarea").press_sequentially(KEPT)
        settings = tmp_path / "Default" / "Preferences"  # without them Chromium takes it for a new profile
        for _ in range(60):  # until Chromium has saved these and its open pages
            other.wait_for_timeout(500)
            if settings.is_file() and files_with(tmp_path, *spelled(KEPT)):
                break
        other.wait_for_timeout(1000)  # and what else it saves then
        kill(context.browser)
    assert files_with(tmp_path, *spelled(KEPT)), "nothing was saved, so nothing was tested"
    assert files_with(tmp_path, *spelled(MARK), "answer-1.1".encode("utf-16-le")) == []
    flags = ("--restore-last-session", "--hide-crash-restore-bubble")
    with own_chromium(chromium.browser_type, tmp_path, *flags) as context:
        for _ in range(40):  # until Chromium has opened what was open
            context.pages[0].wait_for_timeout(500)
            if restored := [page for page in context.pages if page.url == server.url + PATH]:
                break
        (page,) = restored
        assert page.evaluate(LEFT) == []


def test_nothing_is_sent_stored_or_comes_back_in_firefox(site: Path, serve: Any, tmp_path: Path) -> None:
    """The same in Firefox: nothing is asked for, stored, kept in a file, or restored in any way."""
    server = serve(site)
    profile, killed = tmp_path / "profile", tmp_path / "killed"
    profile.mkdir()
    (client,) = site.glob("sjalvskattning/app-*/client.js")
    task = {
        "executable": browser_path("firefox-esr"),
        "profile": str(profile),
        "killed": str(killed),
        "address": server.url,
        "client": client.relative_to(site).as_posix(),
        "mark": MARK,
        "fill": FILL,
        "filled": FILLED,
        "found": FOUND,
        "left": LEFT,
        "careless": CARELESS,
        "kept": KEPT,
    }
    done = subprocess.run(
        [Path(sys.executable).parent / "node", "tests/firefox.mjs"],
        cwd=ROOT,
        input=json.dumps(task),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["taken"] == {"road": "fast", "why": ""}
    assert told["stored"] == nothing_stored(server.url)
    assert requests_between(server, "first-answer", "last-answer") == []
    assert told["reloaded"] == []
    assert told["back"] == {"kept": True, "left": []}
    assert told["reopened"] == [[], []]
    assert files_with(killed, *spelled(KEPT)), "nothing was saved, so nothing was tested"
    assert files_with(killed, *spelled(MARK), b"xhtml:") == []  # how Firefox names fields without an id
    assert files_with(profile, *spelled(MARK)) == []
