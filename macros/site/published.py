"""What is published beside the pages, and where."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from macros.cache import digest
from macros.site import licences
from macros.site.settings import server_files

# The theme's own search and styles; no page requests them.
_THEME_UNUSED = (
    "assets/javascripts",
    "assets/images",
    "assets/stylesheets/**/palette.*",
    "assets/stylesheets/**/*.map",
    "assets/stylesheets/modern",  # Zensical's, as the next two
    "search.json",
    "README.md",
)


@dataclass(frozen=True)
class Published:
    """What `publish` prepared. Addresses are relative to the site's root; those of folders end with a slash.

    `files` says where each file goes, `downloads` what those are that readers can take along, `parts` what
    others have made.
    """

    app: str
    runtime: str
    search: str
    editor: str
    files: Mapping[str, Path]
    downloads: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[licences.Part, ...] = ()

    @property
    def page_script(self) -> str:
        """The module script of *Självskattning*."""
        return f"{self.app}page.js"

    @property
    def styles(self) -> list[str]:
        """The style sheets of *Självskattning*; later ones outweigh earlier ones."""
        return [f"{self.app}{name}.css" for name in ("self-check", "question", "result", "print")]

    def copy_to(self, site: Path) -> None:
        """Copy everything into the built site, delete what no page needs, write the servers' settings."""
        for pattern in _THEME_UNUSED:
            for path in site.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        _name_by_contents(site)
        for address, source in self.files.items():
            target = site / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (site / "server").mkdir(exist_ok=True)
        base = urlsplit(os.environ.get("SITE_URL", "")).path.rstrip("/") + "/"
        for name, text in server_files(site_files(site), base).items():
            (site / name).write_bytes(text.encode())


def site_files(site: Path) -> dict[str, Path]:
    """Return the files of the built site, by address."""
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def _name_by_contents(site: Path) -> None:
    """Move the pages' own scripts and styles to a folder that is named by what they hold.

    Otherwise a browser asks about each of them on every page, before it shows anything.
    """
    files = {path.name: path for path in site.glob("assets/*") if path.suffix in (".css", ".js", ".mjs")}
    if not files:  # it is done already
        return
    folder = site / f"assets/pages-{digest({name: path.read_bytes() for name, path in files.items()})}"
    folder.mkdir(exist_ok=True)
    for name, path in files.items():
        path.replace(folder / name)
    addresses = re.compile(rf"""(?<=assets/)(?=({"|".join(map(re.escape, files))})["'])""".encode())
    for page in site.rglob("*.html"):
        page.write_bytes(addresses.sub(f"{folder.name}/".encode(), page.read_bytes()))
