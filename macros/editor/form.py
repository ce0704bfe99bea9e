"""A file of the framework as the fields of a form, made from its model; each knows its place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.check.files import ROLES, Files
from macros.check.rules import named_levels
from macros.check.source import Place, Source
from macros.check.words import shown
from macros.editor import labels
from macros.editor.shape import NAMES, SLUG, Shape, options, reference, shape_at
from macros.model import Expected, Reading, Role

# Lists of words, which are written in one field, with commas.
WORDS = {"criteria", "digcomp", "keywords", "terms"}
NOT_RELEVANT = "-"


@dataclass(frozen=True)
class Field:
    """One field of the form, or a group of them.

    `kind` is its part of the template; `options` is value → what it is called; `add` is what a list's button
    adds, and `asks` what has to be said before that. `file` is another file that the field changes.
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
        """A name for the page, which no other field has."""
        return "-".join(map(str, self.at))


class Form:
    """The form of one file."""

    def __init__(self, files: Files, name: str, help_texts: Mapping[tuple[str, str], str]) -> None:
        """Prepare the form of the file `name` in `framework/`."""
        self._files, self._name, self._help = files, name, help_texts
        self._source: Source = files[name]
        self._levels = {str(level): self._level(level) for level in named_levels(files)}

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the whole file; none when it cannot be read."""
        if self._source.data is None:
            return ()
        root = shape_at(self._name, ())
        if root.item:
            return (self._items("", root.item, (), {}),)
        return tuple(self._of_model(root, ()))

    def _level(self, level: int) -> str:
        name = self._files["framework.yml"].at(("levels", level - 1, "name"))
        return f"Nivå {level} {name or ''}".strip()

    def _of_model(self, shape: Shape, place: Place) -> Iterator[Field]:
        models = [kind.__name__ for kind in shape.kind.__mro__]
        for name, below, required in shape.fields():
            if shape.kind is Expected and name != "reading":
                continue
            said = next((self._help[model, name] for model in models if (model, name) in self._help), "")
            said = labels.for_the_form(said, labels.FIELDS.get(name, name))
            field = self._field(name, below, (*place, name), said, not required)
            if field:
                yield field

    def _field(self, name: str, shape: Shape, place: Place, text: str, optional: bool) -> Field | None:
        """Return the field of a value, whether it is in the file or not; None where it has none."""
        label = labels.FIELDS.get(name, name)
        known: dict[str, Any] = {"help": text, "optional": optional}
        if shape.is_model:
            if shape.kind is Expected and ROLES not in self._files.sources:
                return None
            fields = tuple(self._of_model(shape, place))
            if shape.kind is Expected:
                fields += (self._grid(place),)
            return Field("group", place, label, fields=fields, **known)
        if shape.value:
            return Field("group", place, label, fields=tuple(self._rows(place)), **known)
        if shape.item:
            return self._list(name, shape.item, place, known)
        return self._single(name, shape, place, known)

    def _single(self, name: str, shape: Shape, place: Place, known: dict[str, Any]) -> Field:
        value, label, choices = self._source.at(place), labels.FIELDS.get(name, name), None
        if name == "id" or place == ("part",):  # the file is called so
            return Field("fixed", place, label, value=str(value or ""), **known)
        if kind := reference(self._name, place):
            choices = options(self._files, kind)
        elif shape.is_choice:
            named = labels.READINGS if shape.kind is Reading else {}
            choices = {word.value: named.get(word.value, word.value.capitalize()) for word in shape.kind}
            if value != Reading.UNCERTAIN:  # that asks for more than the form has
                choices.pop(Reading.UNCERTAIN, None)
            known = known | {"help": ""}  # the choices say it
        elif name == "level":
            choices = self._levels
        if choices is not None:
            return Field("choice", place, label, value=str(value or ""), options=choices, **known)
        if shape.kind is bool:
            return Field("flag", place, label, value=value is True, **known)
        text = "" if value is None else str(value)
        return Field("text" if shape.pattern == r"\S" else "line", place, label, value=text, **known)

    def _rows(self, place: Place) -> Iterator[Field]:
        """Yield the fields of a table: a text for each level, or minutes for each length of a meeting."""
        rows, kind = self._levels, "text"
        if place[-1] == "minutes":
            rows, kind = {str(n): f"Möte på {n} minuter" for n in self._source.at(("agendas",)) or []}, "line"
        for key, name in rows.items():
            value = self._source.at((*place, int(key)))
            text = "" if value is None else str(value)
            yield Field(kind, (*place, int(key)), name, value=text, optional=kind == "line")

    def _list(self, name: str, item: Shape, place: Place, known: dict[str, Any]) -> Field | None:
        value, label = self._source.at(place), labels.FIELDS.get(name, name)
        entries = value if isinstance(value, list) else []
        kind = reference(self._name, (*place, 0))
        if kind or (item.kind is int and name == "levels"):
            choices = (
                options(self._files, kind) if kind else {level: f"Nivå {level}" for level in self._levels}
            )
            if not choices:
                return None
            return Field("many", place, label, value=list(map(str, entries)), options=choices, **known)
        if item.is_choice:
            choices = {word.value: word.value.capitalize() for word in item.kind}
            return Field("many", place, label, value=list(map(str, entries)), options=choices, **known)
        if item.kind is int or item.value:
            return None
        if item.is_model:
            return self._items(name, item, place, known)
        if name in WORDS:
            return Field("words", place, label, value=", ".join(map(str, entries)), **known)
        texts = [
            Field("text", (*place, at), f"{label} {at + 1}", value=str(text or ""))
            for at, text in enumerate(entries)
        ]
        return Field("list", place, label, fields=tuple(texts), add=self._adds(name), **known)

    def _items(self, name: str, item: Shape, place: Place, known: dict[str, Any]) -> Field:
        """Return a list of groups, each with what tells it from the others as its label."""
        value = self._source.at(place)
        groups = []
        for at, entry in enumerate(value if isinstance(value, list) else []):
            below = (*place, at)
            if isinstance(entry, dict):
                fields = tuple(self._of_model(item, below))
                if item.kind is Role:
                    fields += (self._role_grid(str(entry.get("id"))),)
            else:  # a point without points below it is its text alone
                fields = (Field("text", below, labels.FIELDS["text"], value=str(entry or "")),)
            groups.append(Field("item", below, _summary(entry, at), fields=fields))
        known |= {"add": self._adds(name), "asks": _asks(item)}
        label = labels.FIELDS.get(name) or labels.TITLES[self._name]
        return Field("items", place, label, fields=tuple(groups), **known)

    def _adds(self, name: str) -> str:
        return "" if (self._name, name) in labels.FIXED else labels.ADDED.get(name, "en text")

    def _role_grid(self, role: str) -> Field:
        """Return a role's expected level in each competence that it has one in, or that is for all."""
        areas, rows = self._files["areas.yml"], []
        limited = {
            str(area.get("id")) for _, area in areas.find("*") if isinstance(area, dict) and area.get("roles")
        }
        for number, source in self._files.competences.items():
            value = self._placed(source, ("expected",)).get(role, "")
            if value or number.partition(".")[0] not in limited:
                name, file = f"{number} {source.at(('title',))}", f"competences/{number}.yml"
                rows.append(Field("row", ("expected", role), name, value=value, file=file))
        return Field("grid", (role,), "Förväntade nivåer", options=self._columns(), fields=tuple(rows))

    def _columns(self) -> dict[str, str]:
        return {level: level for level in self._levels} | {NOT_RELEVANT: "Inte relevant"}

    @staticmethod
    def _placed(source: Source, place: Place) -> dict[str, str]:
        levels = {str(role): str(at[-2]) for at, role in source.find("levels.*.*", place)}
        return levels | {str(role): NOT_RELEVANT for _, role in source.find("not_relevant.*", place)}

    def _grid(self, place: Place) -> Field:
        """Return the expected level of each role that the competence is for."""
        placed = self._placed(self._source, place)
        area = str(self._source.at(("id",))).partition(".")[0]
        areas = self._files["areas.yml"]
        own = next((at for at, number in areas.find("*.id") if str(number) == area), None)
        limited = areas.at((*own[:1], "roles")) if own else None
        rows = tuple(
            Field("row", (*place, role), name, value=placed.get(role, ""))
            for role, name in options(self._files, "role").items()
            if not limited or role in limited or role in placed
        )
        return Field("grid", (*place, "levels"), "Rollernas nivåer", options=self._columns(), fields=rows)


def _asks(item: Shape) -> str:
    """Return what has to be said before something new is added: what its id is made from."""
    fields = {name: below for name, below, _ in item.fields()}
    if fields.get("id", item).pattern != SLUG:
        return ""
    return next(labels.FIELDS[name] for name in NAMES if name in fields)


def _summary(entry: Any, at: int) -> str:
    """Return what an entry of a list is called: its kind, its levels, its name or its text."""
    if not isinstance(entry, dict):
        return shown(str(entry or at + 1))
    names = ("name", "title", "question", "kicker", "where", "part", "competence", "area", "text", "id")
    text = next((str(entry[name]) for name in names if entry.get(name)), "utan text")
    kind, levels = str(entry.get("kind") or "").capitalize(), entry.get("levels")
    if kind and isinstance(levels, list) and levels:
        kind += f", nivå {', '.join(map(str, levels))}"
    return shown(f"{kind}: {text}" if kind else text)
