"""What the page *Föreslå en ändring* needs: its scripts, its Python, the project's files.

`redigera/program-<hash>/` has what changes with the code alone, megabytes; `redigera/app-<hash>/` the page's
scripts and the project's files. No other page fetches any of it.
"""

from __future__ import annotations

import json
import os
import sysconfig
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from macros.cache import digest, forget_old, keep
from macros.site.node import PACKAGES, PublishError, run_node

FOLDER = "redigera"
_MADE = ("python.zip", "editor.zip")
_PYODIDE = ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_MAKERS = ("archive.py", "compile.mjs", "editor.mjs")
# What it may import: the project's own modules, and libraries.
_MODULES = (
    "macros",
    "macros/check",
    "macros/editor",
    "macros/render",
    "macros/slides",
    "quiz",
    "quiz/protocol",
)
_LIBRARIES = (
    "annotated-types",
    "jinja2",
    "markupsafe",
    "pydantic",
    "pydantic-core",
    "pyyaml",
    "typing-extensions",
    "typing-inspection",
)
_SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
# Scripts of the self-check that the page uses.
_SHARED = ("client.mjs", "fill.mjs", "form.mjs")
_IMPORTS = {b"../../../quiz/browser/": b"./", b'.mjs"': b'.js"'}


def editor_files(root: Path, cache: Path, pyodide: str) -> tuple[str, dict[str, Path]]:
    """Return the folder of the editor's scripts on the site, and where each of its files goes.

    Args:
        root: the project's folder.
        cache: where what takes time is cached between builds.
        pyodide: the folder of Pyodide on the site.

    Raises:
        PublishError: Python for the page could not be made.
    """
    made = _program(root, cache)
    manifest = json.loads((made / "editor.json").read_bytes())
    manifest |= {"pyodide": f"../../{pyodide}", "program": f"../{made.name}/"}
    contents = {path.name: path.read_bytes() for path in (root / "macros/editor/browser").glob("*.css")}
    scripts = [
        *(root / "macros/editor/browser").glob("*.mjs"),
        *(root / "quiz/browser" / name for name in _SHARED),
    ]
    for path in scripts:
        script = path.read_bytes()
        for written, published in _IMPORTS.items():
            script = script.replace(written, published)
        contents[f"{path.stem}.js"] = script
    contents["manifest.json"] = json.dumps(manifest, sort_keys=True).encode()
    contents["project.json"] = json.dumps(project_files(root), ensure_ascii=False).encode()
    name = f"app-{digest(contents)}"
    files = {f"{FOLDER}/{made.name}/{name}": made / name for name in _MADE}
    files |= {
        f"{FOLDER}/{name}/{file}": keep(cache / f"editor-{name}" / file, content)
        for file, content in contents.items()
    }
    return f"{FOLDER}/{name}/", files


def project_files(root: Path) -> dict[str, str]:
    """Return name in the project's folder → text of all files that the check reads."""
    found = [*(root / "framework").rglob("[!.~]*"), *(root / "docs").rglob("*.md"), root / "mkdocs.yml"]
    texts = {path.relative_to(root).as_posix(): path for path in sorted(found) if path.is_file()}
    return {name: path.read_bytes().decode() for name, path in texts.items()}


def _program(root: Path, cache: Path) -> Path:
    """The folder with what `editor.mjs` makes, named by all that it is made from."""
    sources = [
        *(path for name in _MODULES for path in sorted((root / name).glob("*.py"))),
        *sorted((root / "macros/templates").glob("*.html")),
        *(root / "macros/site" / name for name in _MAKERS),
    ]
    try:
        contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in sources}
        pyodide = root / "node_modules/pyodide"
        contents |= {name: (pyodide / name).read_bytes() for name in _PYODIDE}
        contents["packages"] = " ".join(sorted(os.listdir(PACKAGES))).encode()  # with their versions
    except FileNotFoundError as error:
        raise PublishError(f"{error.filename} saknas. Kör: make venv") from None
    contents["libraries"] = " ".join(map(version, _LIBRARIES)).encode()
    folder = cache / f"program-{digest(contents)}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as parent:
            made = Path(parent, "made")
            made.mkdir()
            run_node(root, "macros/site/editor.mjs", str(made), str(PACKAGES), str(_SITE_PACKAGES))
            with suppress(OSError):  # another build has just made the same
                made.rename(folder)
        forget_old(cache, "program-*")
    return folder
