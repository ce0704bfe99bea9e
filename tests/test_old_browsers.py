"""What is said of older browsers is what the sources need, by MDN's data on browsers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

#: The oldest versions with everything.
PROMISED = {"chrome": 105, "edge": 105, "firefox": 121, "safari": 16.4, "safari_ios": 16.4}
SENTENCES = {
    "README.md": "Chrome and Edge 105, Firefox 121, Safari and iOS 16.4",
    "framework/accessibility.yml": "Chrome och Edge 105, Firefox 121 och Safari 16.4 (iOS 16.4)",
    "macros/templates/_self_check_replies.html": "Chrome och Edge 105, Firefox 121 och Safari 16.4",
}
#: Newer than that, and only a little better: what a browser without it does.
NEWER = {
    "accent-color": "fields have the browser's own colour",
    "contain-intrinsic-size": "see content-visibility",
    "content-visibility": "all questions are laid out before the first is answered: a tenth of a second",
    "field-sizing": "a field does not grow, it scrolls",
    "forced-color-adjust": "Safari has no forced colours to adjust",
    "page": "a wide table prints on a sheet that stands",
    "resize": "a phone has no corner to drag",
    "scripting": "without JavaScript there are two sentences on that instead of one",
    "text-wrap": "headings break where they did before",
}

STYLES = [*ROOT.glob("docs/assets/*.css"), *ROOT.glob("quiz/browser/*.css")]
SCRIPTS = [
    *ROOT.glob("docs/assets/*.js"),
    *ROOT.glob("docs/assets/*.mjs"),
    *ROOT.glob("macros/search/*.mjs"),
    *ROOT.glob("quiz/browser/*.mjs"),
]
PYODIDE = ROOT / "node_modules" / "pyodide" / "pyodide.asm.mjs"
#: JavaScript that is no name: how it is written, and where it stands in the data.
SYNTAX = {
    r"\bstatic ?\{": "javascript.classes.static.initialization_blocks",
    r"#\w+\(": "javascript.classes.private_class_methods",
    r"\?\.": "javascript.operators.optional_chaining",
    r"\?\?=": "javascript.operators.nullish_coalescing_assignment",
    r"\bimport\.meta\b": "javascript.operators.import_meta",
    r"(?m)^(const .*)?await ": "javascript.operators.await.top_level",
    r"\(\?<[=!]": "javascript.regular_expressions.lookbehind_assertion",
}


@cache
def data() -> dict[str, Any]:
    """MDN's data: a tree of features."""
    text = (ROOT / "node_modules/@mdn/browser-compat-data/data.json").read_text("utf-8")
    return dict(json.loads(text))


def find(path: str) -> dict[str, Any]:
    """The data of one feature, by its path."""
    node: Any = data()
    for name in path.split("."):
        node = node[name]
    return dict(node)


def needs(feature: dict[str, Any]) -> dict[str, float]:
    """The first version of each browser that has a feature, of which a browser may have none."""
    found = {}
    for browser in PROMISED:
        support = feature["__compat"]["support"].get(browser, {})
        statements = support if isinstance(support, list) else [support]
        versions = [
            float(str(one["version_added"]).lstrip("≤"))
            for one in statements
            if re.fullmatch(r"≤?[\d.]+", str(one.get("version_added")))
            and not one.keys() & {"flags", "version_removed", "alternative_name"}
        ]
        found[browser] = min(versions, default=float("inf"))
    return found


@cache
def names_of_api() -> dict[str, list[dict[str, Any]]]:
    """Every name that a script can use, with the features that have it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for owner, members in (*data()["api"].items(), *data()["javascript"]["builtins"].items()):
        for name, feature in ((owner, members), *members.items()):
            if "__compat" in feature:
                found.setdefault(name.removesuffix("_static").removesuffix("_event"), []).append(feature)
    return found


def plain(files: list[Path]) -> str:
    """The text of style sheets or scripts without their comments."""
    text = "\n".join(file.read_text("utf-8") for file in files)
    return re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.S)


def used_by_styles() -> Iterator[tuple[str, dict[str, float]]]:
    """Each property, selector, rule and function of the style sheets that the data has."""
    css = data()["css"]
    functions = {
        name.removesuffix("_function"): feature
        for group in css["types"].values()
        for name, feature in ((k, v) for k, v in group.items() if isinstance(v, dict) and "__compat" in v)
    } | {name: feature for name, feature in css["types"].items() if "__compat" in feature}
    places = [
        (r"[{;]\s*([a-z-]+)\s*:", css["properties"]),
        (r"::?([a-z-]+)", css["selectors"]),
        (r"@([a-z-]+)", css["at-rules"]),
        (r"\(([a-z-]+)[:)]", css["at-rules"]["media"]),
        (r"\b([a-z-]+)\(", functions),
    ]
    text = plain(STYLES)
    for pattern, features in places:
        for name in set(re.findall(pattern, text)) & features.keys() - {"size"}:  # a sheet's, not SVG's
            if "__compat" in features[name]:
                yield name, needs(features[name])
    if "&" in text:
        yield "nesting", needs(css["selectors"]["nesting"])


def used_by_scripts() -> Iterator[tuple[str, dict[str, float]]]:
    """Each name and each form of the scripts that the data has; of a name the oldest feature that has it."""
    text = plain(SCRIPTS)
    names = re.findall(r"(?:\.|\bnew |\btypeof |^|[ (!])([A-Za-z]{4,})\b", text)
    for name in set(names) & names_of_api().keys():
        oldest = [needs(feature) for feature in names_of_api()[name]]
        yield name, {browser: min(each[browser] for each in oldest) for browser in PROMISED}
    for pattern, path in SYNTAX.items():
        if re.search(pattern, text + PYODIDE.read_text("utf-8")):
            yield path, needs(find(path))


def too_new(needed: dict[str, float]) -> bool:
    """Whether a promised browser is without it."""
    return any(needed[browser] > promised for browser, promised in PROMISED.items())


def test_promise_holds() -> None:
    """Every part of the browser that is used is in the promised versions, or does no harm where it is not."""
    newer = {name: needed for name, needed in (*used_by_styles(), *used_by_scripts()) if too_new(needed)}
    assert newer.keys() == NEWER.keys(), {name: needed for name, needed in newer.items() if name not in NEWER}


@pytest.mark.parametrize("browser", PROMISED)
def test_promise_is_no_stricter_than_needed(browser: str) -> None:
    """Something that is used came with the promised version: with an older one it would be missing."""
    used = {name: needed[browser] for name, needed in (*used_by_styles(), *used_by_scripts())}
    kept = {name: version for name, version in used.items() if name not in NEWER}
    assert max(kept.values()) == PROMISED[browser]


@pytest.mark.parametrize("file", SENTENCES)
def test_promise_is_written(file: str) -> None:
    """The promise is in README, on the page about accessibility, and where an old browser is refused."""
    text = re.sub(r"\s+", " ", (ROOT / file).read_text("utf-8"))
    assert SENTENCES[file] in text
