"""What the site holds beside its pages: the self-check's program, Python for the browser, downloads.

    python -m macros.site.publish SITE     put it all into the built site, with compressed copies

A browser keeps for good what is in a folder named by its contents, so that nobody fetches Python again for a
mended word: `sjalvskattning/runtime-<hash>/` (Python with the quiz: megabytes that change with the code),
`sjalvskattning/app-<hash>/` (scripts, styles, framework: kilobytes that change with the text too),
`assets/search-<hash>/` and `assets/pages-<hash>/` (see `published.py`).
"""

from __future__ import annotations

import ast
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from macros.cache import digest, forget_old, keep
from macros.data import framework_json as framework_json
from macros.downloads import downloads
from macros.load import FrameworkErrors, load
from macros.model import Framework
from macros.search.index import index_json, pages_in
from macros.site import licences
from macros.site.compress import compress, gzipped
from macros.site.editor import editor_files
from macros.site.node import PACKAGES, PublishError, run_node
from macros.site.published import Published as Published
from macros.slides.deck import POWERPOINT

FOLDER = "sjalvskattning"
# What the npm package calls them. Nothing is published with the ending .mjs: not every web server knows it,
# and a browser runs no module without a JavaScript Content-Type.
_PYODIDE = {
    "pyodide.js": "pyodide.mjs",
    "pyodide.asm.js": "pyodide.asm.mjs",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
}
_MADE = ("memory.bin", "python.wasm", "python.zip")
_MAKERS = ("archive.py", "compile.mjs", "runtime.mjs", "trim.mjs")
# What the worker fetches (the rest it imports) is there in gzip's format too, under an ending that no server
# knows, so that each sends it as it is.
_FETCHED = ("pyodide.asm.wasm", *_MADE)
_PACKED = ".packed"
# Where the worker's script gets what it has to know of these files.
_MANIFEST = b'JSON.parse("{}")'
# Which functions of Pyodide the self-check executes: `make profile` writes it.
_PROFILE = "macros/site/profile.json"
_STALE = (
    "Pyodide eller koden i quiz/ har ändrats. Då måste det räknas om vad av Pyodide som används.\n"
    "Kör: make profile (tar en minut). Spara macros/site/profile.json tillsammans med ändringen."
)
# The libraries of the search; their licences are in macros/licences/.
_SEARCH = {"minisearch.js": "minisearch/dist/es/index.js", "swedish.js": "@orama/stemmers/dist/se.js"}
_SEARCH_IMPORTS = {
    b'"minisearch"': b'"./minisearch.js"',
    b'"@orama/stemmers/swedish"': b'"./swedish.js"',
    b'.mjs"': b'.js"',
}


def publish(framework: Framework, root: Path, made: Path | None = None) -> Published:
    """Prepare everything in `<root>/.cache/publish/`, or reuse what is there.

    Args:
        framework: what the self-check asks about.
        root: the project's folder.
        made: the folder that `make_runtime` has filled, to publish another Python than the usual one.

    Raises:
        PublishError: Python for the browser could not be made.
    """
    cache = root / ".cache/publish"
    made = made or _runtime(root, cache)
    runtime = f"{FOLDER}/{made.name}/"
    python = {name: root / "node_modules/pyodide" / source for name, source in _PYODIDE.items()}
    python |= {name: made / name for name in _MADE}
    sizes = {name: file.stat().st_size for name, file in python.items()}
    python |= {f"{name}{_PACKED}": made / f"{name}{_PACKED}" for name in _FETCHED}
    known = json.loads((made / "runtime.json").read_bytes())
    manifest = json.dumps(known | {"runtime": f"../{made.name}/", "files": sizes}, sort_keys=True)

    contents = _read(root.glob("quiz/browser/*.css"))
    for path in root.glob("quiz/browser/*.mjs"):
        contents[f"{path.stem}.js"] = path.read_bytes().replace(b'.mjs"', b'.js"')
    contents["worker.js"] = contents["worker.js"].replace(_MANIFEST, manifest.encode())
    # Not .json, which some servers compress while they send Python's files as they are (see worker.mjs).
    contents["framework.bin"] = framework_json(framework).encode()
    app, kept = _kept(f"{FOLDER}/app", contents, cache)
    editor, edited = editor_files(root, cache, runtime)
    search, found = _kept("assets/search", _search(framework, root), cache)
    files = {f"{runtime}{name}": file for name, file in python.items()} | kept | edited | found
    taken = downloads(framework)
    folder = cache / f"downloads-{digest({item.address: item.content for item in taken})}"
    files |= {item.address: keep(folder / Path(item.address).name, item.content) for item in taken}
    if framework.workshop.is_there:
        files[POWERPOINT] = _slides(framework, root, cache)
    texts = (*root.glob("framework/**/*.yml"), root / licences.SOURCE)
    files |= {f"data/{text.relative_to(root).as_posix()}": text for text in texts}
    parts = licences.parts(root)
    files |= {part.address: part.text for part in parts}
    files["licenser/kompetenstrappan.txt"] = root / "LICENSE"
    return Published(
        app=app,
        runtime=runtime,
        search=search,
        editor=editor,
        files=dict(sorted(files.items())),
        downloads={item.address: item.text for item in taken},
        parts=parts,
    )


def _read(paths: Iterable[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


def _kept(prefix: str, contents: dict[str, bytes], cache: Path) -> tuple[str, dict[str, Path]]:
    """A folder on the site, named by its contents, and where its files go."""
    folder = f"{prefix}-{digest(contents)}/"
    kept = cache / Path(folder).name
    return folder, {f"{folder}{name}": keep(kept / name, content) for name, content in contents.items()}


def _search(framework: Framework, root: Path) -> dict[str, bytes]:
    contents = {name: (root / "node_modules" / source).read_bytes() for name, source in _SEARCH.items()}
    for path in root.glob("macros/search/*.mjs"):
        script = path.read_bytes()
        for written, published in _SEARCH_IMPORTS.items():
            script = script.replace(written, published)
        contents[f"{path.stem}.js"] = script
    return contents | {"index.json": index_json(framework, pages_in(root / "docs", framework)).encode()}


def _slides(framework: Framework, root: Path, cache: Path) -> Path:
    """The PowerPoint file, named by all that it is made of."""
    inputs = _read(root.glob("macros/slides/*.py"))
    inputs["framework"] = framework.model_dump_json().encode()
    path = cache / f"slides-{digest(inputs)}.pptx"
    if not path.is_file():
        # Its library takes longer to load than the file to make.
        from macros.slides.powerpoint import powerpoint

        keep(path, powerpoint(framework))
    return path


def _runtime(root: Path, cache: Path) -> Path:
    """The folder that `make_runtime` fills, named by all that it is made of."""
    try:
        profile = (root / _PROFILE).read_bytes()
        contents = _profiled(root) | _read(root / "macros/site" / name for name in _MAKERS)
        contents |= {"profile": profile, "packed": _PACKED.encode()}  # packed in another way: another ending
        contents["packages"] = " ".join(sorted(os.listdir(PACKAGES))).encode()  # with their versions
    except FileNotFoundError as error:
        raise PublishError(f"{error.filename} saknas. Kör: make venv") from None
    folder = cache / f"runtime-{digest(contents)}"
    if not folder.is_dir():
        if json.loads(profile)["profiled"] != profiled(root):
            raise PublishError(_STALE)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as parent:
            made = Path(parent, "made")
            make_runtime(root, made)
            with suppress(OSError):  # another build has just made the same
                made.rename(folder)
        forget_old(cache, "runtime-*")
    return folder


def profiled(root: Path) -> str:
    """Return a short name for Pyodide and the quiz, whose comments, docstrings and layout do not count."""
    contents = _profiled(root)
    return digest({name: _code(file) if name.endswith(".py") else file for name, file in contents.items()})


class _WithoutDocstrings(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node


def _code(script: bytes) -> bytes:
    """What a Python file does; the same in every version of Python."""
    nodes = ast.walk(_WithoutDocstrings().visit(ast.parse(script)))
    values = [
        [
            type(node).__name__,
            *(value for _, value in ast.iter_fields(node) if isinstance(value, str | int | float)),
        ]
        for node in nodes
    ]
    return repr(values).encode()


def _profiled(root: Path) -> dict[str, bytes]:
    names = (*_PYODIDE.values(), "python_stdlib.zip", "pyodide-lock.json")
    return _read(root / "node_modules/pyodide" / name for name in names) | _read(root.glob("quiz/*.py"))


def make_runtime(root: Path, folder: Path, *options: str) -> None:
    """Make Python for the browser in a new folder, with the options of `runtime.mjs`."""
    folder.mkdir()
    run_node(root, "macros/site/runtime.mjs", str(folder), str(PACKAGES), *options)
    for name in _FETCHED:
        made = folder / name
        source = made if made.exists() else root / "node_modules/pyodide" / name
        (folder / f"{name}{_PACKED}").write_bytes(gzipped(source.read_bytes()))


def main(arguments: list[str]) -> int:
    """Return the exit status."""
    if len(arguments) != 1:
        print("Använd: python -m macros.site.publish MAPP (den byggda webbplatsens mapp)", file=sys.stderr)
        return 2
    root, site = Path.cwd(), Path(arguments[0])
    try:
        publish(load(root), root).copy_to(site)
    except (FrameworkErrors, PublishError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print("Gör komprimerade kopior (första gången tar det en halv minut) ...", flush=True)
    compress(site, root / ".cache/compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
