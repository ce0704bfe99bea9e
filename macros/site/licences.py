"""The parts of the site that others have made: their versions, licences and files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).parent.parent / "licences"
# Published: the page's edit link leads to it.
SOURCE = "macros/licences/parts.yml"


class Part(NamedTuple):
    """A part by others: `files` are patterns of paths on the site, `text` has the whole licence."""

    id: str
    name: str
    what: str
    licence: str
    url: str
    version: str
    purl: str
    text: Path
    files: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where its licence is on the site."""
        return f"licenser/{self.id}.txt"

    def covers(self, paths: Iterable[str]) -> list[str]:
        """Return those of the site's files that the part is in, with their compressed copies."""
        return [
            path
            for path in paths
            if any(fnmatchcase(path.removesuffix(".br").removesuffix(".gz"), form) for form in self.files)
        ]


def parts(root: Path) -> tuple[Part, ...]:
    """Return all parts, in the versions that are installed in the project in `root`."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / "parts.yml").read_bytes())
    return tuple(_part(root, **fields) for fields in found)


def _part(
    root: Path,
    *,
    text: str,
    files: list[str],
    npm: str = "",
    pypi: str = "",
    version: str = "",
    **fields: str,
) -> Part:
    file, purl = FOLDER / text, ""
    if npm:
        folder = root / "node_modules" / npm
        version = json.loads((folder / "package.json").read_bytes())["version"]
        file = file if file.is_file() else folder / text
        purl = f"pkg:npm/{npm.replace('@', '%40')}@{version}"
    elif pypi:
        package = distribution(pypi)
        version = package.version
        # Not `package.files`, which makes a path of each of thousands: a tenth of a build's time.
        names = (row.partition(",")[0] for row in (package.read_text("RECORD") or "").splitlines())
        (inside,) = (name for name in names if fnmatchcase(name, f"*.dist-info/{text}"))
        file = Path(str(package.locate_file(inside)))
        purl = f"pkg:pypi/{pypi}@{version}"
    return Part(version=version, purl=purl, text=file, files=tuple(files), **fields)
