"""What an editor may do without asking: each edit passes the check."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from macros.changes import Weight, changes
from macros.load import load
from macros.versions import plain
from tests.project import ROOT, local_example

FRAMEWORK = ROOT / "framework"


def competences(root: Path) -> list[Path]:
    """Return the files of the competences."""
    return sorted((root / "framework" / "competences").glob("*.yml"))


def mend(root: Path) -> None:
    """Add a letter to the longest word of a decided text, and list it as mended."""
    path = competences(root)[0]
    text = path.read_text("utf-8")
    line = re.search(r"(?m)^  3: >-\n    (.+)", text)
    assert line
    word = max(re.findall(r"[a-zåäö]+", line[1]), key=len)
    path.write_text(text.replace(line[0], line[0].replace(word, word + word[-1], 1)), "utf-8")
    sources = root / "framework" / "sources.yml"
    entry = (
        f'  - where: "Kompetens {path.stem}, nivå 3"\n    document: ramverk\n    before: "{word}"\n'
        f'    after: "{word}{word[-1]}"\n    why: "En bokstav saknades."\n'
    )
    sources.write_text(sources.read_text("utf-8").replace("mends:\n", f"mends:\n{entry}", 1), "utf-8")


def replace_link(root: Path) -> None:
    """Give every link another address."""
    numbers = count(1)
    for path in sorted((root / "framework").rglob("*.yml")):
        pieces = re.split(r"(url: )\S+", path.read_text("utf-8"))
        text = "".join(
            f"{piece}https://intranat.stockholm.se/ny/{next(numbers)}" if piece == "url: " else piece
            for piece in pieces
        )
        path.write_text(text, "utf-8")


def confirm(root: Path) -> None:
    """Confirm every row; in one of them the decided table has a role on another level."""
    for path in competences(root):
        text = re.sub(r"reading: (probable|uncertain)", "reading: confirmed", path.read_text("utf-8"))
        text = re.sub(r"(?m)^  alternatives:\n(    .*\n)+", "", text)
        lines = re.findall(r"(?m)^    \d: \[(.*)\]$", text)
        if path.stem == "1.1" and len(lines) > 1 and ", " in lines[0]:
            role, rest = lines[0].split(", ", 1)
            text = text.replace(f"[{lines[0]}]", f"[{rest}]").replace(
                f"[{lines[1]}]", f"[{lines[1]}, {role}]"
            )
        path.write_text(text, "utf-8")


def add_support(root: Path) -> None:
    """Add an example, a clarification and an activity to a competence, and better another text."""
    for path in competences(root):
        text = path.read_text("utf-8")
        more = (
            "  - kind: exempel\n    levels: [2]\n    text: >-\n"
            f"      Exempel på nivå 2 är att öppna Microsoft Teams i {path.stem}.\n"
            f"  - kind: förtydligande\n    text: >-\n      Det gäller också telefonen i {path.stem}.\n"
            "  - kind: läraktivitet\n    way: lär av en kollega\n    text: >-\n"
            f"      Fråga en kollega om {path.stem}.\n"
        )
        text = re.sub(r"support: *\[\] *\n", "support:\n", text)
        text = re.sub(
            r"(support:\n(?:.*\n)*?    text: >-\n(?:      .*\n)*?      .*)\.\n",
            r"\1, också i mobilen.\n",
            text,
            count=1,
        )
        if "support:" not in text:
            text += "\nsupport:\n"
        path.write_text(text.rstrip("\n") + "\n" + more, "utf-8")


def add_local(root: Path) -> None:
    """Write the file of a part, as the guide shows it."""
    path = root / "framework" / "support" / "kulturskolan.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(local_example(), "utf-8")


def add_question(root: Path) -> None:
    """Add a question whose answer is decided."""
    with (root / "framework/questions.yml").open("a", encoding="utf-8") as file:
        file.write("\n- id: ny-fraga\n  question: Får jag fråga mer?\n  answer: Ja, fråga din chef.\n")


# By the row of the table in framework/README.md.
EDITS: dict[str, Callable[[Path], None]] = {
    "Rätta ett stavfel eller en punkt som saknas (skriv upp det i `sources.yml`)": mend,
    "Byta en länk som har slutat fungera": replace_link,
    "Bekräfta en osäker rad mot den beslutade bilaga 1": confirm,
    "Lägga till eller förbättra ett exempel, ett förtydligande eller en läraktivitet": add_support,
    "Lägga till eller ändra en dels egna stödtexter": add_local,
    "Lägga till en fråga vars svar redan är bestämt": add_question,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the check reads."""
    for name in ("framework", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_every_allowed_edit_is_tried() -> None:
    """The edits are those that the guide allows without a decision."""
    guide = (FRAMEWORK / "README.md").read_text("utf-8")
    assert re.findall(r"(?m)^\| (.+?) \| ja \| \|$", guide) == list(EDITS)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_allowed_edit_passes_the_check(project: Path, edit: Callable[[Path], None]) -> None:
    """The check has nothing to say, and no change asks for a decision."""
    before = plain(load(project))
    edit(project)
    found = changes(before, plain(load(project)))
    if not found and edit is confirm:
        pytest.skip("every row is confirmed")
    assert found
    assert [str(one) for one in found if one.decided or one.weight is Weight.ASKS] == []
