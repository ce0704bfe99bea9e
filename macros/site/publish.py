"""What the site holds beside its pages: the self-check's program, Python for the browser, downloads.

What a browser may keep for good is published under a path with its content's hash, in three folders:
`sjalvskattning/runtime-<hash>/` (Python with the quiz: megabytes that change with the code),
`sjalvskattning/app-<hash>/` (scripts, style sheet, framework: kilobytes that change with the text too) and
`assets/search-<hash>/` (the search), so that a mended word does not make every reader fetch Python again.

    python -m macros.site.publish SITE     put it all into the built site, with compressed copies
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from macros.downloads import downloads
from macros.load import FrameworkErrors, load
from macros.model import Competence, Framework, Support
from macros.search.index import index_json, pages_in
from macros.site import headers
from macros.site.cache import digest, keep
from macros.site.compress import compress
from macros.slides.deck import POWERPOINT
from quiz.protocol import CompetenceData, FrameworkData, SupportData

FOLDER = "sjalvskattning"
# What a file of the npm package is called on the site. Not every web server knows the ending .mjs, and a
# browser runs no module without a JavaScript Content-Type: nothing is published with that ending.
_PYODIDE = {
    "pyodide.js": "pyodide.mjs",
    "pyodide.asm.js": "pyodide.asm.mjs",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
}
_MADE = ("memory.bin", "python.wasm", "python.zip")
# Where the worker's script gets what it has to know of the files.
_MANIFEST = b'JSON.parse("{}")'
_PYODIDE_FILES = (*_PYODIDE.values(), "python_stdlib.zip", "pyodide-lock.json")
_MAKERS = ("archive.py", "runtime.mjs", "trim.mjs")
# Which functions of Pyodide the self-check executes, and of which Pyodide and quiz: `make profile` writes it.
_PROFILE = Path("macros", "site", "profile.json")
_STALE = (
    "Pyodide eller något i quiz/ har ändrats. Då måste det räknas om vad av Pyodide som används.\n"
    "Kör: make profile (tar en minut), och spara macros/site/profile.json tillsammans med ändringen."
)
# Where the worker's script gets what it has to know of the files.
_MANIFEST = b'JSON.parse("{}")'
# What requirements-pyodide.txt names, for the browser's Python; the Makefile puts it there.
_PACKAGES = Path(sys.prefix, "pyodide")
# The library that shows the slides; its licence must be included.
_REVEAL = {"reveal.js": "dist/reveal.mjs", "reveal.css": "dist/reveal.css", "LICENSE.txt": "LICENSE"}
# The libraries of the search, and their licences, which must be included.
_SEARCH = {
    "minisearch.js": "minisearch/dist/es/index.js",
    "minisearch-LICENSE.txt": "minisearch/LICENSE.txt",
    "swedish.js": "@orama/stemmers/dist/se.js",
    "swedish-LICENSE.md": "@orama/stemmers/LICENSE.md",
}
_SEARCH_IMPORTS = {
    b'"minisearch"': b'"./minisearch.js"',
    b'"@orama/stemmers/swedish"': b'"./swedish.js"',
    b'.mjs"': b'.js"',
}
# The theme's own search and styles; no page requests them.
_THEME_UNUSED = (
    "assets/javascripts",
    "assets/images",
    "assets/stylesheets/**/palette.*",
    "assets/stylesheets/**/*.map",
    "assets/stylesheets/modern",  # this one and the next two: where Zensical builds
    "search.json",
    "README.md",
)
_OLD_RUNTIMES_KEPT = 3


class PublishError(Exception):
    """The site cannot be published; the message is a sentence for the person building it."""


def framework_json(framework: Framework) -> str:
    """Return the framework as the self-check reads it; the same framework always gives the same text."""
    basics = framework.basics
    parts = {part.id: part.name for part in framework.parts}
    data: FrameworkData = {
        "title": basics.title,
        "version": basics.version,
        "date": basics.date.isoformat(),
        "levels": [{"level": item.level, "name": item.name} for item in basics.levels],
        "motivation": {"title": basics.motivation.title, "scale": list(basics.motivation.scale)},
        "areas": [
            {"id": area.id, "name": area.name, "motivation": area.motivation} for area in framework.areas
        ],
        "roles": [{"id": role.id, "name": role.name, "part": parts[role.part]} for role in framework.roles],
        "competences": [_competence(competence) for competence in framework.competences],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _competence(competence: Competence) -> CompetenceData:
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


def _support(item: Support) -> SupportData:
    return {
        "kind": item.kind.value,
        "levels": list(item.levels),
        "text": item.text,
        "links": [{"text": link.text, "url": link.url} for link in item.links],
    }


@dataclass(frozen=True)
class Published:
    """What `publish` prepared. Addresses are relative to the site's root and have no leading slash.

    `app`, `runtime` and `search` are folders and end with a slash. `files` says where in the site each file
    goes, `downloads` what those are that readers can take along.
    """

    app: str
    runtime: str
    search: str
    files: Mapping[str, Path]
    downloads: Mapping[str, str] = field(default_factory=dict)

    @property
    def page_script(self) -> str:
        """The module script of the page *Självskattning*."""
        return f"{self.app}page.js"

    @property
    def styles(self) -> list[str]:
        """The style sheets of the page *Självskattning*, in the order in which they outweigh each other."""
        return [f"{self.app}{name}.css" for name in ("self-check", "result", "print")]

    def copy_to(self, site: Path) -> None:
        """Copy everything into the built site, delete what no page needs, and write the server's settings."""
        for pattern in _THEME_UNUSED:
            for path in site.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for address, source in self.files.items():
            target = site / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        (site / "web.config").write_text(headers.web_config(paths), "utf-8")
        (site / "server").mkdir(exist_ok=True)
        (site / "server" / "nginx.conf").write_text(headers.nginx_conf(), "utf-8")


def publish(framework: Framework, root: Path, made: Path | None = None) -> Published:
    """Prepare everything in `<root>/.cache/publish/`; reuses what is cached.

    Args:
        framework: what the self-check asks about.
        root: the project's folder, with `framework/`, `macros/`, `quiz/` and `node_modules/`.
        made: the folder that `make_runtime` has filled, to publish another Python than the usual one.

    Raises:
        PublishError: Python for the browser could not be made.
    """
    cache = root / ".cache" / "publish"
    made = made or _runtime(root, cache)
    runtime = f"{FOLDER}/{made.name}/"
    pyodide = root / "node_modules" / "pyodide"
    files = {f"{runtime}{name}": pyodide / source for name, source in _PYODIDE.items()}
    files |= {f"{runtime}{name}": made / name for name in _MADE}
    sizes = {Path(address).name: file.stat().st_size for address, file in files.items()}
    known = json.loads((made / "runtime.json").read_bytes())
    manifest = json.dumps(known | {"runtime": f"../{made.name}/", "files": sizes}, sort_keys=True)

    contents = {path.name: path.read_bytes() for path in (root / "quiz" / "browser").glob("*.css")}
    for path in (root / "quiz" / "browser").glob("*.mjs"):
        contents[f"{path.stem}.js"] = path.read_bytes().replace(b'.mjs"', b'.js"')
    contents["framework.json"] = framework_json(framework).encode()
    contents["worker.js"] = contents["worker.js"].replace(_MANIFEST, manifest.encode())
    name = f"app-{digest(contents)}"
    app = f"{FOLDER}/{name}/"
    for file, content in contents.items():
        files[f"{app}{file}"] = keep(cache / name / file, content)

    search, found = _search(framework, root, cache)
    files |= {f"{search}{name}": path for name, path in found.items()}
    taken = downloads(framework)
    folder = cache / f"downloads-{digest({item.address: item.content for item in taken})}"
    files |= {item.address: keep(folder / Path(item.address).name, item.content) for item in taken}
    files[POWERPOINT] = _slides(framework, root, cache)
    for name, source in _REVEAL.items():
        files[f"assets/reveal/{name}"] = root / "node_modules" / "reveal.js" / source
    for text in (root / "framework").rglob("*.yml"):
        files[f"data/{text.relative_to(root).as_posix()}"] = text
    return Published(
        app=app,
        runtime=runtime,
        search=search,
        files=dict(sorted(files.items())),
        downloads={item.address: item.text for item in taken},
    )


def _search(framework: Framework, root: Path, cache: Path) -> tuple[str, dict[str, Path]]:
    """The folder of the search on the site, and its files: scripts, libraries, index."""
    contents = {name: (root / "node_modules" / source).read_bytes() for name, source in _SEARCH.items()}
    for path in (root / "macros" / "search").glob("*.mjs"):
        script = path.read_bytes()
        for written, published in _SEARCH_IMPORTS.items():
            script = script.replace(written, published)
        contents[f"{path.stem}.js"] = script
    contents["index.json"] = index_json(framework, pages_in(root / "docs")).encode()
    name = f"search-{digest(contents)}"
    return f"assets/{name}/", {file: keep(cache / name / file, content) for file, content in contents.items()}


def _slides(framework: Framework, root: Path, cache: Path) -> Path:
    """The workshop's slides as a PowerPoint file, named by the contents of all that it is made from."""
    inputs = {path.name: path.read_bytes() for path in (root / "macros" / "slides").glob("*.py")}
    inputs["framework"] = framework.model_dump_json().encode()
    path = cache / f"slides-{digest(inputs)}.pptx"
    if not path.is_file():
        # Loading its library takes longer than making the file.
        from macros.slides.powerpoint import powerpoint

        keep(path, powerpoint(framework))
    return path


def _runtime(root: Path, cache: Path) -> Path:
    """The folder with what `runtime.mjs` makes, named by the contents of all that it is made from."""
    try:
        profile = (root / _PROFILE).read_bytes()
        contents = {name: (root / "macros" / "site" / name).read_bytes() for name in _MAKERS}
        contents |= {"profile": profile, "profiled": profiled(root).encode()}
        contents["packages"] = " ".join(sorted(os.listdir(_PACKAGES))).encode()  # with their versions
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
        runtimes = sorted(cache.glob("runtime-*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in runtimes[1 + _OLD_RUNTIMES_KEPT :]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def profiled(root: Path) -> str:
    """What the functions are executed by that `profile.json` lists: Pyodide and the quiz, as a short name."""
    pyodide = root / "node_modules" / "pyodide"
    inputs = [*(pyodide / name for name in _PYODIDE_FILES), *sorted((root / "quiz").glob("*.py"))]
    return digest({path.name: path.read_bytes() for path in inputs})


def make_runtime(root: Path, folder: Path, *options: str) -> None:
    """Make Python for the browser in a new folder; `runtime.mjs` says what, and which options there are."""
    folder.mkdir()
    _run_node(root, "macros/site/runtime.mjs", str(folder), str(_PACKAGES), *options)


def _run_node(root: Path, *command: str) -> None:
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    node = shutil.which("node", path=beside)
    if node is None:
        raise PublishError("Node saknas, så webbläsarens Python kan inte byggas. Kör: make venv")
    done = subprocess.run([node, *command], cwd=root, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise PublishError(f"Webbläsarens Python kunde inte byggas.\n{done.stderr[-2000:].strip()}")


def main(arguments: list[str]) -> int:
    """Run from the command line; return the exit status."""
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
    compress(site, root / ".cache" / "compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
