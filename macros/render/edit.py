"""The editor's page: what it is, the files to choose from, and what to do where its program cannot run."""

from __future__ import annotations

from macros.editor.labels import choices
from macros.render.view import Page, View, render


def edit(view: View) -> Page:
    """The page where anyone can propose a change; without its program it shows the files."""
    groups = list(choices(view.framework))
    published = view.published.files
    names = [choice.name for _, files in groups for choice in files if f"data/{choice.name}" in published]
    texts = {name: published[f"data/{name}"].read_bytes().decode() for name in names}
    editor = view.published.editor
    assets = {"styles": [f"{editor}editor.css"], "scripts": [f"{editor}page.js"]}
    return render(view, "edit", groups=groups, texts=texts, self_check=view.published.app, assets=assets)
