"""Programs that Node runs while the site is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What requirements-pyodide.txt names, for the browser's Python; the Makefile puts it there.
PACKAGES = Path(sys.prefix, "pyodide")


class PublishError(Exception):
    """The site cannot be published; the message is a sentence for whoever builds it."""


def run_node(root: Path, *command: str) -> None:
    """Run a script with its arguments in `root`; raises PublishError when it fails."""
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if node is None:
        raise PublishError("Node saknas, så webbläsarens Python kan inte byggas. Kör: make venv")
    done = subprocess.run([node, *command], cwd=root, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise PublishError(f"Webbläsarens Python kunde inte byggas.\n{done.stderr[-2000:].strip()}")
