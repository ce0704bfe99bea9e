"""What a generator that reads `mkdocs.yml` builds the site of: every page, and complete settings."""

from __future__ import annotations

import json
import shutil
from functools import cache, partial
from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag

from macros.check.docs import is_published
from macros.load import load
from macros.model import Framework
from macros.news import News, news
from macros.pages import is_left_out, made_pages, navigation
from macros.proof import Proof, read_proof
from macros.site import headers
from macros.site.publish import Published, publish
from macros.versions import read_versions


@cache
def prepared(root: Path) -> tuple[Framework, Published, Proof, News]:
    """Return the framework, what is published beside the pages, protocol and news, made once in a process."""
    framework = load(root)
    return framework, publish(framework, root), read_proof(root), news(read_versions(root), framework)


def write_source(root: Path, folder: Path) -> Published:
    """Write `docs/` and `mkdocs.yml` into a folder, which must exist; return what belongs beside the pages.

    Raises:
        FrameworkErrors: something is wrong with the texts, the pages or the navigation.
        PublishError: Python for the browser could not be made.
    """
    framework, published, _, _ = prepared(root)
    docs = folder / "docs"
    shutil.copytree(root / "docs", docs, ignore=partial(_unpublished, root / "docs"))
    left_out = [
        page.relative_to(docs).as_posix()
        for page in docs.rglob("*.md")
        if is_left_out(page.read_text("utf-8"), framework)
    ]
    for name in left_out:
        (docs / name).unlink()
    for name, text in made_pages(framework).items():
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_bytes(text.encode())
    settings = yaml.load((root / "mkdocs.yml").read_bytes(), Loader=_SettingsLoader)
    settings["nav"] = navigation(settings["nav"], framework, left_out)
    settings["theme"]["custom_dir"] = str(root / settings["theme"]["custom_dir"])
    basics = framework.basics
    settings |= {"site_name": framework.site.name, "site_description": framework.site.description}
    settings["extra"] |= {
        "csp": headers.CSP_META,
        "search": published.search,
        "framework": {"title": basics.title, "version": basics.version, "date": basics.date.isoformat()},
        "has_roles": bool(framework.roles),
    }
    # JSON is YAML, too.
    (folder / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False, indent=1), "utf-8")
    return published


def _unpublished(docs: Path, folder: str, names: list[str]) -> list[str]:
    """The files in a folder of `docs` that are neither pages nor assets."""
    paths = [Path(folder, name) for name in names]
    return [path.name for path in paths if path.is_file() and not is_published(docs, path)]


class _SettingsLoader(yaml.SafeLoader):
    """Reads `!ENV [NAME, "default"]` as an environment variable."""


_SettingsLoader.add_constructor("!ENV", construct_env_tag)
