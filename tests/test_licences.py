"""Every part by others that the site ships has its licence on the site, and is in the SBOM."""

from __future__ import annotations

import hashlib
import json
import re
import site as python
from pathlib import Path

import pytest

from macros.site.licences import FOLDER, Part, parts
from tests.conftest import ROOT
from tests.pages import parse

# How a licence's text can be known.
WORDS = {
    "0BSD": "for any purpose with or without fee",
    "Apache-2.0": "Apache License",
    "Apache-2.0 WITH LLVM-exception": "LLVM Exceptions",
    "BSD-2-Clause": "Redistributions in binary form",
    "BSD-3-Clause": "Neither the name",
    "blessing": "May you share freely",
    "bzip2-1.0.6": "Julian R Seward",
    "MIT": "Permission is hereby granted, free of charge",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "Zlib": "1. The origin of this software must not be misrepresented",
}


@pytest.fixture(scope="module")
def shipped() -> tuple[Part, ...]:
    """All parts by others."""
    return parts(ROOT)


def test_each_part_comes_with_the_text_of_its_licence(shipped: tuple[Part, ...]) -> None:
    """The text is the one of the licence that is named, and every text in the folder is used."""
    for part in shipped:
        text = re.sub(r"\s+", " ", part.text.read_text("utf-8"))
        assert WORDS[part.licence] in text, part.id
        assert part.url.startswith("https://"), part.id
    assert {part.text for part in shipped} >= set(FOLDER.glob("*.txt"))
    assert len({part.id for part in shipped}) == len(shipped)


def test_versions_are_those_that_are_installed(shipped: tuple[Part, ...]) -> None:
    """What is no package of its own is of the version that the Pyodide in use was made with."""
    lock = json.loads((ROOT / "node_modules" / "pyodide" / "pyodide-lock.json").read_bytes())["info"]
    version = {part.id: part.version for part in shipped}
    assert version["python"] == lock["python"]
    assert version["emscripten"] == lock["platform"].removeprefix("emscripten_").replace("_", ".")
    wasm = (ROOT / "node_modules" / "pyodide" / "pyodide.asm.wasm").read_bytes()
    assert f"inflate {version['zlib']} ".encode() in wasm
    wanted = json.loads((ROOT / "package.json").read_bytes())["dependencies"]
    assert {f"pkg:npm/{name.replace('@', '%40')}@{exact}" for name, exact in wanted.items()} == {
        part.purl for part in shipped if part.purl.startswith("pkg:npm/")
    }


def test_every_file_by_others_is_covered(site: Path, shipped: tuple[Part, ...]) -> None:
    """A file of the site that is in an installed package too, or was made of one, belongs to a part."""
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    covered = {path for part in shipped for path in part.covers(paths)}
    installed = [
        *(ROOT / "node_modules").glob("*/**/*.*js"),
        *(ROOT / "node_modules").glob("*/**/*.css"),
        *(Path(python.getsitepackages()[0]) / "material" / "templates").rglob("*.*"),
    ]
    sizes = {(site / path).stat().st_size for path in paths}
    known = {
        hashlib.sha256(file.read_bytes()).digest()
        for file in installed
        if file.is_file() and file.stat().st_size in sizes
    }
    same = {path for path in paths if hashlib.sha256((site / path).read_bytes()).digest() in known}
    assert {Path(path).name for path in same} >= {"minisearch.js", "swedish.js"}
    made = {path for path in paths if "/runtime-" in path or path.endswith((".pptx", ".html"))}
    assert sorted((same | made) - covered) == []
    for part in shipped:
        assert part.covers(paths), f"{part.id}: no such file on the site"


def test_the_page_lists_every_part(site: Path, shipped: tuple[Part, ...]) -> None:
    """*Licenser* names each part with its version, and links to the whole text, which is on the site."""
    article = parse((site / "om" / "licenser" / "index.html").read_text("utf-8")).one("article")
    rows = {row.get("id"): row for row in article.one("ul", class_="files").all("li")}
    assert list(rows) == [part.id for part in shipped]
    for part in shipped:
        assert part.name in rows[part.id].text
        assert part.version in rows[part.id].text
        assert rows[part.id].one("a").get("href") == f"../../{part.address}"
        assert (site / part.address).read_bytes() == part.text.read_bytes()
    assert (site / "licenser" / "kompetenstrappan.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()
