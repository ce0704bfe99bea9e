"""What `make check` says last: what has changed since the last commit, and which version that asks for."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from macros.changes import Data, changes, needed_version
from macros.model import Framework
from macros.versions import numbers, plain, read_versions

MOST = 20  # lines of changes; more are counted


def since_commit(framework: Framework, root: Path, load: Callable[[Path], Framework | None]) -> Iterator[str]:
    """Yield lines about the framework in `root`; none where nothing differs, or Git cannot tell.

    `load` reads what was committed; None where that was not in order.
    """
    now = plain(framework)
    before = _committed(root, load)
    found = changes(before, now) if before else []
    if found:
        yield "Ändrat sedan den senaste incheckningen:"
        yield from (f"  - {one}" for one in found[:MOST])
        if len(found) > MOST:
            yield f"  ... och {len(found) - MOST} ändringar till."
    if kept := read_versions(root):
        last = kept[-1]
        needed = needed_version(last.version, changes(last.data, now))
        if needed and numbers(framework.basics.version) < numbers(needed.number):
            advice = f"höj version till {needed.number}{needed.unless} när ändringen är klar."
            yield f"Det som skiljer sig från version {last.version} {needed.why}: {advice}"


def _committed(root: Path, load: Callable[[Path], Framework | None]) -> Data | None:
    """Return the framework as it was last committed, where it differs and can be read."""
    changed = _git(root, "status", "--porcelain", "--", "framework")
    archive = _git(root, "archive", "--format=tar", "HEAD", "framework") if changed else None
    if not archive:
        return None
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        framework = load(Path(folder))
    return plain(framework) if framework else None


def _git(root: Path, *command: str) -> bytes | None:
    """Return what Git prints; None without Git, or outside a repository."""
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
