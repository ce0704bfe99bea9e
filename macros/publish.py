"""What the site holds beside its pages: the self-check's program, Python for the browser, downloads.

Everything that a browser may keep is published under a path with its content's hash, in two folders:
`sjalvskattning/runtime-<hash>/` (Python and the quiz; megabytes, changes with the code) and
`sjalvskattning/app-<hash>/` (page scripts, style sheet, framework; kilobytes, changes with the text too),
so that a corrected typo does not make every reader fetch Python again.

    python -m macros.publish SITE      put it all into the built site SITE
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.load import FrameworkErrors, load
from macros.model import Competence, Framework, Support

FOLDER = "sjalvskattning"


def framework_json(framework: Framework) -> str:
    """Return the framework as the self-check and other programs read it; the same text for the same framework."""
    basics = framework.basics
    parts = {part.id: part.name for part in framework.parts}
    data = {
        "title": basics.title,
        "version": basics.version,
        "date": basics.date.isoformat(),
        "levels": [{"level": item.level, "name": item.name} for item in basics.levels],
        "motivation": {"title": basics.motivation.title, "scale": list(basics.motivation.scale)},
        "areas": [{"id": area.id, "name": area.name, "motivation": area.motivation} for area in framework.areas],
        "roles": [{"id": role.id, "name": role.name, "part": parts[role.part]} for role in framework.roles],
        "competences": [_competence(competence) for competence in framework.competences],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _competence(competence: Competence) -> dict[str, Any]:
    return {
        "id": competence.id,
        "area": competence.area_id,
        "title": competence.title,
        "definition": competence.definition,
        "levels": [competence.levels[level] for level in sorted(competence.levels)],
        "expected": dict(sorted(competence.expected.by_role.items())),
        "not_relevant": sorted(competence.expected.not_relevant),
        "reading": competence.expected.reading.value,
        "support": [_support(item) for item in competence.support],
    }


def _support(item: Support) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "levels": list(item.levels),
        "text": item.text,
        "links": [{"text": link.text, "url": link.url} for link in item.links],
    }


@dataclass(frozen=True)
class Published:
    """What `publish` prepared. Addresses are relative to the site's root and have no leading slash.

    `app` and `runtime` are folders and end with a slash. `files` says where in the site each file goes.
    """

    app: str
    runtime: str
    files: Mapping[str, Path]

    @property
    def page_script(self) -> str:
        """The module script of the page *Självskattning*."""
        return f"{self.app}page.mjs"

    @property
    def style(self) -> str:
        """The style sheet of the page *Självskattning*."""
        return f"{self.app}self-check.css"

    def copy_to(self, site: Path) -> None:
        """Copy everything into the built site."""
        for address, source in self.files.items():
            target = site / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def publish(framework: Framework, root: Path) -> Published:
    """Prepare everything in `<root>/.cache/publish/`; what is there already is used as it is.

    `root` is the project's folder, with `framework/`, `quiz/` and `node_modules/`.
    """
    cache = root / ".cache" / "publish"
    data = _write(cache / "framework.json", framework_json(framework).encode())
    runtime_files = [root / "node_modules" / "pyodide" / name for name in ("pyodide.mjs", "pyodide.asm.mjs")]
    app_files = [*sorted((root / "quiz" / "browser").glob("*.*")), data]
    runtime = f"{FOLDER}/runtime-{_digest(runtime_files)}/"
    app = f"{FOLDER}/app-{_digest(app_files)}/"
    files = {runtime + path.name: path for path in runtime_files}
    files |= {app + path.name: path for path in app_files}
    files["data/framework.json"] = data
    for source in sorted((root / "framework").rglob("*.yml")):
        files[f"data/{source.relative_to(root).as_posix()}"] = source
    return Published(app=app, runtime=runtime, files=files)


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _digest(paths: Iterable[Path]) -> str:
    """A short name for the files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def main(arguments: list[str]) -> int:
    """Run from the command line; return the exit status."""
    if len(arguments) != 1:
        print("Använd: python -m macros.publish MAPP (den byggda webbplatsens mapp)", file=sys.stderr)
        return 2
    root = Path.cwd()
    try:
        publish(load(root), root).copy_to(Path(arguments[0]))
    except FrameworkErrors as errors:
        print(errors, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
