"""Build the site: `python -m macros.site.build` builds the project in the current folder into site/."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# What MkDocs says beside the mistake itself.
_CHATTER = re.compile(r"INFO|DEBUG|Aborted with a BuildError|ERROR +- +$")


def build(root: Path, site: Path) -> str:
    """Build the project in `root` and put the result in `site`, whole or not at all.

    Returns:
        The empty string, or what went wrong, to be shown as it is; then `site` is as it was.
    """
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as folder:
        fresh = Path(folder, "new")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
        quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # the theme's notice would hide an editor's mistake
        done = subprocess.run(
            command, cwd=root, env=quiet, capture_output=True, encoding="utf-8", errors="replace"
        )
        if done.returncode:
            lines = (done.stdout + done.stderr).splitlines()
            return "\n".join(line for line in lines if not _CHATTER.match(line))
        if site.exists():
            site.rename(Path(folder, "old"))
        fresh.rename(site)
    return ""


def build_and_tell(root: Path, site: Path) -> bool:
    """Build, print what came of it, and return whether it succeeded."""
    start = time.perf_counter()
    print("Bygger webbplatsen ...", flush=True)
    if problem := build(root, site):
        print(problem.strip(), file=sys.stderr)
        print("Webbplatsen byggdes inte. Rätta det som står ovan.", file=sys.stderr, flush=True)
        return False
    print(f"Webbplatsen är byggd ({time.perf_counter() - start:.1f} s).", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(not build_and_tell(Path.cwd(), Path.cwd() / "site"))
