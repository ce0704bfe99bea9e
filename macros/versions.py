"""The published versions of the framework, each kept as a file in `framework/versions/`.

    python -m macros.versions      keep the framework as it is, under the version that it claims

`make release` does the same. A kept version never changes: it says what was decided then.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from macros.check.words import folded
from macros.model import Framework

FOLDER = "framework/versions"
_BESIDE = {"accessibility", "site", "workshop"}  # about the site and the room: they have no version


class UnreadableVersionError(Exception):
    """A file that should hold a version does not; the message is its name."""


class Kept(NamedTuple):
    """A published version: its number, the day it began to apply, its plain data."""

    version: str
    date: date
    data: dict[str, Any]

    @property
    def number(self) -> tuple[int, ...]:
        """The version as numbers, to compare."""
        return numbers(self.version)

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield each text of a competence: its number, the kind of text, the text folded."""
        for item in self.data["competences"]:
            yield item["id"], "definition", folded(item["definition"])
            for level, text in item["levels"].items():
                yield item["id"], f"levels {level}", folded(text)
            for support in item.get("support", ()):
                yield item["id"], "support", folded(support["text"])


def numbers(version: str) -> tuple[int, ...]:
    """Return a version of two or three numbers as three: "1.1" is 1, 1, 0."""
    return tuple([*map(int, version.split(".")), 0][:3])


def plain(framework: Framework) -> dict[str, Any]:
    """Return a framework as plain data, without defaults and what has no version."""
    return framework.model_dump(mode="json", exclude=_BESIDE, exclude_defaults=True)


def read_versions(root: Path) -> list[Kept]:
    """Return the kept versions of the project in `root`, oldest first, or raise UnreadableVersionError."""
    found = []
    for path in (root / FOLDER).glob("*.json"):
        try:
            data = json.loads(path.read_bytes())
            basics = data["basics"]
            kept = Kept(basics["version"], date.fromisoformat(basics["date"]), data)
            list(kept.texts())
            found.append((kept.number, kept))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableVersionError(path.name) from error
    return [kept for _, kept in sorted(found, key=lambda pair: pair[0])]


def keep(framework: Framework, root: Path) -> Path | None:
    """Write the framework as a kept version; return the file, None where it is kept already."""
    path = root / FOLDER / f"{framework.basics.version}.json"
    if path.exists():
        return None
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(plain(framework), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def main() -> int:
    """Keep the current folder's version; return the exit status."""
    from macros.load import FrameworkErrors, load

    try:
        framework = load(Path())
    except FrameworkErrors as errors:
        print(errors, file=sys.stderr)
        return 1
    version = framework.basics.version
    if keep(framework, Path()):
        print(f"Version {version} är sparad i {FOLDER}/{version}.json. Lämna in filen med ändringen.")
        return 0
    print(
        f"Version {version} är redan sparad och ändras aldrig. Höj version i framework/framework.yml först.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
