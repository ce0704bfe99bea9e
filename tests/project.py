"""Copies of the project with another framework, written as YAML, for tests and benchmarks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from macros.changes import Weight, changes
from macros.fields import Item
from macros.model import Framework
from macros.support import Kind, LocalSource, Support
from macros.versions import Kept, plain, read_versions

Part = TypeVar("Part", bound=Item)
# What `with_local` adds: whose texts, and the role that one of them is for.
PART, NAME, OTHER = "stadsbiblioteket", "Stockholms stadsbibliotek", "systemagare"
EXAMPLE = "Exempel på nivå 2 är att hitta ditt schema i bokningssystemet."
ACTIVITY = "Öva i bokningssystemet med en kollega."
FOR_ONE = "Fråga gruppen vad den behöver."
ROOT = Path(__file__).resolve().parent.parent
LEVELS = (1, 2, 3, 4, 5)  # of the real framework

FILES: dict[str, Callable[[Framework], Any]] = {
    "site.yml": lambda framework: framework.site,
    "framework.yml": lambda framework: framework.basics,
    "areas.yml": lambda framework: framework.areas,
    "roles.yml": lambda framework: {"parts": framework.parts, "roles": framework.roles},
    "questions.yml": lambda framework: framework.questions,
    "sources.yml": lambda framework: framework.sources,
    "workshop.yml": lambda framework: framework.workshop,
    "accessibility.yml": lambda framework: framework.accessibility,
}


def copy_project(folder: Path) -> Path:
    """Copy what a build of the site needs into a folder, and return it. What was published is copied too."""
    for name in ("docs", "framework", "macros", "quiz"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "mkdocs.yml"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    if (ROOT / ".cache" / "publish").is_dir():
        shutil.copytree(ROOT / ".cache" / "publish", folder / ".cache" / "publish")
    return folder


def local_example() -> str:
    """Return the file of a part's own support texts that the guide for editors shows."""
    guide = (ROOT / "framework" / "README.md").read_text("utf-8")
    begin = "# yaml-language-server: $schema=../schemas/support.json\n"
    (found,) = re.findall(rf"(?ms)^```yaml\n({re.escape(begin)}.*?)^```", guide)
    return str(found)


def with_local(framework: Framework) -> Framework:
    """Return the framework with two texts of a part and one for a role, last in its first competence."""
    first, *rest = framework.competences
    own = (
        Support(kind=Kind.EXAMPLE, levels=(2,), text=EXAMPLE, parts=(PART,)),
        Support(kind=Kind.ACTIVITY, text=ACTIVITY, parts=(PART,), terms=("bokningssystemet",)),
        Support(kind=Kind.ACTIVITY, text=FOR_ONE, roles=(OTHER,)),
    )
    source = LocalSource(part=PART, document="Exempel från oss", date=date(2026, 10, 1))
    return changed(
        framework, competences=(changed(first, support=(*first.support, *own)), *rest), local=(source,)
    )


def write_framework(framework: Framework, folder: Path) -> None:
    """Write a framework's YAML files, in place of those in the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    absent = {"roles.yml": not framework.roles, "workshop.yml": not framework.workshop.is_there}
    parts = {name: part(framework) for name, part in FILES.items() if not absent.get(name)}
    parts |= {f"competences/{item.id}.yml": item for item in framework.competences}
    for name, part in parts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(_plain(part), allow_unicode=True, sort_keys=False), "utf-8")


def _plain(value: Any) -> Any:
    """Return a part of the framework as YAML knows it."""
    if isinstance(value, Item):
        fields = {name: (getattr(value, name), field) for name, field in type(value).model_fields.items()}
        return {
            name: _plain(part)
            for name, (part, field) in fields.items()
            if field.is_required() or part != field.default
        }
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


def differing(framework: Framework, kept: Kept) -> list[str]:
    """Return what in a framework differs from a kept version and asks for a decision."""
    found = changes(kept.data, plain(framework))
    return [str(one) for one in found if one.decided or one.weight is Weight.ASKS]


def outdated(framework: Framework, recorded: str) -> str:
    """Return why what was recorded of a version says nothing of this framework; nothing where it does."""
    version, last = framework.basics.version, read_versions(ROOT)[-1]
    if version == recorded and (last.version != version or not differing(framework, last)):
        return ""
    return f"it was recorded of version {recorded}; the framework is another, and claims to be {version}"


def with_levels(framework: Framework, count: int) -> Framework:
    """Return the framework with another number of levels; texts about the highest move to the new one."""
    top = len(framework.levels)

    def moved(level: int) -> int:
        return count if level == top else min(level, count)

    def roles_at(levels: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
        result: dict[int, tuple[str, ...]] = {}
        for level, roles in levels.items():
            result[moved(level)] = result.get(moved(level), ()) + roles
        return result

    new = range(1, count + 1)
    names = framework.basics.levels
    competences = [
        changed(
            item,
            levels={n: item.levels.get(n, f"{item.levels[top]} Det gäller också på nivå {n}.") for n in new},
            expected=changed(
                item.expected,
                levels=roles_at(item.expected.levels),
                alternatives=tuple(map(roles_at, item.expected.alternatives)),
            ),
            support=tuple(
                changed(text, levels=tuple(sorted(set(map(moved, text.levels))))) for text in item.support
            ),
        )
        for item in framework.competences
    ]
    cases = (changed(case, level=moved(case.level)) for case in framework.workshop.cases)
    return changed(
        framework,
        basics=changed(
            framework.basics,
            levels=tuple(changed(names[min(n, top) - 1], level=n) for n in new),
        ),
        competences=tuple(competences),
        workshop=changed(framework.workshop, cases=tuple(cases)),
    )


def changed(part: Part, **fields: Any) -> Part:
    """Return a copy of a part of the framework with other fields, unchecked and without its cached values."""
    kept = {name: getattr(part, name) for name in type(part).model_fields}
    return cast("Part", type(part).model_construct(**kept | fields))
