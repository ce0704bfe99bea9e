"""The project's folder: what in it is made of the framework, whatever its name is, on whatever system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from pptx import Presentation

from macros import define_env
from macros.add import main as add
from macros.model import Framework
from macros.pages import made_pages, navigation
from macros.site.build import build, main
from macros.site.source import write_source
from macros.slides.deck import POWERPOINT
from tests.pages import squeezed
from tests.project import ROOT, copy_project
from tests.test_site import read_pages
from tests.workshop import paragraphs_of

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
    """A role, an area and a competence added in framework/ alone are wherever the others are."""
    root = copy_project(tmp_path / "project")
    area = str(len(framework.areas) + 1)
    assert add(["role", "NAME=Provroll", "LIKE=chef"], root) == 0
    with (root / "framework" / "areas.yml").open("a", encoding="utf-8") as file:
        file.write(f'\n- id: "{area}"\n  name: Nytt område\n  motivation: Jag vill lära mig.\n')
    assert add(["competence", f"AREA={area}", "TITLE=Ny kompetens", "LIKE=1.1"], root) == 0
    fill_in(root / "framework" / "competences" / f"{area}.1.yml", framework)
    workshop = root / "framework" / "workshop.yml"  # the file of the slides has one example
    before = workshop.read_text("utf-8")
    after = before.replace(f'example: "{framework.workshop.example}"', f'example: "{area}.1"')
    assert after != before
    workshop.write_text(after, "utf-8")
    site = root / "site"
    assert build(root, site) == ""
    pages = read_pages(site)
    number, name = f"{area}.1", f"{area}.1 Ny kompetens"
    for url, title in (
        ("roller/provroll/", "Provroll"),
        (f"ramverket/omrade-{area}/", f"{area}. Nytt område"),
        (f"ramverket/{number}/", name),
    ):
        assert pages[url].one("h1").text == title
        assert pages[url].one("nav", class_="menu").one("a", aria_current="page").text == title
    (deck,) = (url for url, page in pages.items() if page.all("div", class_="slides"))
    for what, url, texts in (
        ("start", "", ["Provroll"]),
        ("roles", "roller/", ["Provroll"]),
        ("matrix", "roller/jamfor/", ["Provroll", name]),
        ("framework", "ramverket/", ["Nytt område", name]),
        ("whole framework", "ramverket/hela/", ["Provroll", "Nytt område", name]),
        ("self-check", "sjalvskattning/", ["Provroll", "Nytt område", name, "Ny text 3."]),
        ("cards", "workshop/nivakort/", [name, "Ny text 3."]),
        ("slides", deck, [name, "Ny definition.", "Ny text 3."]),
    ):
        for text in texts:
            assert text in pages[url].text, f"{what} lacks {text}"
    told = Presentation(str(site / POWERPOINT)).slides
    presentation = squeezed(" ".join(text for slide in told for text in paragraphs_of(slide)))
    assert "Ny definition." in presentation
    assert "Ny text 3." in presentation
    (index,) = site.glob("assets/search-*/index.json")
    found = {entry["url"] for entry in json.loads(index.read_bytes())}
    assert {"roller/provroll/", f"ramverket/omrade-{area}/", f"ramverket/{number}/"} <= found
    files = [path for path in (site / "data").iterdir() if path.suffix in (".csv", ".json")]
    downloads = "\n".join(path.read_text("utf-8-sig") for path in files if "schema" not in path.name)
    for text in ("Provroll", "Nytt område", "Ny kompetens", "Ny text 3."):
        assert downloads.count(text) > 1, text
    assert changed_outside(root) == []


def fill_in(file: Path, framework: Framework) -> None:
    """Put texts where `make competence` leaves room for them."""
    text = file.read_text("utf-8").replace("definition: >-\n", "definition: >-\n  Ny definition.\n")
    for level in framework.levels:
        text = text.replace(f"  {level}: >-\n", f"  {level}: >-\n    Ny text {level}.\n")
    file.write_text(text.replace("reading:", "reading: confirmed"), "utf-8")


def changed_outside(root: Path) -> list[str]:
    """Return the files outside of framework/ in which a copy of the project differs from it."""
    return [
        path.relative_to(root).as_posix()
        for name in ("docs", "macros", "quiz", "mkdocs.yml")
        for path in ([root / name] if (root / name).is_file() else (root / name).rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.read_bytes() != (ROOT / path.relative_to(root)).read_bytes()
    ]


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
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS")) and name not in ("ARGS", "FAST")
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
