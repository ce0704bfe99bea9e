"""The bridge to the generator: a macro for each renderer.

It finds `define_env` by its name. MkDocs calls it once, Zensical once a page.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.render.view import Page, View


def define_env(env: Any) -> None:
    """Register the macros of `macros.render.pages.PAGES`."""
    # Imported here: `python -m macros.load` starts fast, and needs none of the site's packages.
    from macros.pages import DESCRIPTIONS
    from macros.render.pages import PAGES
    from macros.render.view import SITE, View
    from macros.site.source import prepared

    if "csp" not in env.conf["extra"]:
        raise RuntimeError("Sidorna skulle sakna sitt skydd. Bygg webbplatsen med: make build")
    framework, published, proof, news = prepared(Path.cwd())
    view = View(framework, published, SITE, proof, news)
    for name, renderer in PAGES.items():
        described = DESCRIPTIONS[name](framework) if name in DESCRIPTIONS else ""
        env.macro(_macro(env, renderer, view, described), name)


def _macro(env: Any, renderer: Callable[..., Page], view: View, description: str) -> Callable[..., str]:
    # No `partial`: the plugin writes every macro down for its log, and a partial with all that it holds.
    def macro(*args: str) -> str:
        meta = env.page.meta
        rendered = renderer(view, *args)
        if rendered.title:
            # Escaped and without braces: the generator would run what looks like a macro.
            meta["title"] = escape(rendered.title).replace("{", "&#123;")
        meta.setdefault("description", description or rendered.description)
        meta.update(rendered.assets)
        if base := env.conf["extra"]["edit_base"]:
            meta["edit_url"] = f"{base.rstrip('/')}/{meta['source']}"
        # For the theme; Markdown would read every tag of it only to leave it as it is.
        meta["html"] = rendered.html
        return ""

    return macro
