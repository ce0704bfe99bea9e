"""Reports problems where a build server shows them: at the line on GitHub, as a report on GitLab."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from macros.check.source import Problem

GITLAB_REPORT = "gl-code-quality-report.json"


def report(problems: Sequence[Problem], environment: Mapping[str, str], root: Path) -> str:
    """Return what to print for the build server that the environment names; write GitLab's report."""
    if environment.get("GITLAB_CI"):
        (root / GITLAB_REPORT).write_text(code_quality(problems), "utf-8")
    return "\n".join(map(annotation, problems)) if environment.get("GITHUB_ACTIONS") else ""


def annotation(problem: Problem) -> str:
    """Return a problem as GitHub shows it beside the line."""
    path, message = _escaped("%:,", problem.path), _escaped("%\r\n", problem.message)
    return f"::error file={path},line={problem.line}::{message}"


def _escaped(signs: str, text: str) -> str:
    return re.sub(f"[{signs}]", lambda sign: f"%{ord(sign[0]):02X}", text)


def code_quality(problems: Sequence[Problem]) -> str:
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
