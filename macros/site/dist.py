"""Pack the built site into one archive to hand over, with its checksum and a list of its parts.

    python -m macros.site.dist      packs site/ into dist/

The list is a software bill of materials (SBOM) in CycloneDX: what the site ships, with the files it is in,
and the packages that built it. The same commit gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from macros.site.licences import Part, parts
from macros.site.published import site_files

NAME = "kompetenstrappan"
_SPEC = "1.6"
# What is compressed already is packed as it is.
_PACKED = frozenset({".br", ".gz", ".packed", ".png", ".pptx", ".xlsx"})
_REQUIREMENTS = ("requirements.txt", "requirements-pyodide.txt")


def pack(site: Path, target: Path, seconds: int) -> None:
    """Write the site's files into a zip archive, in order, without an owner, dated `seconds` after 1970."""
    date = time.gmtime(max(seconds, 315_532_800))[:6]  # zip knows nothing before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(site_files(site).items()):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", date)
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, path.read_bytes())


def sbom(root: Path, paths: Iterable[str], seconds: int) -> str:
    """Return what is shipped and what built it, as CycloneDX JSON.

    Args:
        root: the project's folder.
        paths: the site's files, relative to its root.
        seconds: the date, since 1970.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    files = sorted(paths)
    shipped = [_shipped(part, part.covers(files)) for part in parts(root)]
    known = {component["bom-ref"] for component in shipped}
    built = {component["bom-ref"]: component for component in _builders(root)}
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{_SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": _SPEC,
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds)),
            "component": {
                "bom-ref": NAME,
                "type": "application",
                "name": NAME,
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": shipped + [built[ref] for ref in sorted(built) if ref not in known],
        "dependencies": [{"ref": NAME, "dependsOn": sorted(known)}],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _shipped(part: Part, paths: list[str]) -> dict[str, Any]:
    licence = part.licence
    component = {
        "bom-ref": part.purl or part.id,
        "type": "library",
        "name": part.name,
        "scope": "required",
        "licenses": [{"expression": licence} if " " in licence else {"license": {"id": licence}}],
        "externalReferences": [{"type": "website", "url": part.url}],
        "evidence": {"occurrences": [{"location": path} for path in paths]},
        "version": part.version,
        "purl": part.purl,
    }
    return {name: value for name, value in component.items() if value}


def _builders(root: Path) -> Iterable[dict[str, Any]]:
    """The packages that build the site, from the lock files."""
    found = _run(root, "npm", "sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--omit=dev")
    locked = "".join((root / name).read_text("utf-8") for name in _REQUIREMENTS)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "-"]
    found += _run(root, *command, "--output-format=JSON", f"--spec-version={_SPEC}", given=locked)
    names = ("name", "purl", "type", "version", "licenses")
    for component in found:
        kept = {name: component[name] for name in names if component.get(name)}
        yield {"bom-ref": component["purl"], "scope": "excluded"} | kept


def _run(root: Path, program: str, *arguments: str, given: str = "") -> list[dict[str, Any]]:
    command = [shutil.which(program) or program, *arguments]
    done = subprocess.run(command, cwd=root, input=given, capture_output=True, encoding="utf-8", check=True)
    return list(json.loads(done.stdout)["components"])


def main() -> int:
    """Return the exit status."""
    root = Path.cwd()
    site, target = root / "site", root / "dist"
    seconds = int(os.environ["SOURCE_DATE_EPOCH"])
    text = sbom(root, site_files(site), seconds)
    version = json.loads(text)["metadata"]["component"]["version"]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    archive = target / f"{NAME}-{version}.zip"
    pack(site, archive, seconds)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (target / f"{archive.name}.sha256").write_bytes(f"{digest}  {archive.name}\n".encode())
    archive.with_suffix(".cdx.json").write_bytes(text.encode())
    print(f"{archive.relative_to(root)}  {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
