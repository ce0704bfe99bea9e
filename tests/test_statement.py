"""The accessibility statement has all that the law asks for; tests make the protocol behind it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from macros.accessibility import Conformity, Contact, Exempt, Fault, Need, Outcome, Way
from macros.criteria import CRITERIA, KNOWN, TOPICS
from macros.model import Framework
from macros.proof import NOT_RUN, PROTOCOL, Proof, Row, fingerprint, notes, protocol, read_proof
from macros.render import pages
from macros.render.view import View
from macros.site import build as building
from macros.site.publish import Published
from tests.pages import Element, parse
from tests.project import ROOT, changed

NOTHING = Published(app="", runtime="", search="", editor="", files={})


def page(name: str, framework: Framework, proof: Proof = NOT_RUN, **fields: Any) -> Element:
    """The page *Tillgänglighet* or *Protokoll*, with other fields in the statement."""
    framework = changed(framework, accessibility=changed(framework.accessibility, **fields))
    return parse(pages.PAGES[name](View(framework, NOTHING, "", proof)).html)


def parts(page: Element) -> dict[str, str]:
    """The text under each heading of the second level, by the heading's id."""
    found: dict[str, str] = {}
    heading = ""
    for element in page:
        if element.tag == "h2":
            heading = element.get("id")
        elif element.tag in ("p", "ul", "dl", "h3", "table") and heading:
            found[heading] = f"{found.get(heading, '')} {element.text}".strip()
    return found


def links(page: Element) -> dict[str, str]:
    """Where each link of the page leads."""
    return {link.text: link.get("href") for link in page.all("a")}


FAULTS = tuple(
    Fault(what=f"Vad {n}.", why=f"Varför {n}.", criterion=own, instead=f"I stället {n}.", who=needs)
    for n, (own, needs) in enumerate(
        [("1.4.4", (Need.COGNITION, Need.LOW_VISION)), ("2.1.1", (Need.HANDS,)), ("1.1.1", (Need.BLIND,))]
    )
)
EXEMPT = (Exempt(what="En gammal film.", why="Den är från 2015."),)


def test_statement_has_all_that_the_law_asks_for(framework: Framework) -> None:
    """Field by field what Digg's list names is on the page, under its own heading, in Digg's order."""
    contact = Contact(
        report=Way(text="Skriv till oss", url="mailto:hinder@exempel.se"),
        exempted=Way(text="Be om en annan form", url="https://exempel.se/form"),
    )
    told = page(
        "accessibility",
        framework,
        actor="Prövade förvaltningen",
        service="Tjänsten",
        faults=FAULTS,
        contact=contact,
        unreasonable=EXEMPT,
        exceptions=(),
        method=("Vi har läst allt.",),
        assessed=date(2026, 1, 2),
        updated=date(2026, 3, 4),
    )
    under = parts(told)
    assert list(under) == [
        *("lage", "annan-form", "rapportera", "tillsyn", "brister", "oskaligt", "undantag", "provat")
    ]
    lead = told.one("p", class_="lead").text
    assert "Prövade förvaltningen" in lead  # 1: the public actor
    assert "Tjänsten" in lead  # 2: the service
    assert "delvis förenlig med lagen (2018:1937)" in under["lage"]  # 3: whether it meets the law
    for fault in FAULTS:  # 4: what is not accessible, why, and what there is instead
        assert all(
            part in under["brister"] for part in (fault.what, fault.why, fault.instead, fault.criterion)
        )
    assert "2026-01-02" in under["provat"]  # 5: assessed
    assert "2026-03-04" in under["provat"]  # 6: updated
    assert "Vi har läst allt." in under["provat"]  # 7: the method
    where = links(told)
    assert where["Skriv till oss"] == "mailto:hinder@exempel.se"  # 8: the way to report
    assert "Skriv till oss" in under["rapportera"]
    assert where["Be om en annan form"] == "https://exempel.se/form"  # exempted content on request
    assert "Be om en annan form" in under["annan-form"]
    assert where["Anmäl bristen till Digg"] == "https://www.digg.se/tdosanmalan"  # 9: the authority's form
    assert "Anmäl bristen till Digg" in under["tillsyn"]
    assert "En gammal film. Den är från 2015." in under["oskaligt"]  # 10: unreasonable burden
    assert under["undantag"].startswith("Inget.")  # 11: what the law does not cover


@pytest.mark.parametrize("verdict", Conformity)
def test_verdict_and_standard_are_said(framework: Framework, verdict: Conformity) -> None:
    """The law's three words are used; its standard and the one that the site is built to are told apart."""
    told = parts(page("accessibility", framework, conformity=verdict))
    assert (
        f"{verdict} förenlig med lagen (2018:1937) om tillgänglighet till digital offentlig" in told["lage"]
    )
    assert "Lagens krav är standarden EN 301 549 V3.2.1" in told["lage"]
    assert "WCAG 2.1, nivå A och AA" in told["lage"]
    assert "Vi bygger efter WCAG 2.2, nivå A och AA" in told["lage"]


def test_faults_are_sorted_by_need(framework: Framework) -> None:
    """Faults stand under those who meet them, in the order of the authority's template."""
    told = page("accessibility", framework, faults=FAULTS)
    heads = [head.text.removeprefix("Om du använder webbplatsen ") for head in told.all("h3")]
    assert heads == [need.value for need in (Need.BLIND, Need.LOW_VISION, Need.HANDS, Need.COGNITION)]
    lists = [[item.one("strong").text for item in e.all("li")] for e in told.all("ul") if e.all("strong")]
    assert lists == [["Vad 2."], ["Vad 0."], ["Vad 1."], ["Vad 0."]]
    assert "Vi känner inte till något" in parts(page("accessibility", framework, faults=()))["brister"]


def test_missing_contact_is_said_and_reported(
    framework: Framework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a contact the page says so in both places, and a build reminds; it does not fail."""
    told = parts(page("accessibility", framework, contact=None))
    for place in ("rapportera", "annan-form"):
        assert "Här saknas en kontakt." in told[place]
    statement = changed(framework.accessibility, contact=None)
    assert any("contact saknas" in note for note in notes(statement, NOT_RUN))
    monkeypatch.setattr(building, "build", lambda *_: "")
    assert building.build_and_tell(ROOT, ROOT / "site")
    said = capsys.readouterr().out.splitlines()
    reminders = [*notes(framework.accessibility, read_proof(ROOT))]
    assert said[2:] == [f"Att tänka på: {note}" for note in reminders]


def test_real_statement_is_honest(framework: Framework) -> None:
    """It names what was not tried, gives no invented address, and leads to the authority's form."""
    statement = framework.accessibility
    told = " ".join(item.what for item in statement.untested)
    for what in ("skärmläsare", "funktionsnedsättning", "IIS"):
        assert what in told
    assert statement.contact is None or "exempel" not in statement.contact.report.url
    assert statement.complaint.url == "https://www.digg.se/tdosanmalan"


# The protocol


def test_criteria_are_those_of_the_standard() -> None:
    """WCAG 2.2 has 31 criteria on level A and 24 on AA; EN 301 549 V3.2.1 lacks the six that 2.2 added."""
    assert Counter(item.level for item in CRITERIA) == {"A": 31, "AA": 24}
    assert len({item.id for item in CRITERIA}) == 55
    numbers = [[int(part) for part in item.id.split(".")] for item in CRITERIA]
    assert numbers == sorted(numbers)
    added = {item.id for item in CRITERIA if item.en is None}
    assert added == {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
    assert {item.en for item in CRITERIA if item.id == "1.4.10"} == {"9.1.4.10"}
    assert "4.1.1" not in KNOWN


def test_every_criterion_has_a_row(framework: Framework) -> None:
    """In the kept protocol every criterion and topic was tried; only what the statement admits is not met."""
    groups = protocol(framework.accessibility, read_proof(ROOT))
    entries = [entry for group in groups.values() for entry in group]
    assert [entry.id for entry in entries] == [*(item.id for item in CRITERIA), *TOPICS]
    assert [entry.id for entry in entries if not entry.rows] == []
    failed = {entry.id for entry in entries if entry.verdict == Outcome.FAILED}
    assert failed == {fault.criterion for fault in framework.accessibility.faults}


def test_no_claim_without_proof(framework: Framework) -> None:
    """What the page promises has a row in the protocol for each criterion it names, and none that failed."""
    groups = protocol(framework.accessibility, read_proof(ROOT))
    verdicts = {entry.id: entry.verdict for group in groups.values() for entry in group}
    for claim in framework.accessibility.claims:
        assert {verdicts[own] for own in claim.criteria} == {"klarades"}, claim.text


def test_protocol_page_joins_tests_and_checks(framework: Framework) -> None:
    """Each criterion has a row with its numbers, its level, what was done, where and the result."""
    rows = {"1.4.10": (Row("Inget skrollar.", "Alla sidor", "Prov: x", Outcome.PASSED),)}
    told = page("proof", framework, Proof("2026-11-28", {"Chromium": "156"}, rows), faults=FAULTS)
    assert len(told.all("tr")) == 5 + len(CRITERIA) + len(TOPICS)
    row = told.one("tr", id="k-1.4.10")
    assert "WCAG 1.4.10, nivå AA. EN 301 549: 9.1.4.10." in row.text
    assert "Inget skrollar. Alla sidor. Prov: x." in row.text
    assert row.all("td")[-1].text == "Klarades"
    assert "Nytt i WCAG 2.2." in told.one("tr", id="k-2.5.8").text
    assert told.one("tr", id="k-2.5.8").all("td")[-1].text == "Inte prövat"
    assert told.one("tr", id="k-1.4.4").all("td")[-1].text == "Klarades inte"
    check = framework.accessibility.checks[0]
    by_hand = told.one("tr", id=f"k-{check.criteria[0]}").text
    for part in (*check.steps, check.page, check.date.isoformat(), f"{check.tool} {check.version}"):
        assert part in by_hand
    assert "31 stycken" in told.text
    assert "24 stycken" in told.text
    assert "9.4.1.1" in told.text
    assert "Chromium 156" in told.text
    assert "har ändrats" not in told.text
    assert "har ändrats sedan dess" in page("proof", framework, Proof("2026-11-28", {}, {}, old=True)).text
    assert "Proven är inte körda" in page("proof", framework).text


TOY = """
    import pytest
    from tests.protocol import Recorder
    from pathlib import Path

    @pytest.mark.wcag("1.4.10", "1.4.4", shows="Det ryms.", where="Här")
    @pytest.mark.parametrize("width", [320, 390])
    def test_fits(width):
        assert width != {wrong}

    @pytest.mark.wcag("2.1.1", shows="Det går.", where="Där")
    def test_keys():
        pass
"""
TOY_SETTINGS = """
    from pathlib import Path
    from tests.protocol import Recorder

    def pytest_configure(config):
        config.addinivalue_line("markers", "wcag: shows criteria")
        config.pluginmanager.register(Recorder(Path(__file__).parent / "run.json"))
"""


@pytest.mark.slow
def test_protocol_changes_when_a_test_fails(tmp_path: Path) -> None:
    """The file has each test once with its cases, however many processes ran them; a failure is in it."""
    (tmp_path / "conftest.py").write_text(dedent(TOY_SETTINGS), "utf-8")
    runs = []
    for wrong, processes in (("None", "0"), ("390", "2")):
        (tmp_path / "test_toy.py").write_text(dedent(TOY).replace("{wrong}", wrong), "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-n", processes, "-p", "no:cacheprovider"]
        options = ["--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)]
        done = subprocess.run(
            [*command, *options], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == (wrong != "None"), done.stdout + done.stderr
        runs.append(json.loads((tmp_path / "run.json").read_bytes()))
    fits = {"criteria": ["1.4.10", "1.4.4"], "shows": "Det ryms.", "where": "Här", "cases": 2}
    keys = {"criteria": ["2.1.1"], "shows": "Det går.", "where": "Där", "cases": 1, "failed": 0}
    for run, failed in zip(runs, (0, 1), strict=True):
        tests = [{name: value for name, value in test.items() if name != "test"} for test in run["tests"]]
        assert tests == [fits | {"failed": failed}, keys]
        assert [test["test"].rpartition("::")[2] for test in run["tests"]] == ["test_fits", "test_keys"]
        assert run["sources"] == fingerprint(ROOT)
        assert run["date"] == date.today().isoformat()
        assert run["versions"]["axe-core"]
    root = tmp_path / "project"
    (root / PROTOCOL).parent.mkdir(parents=True)
    (root / "mkdocs.yml").touch()
    shutil.copy(tmp_path / "run.json", root / PROTOCOL)
    proof = read_proof(root)
    assert {own: row.result.value for own, (row,) in proof.rows.items()} == {
        "1.4.10": "klarades inte",
        "1.4.4": "klarades inte",
        "2.1.1": "klarades",
    }


def test_old_protocol_is_a_note(tmp_path: Path, framework: Framework) -> None:
    """When the site's files change, its protocol is old: that is a note, in `make check` and on the page."""
    for name in ("docs/assets", "docs/om", "framework", "macros", "quiz"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: Prov", "utf-8")
    run = {"date": "2026-11-28", "versions": {}, "sources": fingerprint(tmp_path), "tests": []}
    (tmp_path / PROTOCOL).write_text(json.dumps(run), "utf-8")
    assert not read_proof(tmp_path).old
    (tmp_path / "docs" / "om" / "ny.md").write_text("Ny sida", "utf-8")
    proof = read_proof(tmp_path)
    assert proof.old
    assert any("har ändrats sedan dess" in note for note in notes(framework.accessibility, proof))
    assert read_proof(tmp_path / "docs") == NOT_RUN
    assert any(note.startswith(f"{PROTOCOL} saknas") for note in notes(framework.accessibility, NOT_RUN))
    failed = {"1.4.10": (Row("", "", "", Outcome.FAILED),)}
    told = [*notes(framework.accessibility, Proof("2026-11-28", {}, failed))]
    assert any("1.4.10 klarades inte" in note for note in told)
