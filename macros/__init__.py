"""The bridge to mkdocs-macros: load the framework, register one macro per renderer, nothing else.

mkdocs-macros finds `define_env` and the hooks below by their names.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from macros import headers, publish, render
from macros.load import FrameworkErrors, load

ROOT = Path(__file__).resolve().parent.parent


def define_env(env: Any) -> None:
    """Load the framework anew (edits show at once) and register the macros of `render.PAGES`."""
    root = Path(env.project_dir)
    try:
        framework = load(root)
    except FrameworkErrors as errors:
        from mkdocs.exceptions import PluginError  # not at module top: other generators use these macros too

        raise PluginError(f"\n{errors}") from None
    published = publish.publish(framework, root)
    env.conf["extra"].update(framework=framework.basics, csp=headers.CSP_META)
    env.published = published
    for name, renderer in render.PAGES.items():
        env.macro(_macro(env, renderer, framework, published), name)


def on_pre_page_macros(env: Any) -> None:
    """Give the page its edit link; the theme shows it below the text."""
    meta = env.page.meta
    if source := meta.get("source"):
        base = env.conf["extra"]["edit_base"]
        meta["edit_url"] = f"{base}{source}" if base else f"{render.root_of(env.page.url)}data/{source}"


def on_post_build(env: Any) -> None:
    """Put what the pages refer to beside them."""
    env.published.copy_to(Path(env.conf["site_dir"]))


def _macro(env: Any, renderer: Callable[..., render.Page], *site: Any) -> Callable[..., str]:
    def macro(*args: str) -> str:
        page = env.page
        rendered = renderer(render.View(*site, root=render.root_of(page.url)), *args)
        if rendered.title:
            page.meta["title"] = escape(rendered.title)
        page.meta.setdefault("description", rendered.description)
        page.meta.update(rendered.assets)
        return rendered.html

    return macro
