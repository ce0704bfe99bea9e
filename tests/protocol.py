"""Writes down what the tests show of accessibility: `make protocol`, or pytest with `--protocol=FILE`.

A test says by `@pytest.mark.wcag("1.4.10", shows="…", where="…")` which criteria of WCAG 2.2 (or topics of
`macros.criteria`) it shows, and in Swedish what it shows and where. The page *Protokoll* is made of the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from macros.criteria import KNOWN
from macros.proof import fingerprint

ROOT = Path(__file__).resolve().parent.parent
_PROGRAMS = {"Chromium": "chromium", "Firefox": "firefox-esr"}
_PACKAGES = {"axe-core": "axe-core", "Virtual Screen Reader": "@guidepup/virtual-screen-reader"}


class Recorder:
    """Collects the results of the tests that show a criterion, from all processes, and writes them down."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.sources = fingerprint(ROOT)  # as they were when the tests began
        self.tests: dict[tuple[str, str], dict[str, Any]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Let each test's reports carry what it shows."""
        for item in items:
            for mark in item.iter_markers("wcag"):
                item.user_properties.append(("wcag", {"criteria": list(mark.args), **mark.kwargs}))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a case, or a failure; what was skipped shows nothing, so it is one, too."""
        shown: Any
        for name, shown in report.user_properties:
            if name != "wcag" or (report.when != "call" and report.passed):
                continue
            test = report.nodeid.partition("[")[0]
            new: dict[str, Any] = {"test": test, **shown, "cases": 0, "failed": 0}
            row = self.tests.setdefault((test, new["shows"]), new)
            row["cases"] += report.when == "call"
            row["failed"] += not report.passed

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file, in the one process that sees all reports."""
        if hasattr(session.config, "workerinput") or not self.tests:
            return
        run = {
            "date": date.today().isoformat(),
            "sources": self.sources,
            "versions": _versions(),
            "tests": [self.tests[key] for key in sorted(self.tests)],
        }
        self.file.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _versions() -> dict[str, str]:
    """Return the versions of what the pages are tried with."""
    found = {"Python": sys.version.split()[0], "Playwright": version("playwright")}
    for name, program in _PROGRAMS.items():
        said = subprocess.run(
            [program, "--version"], capture_output=True, encoding="utf-8", check=True
        ).stdout
        found[name] = next(word for word in said.split() if word[0].isdigit())
    for name, package in _PACKAGES.items():
        settings = ROOT / "node_modules" / package / "package.json"
        found[name] = json.loads(settings.read_bytes())["version"]
    return dict(sorted(found.items()))


def unknown(mark: pytest.Mark) -> list[str]:
    """Return what is wrong with a mark: criteria that do not exist, or nothing said of what and where."""
    return [
        *(f"no criterion: {own}" for own in mark.args if own not in KNOWN),
        *(f"no {name}" for name in ("shows", "where") if not mark.kwargs.get(name)),
        *(["no criteria"] if not mark.args else []),
    ]
