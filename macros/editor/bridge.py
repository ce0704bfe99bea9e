"""What the editor's page asks of Python: JSON in, JSON out.

`use` gets the project's files once. Every request has those that the reader has changed: no reply depends on
an earlier one.
"""

from __future__ import annotations

import json
import traceback
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.add import ADD, Refused
from macros.check.files import read_files
from macros.check.source import Problem, read_source
from macros.edit import CannotEditError
from macros.editor import handover
from macros.editor.change import apply
from macros.editor.form import Form
from macros.editor.labels import explanations
from macros.editor.meaning import Pages, meaning, shown_on, taken_along
from macros.load import FrameworkErrors, load
from macros.model import Framework
from macros.render.view import Page, fragment

# Name in the project's folder → text; None is a file that was removed.
Files = Mapping[str, str]
Changed = Mapping[str, str | None]
_FRAMEWORK = "framework/"


class Project:
    """The published files of the project, in a folder where they can be changed and checked."""

    def __init__(self, files: Files, root: Path) -> None:
        """Write the files into the folder `root`."""
        self.files = dict(files)
        self.root = root
        self._written: dict[str, str] = {}
        self._loaded: tuple[dict[str, str], Framework] | None = None
        self.pages = Pages(
            {
                name.removeprefix("docs/"): text
                for name, text in files.items()
                if name.startswith("docs/") and name.endswith(".md")
            }
        )
        self.write({})

    def write(self, changed: Changed) -> dict[str, str]:
        """Write the files with those that were changed, and return them."""
        files = {name: text for name, text in {**self.files, **changed}.items() if text is not None}
        for name in self._written.keys() - files.keys():
            (self.root / name).unlink()
        for name, text in files.items():
            if self._written.get(name) != text:
                path = self.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        self._written = files
        return files

    def changed(self) -> dict[str, str]:
        """Return the files in the folder that differ from the published ones."""
        self._written = {
            path.relative_to(self.root).as_posix(): path.read_bytes().decode()
            for path in self.root.rglob("*")
            if path.is_file()
        }
        return {name: text for name, text in self._written.items() if self.files.get(name) != text}

    def load(self) -> Framework:
        """Return the framework in the folder, or raise FrameworkErrors."""
        if self._loaded is None or self._loaded[0] != self._written:
            self._loaded = (self._written, load(self.root))
        return self._loaded[1]

    @cached_property
    def published(self) -> tuple[Framework, dict[str, Page]]:
        """The published framework, and its pages."""
        now = {name: self._written.get(name) for name in {*self.files, *self._written}}
        self.write({})
        framework = self.load()
        self.write(now)
        return framework, self.pages.rendered(framework, self.root)


_project: Project | None = None


def use(files: str, folder: str) -> None:
    """Take the project's files, JSON of name → text, and a folder to write them into."""
    global _project
    _project = Project(json.loads(files), Path(folder))


def handle(request: str) -> str:
    """Answer a request: JSON with `kind`, the `files` that were changed, and what that kind needs."""
    assert _project, "use() comes first"
    message = json.loads(request)
    try:
        reply = _KINDS[message["kind"]](_project, message)
    except FrameworkErrors:
        reply = {"kind": "wrong"}  # it was asked before the check had said so
    except Exception:
        reply = {"kind": "error", "detail": traceback.format_exc()}  # the page goes on with what is written
    return json.dumps(reply, ensure_ascii=False)


def _files(project: Project, _: dict[str, Any]) -> dict[str, Any]:
    texts = {name: text for name, text in project.files.items() if name.startswith(_FRAMEWORK)}
    return {"kind": "files", "files": texts}


def _form(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """The form of a file as HTML; empty when the file cannot be read."""
    texts = project.write(message["files"])
    files = read_files(project.root / "framework")
    name = message["open"].removeprefix(_FRAMEWORK)
    fields = Form(files, name, explanations(texts[f"{_FRAMEWORK}README.md"])).fields()
    return {"kind": "form", "html": fragment("_editor_form", fields=fields) if fields else ""}


def _check(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """All that `make check` says of the files, after the form's changes, if any."""
    project.write(message["files"])
    name, refused = message["open"], ""
    try:
        for change in message.get("changes", ()):
            file = change.get("file") or name.removeprefix(_FRAMEWORK)
            apply(project.root, file, change, project.files.get(f"{_FRAMEWORK}{file}"))
    except CannotEditError as reason:
        refused = str(reason)
    changed = project.changed()
    problems: list[Problem] = []
    try:
        project.load()
    except FrameworkErrors as errors:
        problems = errors.problems
    source = read_source(name, {**project.files, **changed}[name].encode())
    return {
        "kind": "check",
        "refused": refused,
        "files": changed,
        "count": handover.count(len(problems)),
        "letter": handover.letter(changed),
        "problems": [
            {
                "file": problem.path,
                "line": problem.line,
                "message": problem.message,
                "text": str(problem),
                "place": problem.place or source.place_at(problem.line) if problem.path == name else None,
            }
            for problem in problems
        ],
    }


def _meaning(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """What a change without problems means, and where on the site it shows."""
    before, pages = project.published
    project.write(message["files"])
    after = project.load()
    shown = shown_on(pages, project.pages.rendered(after, project.root))
    others = [{"title": title} for title in taken_along(before, after)]
    told = meaning(before, after, project.root)
    where = [change["where"] for change in told["changes"]]
    letter = handover.letter(message["files"], where, told["decision"])
    return {"kind": "meaning", **told, "pages": shown, "others": others, "letter": letter}


def _preview(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """A page as readers will see it, with its own style sheets."""
    project.write(message["files"])
    page = project.pages.rendered(project.load(), project.root)[message["address"]]
    return {
        "kind": "preview",
        "html": page.html,
        "title": page.title,
        "styles": page.assets.get("styles", []),
    }


def _add(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """What `make role`, `make competence` or `make support` adds."""
    project.write(message["files"])
    given = {field: " ".join(value.split()) for field, value in message["given"].items() if value.strip()}
    try:
        said = ADD[message["what"]](project.root, given)
    except (Refused, CannotEditError, FrameworkErrors) as reason:
        return {"kind": "add", "refused": str(reason)}
    changed, roles = project.changed(), f"{_FRAMEWORK}roles.yml"
    new = next((name for name in changed if name not in project.files and name not in message["files"]), "")
    reply = {"kind": "add", "said": said, "files": changed}
    if new:
        title = f"{Path(new).stem} {given['TITLE']}" if "TITLE" in given else given["DOCUMENT"]
        return reply | {"open": new, "title": title}
    named = read_source(roles, changed[roles].encode()).find("roles.*.name")
    place = next(at[:-1] for at, name in named if name == given["NAME"])
    return reply | {"open": roles, "place": place}


def _handover(project: Project, message: dict[str, Any]) -> dict[str, Any]:
    """The change as a patch, and as an archive with the changed files, too."""
    changed: Changed = message["files"]
    patch = handover.patch(project.files, project.write(changed))
    texts = {name: text for name, text in changed.items() if text is not None}
    packed = handover.archive({**texts, handover.PATCH: patch})
    return {"kind": "handover", "patch": patch, "zip": b64encode(packed).decode()}


_KINDS: dict[str, Callable[[Project, dict[str, Any]], dict[str, Any]]] = {
    "files": _files,
    "form": _form,
    "check": _check,
    "meaning": _meaning,
    "preview": _preview,
    "add": _add,
    "handover": _handover,
}
