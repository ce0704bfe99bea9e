"""Which modules a page needs, and their sources: the part of `compile.mjs` that runs in Pyodide.

Only there are the modules that a browser would load. It uses the standard library alone.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any


def needed(package: str, margin: Iterable[str], unwanted: Iterable[str]) -> list[str]:
    """Import `package` with all its modules, and `margin`; return the names of all modules then loaded.

    Args:
        package: name of the package to import.
        margin: further modules that must be there.
        unwanted: modules, with all below them, that are left out although something has imported them.
    """
    within = pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
    for name in (*(module.name for module in within), *margin):
        importlib.import_module(name)
    left_out = tuple(unwanted)
    return sorted(
        name
        for name, module in sys.modules.items()
        if hasattr(getattr(module, "__loader__", None), "get_data")  # not built into the interpreter
        and not any(name == other or name.startswith(f"{other}.") for other in left_out)
    )


def pack(names: Iterable[str], target: str, files: Mapping[str, bytes] | None = None) -> None:
    """Write the sources of modules that have been imported, and files, into a zip archive, not compressed."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(names):
            module = sys.modules[name]
            loader: Any = module.__loader__
            path = name.replace(".", "/") + ("/__init__.py" if hasattr(module, "__path__") else ".py")
            archive.writestr(path, loader.get_data(module.__file__))
        for path, content in sorted((files or {}).items()):
            archive.writestr(path, bytes(content))
