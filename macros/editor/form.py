"""A file of the framework as the fields of a form, made from its model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.add import NOT_RELEVANT, for_whom, placed
from macros.check.files import ROLES, Files
from macros.check.rules import named_levels
from macros.check.source import Place
from macros.check.words import shown
from macros.editor import labels
from macros.editor.shape import NAMES, SLUG, Shape, options, reference, shape_at
from macros.model import Expected, Reading, Role

Known = dict[str, Any]  # `label`, `help` and `optional` of a field
# Lists that are written in one field, with commas.
WORDS = {"criteria", "digcomp", "keywords", "terms"}


@dataclass(frozen=True)
class Field:
    """One field of the form, or a group of them.

    `kind` is its part of the template, `options` value → what it is called, `add` what a list's button adds,
    `asks` what has to be said before that, `file` another file that the field changes.
    """

    kind: str
    at: Place
    label: str
    help: str = ""
    value: Any = ""
    options: Mapping[str, str] | None = None
    fields: tuple[Field, ...] = ()
    add: str = ""
    asks: str = ""
    file: str = ""
    optional: bool = False

    @property
    def place(self) -> str:
        """The place as the page hands it back."""
        return json.dumps(self.at)

    @property
    def id(self) -> str:
        """A name that no other field has."""
        return "-".join(map(str, self.at))


class Form:
    """The form of one file."""

    def __init__(self, files: Files, name: str, help_texts: Mapping[tuple[str, str], str]) -> None:
        """Prepare the form of the file `name` in `framework/`."""
        self._files, self._name, self._help = files, name, help_texts
        self._source = files[name]
        names = {
            str(level): files["framework.yml"].at(("levels", level - 1, "name"))
            for level in named_levels(files)
        }
        self._levels = {level: f"Nivå {level} {name or ''}".strip() for level, name in names.items()}
        self._columns = {level: level for level in names} | {NOT_RELEVANT: "Inte relevant"}

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the file; none when it cannot be read."""
        if self._source.data is None:
            return ()
        root = shape_at(self._name, ())
        if root.item:
            return (self._items(root.item, (), {"label": labels.TITLES[self._name]}),)
        return tuple(self._of_model(root, ()))

    def _of_model(self, shape: Shape, place: Place) -> Iterator[Field]:
        models = [kind.__name__ for kind in shape.kind.__mro__]
        for name, below, required in shape.fields():
            if shape.kind is Expected and name != "reading":
                continue
            label = labels.FIELDS.get(name, name)
            said = next((self._help[model, name] for model in models if (model, name) in self._help), "")
            known = {"label": label, "help": labels.for_the_form(said, label), "optional": not required}
            if field := self._field(below, (*place, name), known):
                yield field

    def _field(self, shape: Shape, place: Place, known: Known) -> Field | None:
        """Return the field of a value, in the file or not; None where it has none."""
        if shape.is_model:
            if shape.kind is Expected and ROLES not in self._files.sources:
                return None
            fields = tuple(self._of_model(shape, place))
            if shape.kind is Expected:
                fields += (self._grid(place),)
            return Field("group", place, fields=fields, **known)
        if shape.value:
            return Field("group", place, fields=tuple(self._rows(place)), **known)
        if shape.item:
            return self._list(shape.item, place, known)
        return self._single(shape, place, known)

    def _choices(self, shape: Shape, place: Place) -> dict[str, str] | None:
        """Return value → what it is called, where only some values may be there."""
        if kind := reference(self._name, place):
            return options(self._files, kind)
        if not shape.is_choice:
            return None
        named = {word.value: labels.READINGS.get(word.value, word.value.capitalize()) for word in shape.kind}
        if self._source.at(place) != Reading.UNCERTAIN:  # that asks for more than the form has
            named.pop(Reading.UNCERTAIN, None)
        return named

    def _single(self, shape: Shape, place: Place, known: Known) -> Field:
        value = self._source.at(place)
        if place[-1] == "id" or place == ("part",):  # the file is called so
            return Field("fixed", place, value=str(value or ""), **known)
        choices = self._levels if place[-1] == "level" else self._choices(shape, place)
        if shape.is_choice:
            known["help"] = ""  # the choices say it
        if choices is not None:
            return Field("choice", place, value=str(value or ""), options=choices, **known)
        if shape.kind is bool:
            return Field("flag", place, value=value is True, **known)
        return Field("text" if shape.pattern == r"\S" else "line", place, value=_text(value), **known)

    def _rows(self, place: Place) -> Iterator[Field]:
        """Yield a text for each level, or minutes for each length of a meeting."""
        rows, kind = self._levels, "text"
        if place[-1] == "minutes":
            rows, kind = {str(n): f"Möte på {n} minuter" for n in self._source.at(("agendas",)) or []}, "line"
        for key, name in rows.items():
            at = (*place, int(key))
            yield Field(kind, at, name, value=_text(self._source.at(at)), optional=kind == "line")

    def _list(self, item: Shape, place: Place, known: Known) -> Field | None:
        name, entries = place[-1], self._entries(place)
        choices = self._choices(item, (*place, 0))
        if item.kind is int and name == "levels":
            choices = {level: f"Nivå {level}" for level in self._levels}
        if choices:
            return Field("many", place, value=list(map(str, entries)), options=choices, **known)
        if choices is not None or item.kind is int or item.value:
            return None
        if item.is_model:
            return self._items(item, place, known)
        if name in WORDS:
            return Field("words", place, value=", ".join(map(str, entries)), **known)
        texts = (
            Field("text", (*place, at), f"{known['label']} {at + 1}", value=str(text or ""))
            for at, text in enumerate(entries)
        )
        return Field("list", place, fields=tuple(texts), add=self._adds(place), **known)

    def _items(self, item: Shape, place: Place, known: Known) -> Field:
        """Return a list of groups, each labelled by what tells it from the others."""
        groups = []
        for at, entry in enumerate(self._entries(place)):
            below = (*place, at)
            if isinstance(entry, dict):
                fields = tuple(self._of_model(item, below))
                if item.kind is Role:
                    fields += (self._role_grid(str(entry.get("id"))),)
            else:  # a point without points below it
                fields = (Field("text", below, labels.FIELDS["text"], value=str(entry or "")),)
            groups.append(Field("item", below, _summary(entry, at), fields=fields))
        return Field("items", place, fields=tuple(groups), add=self._adds(place), asks=_asks(item), **known)

    def _entries(self, place: Place) -> list[Any]:
        value = self._source.at(place)
        return value if isinstance(value, list) else []

    def _adds(self, place: Place) -> str:
        name = str(place[-1]) if place else ""
        return "" if (self._name, name) in labels.FIXED else labels.ADDED.get(name, "en text")

    def _role_grid(self, role: str) -> Field:
        """Return a role's level in each competence that expects one of it, or is for all."""
        rows: list[Field] = []
        for number, source in self._files.competences.items():
            value = placed(source).get(role, "")
            if value or not for_whom(self._files, number):
                name, file = f"{number} {source.at(('title',))}", f"competences/{number}.yml"
                rows.append(Field("row", ("expected", role), name, value=value, file=file))
        return Field("grid", (role,), "Förväntade nivåer", options=self._columns, fields=tuple(rows))

    def _grid(self, place: Place) -> Field:
        """Return the expected level of each role that the competence is for."""
        levels, limited = placed(self._source), for_whom(self._files, str(self._source.at(("id",))))
        rows = tuple(
            Field("row", (*place, role), name, value=levels.get(role, ""))
            for role, name in options(self._files, "role").items()
            if not limited or role in limited or role in levels
        )
        return Field("grid", (*place, "levels"), "Rollernas nivåer", options=self._columns, fields=rows)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _asks(item: Shape) -> str:
    """Return what has to be said before an item is added: what its id is made from."""
    fields = {name: below for name, below, _ in item.fields()}
    if fields.get("id", item).pattern != SLUG:
        return ""
    return next(labels.FIELDS[name] for name in NAMES if name in fields)


def _summary(entry: Any, at: int) -> str:
    """Return what an entry of a list is called: its kind, levels, name or text."""
    if not isinstance(entry, dict):
        return shown(str(entry or at + 1))
    names = ("name", "title", "question", "kicker", "where", "part", "competence", "area", "text", "id")
    text = next((str(entry[name]) for name in names if entry.get(name)), "utan text")
    kind, levels = str(entry.get("kind") or "").capitalize(), entry.get("levels")
    if kind and isinstance(levels, list) and levels:
        kind += f", nivå {', '.join(map(str, levels))}"
    return shown(f"{kind}: {text}" if kind else text)
