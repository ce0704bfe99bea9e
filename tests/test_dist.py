"""The archive that is handed over, the list of what is in it, and the description for catalogues."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
import zipfile
from pathlib import Path

import yaml

from macros.site.dist import pack, sbom
from macros.site.licences import parts
from tests.conftest import ROOT

DATE = 1_764_547_200
# What the standard publiccode.yml 0.5 asks of the fields that are used here.
_TEXT = {"type": "string", "minLength": 1}
_DESCRIPTION = {
    "type": "object",
    "required": ["shortDescription", "longDescription", "features"],
    "additionalProperties": False,
    "properties": {
        "localisedName": _TEXT,
        "shortDescription": _TEXT | {"maxLength": 150},
        "longDescription": _TEXT | {"minLength": 150, "maxLength": 10_000},
        "features": {"type": "array", "minItems": 1, "items": _TEXT},
    },
}
PUBLICCODE = {
    "type": "object",
    "required": [
        *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    ],
    "additionalProperties": False,
    "properties": {
        "publiccodeYmlVersion": {"const": "0.5"},
        "name": _TEXT,
        "url": _TEXT | {"pattern": "^https://"},
        "softwareVersion": _TEXT,
        "platforms": {
            "type": "array",
            "items": {"enum": ["web", "linux", "windows", "mac", "ios", "android"]},
        },
        "categories": {"type": "array", "items": {"enum": ["hr", "employee-management", "survey"]}},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"enum": ["standalone/web", "standalone/backend", "library", "addon", "other"]},
        "intendedAudience": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"countries": {"type": "array", "items": {"pattern": "^[A-Z]{2}$"}}},
        },
        "description": {"type": "object", "minProperties": 1, "additionalProperties": _DESCRIPTION},
        "legal": {
            "type": "object",
            "required": ["license"],
            "additionalProperties": False,
            "properties": {"license": _TEXT},
        },
        "maintenance": {
            "type": "object",
            "required": ["type", "contacts"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "internal"},
                "contacts": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "object", "required": ["name"], "properties": {"name": _TEXT}},
                },
            },
        },
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "additionalProperties": False,
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {"type": "array", "minItems": 1, "items": {"pattern": "^[a-z]{2}$"}},
            },
        },
    },
}


def test_the_archive_is_the_same_whenever_and_wherever_it_is_made(site: Path, tmp_path: Path) -> None:
    """Other dates and rights of the files, and another order in the folder, give the same bytes."""
    copy = tmp_path / "copy"
    for path in sorted((path for path in site.rglob("*") if path.is_file()), reverse=True):
        if path.stat().st_size < 100_000:
            target = copy / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    pack(copy, first, DATE)
    for path in copy.rglob("*"):
        path.chmod(0o755)
        os.utime(path, (DATE, DATE))
    pack(copy, second, DATE)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {name.split("/")[0] for name in names} == {"kompetenstrappan"}
        for name in ("index.html", ".htaccess", "web.config"):
            assert archive.read(f"kompetenstrappan/{name}") == (site / name).read_bytes()


def test_the_list_names_what_is_shipped_and_what_built_it(site: Path) -> None:
    """Every part of the site is there, with its licence and its files; and all packages of the build."""
    from cyclonedx.schema import SchemaVersion  # takes seconds, which only this needs
    from cyclonedx.validation.json import JsonStrictValidator

    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    text = sbom(ROOT, paths, DATE)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = json.loads(text)["components"]
    shipped = {item["name"]: item for item in components if item["scope"] == "required"}
    assert list(shipped) == [part.name for part in parts(ROOT)]
    for part in parts(ROOT):
        item = shipped[part.name]
        assert item.get("version", "") == part.version
        assert part.licence in json.dumps(item["licenses"])
        assert item["evidence"]["occurrences"]
    built = {item["purl"] for item in components if "purl" in item}
    for name in ("requirements.txt", "requirements-pyodide.txt"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            if "==" in line and not line.startswith((" ", "#")):
                package, _, version = line.split(" ")[0].partition("==")
                assert f"pkg:pypi/{package}@{version}" in built
    wanted = json.loads((ROOT / "package.json").read_bytes())["dependencies"]
    assert {f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version in wanted.items()} <= built


def test_publiccode_describes_this_project() -> None:
    """publiccode.yml follows its standard, and agrees with pyproject.toml."""
    from jsonschema import Draft202012Validator  # takes seconds, which only this test needs

    described = yaml.safe_load((ROOT / "publiccode.yml").read_bytes())
    assert [error.message for error in Draft202012Validator(PUBLICCODE).iter_errors(described)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert described["softwareVersion"] == project["version"]
    assert described["legal"]["license"] == project["license"]
