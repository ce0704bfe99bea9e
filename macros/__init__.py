"""The bridge to mkdocs-macros: load the framework, register one macro per renderer, nothing else.

mkdocs-macros finds `define_env` and the hooks below by their names.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.model import Framework
    from macros.render.view import Page
    from macros.site.publish import Published


def define_env(env: Any) -> None:
    """Load the framework anew (edits show at once) and register the macros of `macros.render.pages.PAGES`."""
    # Imported here so that `python -m macros.load` starts at once, and needs nothing of the site.
    from macros.load import FrameworkErrors, load
    from macros.render.pages import PAGES
    from macros.site import headers, publish

    root = Path(env.project_dir)
    try:
        framework = load(root)
        published = publish.publish(framework, root)
    except (FrameworkErrors, publish.PublishError) as problem:
        from mkdocs.exceptions import PluginError  # not at module top: other generators use these macros too

        raise PluginError(f"\n{problem}") from None
    env.conf["extra"].update(framework=framework.basics, csp=headers.CSP_META, search=published.search)
    env.published = published
    for name, renderer in PAGES.items():
        env.macro(_macro(env, renderer, framework, published), name)


def on_pre_page_macros(env: Any) -> None:
    """Give the page its edit link; the theme shows it below the text.

    It leads to where the file can be edited or, when no such place is configured, to the file as the site
    publishes it. A page made from many files names their folder, and then leads to the list of files.
    """
    from macros.render.view import root_of

    meta = env.page.meta
    if source := meta.get("source"):
        base = env.conf["extra"]["edit_base"]
        published = "om/#filer" if source.endswith("/") else f"data/{source}"
        meta["edit_url"] = f"{base.rstrip('/')}/{source}" if base else f"{root_of(env.page.url)}{published}"


def on_post_build(env: Any) -> None:
    """Put what the pages refer to beside them."""
    env.published.copy_to(Path(env.conf["site_dir"]))


def _macro(
    env: Any, renderer: Callable[..., Page], framework: Framework, published: Published
) -> Callable[..., str]:
    from macros.render.view import View, root_of

    def macro(*args: str) -> str:
        page = env.page
        rendered = renderer(View(framework, published, root_of(page.url)), *args)
        if rendered.title:
            # As HTML, and without braces: mkdocs-macros would run what looks like a macro in a title.
            page.meta["title"] = escape(rendered.title).replace("{", "&#123;")
        page.meta.setdefault("description", rendered.description)
        page.meta.update(rendered.assets)
        return rendered.html

    return macro
