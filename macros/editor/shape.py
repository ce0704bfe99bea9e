"""Which fields a file of the framework has, by its model, and what each may hold."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from macros.check.files import TYPES, Files, kind_of
from macros.check.references import IDS, REFERENCES
from macros.check.source import Place
from macros.fields import Slug

# The fields that something is called by.
NAMES = ("name", "title", "question", "text")


class Shape(NamedTuple):
    """What a value may be: its Python type, and the pattern of a text."""

    kind: Any
    pattern: str = ""

    @property
    def is_model(self) -> bool:
        """Whether it is a group of fields."""
        return isinstance(self.kind, type) and issubclass(self.kind, BaseModel)

    @property
    def is_choice(self) -> bool:
        """Whether it is one of a few words."""
        return isinstance(self.kind, type) and issubclass(self.kind, StrEnum)

    @property
    def is_word(self) -> bool:
        """Whether it is written without quotation marks: a number, a date."""
        return self.kind in (int, date)

    @property
    def item(self) -> Shape | None:
        """What the items of a list are; None if it is no list."""
        return shape(get_args(self.kind)[0]) if get_origin(self.kind) is tuple else None

    @property
    def value(self) -> Shape | None:
        """What the values of a table are; None if it is none."""
        return shape(get_args(self.kind)[1]) if get_origin(self.kind) is dict else None

    def fields(self) -> Iterator[tuple[str, Shape, bool]]:
        """Yield name, shape and whether it must be there, for each field of a model."""
        for name, field in self.kind.model_fields.items():
            yield name, shape(field.annotation, field.metadata), field.is_required()


def shape(annotation: Any, metadata: Iterable[Any] = ()) -> Shape:
    """Return the shape that a type annotation and what pydantic keeps beside it describe."""
    known = [*metadata]
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        annotation, *rest = get_args(annotation)
        known += rest
    patterns = [getattr(item, "pattern", None) for item in known]
    return Shape(annotation, next((str(pattern) for pattern in patterns if pattern), ""))


def shape_at(name: str, place: Place) -> Shape:
    """Return the shape of the value at a place of a file, by its name in `framework/`."""
    found = shape(TYPES[kind_of(name)])
    for step in place:
        if found.is_model:
            found = next(below for field, below, _ in found.fields() if field == step)
        else:
            found = found.item or found.value or found
    return found


def reference(name: str, place: Place) -> str:
    """Return the kind of id that a value refers to, as in `macros.check.references`; "" for none."""
    file, written = kind_of(name), ".".join(map(str, place))
    rows = (row for row in REFERENCES if row.file == file and row.places.count(".") == len(place) - 1)
    return next((row.kind for row in rows if fnmatchcase(written, row.places)), "")


def options(files: Files, kind: str) -> dict[str, str]:
    """Return id → name of all that an id of this kind can refer to."""
    row = IDS[kind]
    if kind == "competence":
        return {number: f"{number} {item.at(('title',))}" for number, item in files.competences.items()}
    found = {}
    for place, item in files[row.file].find(f"{row.field}.*" if row.field else "*"):
        if isinstance(item, dict) and place:
            label = next((str(item[name]) for name in NAMES if item.get(name)), "")
            found[str(item.get("id"))] = f"{item.get('id')}. {label}" if kind == "area" else label
    return found


SLUG = shape(Slug).pattern
