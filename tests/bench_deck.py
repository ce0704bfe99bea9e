"""The smallest text of every slide, for every example, in the deck at 1280 × 720 and in the file.

25 px of 720 are 16 minutes of arc on a picture 2 m wide seen from 6 m, and 18.7 pt of the file's 540. Prints
a line for each slide: `.venv/bin/python -m tests.bench_deck`, also part of `make bench`.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pptx import Presentation

from macros.load import load
from macros.model import Framework
from macros.site.build import build
from macros.site.server import SiteServer, running
from macros.slides.powerpoint import powerpoint
from tests.conftest import CHROMIUM_FLAGS, ROOT
from tests.engines import browser_path

SMALLEST_PX, SMALLEST_PT = 25, 18.7

# Starts the deck with an example and measures each slide where it lies, without turning to it: the size of
# its smallest text, and what sticks out of the slide, of its box or of its arrow, or under the bar.
MEASURE = """example => {
  const settings = document.getElementById("settings").elements
  settings.agenda.value = ""
  settings.example.value = example
  settings.example.dispatchEvent(new Event("change"))
  document.getElementById("start").click()
  const template = document.querySelector(`template[data-example="${example}"]`)
  const bar = document.querySelector(".bar").getBoundingClientRect()
  const found = [...document.querySelectorAll(".slides > .slide")].map(slide => {
    const frame = slide.getBoundingClientRect()
    const parts = [...slide.querySelectorAll("*")].filter(part => part.getClientRects().length)
    const texts = parts.filter(part => !part.matches(".sr") &&
      [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
    const sizes = texts.map(part => parseFloat(getComputedStyle(part).fontSize))
    const outside = texts.concat(...slide.querySelectorAll("input")).filter(part => {
      const box = part.getBoundingClientRect()
      return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
        || box.bottom > Math.min(frame.bottom, bar.top) + 1
    })
    const cut = parts.filter(part => part.clientWidth && !part.matches("input, svg, svg *, i, .sr")
      && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 2))
    const clipped = texts.filter(part => {
      const shape = part.closest("li")
      if (!shape || getComputedStyle(shape).clipPath === "none") return false
      const words = document.createRange()
      words.selectNodeContents(part)
      const edge = shape.getBoundingClientRect().right - parseFloat(getComputedStyle(shape).paddingRight)
      return words.getBoundingClientRect().right > edge + 1
    })
    return {
      slide: slide.dataset.slide,
      changes: template.content.querySelector(`[data-slide="${slide.dataset.slide}"]`) !== null,
      size: Math.round(10 * Math.min(...sizes)) / 10,
      faults: [...outside, ...cut, ...clipped].map(part => part.outerHTML.slice(0, 100)),
    }
  })
  document.querySelector("[data-do=stop]").click()
  return found
}"""


def figures(page: Page, examples: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Measure every slide on the open page of the deck: slide, example, size, faults.

    Args:
        page: the page.
        examples: ids of the competences to show, all unless given; slides without any come with the first.
    """
    chosen = examples or page.locator("#example option").evaluate_all("all => all.map(one => one.value)")
    for number, example in enumerate(chosen):
        for found in page.evaluate(MEASURE, example):
            if found["changes"] or number == 0:
                yield found | {"example": example if found["changes"] else ""}


def points(content: bytes) -> list[float]:
    """The smallest size in points of a text on each slide of a PowerPoint file."""
    smallest = []
    for page in Presentation(io.BytesIO(content)).slides:
        runs = page.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")
        smallest.append(min(int(run.get("sz")) / 100 for run in runs if run.get("sz")))
    return smallest


def main() -> None:
    """Build the site, measure, and print."""
    framework: Framework = load(ROOT)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if problem := build(ROOT, Path(folder, "site")):
            raise SystemExit(problem)
        server = SiteServer(Path(folder, "site"))
        with running(server):
            browser = playwright.chromium.launch(
                executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{server.url}workshop/bilder/")
            smallest: dict[str, list[tuple[float, str]]] = {}
            for found in figures(page):
                smallest.setdefault(found["slide"], []).append((found["size"], found["example"]))
            browser.close()
    print(f"The smallest text of each slide at 1280 × 720, at least {SMALLEST_PX} px")
    for slide, sizes in smallest.items():
        low, high = min(sizes), max(sizes)
        print(f"  {slide:28} {low[0]:5.1f} {low[1]:4} to {high[0]:5.1f} {high[1]}")
    files = {item.id: min(points(powerpoint(framework, item.id))) for item in framework.competences}
    print(f"The smallest text of the file, at least {SMALLEST_PT} pt: {min(files.values()):.1f}")


if __name__ == "__main__":
    main()
