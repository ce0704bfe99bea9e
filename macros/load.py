"""Read the framework from `framework/`, or report every error in it at once.

    python -m macros.load [ROOT]      check the project in ROOT (without it: in the current folder)

Rules between places come before the models, for only the first message about a place is kept: one mistake
gives one message. Messages are for editors: in Swedish, with the file, the line, the value and what to write
instead. A new rule needs its mistake in tests/mistakes.yml, with all that an editor reads about it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from macros.check import rules
from macros.check.contents import check_contents
from macros.check.docs import check_docs
from macros.check.files import FILES, ROLES, WORKSHOP, kind_of, natural, read_files
from macros.check.references import known_ids
from macros.check.report import report
from macros.check.schema import validate
from macros.check.since import since_commit
from macros.check.source import Problem
from macros.check.wording import check_wording
from macros.model import NO_ROLES, Competence, Framework
from macros.proof import notes, read_proof
from macros.support import LocalSource, LocalSupport, Support
from macros.versions import UnreadableVersionError, read_versions
from macros.workshop import NO_WORKSHOP


class FrameworkErrors(Exception):  # noqa: N818 - it holds many
    """Everything that is wrong; as text one line a problem, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda item: (natural(item.path), item.line, item.message))
        super().__init__("\n".join(map(str, self.problems)))


def load(root: Path, pages: bool = True) -> Framework:
    """Return the framework of the project in `root`, which has `framework/`, `docs/` and `mkdocs.yml`.

    Areas and competences are sorted by number. Raises FrameworkErrors with all that is wrong: in the texts,
    the pages and the navigation; without `pages` in the texts alone.
    """
    if not (root / "framework").is_dir():
        message = f'mappen finns inte i "{root}". Stå i projektets mapp.'
        raise FrameworkErrors([Problem("framework", 1, message)])
    files = read_files(root / "framework")
    try:
        kept = read_versions(root)
    except UnreadableVersionError as error:
        name = f"framework/versions/{error}"
        raise FrameworkErrors([Problem(name, 1, "filen går inte att läsa. Hämta tillbaka den.")]) from None
    known, levels = known_ids(files), rules.named_levels(files)
    rules.check(files, known, levels)
    needed = rules.needed(files)
    parts = {
        name: validate(FILES[kind_of(name)], source, levels, needed.get(name, ()))
        for name, source in files.sources.items()
    }
    rules.check_workshop(files)
    check_contents(files, known, levels, kept)
    check_wording(files)
    problems = [problem for source in files.sources.values() for problem in source.problems.values()]
    problems += [*files.misnamed, *(check_docs(root, known) if pages else ())]
    if problems:
        raise FrameworkErrors(problems)
    roster = parts.get(ROLES, NO_ROLES)
    order = [part.id for part in roster.parts]
    local = [part for part in parts.values() if isinstance(part, LocalSupport)]
    local.sort(key=lambda part: order.index(part.part))
    return Framework(
        site=parts["site.yml"],
        basics=parts["framework.yml"],
        parts=roster.parts,
        roles=roster.roles,
        areas=tuple(sorted(parts["areas.yml"], key=lambda area: natural(area.id))),
        competences=tuple(
            _with_local(part, local) for part in parts.values() if isinstance(part, Competence)
        ),
        questions=parts["questions.yml"],
        sources=parts["sources.yml"],
        workshop=parts.get(WORKSHOP, NO_WORKSHOP),
        accessibility=parts["accessibility.yml"],
        local=tuple(LocalSource(**part.model_dump(exclude={"support"})) for part in local),
    )


def _with_local(competence: Competence, local: Sequence[LocalSupport]) -> Competence:
    """Return a competence with the support texts that parts of the organisation have for it, last."""
    own = [
        Support(**text.model_dump(exclude={"competence"}), parts=(part.part,))
        for part in local
        for text in part.support
        if text.competence == competence.id
    ]
    return competence.model_copy(update={"support": (*competence.support, *own)}) if own else competence


def _texts_alone(root: Path) -> Framework | None:
    try:
        return load(root, pages=False)
    except FrameworkErrors:
        return None


def main(arguments: list[str]) -> int:
    """Print whether the project in the named folder is in order, or what is wrong; return the exit status."""
    from macros.slides.timing import overruns  # here, because who only loads needs no slides

    root = Path(arguments[0] if arguments else ".")
    problems: list[Problem] = []
    try:
        framework = load(root)
    except FrameworkErrors as errors:
        problems = errors.problems
        print(errors, file=sys.stderr)
    if annotations := report(problems, os.environ, root):
        print(annotations)
    if problems:
        return 1
    texts = sum(len(competence.support) for competence in framework.competences)
    print(
        f"Allt stämmer: {len(framework.competences)} kompetenser, {len(framework.roles)} roller, "
        f"{len(framework.areas)} områden, {texts} stödtexter, {len(framework.questions)} frågor."
    )
    remarks = []
    if not framework.roles:
        remarks.append(f"framework/{ROLES} finns inte. Då har webbplatsen inga roller.")
    if not framework.workshop.is_there:
        remarks.append(f"framework/{WORKSHOP} finns inte. Då har webbplatsen ingen workshop.")
    remarks += notes(framework.accessibility, read_proof(root))
    said = (f"Att tänka på: {remark}" for remark in remarks)
    for line in (*since_commit(framework, root, _texts_alone), *said, *overruns(framework)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
