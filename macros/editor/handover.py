"""A proposed change as files to send: a patch, and the changed files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

PATCH = "andring.patch"
_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"


def patch(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Return what `git apply` needs to turn the files `old` (name → text) into `new`; "" for equal ones."""
    names = sorted({*old, *new})
    return "".join(_file(name, old.get(name), new.get(name)) for name in names)


def archive(files: Mapping[str, str]) -> bytes:
    """Return a zip archive of texts by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in sorted(files.items()):  # ZipInfo dates all 1980: the same bytes each time
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def letter(names: Iterable[str], changes: Iterable[str] = (), decision: str = "") -> str:
    """Return a text for the mail with the change: what is changed, and in which files."""
    parts = ["Hej!", "Jag föreslår en ändring i ramverket. Förslaget är bifogat."]
    for heading, rows in (("Det här ändras:", list(changes)), ("Ändrade filer:", sorted(names))):
        if rows:
            parts.append("\n".join([heading, *(f"- {row}" for row in rows)]))
    return "\n\n".join(filter(None, [*parts, decision])) + "\n"


def count(problems: int) -> str:
    """Return how many problems there are, in words."""
    if not problems:
        return "Allt stämmer."
    return f"{problems} saker behöver rättas." if problems > 1 else "En sak behöver rättas."


def _file(name: str, old: str | None, new: str | None) -> str:
    if old == new:
        return ""
    # Only a line feed ends a line, as it does for git.
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text or "") for text in (old, new))
    head = [f"diff --git a/{name} b/{name}"]
    if old is None:
        head.append("new file mode 100644")
    if new is None:
        head.append("deleted file mode 100644")
    if before or after:
        head.append("--- /dev/null" if old is None else f"--- a/{name}")
        head.append("+++ /dev/null" if new is None else f"+++ b/{name}")
    groups = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT)
    return "".join([*(f"{line}\n" for line in head), *(_hunk(group, before, after) for group in groups)])


def _hunk(group: list[tuple[str, int, int, int, int]], before: list[str], after: list[str]) -> str:
    first, last = group[0], group[-1]
    parts = [f"@@ -{_span(first[1], last[2])} +{_span(first[3], last[4])} @@\n"]
    for kind, i1, i2, j1, j2 in group:
        if kind == "equal":
            parts += _marked(" ", before[i1:i2])
        else:
            parts += [*_marked("-", before[i1:i2]), *_marked("+", after[j1:j2])]
    return "".join(parts)


def _marked(sign: str, lines: Iterable[str]) -> list[str]:
    return [f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n{_NO_NEWLINE}" for line in lines]


def _span(start: int, end: int) -> str:
    """Return a range of lines as a patch writes it: an empty one is named by the line before it."""
    return f"{start + 1 if end > start else start},{end - start}"
