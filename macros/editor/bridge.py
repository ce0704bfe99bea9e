"""What the editor's page asks of Python: JSON in, JSON out.

`use` gets the project's files once. Every request has the files that the reader has changed, so that no reply
depends on an earlier request.
"""

from __future__ import annotations

import json
import traceback
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from macros.editor import handover
from macros.load import FrameworkErrors, load

# Name in the project's folder → text; in a request None stands for a file that was removed.
Files = Mapping[str, str]
Changed = Mapping[str, str | None]


class Project:
    """The files of the project as they are published, in a folder where they can be changed and checked."""

    def __init__(self, files: Files, root: Path) -> None:
        """Write the files into the folder `root`."""
        self.files = dict(files)
        self.root = root
        self._written: dict[str, str] = {}
        self.write({})

    def write(self, changed: Changed) -> dict[str, str]:
        """Write the files with those that were changed, and return them by their names."""
        files = {name: text for name, text in (self.files | changed).items() if text is not None}
        for name in self._written.keys() - files.keys():
            (self.root / name).unlink()
        for name, text in files.items():
            if self._written.get(name) != text:
                path = self.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        self._written = files
        return files


_project: Project | None = None


def use(files: str, folder: str) -> None:
    """Take the project's files, JSON with the text of each by its name, and a folder to write them into."""
    global _project
    _project = Project(json.loads(files), Path(folder))


def handle(request: str) -> str:
    """Answer a request: JSON with its `kind`, the `files` that were changed, and what that kind needs."""
    assert _project, "use() comes first"
    message = json.loads(request)
    try:
        reply = _KINDS[message["kind"]](_project, message)
    except Exception:
        # The page goes on with what the reader has written.
        reply = {"kind": "error", "detail": traceback.format_exc()}
    return json.dumps(reply, ensure_ascii=False)


def _files(project: Project, _: dict[str, Any]) -> dict[str, Any]:
    """The framework's files as they are published."""
    texts = {name: text for name, text in project.files.items() if name.startswith("framework/")}
    return {"kind": "files", "files": texts}


def _check(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """All that `make check` says of the files."""
    project.write(message["files"])
    try:
        load(project.root)
    except FrameworkErrors as errors:
        problems = errors.problems
    else:
        problems = []
    return {
        "kind": "check",
        "count": handover.count(len(problems)),
        "letter": handover.letter(message["files"]),
        "problems": [
            {"file": problem.path, "line": problem.line, "message": problem.message, "text": str(problem)}
            for problem in problems
        ],
    }


def _handover(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """The change as a patch, and as a zip archive with the patch and the changed files."""
    changed: Changed = message["files"]
    patch = handover.patch(project.files, project.write(changed))
    texts = {name: text for name, text in changed.items() if text is not None}
    packed = handover.archive({**texts, handover.PATCH: patch})
    return {"kind": "handover", "patch": patch, "zip": b64encode(packed).decode()}


_KINDS: dict[str, Callable[[Project, dict[str, Any]], dict[str, Any]]] = {
    "files": _files,
    "check": _check,
    "handover": _handover,
}
