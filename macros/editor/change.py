"""Changes that the form makes to a file: each touches the lines of its own field alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from macros.add import NOT_RELEVANT
from macros.check.source import Place, Source, read_source
from macros.check.words import slug
from macros.edit import Draft, folded, scalar
from macros.editor.shape import NAMES, SLUG, Shape, reference, shape_at
from macros.model import Reading

Change = dict[str, Any]


def apply(root: Path, name: str, change: Change, published: str | None = None) -> None:
    """Make a change in a file of the project in `root`, or raise CannotEditError.

    Args:
        root: the project's folder, which is written to.
        name: the file's name in `framework/`.
        change: `op`, one of _OPS, `place`, and what that needs.
        published: the file's text before all changes, if it was there.
    """
    _OPS[change["op"]](_File(root, name, published), tuple(change["place"]), change)


class _File:
    def __init__(self, root: Path, name: str, published: str | None) -> None:
        self.name, self._root, self._path = name, root, f"framework/{name}"
        raw = published and published.encode()
        self.published = Draft(root, self._path, in_order=False, raw=raw) if raw else None

    @property
    def source(self) -> Source:
        return read_source(self._path, (self._root / self._path).read_bytes())

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Write the file with what is done to the draft."""
        draft = Draft(self._root, self._path, in_order=False)
        yield draft
        draft.save()

    def has(self, place: Place) -> bool:
        """Return whether a value is there, also an empty one."""
        return self.source.node(place) is not None

    def words(self, place: Place) -> list[str]:
        return list(map(str, self.source.at(place) or []))

    def put(self, place: Place, value: str) -> None:
        """Add a field that is not there, after those that come before it."""
        parent, key = place[:-1], place[-1]
        if not self.has(parent):  # a table whose first row this is
            self.put(parent, f"{{{key}: {value}}}")
            return
        shape, there = shape_at(self.name, parent), list(self.source.at(parent) or {})
        if shape.is_model:
            order = list(shape.kind.model_fields)
            before = [field for field in there if field in order[: order.index(str(key))]]
        else:
            before = [other for other in there if isinstance(other, int) and other < int(key)]
        with self.draft() as draft:
            draft.add_entry(parent, key, value, before[-1] if before else None)

    def add(self, place: Place, item: str | dict[str, str], after: int = -1) -> None:
        """Add to a list, which need not be there."""
        if not self.has(place):
            self.put(place, "[]")
        with self.draft() as draft:
            draft.add_item(place, item, after)

    def remove(self, place: Place) -> None:
        """Remove a value, and a list that may be missing with its last item."""
        above, entries = place[:-1], self.source.at(place[:-1])
        while above and len(entries) == 1 and self.is_optional(above):
            place, above, entries = above, above[:-1], self.source.at(above[:-1])
        with self.draft() as draft:
            draft.remove(place)

    def restore(self, place: Place) -> None:
        """Write a value as it was published, where the order of lists alone is another."""
        if self.published:
            with self.draft() as draft:
                draft.restore(place, self.published)

    def is_optional(self, place: Place) -> bool:
        parent = shape_at(self.name, place[:-1]) if place else None
        if parent is None or not parent.is_model:
            return bool(parent and parent.value and place[-2] != "alternatives" and place[0] != "levels")
        return not next(required for field, _, required in parent.fields() if field == place[-1])


def cleaned(text: str) -> str:
    """Return a text without what cannot be seen, each letter as one character."""
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    seen = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf"))
    lines = (" ".join(filter(None, line.split(" "))) for line in seen.strip().split("\n"))
    return "\n".join(filter(None, lines))


def _set(file: _File, place: Place, change: Change) -> None:
    """Set the value of one field; an empty one goes where it may."""
    value, word = cleaned(change["value"]), shape_at(file.name, place).is_word
    if file.source.at(place) == value:
        return
    if not file.has(place):
        if value:
            file.put(place, value if word else folded(value))
    elif not value and file.is_optional(place):
        file.remove(place)
    else:
        with file.draft() as draft:
            draft.set_word(place, value or '""') if word else draft.set_text(place, value, file.published)
    alternatives = (*place[:-1], "alternatives")
    if place[-1] == "reading" and value == Reading.CONFIRMED and file.has(alternatives):
        file.remove(alternatives)


def _flag(file: _File, place: Place, change: Change) -> None:
    """Say yes or no; no is not written."""
    if not change["on"]:
        if file.has(place):
            file.remove(place)
    elif file.has(place):
        with file.draft() as draft:
            draft.set_word(place, "true")
    else:
        file.put(place, "true")


def _tick(file: _File, place: Place, change: Change) -> None:
    """Put a word into a list, or take it out."""
    word, words = change["value"], file.words(place)
    if word in words and not change["on"]:
        file.remove((*place, words.index(word)))
    elif word not in words and change["on"]:
        lower = (at for at, other in enumerate(words) if other.isdecimal() and other < word)
        file.add(place, word, max(lower, default=-1))


def _words(file: _File, place: Place, change: Change) -> None:
    """Set all words of a list; those that stay are not touched."""
    written = cleaned(change["value"]).replace("\n", ",").split(",")
    wanted = list(dict.fromkeys(word.strip() for word in written if word.strip()))
    for word in wanted:
        if word not in file.words(place):
            file.add(place, scalar(word))
    for word in file.words(place):
        if word not in wanted:
            file.remove((*place, file.words(place).index(word)))


def _level(file: _File, place: Place, change: Change) -> None:
    """Move a role to another level of a competence."""
    expected, role, value = place[:-1], place[-1], change["value"]
    for pattern in ("levels.*.*", "not_relevant.*"):
        for at, word in list(file.source.find(pattern, expected)):
            if word == role:
                file.remove(at)
    if value == NOT_RELEVANT:
        file.add((*expected, "not_relevant"), str(role))
    elif file.has(level := (*expected, "levels", int(value))):
        file.add(level, str(role))
    else:
        file.put(level, f"[{role}]")
    file.restore(expected)


def _add(file: _File, place: Place, change: Change) -> None:
    """Add something to a list, what must be there left empty."""
    item, value = shape_at(file.name, place).item, cleaned(change.get("value", ""))
    assert item
    if item.is_model:
        taken = [str(entry.get("id")) for entry in file.source.at(place) or [] if isinstance(entry, dict)]
        file.add(place, _new_item(file.name, (*place, 0), item, value, taken))
    else:
        file.add(place, folded(value) if value else '""')


def _new_item(name: str, place: Place, item: Shape, value: str, taken: list[str]) -> dict[str, str]:
    fields = {}
    for field, shape, required in item.fields():
        if not required:
            continue
        if field == "id" and shape.pattern == SLUG:
            own = slug(value) or "ny"
            numbered = (own, *(f"{own}-{number}" for number in range(2, len(taken) + 3)))
            fields[field] = next(word for word in numbered if word not in taken)
        elif shape.is_choice:
            fields[field] = scalar(next(iter(shape.kind)).value)
        elif shape.is_word:
            fields[field] = date.today().isoformat() if shape.kind is date else "1"
        elif shape.item:
            fields[field] = "[]" if reference(name, (*place, field, 0)) else '[""]'
        elif value and field in NAMES:
            fields[field], value = folded(value), ""
        else:
            fields[field] = '""'
    return fields


_OPS: dict[str, Callable[[_File, Place, Change], None]] = {
    "set": _set,
    "flag": _flag,
    "tick": _tick,
    "words": _words,
    "level": _level,
    "add": _add,
    "remove": lambda file, place, _: file.remove(place),
}
