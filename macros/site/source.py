"""What a generator builds the site of: every page, those made of the framework too, and complete settings.

Any generator that reads `mkdocs.yml` takes it: nothing in it depends on what one of them does while building.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
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
    """Return the framework, what is published beside the pages, protocol and news, read once in a process."""
    framework = load(root)
    found = news(read_versions(root), framework)
    return framework, publish(framework, root), read_proof(root), found


def write_source(root: Path, folder: Path) -> Published:
    """Write `docs/` and `mkdocs.yml` into a folder, from which a generator builds `site/` there.

    Args:
        root: the project's folder.
        folder: where to write; it must exist.

    Returns:
        What belongs beside the pages.

    Raises:
        FrameworkErrors: something is wrong with the texts, the pages or the navigation.
        PublishError: Python for the browser could not be made.
    """
    framework, published, _, _ = prepared(root)
    shutil.copytree(root / "docs", folder / "docs", ignore=_unpublished(root / "docs"))
    left_out = []
    for page in [*(folder / "docs").rglob("*.md")]:
        if is_left_out(page.read_text("utf-8"), framework):
            left_out.append(page.relative_to(folder / "docs").as_posix())
            page.unlink()
    for name, text in made_pages(framework).items():
        path = folder / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    settings = yaml.load((root / "mkdocs.yml").read_bytes(), Loader=_SettingsLoader)
    settings["nav"] = navigation(settings["nav"], framework, left_out)
    theme = settings["theme"]
    theme["custom_dir"] = str(root / theme["custom_dir"])
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


def _unpublished(docs: Path) -> Callable[[str, list[str]], list[str]]:
    """Return what tells which of the names in a folder are neither pages nor assets."""

    def ignore(folder: str, names: list[str]) -> list[str]:
        paths = [Path(folder, name) for name in names]
        return [path.name for path in paths if path.is_file() and not is_published(docs, path)]

    return ignore


class _SettingsLoader(yaml.SafeLoader):
    """Reads `mkdocs.yml`, where `!ENV [NAME, "default"]` is an environment variable."""


_SettingsLoader.add_constructor("!ENV", construct_env_tag)
