"""What is published beside the pages: the framework as JSON, Python for the browser, compressed copies."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from macros.load import load
from macros.model import Framework
from macros.site.compress import compress
from macros.site.node import PublishError
from macros.site.publish import Published, framework_json, profiled, publish
from tests.conftest import ROOT
from tests.project import copy_project


@pytest.fixture(scope="module")
def published(framework: Framework, site: Path) -> Published:
    """What is published of the real project. The site's build has made it already, once for all processes."""
    return publish(framework, ROOT)


def test_the_json_says_what_the_framework_says(framework: Framework) -> None:
    """Every competence is there with its five texts, its expected levels and its support."""
    text = framework_json(framework)
    assert text == framework_json(load(ROOT))
    data = json.loads(text)
    assert (data["title"], data["version"]) == (framework.basics.title, framework.basics.version)
    assert [role["id"] for role in data["roles"]] == list(framework.role)
    assert [area["motivation"] for area in data["areas"]] == [area.motivation for area in framework.areas]
    for found, competence in zip(data["competences"], framework.competences, strict=True):
        assert found["id"] == competence.id
        assert found["area"] in framework.area
        assert found["levels"] == [competence.levels[level] for level in range(1, 6)]
        assert found["expected"] == competence.expected.by_role
        assert found["not_relevant"] == sorted(competence.expected.not_relevant)
        assert [item["text"] for item in found["support"]] == [item.text for item in competence.support]


def test_an_edit_of_a_script_moves_it(tmp_path: Path) -> None:
    """A page's own scripts and styles have another address when a byte of them has changed, and only then."""
    published = Published(app="", runtime="", search="", editor="", files={})

    def placed(script: str) -> str:
        """The page with the address of its script, once the site is published, and published again."""
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets" / "own.js").write_text(script)
        (tmp_path / "index.html").write_text('<script src="assets/own.js"></script> "assets/other.js"')
        published.copy_to(tmp_path)
        page = (tmp_path / "index.html").read_text()
        published.copy_to(tmp_path)
        assert (tmp_path / "index.html").read_text() == page
        found = re.fullmatch(r'<script src="(assets/pages-\w+/own.js)"></script> "assets/other.js"', page)
        assert found, page
        assert (tmp_path / found[1]).read_text() == script
        return found[1]

    assert placed("one") == placed("one") != placed("two")


@pytest.mark.slow
def test_an_edit_of_the_text_leaves_python_where_it_is(framework: Framework, published: Published) -> None:
    """Addresses change with what they hold: another text moves the scripts' folder and not Python's."""
    again = publish(framework, ROOT)
    assert (again.app, again.runtime) == (published.app, published.runtime)
    basics = framework.basics.model_copy(update={"title": "Ett annat namn"})
    edited = publish(framework.model_copy(update={"basics": basics}), ROOT)
    assert edited.runtime == published.runtime
    assert edited.app != published.app


@pytest.mark.slow
def test_an_edit_of_the_rules_moves_python(
    framework: Framework, published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's folder changes with the rules that it holds; the new one is complete, and three older stay.

    It is not made before someone has counted anew which functions the rules use.
    """
    # The editor's Python, which takes as long to make, is made of the rules too.
    monkeypatch.setattr("macros.site.publish.editor_files", lambda *_: ("", {}))
    root = copy_project(tmp_path)
    for age in range(1, 6):
        old = root / ".cache" / "publish" / f"runtime-{age}"
        old.mkdir(parents=True)
        os.utime(old, (1_000_000 - age, 1_000_000 - age))
    with (root / "quiz" / "ladder.py").open("a", encoding="utf-8") as file:
        file.write("\n# Another remark.\n")
    assert profiled(root) == profiled(ROOT)
    with (root / "quiz" / "ladder.py").open("a", encoding="utf-8") as file:
        file.write("\nANOTHER = 'rule'\n")
    with pytest.raises(PublishError, match="Kör: make profile"):
        publish(framework, root)
    profile = root / "macros" / "site" / "profile.json"
    counted = json.loads(profile.read_bytes()) | {"profiled": profiled(root)}
    profile.write_text(json.dumps(counted), "utf-8")
    changed = publish(framework, root)
    assert changed.runtime != published.runtime
    assert {Path(name).name for name in changed.files if name.startswith(changed.runtime)} == {
        "memory.bin",
        "memory.bin.packed",
        "pyodide.asm.js",
        "pyodide.asm.wasm",
        "pyodide.asm.wasm.packed",
        "pyodide.js",
        "python.wasm",
        "python.wasm.packed",
        "python.zip",
        "python.zip.packed",
    }
    assert all(path.is_file() for path in changed.files.values())
    assert len(list((root / ".cache" / "publish").glob("runtime-*"))) == 4


@pytest.mark.slow
def test_python_is_made_of_the_same_bytes_anywhere(published: Published, tmp_path: Path) -> None:
    """Made again later, in another language and time zone, in a folder of any name, Python is equal."""
    elsewhere = tmp_path / "Ramverk #1, 100 % å (kopia)"
    elsewhere.mkdir()
    shutil.copytree(ROOT / "quiz", elsewhere / "quiz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "macros", elsewhere / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "node_modules" / "pyodide", elsewhere / "node_modules" / "pyodide")
    made = tmp_path / "made"
    made.mkdir()
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert node
    environment = {
        "PATH": os.environ["PATH"],
        "TZ": "Asia/Tokyo",
        "LANG": "sv_SE.UTF-8",
        "HOME": str(tmp_path),
    }
    command = [node, "macros/site/runtime.mjs", str(made), str(Path(sys.prefix, "pyodide"))]
    subprocess.run(command, cwd=elsewhere, env=environment, check=True)
    for name in ("memory.bin", "python.wasm", "python.zip"):
        first = published.files[f"{published.runtime}{name}"].read_bytes()
        assert (made / name).read_bytes() == first, name


def test_what_is_missing_is_said_plainly(framework: Framework, tmp_path: Path) -> None:
    """Without the npm packages there is one sentence that names the file and the remedy."""
    root = copy_project(tmp_path)
    (root / "node_modules").unlink()
    with pytest.raises(PublishError, match=r"pyodide\.mjs saknas\. Kör: make venv$"):
        publish(framework, root)


def test_the_page_hears_of_all_its_scripts_at_once() -> None:
    """The first script of the self-check names every one that the others import."""
    scripts = {path.name: path.read_text("utf-8") for path in (ROOT / "quiz" / "browser").glob("*.mjs")}
    imports = {
        name: set(re.findall(r'(?m)^(?:import|export)\b[^;]*?"\./([^"]+)"', script))
        for name, script in scripts.items()
    }
    named = imports["page.mjs"]
    assert set().union(*(imports[name] for name in named)) <= named


def test_a_site_gets_every_file_under_a_name_that_servers_know(published: Published, tmp_path: Path) -> None:
    """All files are copied; none is called .mjs, which not every web server serves as JavaScript."""
    published.copy_to(tmp_path)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(published.files) <= files
    assert {"web.config", "server/nginx.conf", published.page_script, *published.styles} <= files
    assert not [name for name in files if name.endswith(".mjs")]
    for script in (tmp_path / published.app).glob("*.js"):
        assert '.mjs"' not in script.read_text("utf-8"), script.name
    worker = (tmp_path / published.app / "worker.js").read_text("utf-8")
    (written,) = re.findall(r"^const manifest = (\{.*\});", worker, re.MULTILINE)
    manifest = json.loads(written)
    runtime = (tmp_path / published.app / manifest["runtime"]).resolve()
    assert runtime == tmp_path / published.runtime.rstrip("/")
    contents = {path.name: path.read_bytes() for path in runtime.iterdir()}
    packed = {name for name in contents if name.endswith(".packed")}
    assert manifest["files"] == {
        name: len(content) for name, content in contents.items() if name not in packed
    }
    assert packed == {f"{name}.packed" for name in manifest["files"] if not name.endswith(".js")}
    for name in packed:
        assert gzip.decompress(contents[name]) == contents[name.removesuffix(".packed")]


def test_compressed_copies_hold_the_same(tmp_path: Path) -> None:
    """Beside every file that gets smaller are two copies that decompress to it, also after a second run."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    (site / "a").mkdir(parents=True)
    (site / "a" / "page.html").write_bytes(b"<p>Kompetens</p>\n" * 500)
    (site / "small.html").write_bytes(b"<p>")
    for name in ("picture.png", "slides.pptx"):
        (site / name).write_bytes(bytes(5000))
    for _ in range(2):
        compress(site, cache)
        content = (site / "a" / "page.html").read_bytes()
        assert brotli.decompress((site / "a" / "page.html.br").read_bytes()) == content
        packed = (site / "a" / "page.html.gz").read_bytes()
        assert gzip.decompress(packed) == content
        assert packed[4:8] == bytes(4), "the time of the build is in the file"
        assert sorted(path.name for path in site.rglob("*.br")) == ["page.html.br"]
