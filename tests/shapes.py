"""Reads the types of `quiz.protocol`, so that tests can hold data and templates against them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
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


def value(shape: Any) -> Any:
    """The type of the values of an object whose keys are data, or None when it is no such object."""
    return get_args(shape)[1] if get_origin(shape) is dict else None


def leaves(shape: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path to every leaf of a type, such as `areas[].name`, with the leaf's type; null is one.

    Where keys are data, as in `expected{}`, the path has none of them.
    """
    for part in alternatives(shape):
        if is_typeddict(part):
            for name, inner in fields(part).items():
                optional = get_origin(inner) is NotRequired
                yield from leaves(
                    get_args(inner)[0] if optional else inner, f"{path}.{name}" if path else name
                )
        elif item(part):
            yield from leaves(item(part), f"{path}[]")
        elif value(part):
            yield from leaves(value(part), f"{path}{{}}")
        elif get_origin(part) is Literal:
            yield path, type(get_args(part)[0])
        else:
            yield path, part


def found(data: Any, shape: Any) -> Iterator[tuple[str, Any]]:
    """Yield the path to every leaf of the data, with its type, in the same form as `leaves` of its shape."""
    keyed = {path[: mark.start()] for path, _ in leaves(shape) for mark in re.finditer(r"\{\}", path)}
    for path, leaf in paths(data, keyed):
        yield path, type(leaf)


def paths(data: Any, keyed: Collection[str] = (), path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path to every leaf of the data, with the leaf; `keyed` are objects whose keys are data."""
    if isinstance(data, dict):
        for key, inner in data.items():
            named = f"{path}{{}}" if path in keyed else f"{path}.{key}" if path else key
            yield from paths(inner, keyed, named)
    elif isinstance(data, list):
        for inner in data:
            yield from paths(inner, keyed, f"{path}[]")
    else:
        yield path, data
