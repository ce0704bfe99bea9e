"""How long the self-check is for a reader: screens and taps, counted in a real browser.

    python -m tests.bench_reader

A screen is the height of the window. A step's height is from the top of the page to the end of the step, as
it is left; a question's is from its heading to its end. Each button, box and answer pressed is a tap. The
walk answers the competences in turn with the level expected of the roles, the one below and the one above,
and says yes to all of their stairs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from macros.load import load
from macros.model import Framework
from macros.site.build import build
from macros.site.server import SiteServer, running
from tests.conftest import CHROMIUM_FLAGS, PHONE, ROOT, as_decided
from tests.engines import browser_path

SIZES: dict[str, ViewportSize] = {"390 × 844": PHONE, "1280 × 800": {"width": 1280, "height": 800}}
#: Roles whose self-checks have 12 and 20 competences.
ONE, TWO = ("bibliotekarie",), ("bibliotekarie", "systemansvarig")
#: Figure → the most that it may be, at the size of a phone, in version 1.0 of the framework; see `targets`.
TARGETS = {
    "start: screens to Börja skatta": 1.5,
    "competence: screens before a pick, mean": 2.1,
    "competence: screens with level 4 and its stairs answered, mean": 1.3,
    "competence: taps to the next question, all stairs met": 3,
    "two roles: screens from start to sheet": 42,
    "two roles: taps from start to printed sheet": 70,
    "result of one role: screens to the button": 1.5,
    "result of one role: screens": 3,
    "result of two roles: screens to the button": 1.5,
    "result of two roles: screens": 4,
    "sheet: taps before it can be printed": 0,
}
# Picks a level, or the middle of the scale, and says yes to all stairs; without a level takes it back.
ANSWER = """(question, level) => {
  const picked = level ? `[name^=answer-][value="${level}"]` : ":checked"
  const fields = question.querySelectorAll(`${picked}, [data-met] [value=yes], .scale [value="3"]`)
  for (const field of fields) field.checked = Boolean(level)
  fields[0].dispatchEvent(new Event("input", { bubbles: true }))
}"""


def targets(framework: Framework) -> dict[str, float]:
    """Return TARGETS; more roles or questions than version 1.0 has may take as much more room."""
    decided = as_decided(framework)

    def growth(roles: Sequence[str]) -> float:
        """How many times as many questions there are: one for each competence, and one for each area."""
        asked = (
            [item for item in one.competences if any(role in item.expected.by_role for role in roles)]
            for one in (framework, decided)
        )
        now, then = (len(items) + len({item.area_id for item in items}) for items in asked)
        return max(1, now / then)

    growing = {
        "start: screens to Börja skatta": max(1, len(framework.roles) / len(decided.roles)),
        "two roles: screens from start to sheet": growth(TWO),
        "two roles: taps from start to printed sheet": growth(TWO),
        "result of one role: screens": growth(ONE),
        "result of two roles: screens": growth(TWO),
    }
    return {name: most * growing.get(name, 1) for name, most in TARGETS.items()}


@dataclass
class Walk:
    """A reader's way through the self-check: `figures` by name, `taps` so far, `height` of the steps left."""

    page: Page
    framework: Framework
    taps: int = 0
    height: float = 0
    figures: dict[str, float] = field(default_factory=dict)

    def tap(self, target: Locator) -> None:
        """Press something that is in the page."""
        target.tap()
        self.taps += 1

    def screens(self, pixels: float) -> float:
        """Return a height in screens."""
        size = self.page.viewport_size
        assert size
        return pixels / size["height"]

    def end_of(self, target: Locator) -> float:
        """Return how far down the page an element ends, in pixels."""
        box = target.bounding_box()
        assert box
        return float(box["y"] + box["height"] + self.page.evaluate("scrollY"))

    def leave(self, button: Locator) -> None:
        """Leave the shown step by a button; the step's height counts as it is."""
        step = self.page.locator("[data-step]:visible")
        self.height += self.end_of(step)
        self.tap(button)

    def button(self, name: str) -> Locator:
        """The visible button of this name."""
        return self.page.get_by_role("button", name=name, exact=True).locator("visible=true")

    def start(self, roles: Sequence[str]) -> None:
        """Choose roles and begin."""
        for role in roles:
            self.tap(self.page.locator(f"[name=role][value={role}]"))
        pixels = self.end_of(self.button("Vidare"))
        self.leave(self.button("Vidare"))
        pixels += self.end_of(self.button("Börja skatta"))
        self.figures["start: screens to Börja skatta"] = self.screens(pixels)
        self.leave(self.button("Börja skatta"))

    def questions(self) -> Iterator[tuple[Locator, str]]:
        """Go through the questions to the result, each with the id of its competence or empty."""
        while True:
            question = self.page.locator("[data-question]:visible")
            shown = question.get_attribute("id")
            yield question, question.get_attribute("data-competence") or ""
            if question.get_attribute("id") != shown:
                continue  # the answer led on
            following = self.page.locator("[data-next]:visible, [data-last]:visible")
            is_last = following.get_attribute("data-last") is not None
            self.leave(following)
            if is_last:
                return

    def rate(self, roles: Sequence[str]) -> None:
        """Answer with levels in turn, and yes to all stairs; note what it takes."""
        levels = self.levels(roles)
        before, after, taps = [], [], []
        for question, competence in self.questions():
            if not competence:
                self.tap(question.locator("input").nth(2))
                continue
            before.append(self.screens_of(question))
            after.append(self.screens_answered(question, competence))
            first = self.taps
            self.tap(question.locator(f".answer input[value='{levels[competence]}']"))
            yes = question.locator("[data-yes]")
            leads_on = yes.is_visible()
            if leads_on:
                self.leave(yes)
            taps.append(self.taps - first + (not leads_on))  # else by the button that comes next
        self.figures |= {
            "competence: screens before a pick, mean": sum(before) / len(before),
            "competence: screens with level 4 and its stairs answered, mean": sum(after) / len(after),
            "competence: taps to the next question, all stairs met": max(taps),
        }

    def screens_of(self, question: Locator) -> float:
        """Return how high a question is now, in screens."""
        box = question.bounding_box()
        assert box
        return self.screens(box["height"])

    def screens_answered(self, question: Locator, competence: str) -> float:
        """Return how high a question is with level 4 and its stairs met, and take the answer back."""
        question.evaluate(ANSWER, 4)
        self.page.locator(f"[id='a-{competence}'] .carried").wait_for()
        height = self.screens_of(question)
        question.evaluate(ANSWER, None)
        return height

    def levels(self, roles: Sequence[str]) -> dict[str, int]:
        """Return for each competence the expected level, one below or one above, in turn."""
        expected = {item.id: item.expected.by_role for item in self.framework.competences}
        wanted = {id_: [by[role] for role in roles if role in by] for id_, by in expected.items()}
        asked = {id_: max(levels) for id_, levels in wanted.items() if levels}
        return {id_: level + by for (id_, level), by in zip(asked.items(), cycle((0, -1, 1)), strict=False)}

    def answer_all(self, roles: Sequence[str]) -> None:
        """Answer everything at once, and go to the result."""
        levels = self.levels(roles)
        for question in self.page.locator("[data-question][data-planned]").all():
            question.evaluate(ANSWER, levels.get(question.get_attribute("data-competence") or "", 3))
        self.page.get_by_text("Fler val").tap()
        self.page.locator(".more [data-go=result]").tap()

    def result(self, roles: Sequence[str]) -> None:
        """Note how long the result is, which has a row for each competence that is asked about."""
        assert self.page.locator(".picture [scope=row]").count() == len(self.levels(roles))
        whose = "one role" if len(roles) == 1 else "two roles"
        button = self.page.locator("[data-step=result] [data-go=sheet]")
        self.figures[f"result of {whose}: screens to the button"] = self.screens(self.end_of(button))
        step = self.page.locator("[data-step=result]")
        self.figures[f"result of {whose}: screens"] = self.screens(self.end_of(step))


@contextmanager
def self_check(browser: Browser, address: str, size: ViewportSize, framework: Framework) -> Iterator[Walk]:
    """Open the self-check and wait until Python answers."""
    context = browser.new_context(viewport=size, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}sjalvskattning/")
    page.locator("[data-engine=ready]").wait_for(state="attached")
    yield Walk(page, framework)
    context.close()


def figures(browser: Browser, address: str, size: ViewportSize, framework: Framework) -> dict[str, float]:
    """Return the figures of `TARGETS` at one size of window."""
    with self_check(browser, address, size, framework) as walk:
        walk.start(ONE)
        walk.answer_all(ONE)
        walk.page.locator(".picture").wait_for()
        walk.result(ONE)
        found = walk.figures
    with self_check(browser, address, size, framework) as walk:
        walk.start(TWO)
        walk.rate(TWO)
        walk.page.locator(".picture").wait_for()
        walk.result(TWO)
        walk.leave(walk.page.locator("[data-step=result] [data-go=sheet]"))
        walk.page.locator(".paper h4").wait_for()
        taps = walk.taps
        walk.height += walk.end_of(walk.page.locator("[data-step=sheet]"))
        walk.tap(walk.button("Skriv ut"))
        found |= walk.figures
    found["two roles: screens from start to sheet"] = walk.screens(walk.height)
    found["two roles: taps from start to printed sheet"] = walk.taps
    found["sheet: taps before it can be printed"] = walk.taps - 1 - taps
    return found


def main() -> int:
    """Print the figures at each size; return the exit status: whether the targets hold."""
    framework = load(ROOT)
    most = targets(framework)
    held = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder, "site")
        if problem := build(ROOT, site):
            print(problem, file=sys.stderr)
            return 1
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS)
        server = SiteServer(site)
        with running(server):
            for name, size in SIZES.items():
                print(f"\nThe reader's half hour at {name}")
                for figure, value in sorted(figures(browser, server.url, size, framework).items()):
                    held &= value <= most[figure]
                    print(f"  {figure:<66} {value:6.2f}  (at most {most[figure]:g})")
        browser.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
