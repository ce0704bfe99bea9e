"""Breaks the real framework in many ways, one at a time, and counts what the check says of it.

    python -m tests.mutants [NUMBER [SEED]]      700 without a number

Each mutant has one mistake such as an editor makes: a line lost or doubled, a sign too many, a text cut off.
Those of which the check says nothing, or too much, are printed.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from macros.changes import changes
from macros.load import FrameworkErrors, load
from macros.versions import plain
from tests.project import ROOT

MOST = 3  # messages that one mistake may give
Lines = list[str]
Mutator = Callable[[random.Random, Lines, int], None]


def _at(change: Callable[[random.Random, str], str]) -> Mutator:
    """Return a mutator that changes one line."""

    def mutate(chance: random.Random, lines: Lines, at: int) -> None:
        lines[at] = change(chance, lines[at])

    return mutate


def _word(change: Callable[[random.Random, str], str]) -> Mutator:
    """Return a mutator that changes one word of a line."""

    def mutate(chance: random.Random, lines: Lines, at: int) -> None:
        words = list(re.finditer(r"[^\W\d_]{3,}", lines[at]))
        if words:
            word = chance.choice(words)
            lines[at] = lines[at][: word.start()] + change(chance, word[0]) + lines[at][word.end() :]

    return mutate


def _cut(chance: random.Random, lines: Lines, at: int) -> None:
    del lines[at + 1 :]
    lines[at] = lines[at][: chance.randint(1, max(1, len(lines[at]) - 1))]


def _swap(chance: random.Random, lines: Lines, at: int) -> None:
    other = min(at + 1, len(lines) - 1)
    lines[at], lines[other] = lines[other], lines[at]


def _conflict(chance: random.Random, lines: Lines, at: int) -> None:
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", lines[at] + " nytt", ">>>>>>> gren"]


INSERTED = (
    *(
        "<b>",
        "**viktigt** ",
        "*så* ",
        "_så_ ",
        "`kod` ",
        "TODO ",
        "[...] ",
        "&nbsp;",
        "{{ x }} ",
        "-> ",
        "www.x.se ",
    ),
    *(
        "\u00a0",
        "\t",
        "\u200b",
        "\u00ad",
        "\ufffd",
        "Ã¥",
        '"',
        "”",
        "«",
        "(",
        "]",
        ": ",
        " #",
        "||",
        ",,",
        "..",
        "\\",
    ),
)
MUTATORS: dict[str, Mutator] = {
    "line lost": lambda chance, lines, at: lines.pop(at) and None,
    "line doubled": lambda chance, lines, at: lines.insert(at, lines[at]),
    "lines swapped": _swap,
    "empty line": lambda chance, lines, at: lines.insert(at, ""),
    "rest of the file lost": _cut,
    "both versions of a merge": _conflict,
    "indented more": _at(lambda chance, line: " " * chance.randint(1, 3) + line),
    "indented less": _at(
        lambda chance, line: line[chance.randint(1, 2) :] if line.startswith("  ") else line[1:]
    ),
    "colon lost": _at(lambda chance, line: line.replace(":", "", 1)),
    "space after a sign lost": _at(lambda chance, line: re.sub(r"([:,-]) ", r"\1", line, count=1)),
    "sign lost": _at(lambda chance, line: re.sub(r"[\"'\[\]{}>.,?]", "", line, count=1)),
    "end of a line lost": _at(lambda chance, line: line[: len(line) // 2]),
    "comment": _at(lambda chance, line: f"{line} # kolla"),
    "number": _at(lambda chance, line: re.sub(r"\d", lambda one: str((int(one[0]) + 3) % 10), line, count=1)),
    "arrow": _at(lambda chance, line: line.replace(">-", "->")),
    "letter lost": _word(lambda chance, word: word[:1] + word[2:]),
    "letter doubled": _word(lambda chance, word: word[0] * 5 + word),
    "word doubled": _word(lambda chance, word: f"{word} {word}"),
    "capital": _word(lambda chance, word: word.swapcase()),
    "sign or mark": _word(lambda chance, word: chance.choice(INSERTED) + word),
    "question mark for a letter": _word(lambda chance, word: f"{word[:1]}?{word[2:]}"),
}


class Outcome(NamedTuple):
    """A mutant, and what the check says of it; `error` is a traceback's last line."""

    what: str
    where: str
    messages: tuple[str, ...] = ()
    error: str = ""
    differs: tuple[str, ...] = ()


def outcomes(number: int, seed: int) -> Iterator[Outcome]:
    """Yield so many mutants of the real framework; those of one seed are always the same."""
    chance = random.Random(seed)
    names = list(MUTATORS)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("framework", "docs"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "mkdocs.yml", root)
        before = plain(load(root))
        files = sorted((root / "framework").rglob("*.yml"))
        made = 0
        while made < number:
            name, path = names[made % len(names)], chance.choice(files)
            whole = path.read_text("utf-8")
            lines = whole.split("\n")
            at = chance.choice(
                [at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")]
            )
            written = lines[at].strip()
            MUTATORS[name](chance, lines, at)
            if (text := "\n".join(lines)) == whole:
                continue
            made += 1
            where = f"{path.relative_to(root)}:{at + 1}: {written}"
            path.write_text(text, "utf-8")
            try:
                found = changes(before, plain(load(root)))
                yield Outcome(name, where, differs=tuple(map(str, found)))
            except FrameworkErrors as errors:
                yield Outcome(name, where, tuple(str(errors).split("\n")))
            except Exception as error:
                yield Outcome(name, where, error=repr(error))
            finally:
                path.write_text(whole, "utf-8")


def main(arguments: list[str]) -> int:
    """Print the figures of a run, and the mutants that say nothing, or too much."""
    number, seed = (
        (int(one) for one in (*arguments, "700", "1")[:2]) if len(arguments) != 1 else (int(arguments[0]), 1)
    )
    figures: Counter[str] = Counter()
    for one in outcomes(number, seed):
        said = len(one.messages)
        figures["traceback" if one.error else f"{said} messages" if said <= MOST else "more"] += 1
        if one.error or said > MOST or not (said or one.error):
            print(f"{one.what}: {one.where}")
            for line in (one.error, *one.messages, *(f"accepted: {change}" for change in one.differs)):
                print(f"    {line}" if line else "", end="\n" if line else "")
            if not (one.error or said or one.differs):
                print("    accepted: nothing differs for a reader")
    print(", ".join(f"{figures[name]} {name}" for name in sorted(figures)))
    return 1 if figures["traceback"] or figures["more"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
