"""The modules that the self-check needs, compiled, as one archive.

This is the part of `macros/runtime.mjs` that runs in Pyodide: a compiled module only loads in the version of
Python that compiled it, so the very Python that the browser will run has to do it.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import pkgutil
import sys
import zipfile
from collections.abc import Iterable
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from typing import Any

# The earliest date that an archive can hold.
_DATE = (1980, 1, 1, 0, 0, 0)


def needed(package: str, margin: Iterable[str], unwanted: Iterable[str]) -> list[str]:
    """Import `package` with all its modules, and `margin`; return the names of all modules then loaded.

    Args:
        package: name of the package to import.
        margin: further modules that must be there.
        unwanted: modules, with all below them, that are left out although something has imported them.
    """
    for name in (*modules(package), *margin):
        importlib.import_module(name)
    left_out = tuple(unwanted)
    return sorted(
        name
        for name, module in sys.modules.items()
        if hasattr(getattr(module, "__loader__", None), "get_data")  # not built into the interpreter
        and not any(name == other or name.startswith(f"{other}.") for other in left_out)
    )


def modules(package: str) -> list[str]:
    """Return the names of `package` and of every module in it, in order."""
    found = importlib.import_module(package)
    return [package, *sorted(f"{package}.{info.name}" for info in pkgutil.iter_modules(found.__path__))]


def archive(names: Iterable[str], keep_docstrings: str) -> bytes:
    """Return a zip archive, not compressed, of the compiled modules; the same bytes for the same modules.

    Args:
        names: the modules, which have been imported from source.
        keep_docstrings: the package that keeps its docstrings and assertions; the others lose them.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(names):
            module = sys.modules[name]
            loader: Any = module.__loader__
            source = loader.get_data(module.__file__)
            path = name.replace(".", "/") + ("/__init__.py" if hasattr(module, "__path__") else ".py")
            own = name.partition(".")[0] == keep_docstrings
            code = compile(source, path, "exec", dont_inherit=True, optimize=0 if own else 2)
            # Unchecked: nobody looks for a source that is not there, and no file date gets into the archive.
            compiled = _code_to_hash_pyc(code, importlib.util.source_hash(source), False)
            file.writestr(zipfile.ZipInfo(f"{path}c", _DATE), bytes(compiled))
    return target.getvalue()
