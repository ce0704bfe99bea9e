"""The project's folder: what in it is made of the framework, whatever its name is, on whatever system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from macros import define_env
from macros.add import main as add
from macros.model import Framework
from macros.pages import made_pages, navigation
from macros.site.build import build, main
from macros.site.source import write_source
from tests.project import ROOT, copy_project
from tests.test_site import read_pages

TEXTS = ("docs", "framework", "macros", "quiz", "tests")


def test_made_pages_and_rows(framework: Framework) -> None:
    """Each competence, area and role has a page that names its file, and a row where its mark is."""
    pages = made_pages(framework)
    assert pages["ramverket/1.1.md"] == (
        '---\nsource: framework/competences/1.1.yml\n---\n{{ competence("1.1") }}\n'
    )
    ids = [*framework.competence, *(f"omrade-{area}" for area in framework.area), *framework.role]
    assert [Path(name).name for name in pages] == [f"{own}.md" for own in ids]
    marked = ["index.md", {"Ramverket": ["ramverket/omrade-*.md", {"Mer": "om/index.md"}]}, "roller/*.md"]
    first, middle, *roles = navigation(marked, framework)
    assert (first, roles) == ("index.md", [f"roller/{role}.md" for role in framework.role])
    *areas, last = middle["Ramverket"]
    assert last == {"Mer": "om/index.md"}
    assert areas == [
        {
            f"Område {area.id}": [
                f"ramverket/omrade-{area.id}.md",
                *(f"ramverket/{item.id}.md" for item in framework.by_area[area.id]),
            ]
        }
        for area in framework.areas
    ]


@pytest.mark.slow
def test_settings_are_complete_for_any_generator(framework: Framework, tmp_path: Path) -> None:
    """What a generator reads has no mark, no tag and no macro's result left to fill in, and all pages."""
    published = write_source(ROOT, tmp_path)
    settings = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))

    def rows(nav: object) -> list[str]:
        if isinstance(nav, str):
            return [nav]
        return [row for below in (nav.values() if isinstance(nav, dict) else nav) for row in rows(below)]  # type: ignore[attr-defined]

    written = [path.relative_to(tmp_path / "docs").as_posix() for path in tmp_path.rglob("*.md")]
    assert sorted(rows(settings["nav"])) == sorted(written)
    assert settings["extra"]["framework"]["version"] == framework.basics.version
    assert Path(settings["theme"]["custom_dir"]).is_dir()
    assert published.page_script in published.files


@pytest.mark.slow
def test_additions_touch_the_framework_alone(framework: Framework, tmp_path: Path) -> None:
    """A role, an area and a competence added in framework/ alone have pages, and places in the menu."""
    root = copy_project(tmp_path / "project")
    assert add(["role", "NAME=Ny roll", "LIKE=chef"], root) == 0
    with (root / "framework" / "areas.yml").open("a", encoding="utf-8") as file:
        file.write('\n- id: "7"\n  name: Nytt område\n  motivation: Jag vill lära mig.\n')
    item = framework.competences[0]
    competences = root / "framework" / "competences"
    text = (competences / f"{item.id}.yml").read_text("utf-8").replace(f'id: "{item.id}"', 'id: "7.1"')
    text = re.sub(r"\.\n", " i område 7.\n", text)  # no competence may have the texts of another
    (competences / "7.1.yml").write_text(text.replace(item.title, "Ny kompetens"), "utf-8")
    assert build(root, root / "site") == ""
    pages = read_pages(root / "site")
    for url, title in (
        ("roller/ny-roll/", "Ny roll"),
        ("ramverket/omrade-7/", "7. Nytt område"),
        ("ramverket/7.1/", "7.1 Ny kompetens"),
    ):
        assert pages[url].one("h1").text == title
        assert pages[url].one("nav", class_="menu").one("a", aria_current="page").text == title


@pytest.mark.slow
def test_a_folder_of_any_name_builds(tmp_path: Path) -> None:
    """Copied by a file manager, or with signs that mean something in an address, the project builds."""
    root = copy_project(tmp_path / "Ramverk #1, 100 % å (kopia)")
    assert build(root, root / "site") == ""
    assert (root / "site" / "ramverket" / "1.1" / "index.html").is_file()


def test_pages_without_their_policy_are_not_built() -> None:
    """A generator that is started by hand, on settings without the policy, ends with what to do instead."""
    with pytest.raises(RuntimeError, match="make build"):
        define_env(SimpleNamespace(conf={"extra": {}}))


def test_unknown_generator_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt generator gives one line with those there are."""
    assert main(["zensicall"]) == 2
    assert capsys.readouterr().err == (
        '"zensicall" kan inte bygga webbplatsen. Välj bland mkdocs, properdocs, zensical.\n'
    )


def make(folder: Path, *arguments: str) -> str:
    """Return what make would do in a folder."""
    command = ["make", "--dry-run", *arguments]
    # Without what a make that runs the tests was given itself.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_renamed_folder_is_installed_again(tmp_path: Path) -> None:
    """The programs in .venv name the folder that they were installed in: in another they are made anew."""
    folder = tmp_path / "Ramverk (kopia) #1"
    (folder / ".venv").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "requirements-pyodide.txt", "package.json"):
        shutil.copy(ROOT / name, folder)
    (folder / ".venv" / ".python").write_text(f"{folder}\n")
    (folder / ".venv" / ".build").touch()
    assert "-m venv" not in make(folder, "check")
    renamed = folder.rename(tmp_path / "Ramverk")
    assert "-m venv --clear .venv" in make(renamed, "check")


def test_fast_tests_need_no_browser(tmp_path: Path) -> None:
    """FAST=1 deselects the slow tests, and needs no browser."""
    assert '-m "not slow"' in make(ROOT, "test", "FAST=1")
    assert "chromium" not in make(ROOT, "test", "FAST=1")
    assert "chromium" in make(ROOT, "test")


def texts() -> list[Path]:
    """Every file of the project that is a text, as far as it is the project's own."""
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != "package-lock.json"]
    files += [path for name in TEXTS for path in (ROOT / name).rglob("*") if path.is_file()]
    return [path for path in files if "__pycache__" not in path.parts and b"\0" not in path.read_bytes()]


def test_no_line_ends_as_on_windows() -> None:
    """No text of the project has a carriage return."""
    assert [str(path) for path in texts() if b"\r" in path.read_bytes()] == []


def test_checkout_on_windows_gives_the_same_bytes(tmp_path: Path) -> None:
    """Git as it is set up on Windows writes the files that the runtime is named by as they are here."""
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    names = [*(ROOT / "quiz").glob("*.py"), *(ROOT / "macros" / "site").glob("*.mjs")]
    for name in names:
        shutil.copy(name, tmp_path)
    windows = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "core.safecrlf=false"]
    for arguments in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "A"],
        ["rm", "--quiet", "-r", "--cached", "."],
        ["reset", "--quiet", "--hard"],
    ):
        subprocess.run(["git", *windows, *arguments], cwd=tmp_path, check=True)
    for name in names:
        assert (tmp_path / name.name).read_bytes() == name.read_bytes(), name.name
