"""Compressed copies of the site's files, for web servers that send them."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from macros.cache import keep

# Endings of files that do not get smaller, or that no browser requests.
_NOT_COMPRESSED = frozenset(
    {".br", ".config", ".conf", ".gz", ".ico", ".packed", ".pdf", ".png", ".pptx", ".woff2", ".xlsx"}
)
_SMALLEST_COMPRESSED = 1_000  # bytes


def compress(site: Path, cache: Path) -> None:
    """Put `.br` and `.gz` beside each file that gets smaller; `cache` has those made before."""
    files = [
        path
        for path in site.rglob("*")
        if path.is_file()
        and path.suffix not in _NOT_COMPRESSED
        and path.stat().st_size >= _SMALLEST_COMPRESSED
    ]
    # The longest work first, or one core waits for the other.
    files.sort(key=lambda path: path.stat().st_size, reverse=True)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda path: _compress(path, cache), files))


def _compress(path: Path, cache: Path) -> None:
    content = path.read_bytes()
    kept = cache / hashlib.sha256(content).hexdigest()
    for suffix, packed in ((".br", _brotli), (".gz", gzipped)):
        ready = kept.with_suffix(suffix)
        if not ready.is_file():
            keep(ready, packed(content))
        shutil.copyfile(ready, f"{path}{suffix}")


def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=11, lgwin=24))


def gzipped(content: bytes) -> bytes:
    """Compress in gzip's format; the same content gives the same bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)
