"""Bad days: small faults made on purpose, and what the reader of the self-check then sees (bad_days.yml)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from playwright.sync_api import Browser

from macros.site.server import running
from tests.conftest import DESKTOP, ROOT
from tests.engines import Chromium, Engine, WebDriver, wait
from tests.faults import Fault, FaultyServer

PATH = "sjalvskattning/"
DAYS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "bad_days.yml").read_text("utf-8"))
READER = (ROOT / "tests" / "bad_days.js").read_text("utf-8")


@pytest.fixture(scope="session")
def faulty(site: Path) -> Iterator[FaultyServer]:
    """A server of the real site on which things go wrong."""
    server = FaultyServer(site)
    with running(server):
        yield server


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Chromium]:
    """One tab of Chromium for all days."""
    with chromium.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        yield Chromium(page)


def run(engine: Engine, script: str) -> Any:
    """Run statements on the page, with the functions of bad_days.js; return what they return."""
    return engine.run(f"(async () => {{ {READER}\n{script}\n}})()")


def live(day: dict[str, Any], engine: Engine, server: FaultyServer, slower: int = 1) -> None:
    """Live through a day, and see what the reader sees, in an engine that is so many times as slow."""
    scripts = {"page": f"{PATH}$", "worker": r"/worker\.js", "client": r"/client\.js"}
    firsts = [
        cast("Fault", {"path": path, "first": (READER if name == "page" else "") + day[name]})
        for name, path in scripts.items()
        if name in day
    ]
    server.spoil([*day.get("faults", []), *firsts])
    engine.open(server.url + PATH)
    run(engine, "await answer()")
    run(engine, day.get("do", ""))
    sees = json.dumps(day.get("sees", ""))
    seen = (
        f"document.body.innerText.replaceAll(/\\s+/g, ' ').includes({sees})" if "sees" in day else "works()"
    )
    wait(lambda: run(engine, f"return {seen}"), f"{day['day']}: {sees}", day["within"] * slower)
    if "never" in day:
        assert not run(engine, f"return document.body.innerText.includes({json.dumps(day['never'])})")
    assert run(engine, "return cleared()" if day.get("lost") else "return kept()"), f"{day['day']}: answers"
    assert [fault["path"] for fault in server.faults if fault not in server.met] == [], "no such file"
    server.mend()
    if day.get("then") == "reload":
        engine.open(server.url + PATH)
        run(engine, "await answer()")
    elif day.get("then") == "retry":
        run(engine, "press('[data-retry]')")
    else:
        return
    wait(lambda: run(engine, "return works()"), f"{day['day']}: a level at last")
    assert run(engine, "return kept()"), f"{day['day']}: answers"


@pytest.mark.parametrize("day", DAYS, ids=[day["day"] for day in DAYS])
def test_bad_day(day: dict[str, Any], tab: Chromium, faulty: FaultyServer) -> None:
    """The reader is told what is wrong in time, loses no answer, and gets a level once it is mended."""
    live(day, tab, faulty)


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_bad_days_elsewhere(engine: str, faulty: FaultyServer, request: pytest.FixtureRequest) -> None:
    """The ten days that matter most, in the other engines."""
    browser: WebDriver = request.getfixturevalue(engine)
    days = [day for day in DAYS if day.get("engines") == "all"]
    assert len(days) >= 10
    for day in days:
        live(day, browser, faulty, slower=4)  # without a graphics card, and all at once
