"""How fast the site is built and how much a page weighs, beside plain Material with the same final pages.

    python -m tests.bench_site [SIZE ...]      sizes are numbers of competences: 20 (always) 200 2000

The plain side gets each page as our macros leave it (HTML, with title and description), the same navigation,
and the theme with its search as they come; no macros, no templates or style sheet of ours. Both sides
have `navigation.prune` and `navigation.indexes`, where ours has them anyhow: without them Material writes the
whole menu into each page. Both builds are whole: a run of `macros.site.generate`, which makes all pages and
has MkDocs build them, and one of `mkdocs build`, taking turns; the ratio is of the shortest of each. Time is
the processor's, which a build fills, so that other work on the machine weighs less.
What is kept from one build to the next is there: Python for the browser and the PowerPoint file.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import brotli
from playwright.sync_api import Browser, sync_playwright

from macros.load import load
from macros.model import Area, Competence, Framework
from macros.site.server import SiteServer, running
from macros.site.source import write_source
from tests.conftest import CHROMIUM_FLAGS, DESKTOP
from tests.engines import browser_path
from tests.project import ROOT, copy_project, write_framework
from tests.test_browser import SHIFTS

# Number of competences → how many times the areas are there, and in each the competences; how many rounds.
SIZES = {20: (1, 1, 5), 200: (2, 5, 2), 2000: (10, 10, 1)}
BUILD_TARGET = 1.2
WEIGHT_TARGET = 15_000
PAGE = "ramverket/1.1/"
FEATURES = ["navigation.prune", "navigation.indexes"]
SLOW_SIZE = 2000
# 3 Mbit/s and 100 ms, so that the steps of loading show.
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 375_000, "uploadThroughput": 375_000}
UNITS = {"requests": "requests", "raw": "bytes", "gzip": "bytes, gzip", "brotli": "bytes, brotli"}

# Written by a hook that runs after the macros: the pages as the plain side gets them.
HOOK = """
import json
from pathlib import Path

def on_page_markdown(markdown, page, **_):
    file = Path({target!r}) / page.file.src_path
    file.parent.mkdir(parents=True, exist_ok=True)
    meta = {{name: str(page.meta[name]) for name in ("title", "description") if page.meta.get(name)}}
    file.write_text(f"---\\n{{json.dumps(meta)}}\\n---\\n{{page.meta.get('html', markdown)}}", "utf-8")
"""


class Weight(NamedTuple):
    """What a page loads: requests, bytes plain and compressed; and how much its layout shifts."""

    requests: int
    raw: int
    gzip: int
    brotli: int
    shift: float


def grown(framework: Framework, areas: int, competences: int) -> Framework:
    """Return a framework with so many times the areas, and in each so many times the competences."""
    more_areas: list[Area] = []
    more: list[Competence] = []
    for group in range(areas):
        for area in framework.areas:
            own = framework.by_area[area.id]
            number = str(int(area.id) + group * len(framework.areas))
            name = area.name if number == area.id else f"{area.name} ({number})"  # no two alike
            motivation = (
                area.motivation if number == area.id else f"{area.motivation} Det gäller område {number}."
            )
            more_areas.append(area.model_copy(update={"id": number, "name": name, "motivation": motivation}))
            for place, item in enumerate(own * competences, 1):
                identity = f"{number}.{place}"
                title = item.title if identity == item.id else f"{item.title} ({identity})"
                definition = (
                    item.definition if identity == item.id else f"{item.definition} Det gäller {identity}."
                )
                more.append(
                    item.model_copy(update={"id": identity, "title": title, "definition": definition})
                )
    parts: dict[str, Any] = {name: getattr(framework, name) for name in Framework.model_fields}
    return Framework.model_construct(**parts | {"areas": tuple(more_areas), "competences": tuple(more)})


def write_plain(ours: Path, plain: Path) -> None:
    """Write the plain side: the pages as our macros leave them, and settings without anything of ours."""
    plain.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        write_source(ours, Path(folder))
        settings = Path(folder, "mkdocs.yml")
        known = json.loads(settings.read_text("utf-8"))
        Path(folder, "hook.py").write_text(HOOK.format(target=str(plain / "docs")))
        settings.write_text(json.dumps(known | {"hooks": ["hook.py"]}))
        run("mkdocs", "build", "--config-file", str(settings), cwd=ours)

    kept = ("site_name", "site_description", "use_directory_urls", "markdown_extensions", "nav")
    theme = {"name": "material", "language": "sv", "font": False, "features": FEATURES}
    config = {name: known[name] for name in kept} | {"theme": theme, "plugins": [{"search": {"lang": "sv"}}]}
    (plain / "mkdocs.yml").write_text(json.dumps(config), "utf-8")


def run(*module: str, cwd: Path) -> float:
    """Run a Python module with its arguments, and return how many seconds the processor worked."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", *module]
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_ours(project: Path, folder: Path) -> float:
    """Build our project into `site/` in a folder, and return the seconds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return run("macros.site.generate", "mkdocs", str(folder), cwd=project)


def build_plain(project: Path, folder: Path) -> float:
    """Build the plain project into `site/` in a folder, and return the seconds."""
    return run("mkdocs", "build", "--clean", "--site-dir", str(folder / "site"), cwd=project)


def projects(framework: Framework, size: int, folder: Path) -> tuple[Path, Path]:
    """Write the two projects with so many competences, ours and the plain one."""
    ours, plain = copy_project(folder / "ours"), folder / "plain"
    areas, competences, _ = SIZES[size]
    if areas * competences > 1:
        write_framework(grown(framework, areas, competences), ours / "framework")
    write_plain(ours, plain)
    return ours, plain


def weigh(browser: Browser, site: Path) -> Weight:
    """Open a competence page on a slow line, and measure everything that it loads."""
    server = SiteServer(site)
    with running(server), browser.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
        page.goto(server.url + PAGE)
        page.wait_for_load_state("networkidle")
        shift = sum(float(moved.split()[0]) for moved in page.evaluate(SHIFTS))
    asked = [site / hit.path.partition("?")[0].lstrip("/") for hit in server.hits]
    contents = [(file / "index.html" if file.is_dir() else file).read_bytes() for file in asked]
    return Weight(
        requests=len(contents),
        raw=sum(map(len, contents)),
        gzip=sum(len(gzip.compress(content, 9)) for content in contents),
        brotli=sum(len(brotli.compress(content)) for content in contents),
        shift=shift,
    )


def verdict(good: bool) -> str:
    """Say whether a target is met."""
    return "met" if good else "MISSED"


def main(arguments: list[str]) -> None:
    """Run the benchmarks and print their tables."""
    framework = load(ROOT)
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    with tempfile.TemporaryDirectory() as temporary:
        print("Build time, seconds          ours   plain Material   ratio   target")
        for size in sorted({min(SIZES), *sizes}):
            if size >= SLOW_SIZE:
                print(f"({size} competences: some minutes, one round only)", flush=True)
            folder = Path(temporary, str(size))
            ours, plain = projects(framework, size, folder)
            rounds = [
                (build_ours(ours, folder / "our"), build_plain(plain, folder / "other"))
                for _ in range(SIZES[size][2])
            ]
            our, other = (min(seconds) for seconds in zip(*rounds, strict=True))
            print(
                f"{size:>5} competences      {our:>10.1f} {other:>16.1f} {our / other:>7.2f}"
                f"   ≤ {BUILD_TARGET} {verdict(our / other <= BUILD_TARGET)}",
                flush=True,
            )
        first = Path(temporary, str(min(SIZES)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
            )
            one, other_one = (weigh(browser, first / name / "site") for name in ("our", "other"))
            browser.close()
    print(f"\nThe page {PAGE}           ours   plain Material      more   target")
    for name in ("requests", "raw", "gzip", "brotli"):
        mine, bare = getattr(one, name), getattr(other_one, name)
        goal = (
            f"≤ {WEIGHT_TARGET:,} {verdict(mine - bare <= WEIGHT_TARGET)}"
            if name in ("gzip", "brotli")
            else ""
        )
        print(f"{UNITS[name]:<22} {mine:>12,} {bare:>16,} {mine - bare:>+9,}   {goal}")
    shifts = f"{one.shift:>12.4f} {other_one.shift:>16.4f}"
    print(f"{'layout shift':<22} {shifts} {'':>9}   0 {verdict(one.shift == 0)}")


if __name__ == "__main__":
    main(sys.argv[1:])
