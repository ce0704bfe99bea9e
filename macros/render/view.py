"""What a renderer gets and returns, and the templates between. Escaping is on in every template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from macros.model import Framework
from macros.news import NO_NEWS, News
from macros.proof import NOT_RUN, Proof
from macros.render.glossary import Glossary
from macros.render.text import FILTERS, shade
from quiz import words

if TYPE_CHECKING:
    from macros.site.published import Published

# The site's root in the templates and in the macros of the site; the theme replaces it (main.html).
# Zensical rewrites relative addresses in HTML, though not all; MkDocs leaves them as they are.
SITE = "site:/"


@dataclass(frozen=True)
class View:
    """What a renderer sees: the framework, what is published and new, how addresses begin, the protocol."""

    framework: Framework
    published: Published
    root: str = ""
    proof: Proof = NOT_RUN
    news: News = NO_NEWS


@dataclass(frozen=True)
class Page:
    """A rendered page. `title` is plain text; `assets` are the style sheets and scripts of it alone."""

    html: str
    title: str = ""
    description: str = ""
    assets: Mapping[str, list[str]] = field(default_factory=dict)


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent.parent
    options: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    # Compiling takes longer than rendering every page. What was compiled with other options is not used.
    name = "-".join([jinja2.__version__, *(f"{option}={value}" for option, value in options.items())])
    compiled = folder.parent / ".cache" / "templates" / name
    compiled.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=FileSystemLoader(folder / "templates"),
        bytecode_cache=FileSystemBytecodeCache(str(compiled)),
        **options,
        undefined=StrictUndefined,
    )
    environment.filters |= FILTERS
    environment.globals["words"] = words
    return environment


def fragment(template: str, **context: Any) -> str:
    """Return what a template makes of `context`, as it is."""
    return _environment().get_template(f"{template}.html").render(**context)


def render(
    view: View,
    template: str,
    *,
    title: str = "",
    description: str = "",
    assets: Mapping[str, list[str]] | None = None,
    **context: Any,
) -> Page:
    """Return the page that a template makes of `view` and `context`, with the macros of `_parts.html`."""
    framework = view.framework
    context |= {
        "framework": framework,
        "site": framework.site,
        "published": view.published,
        "news": view.news,
        "glossary": Glossary(framework),
        "shade": partial(shade, levels=len(framework.levels)),
    }
    parts = _environment().get_template("_parts.html").make_module(context)
    html = fragment(template, parts=parts, **context)
    # One block without empty lines and margins: Markdown hands it on untouched.
    body = "\n".join(filter(None, map(str.strip, html.splitlines())))
    body = body.replace(f'="{SITE}', f'="{view.root}')  # no text begins so, or has a quotation mark left
    return Page(f'<div class="page page-{template}">\n{body}\n</div>', title, description, assets or {})
