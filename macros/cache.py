"""Files cached between builds, named by their contents."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def keep(path: Path, content: bytes) -> Path:
    """Write a file named by its content, unless it exists; atomically."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    return path


def forget_old(cache: Path, pattern: str) -> None:
    """Remove the folders that match a pattern, but for the four newest."""
    folders = sorted(cache.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in folders[4:]:
        shutil.rmtree(old, ignore_errors=True)


def digest(contents: Mapping[str, bytes]) -> str:
    """A short name for files, by their names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
