"""Reports problems where a build server shows them: at the line on GitHub, as a report on GitLab."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from macros.check.source import Problem

GITLAB_REPORT = "gl-code-quality-report.json"


def report(problems: Iterable[Problem], environment: Mapping[str, str], root: Path) -> str:
    """Return what to print for the build server that the environment names; write GitLab's report."""
    told = list(problems)
    if environment.get("GITLAB_CI"):
        (root / GITLAB_REPORT).write_text(code_quality(told), "utf-8")
    return "\n".join(map(annotation, told)) if environment.get("GITHUB_ACTIONS") else ""


def annotation(problem: Problem) -> str:
    """Return a problem as GitHub shows it beside the line."""
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = problem.path
    for sign, code in (("%", "%25"), (":", "%3A"), (",", "%2C")):
        path = path.replace(sign, code)
    return f"::error file={path},line={problem.line}::{message}"


def code_quality(problems: Iterable[Problem]) -> str:
    """Return problems as GitLab's report of code quality."""
    entries = [
        {
            "description": problem.message,
            "check_name": "make check",
            "fingerprint": sha256(str(problem).encode()).hexdigest(),
            "severity": "blocker",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
