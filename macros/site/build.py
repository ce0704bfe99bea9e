"""Build the project in the current folder into site/.

python -m macros.site.build [GENERATOR]     with MkDocs, or with another: zensical
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from macros.load import load
from macros.proof import notes, read_proof

GENERATORS = ("mkdocs", "properdocs", "zensical")
# MkDocs' output that is not the error itself.
_CHATTER = re.compile(r"INFO|DEBUG|Aborted with a BuildError|ERROR +- +$")


def build(root: Path, site: Path, generator: str = GENERATORS[0]) -> str:
    """Build the project in `root` into `site`, whole or not at all; return what went wrong, or ""."""
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as folder:
        command = [sys.executable, "-m", "macros.site.generate", generator, folder]
        quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # the theme's notice would hide an editor's mistake
        done = subprocess.run(
            command, cwd=root, env=quiet, capture_output=True, encoding="utf-8", errors="replace"
        )
        if done.returncode:
            lines = (done.stdout + done.stderr).splitlines()
            return "\n".join(line for line in lines if not _CHATTER.match(line))
        if site.exists():
            site.rename(Path(folder, "old"))
        Path(folder, "site").rename(site)
    return ""


def build_and_tell(root: Path, site: Path, generator: str = GENERATORS[0]) -> bool:
    """Build, tell what came of it, and return whether it succeeded."""
    start = time.perf_counter()
    print("Bygger webbplatsen ...", flush=True)
    if problem := build(root, site, generator):
        print(problem.strip(), file=sys.stderr)
        print("Webbplatsen byggdes inte. Rätta det som står ovan.", file=sys.stderr, flush=True)
        return False
    print(f"Webbplatsen är byggd ({time.perf_counter() - start:.1f} s).", flush=True)
    for note in notes(load(root).accessibility, read_proof(root)):
        print(f"Att tänka på: {note}", flush=True)
    return True


def main(arguments: list[str]) -> int:
    """Return the exit status."""
    generator = arguments[0] if arguments else GENERATORS[0]
    if generator not in GENERATORS:
        print(
            f'"{generator}" kan inte bygga webbplatsen. Välj bland {", ".join(GENERATORS)}.', file=sys.stderr
        )
        return 2
    return not build_and_tell(Path.cwd(), Path.cwd() / "site", generator)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
