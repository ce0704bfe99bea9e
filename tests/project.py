"""Copies of the project with another framework, written as YAML, for tests and benchmarks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from macros.fields import Item
from macros.model import Competence, Framework, LevelName

ROOT = Path(__file__).resolve().parent.parent

ItemType = TypeVar("ItemType", bound=Item)

FILES: dict[str, Callable[[Framework], Any]] = {
    "framework.yml": lambda framework: framework.basics,
    "areas.yml": lambda framework: framework.areas,
    "roles.yml": lambda framework: {"parts": framework.parts, "roles": framework.roles},
    "questions.yml": lambda framework: framework.questions,
    "sources.yml": lambda framework: framework.sources,
    "workshop.yml": lambda framework: framework.workshop,
}


def copy_project(folder: Path) -> Path:
    """Copy what a build of the site needs into a folder, and return it. What was published is copied too."""
    for name in ("docs", "framework", "macros", "quiz"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    if (ROOT / ".cache" / "publish").is_dir():
        shutil.copytree(ROOT / ".cache" / "publish", folder / ".cache" / "publish")
    return folder


def write_framework(framework: Framework, folder: Path) -> None:
    """Write a framework's YAML files, in place of those in the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    parts = {name: part(framework) for name, part in FILES.items()}
    parts |= {f"competences/{item.id}.yml": item for item in framework.competences}
    for name, part in parts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(_plain(part), allow_unicode=True, sort_keys=False), "utf-8")


def changed(item: ItemType, **fields: Any) -> ItemType:
    """Return a part of the framework with other values in some fields; nothing is checked."""
    kept = {name: getattr(item, name) for name in type(item).model_fields}
    return cast(ItemType, type(item).model_construct(**{**kept, **fields}))


def with_levels(framework: Framework, count: int) -> Framework:
    """Return the framework with `count` levels, and as many places on the scale of motivation.

    Levels above the last one fall together with it; new ones get texts of their own.
    """
    basics, levels = framework.basics, range(1, count + 1)
    names = {item.level: item for item in basics.levels}
    scale = [*basics.motivation.scale, *(f"Plats {place}" for place in levels)][:count]
    return changed(
        framework,
        basics=changed(
            basics,
            levels=tuple(
                names.get(n) or LevelName.model_construct(level=n, name=f"Namn {n}") for n in levels
            ),
            motivation=changed(basics.motivation, scale=tuple(scale)),
        ),
        competences=tuple(_with_levels(item, levels) for item in framework.competences),
    )


def _with_levels(competence: Competence, levels: range) -> Competence:
    top = levels[-1]
    return changed(
        competence,
        levels={level: competence.levels.get(level, f"Kan allt på nivå {level}.") for level in levels},
        expected=changed(
            competence.expected,
            levels=_merged(competence.expected.levels, top),
            alternatives=tuple(_merged(other, top) for other in competence.expected.alternatives),
        ),
        support=tuple(
            changed(item, levels=tuple(sorted({min(level, top) for level in item.levels})))
            for item in competence.support
        ),
    )


def _merged(roles_at: Mapping[int, tuple[str, ...]], top: int) -> dict[int, tuple[str, ...]]:
    merged: dict[int, tuple[str, ...]] = {}
    for level, roles in roles_at.items():
        merged[min(level, top)] = (*merged.get(min(level, top), ()), *roles)
    return merged


def _plain(value: Any) -> Any:
    """Return a part of the framework as YAML knows it."""
    if isinstance(value, Item):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return {name: _plain(part) for name, part in fields.items() if part is not None}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value
