"""Have a generator build the project in the current folder.

    python -m macros.site.generate GENERATOR FOLDER     FOLDER must exist; the site is then in FOLDER/site

What the generator reads is written in the process that it runs in, so that the framework is read once.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from macros.load import FrameworkErrors
from macros.site.node import PublishError
from macros.site.source import write_source


def main(generator: str, folder: Path) -> int:
    """Return the exit status."""
    try:
        published = write_source(Path.cwd(), folder)
    except (FrameworkErrors, PublishError) as problem:
        print(problem, file=sys.stderr)
        return 1
    sys.argv[1:] = ["build", "--strict", "--config-file", str(folder / "mkdocs.yml")]
    try:
        runpy.run_module(generator, run_name="__main__", alter_sys=True)
    except SystemExit as done:
        if done.code:
            raise
    published.copy_to(folder / "site")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
