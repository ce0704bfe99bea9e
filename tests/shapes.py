"""Reads the types of `quiz.protocol`, so that tests can hold data and templates against them."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict


def alternatives(shape: Any) -> list[Any]:
    """The types that a value of this type may have; what may be left out counts as null."""
    if get_origin(shape) is NotRequired:
        return [*alternatives(get_args(shape)[0]), NoneType]
    if get_origin(shape) in (Union, UnionType):
        return [found for part in get_args(shape) for found in alternatives(part)]
    return [shape]


def fields(shape: Any) -> dict[str, Any]:
    """The fields of a type with their types; none when it is not an object with known fields."""
    return get_type_hints(shape, include_extras=True) if is_typeddict(shape) else {}


def item(shape: Any) -> Any:
    """The type of a list's items, or None when it is no list."""
    return get_args(shape)[0] if get_origin(shape) is list else None


def leaves(shape: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path to every leaf of a type, such as `areas[].name`, with the leaf's type; null is one."""
    for part in alternatives(shape):
        if is_typeddict(part):
            for name, inner in fields(part).items():
                optional = get_origin(inner) is NotRequired
                yield from leaves(
                    get_args(inner)[0] if optional else inner, f"{path}.{name}" if path else name
                )
        elif item(part):
            yield from leaves(item(part), f"{path}[]")
        elif get_origin(part) is Literal:
            yield path, type(get_args(part)[0])
        else:
            yield path, part
