"""Our own sentences are easy to read, and the framework's own words lead to where they are explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from macros.model import Framework
from macros.render.glossary import Glossary, explanations
from tests.pages import BLOCKS, Element, parse, squeezed
from tests.project import ROOT
from tests.test_render import every_page, with_texts

MOST = 35  # LIX: under 30 is easy, 30 to 40 middling, over 50 official prose


def lix(texts: Iterable[str]) -> float:
    """Return how hard running text is: words a sentence, plus words of more than six letters in percent.

    Headings, labels and other texts that are no sentence are left out.
    """
    words: list[str] = []
    sentences = 0
    for text in texts:
        if re.search(r"[.!?:]\W*$", text):
            words += re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
            sentences += len(re.findall(r"[.!?:](?=\W*(?:\s|$))", text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words) if words else 0


def running(page: Element) -> Iterator[str]:
    """Yield the text of each block of a page, without that of blocks inside it."""

    def own(element: Element) -> str:
        parts = [part for part in element.content if isinstance(part, str) or part.tag not in BLOCKS]
        return "".join(part if isinstance(part, str) else own(part) for part in parts)

    for element in page:
        if element.tag in BLOCKS:
            yield squeezed(own(element))


def test_lix_is_counted_right() -> None:
    """Ten words, of which two are long, in two sentences give 5 + 20; what is no sentence does not count."""
    assert lix(["Du ser din nivå här.", "Den beskriver hur du arbetar.", "Rubrik utan punkt"]) == 25
    assert lix(["Kompetensutvecklingsinsatser genomförs kontinuerligt."]) > MOST


def test_our_own_sentences_are_easy_to_read(framework: Framework) -> None:
    """What is written around the decided texts of a page (one word stands for each of them) is easy.

    A sentence that a page repeats, with other numbers or not, counts once.
    """
    masked: Framework = with_texts(lambda _: "Text", framework, Framework)
    masked = masked.model_copy(
        update={"workshop": framework.workshop, "accessibility": framework.accessibility}
    )
    pages = {name: list(running(parse(page.html))) for name, page in every_page(masked).items()}
    for path in (*(ROOT / "docs").rglob("*.md"), *(ROOT / "macros" / "theme").glob("404.html")):
        text = re.sub(r"(?s)^---\n.*?\n---\n|\{[{%#].*?[}%#]\}|<[^>]*>|[*#]", "", path.read_text("utf-8"))
        pages[path.name] = [squeezed(part) for part in re.split(r"\n\n|\n- ", text)]
    assert len(pages) > len(framework.competences)
    once = {name: {re.sub(r"\d+", "1", text) for text in texts} for name, texts in pages.items()}
    assert {name: round(lix(texts)) for name, texts in once.items() if lix(texts) >= MOST} == {}


def said(file: Path) -> Iterator[str]:
    """Yield the texts in a Python file, docstrings left out, with a word for each value that is put in."""
    tree = ast.parse(file.read_text("utf-8"))
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "ord" for part in node.values
            )
        elif isinstance(node, ast.Constant) and not isinstance(parents[node], ast.Expr | ast.JoinedStr):
            yield str(node.value)


def test_what_the_self_check_says_is_easy_to_read() -> None:
    """The sentences that Python says in the self-check are easy, all together."""
    texts = [text for text in said(ROOT / "quiz" / "words.py") if " " in text]
    assert len(texts) > 30
    assert 0 < lix(texts) < MOST


# Words that are explained


def links(text: Markup) -> list[tuple[str, str]]:
    """The linked words of a text, each with where it leads."""
    return [(link.text, link.get("href")) for link in parse(text).all("a")]


def test_words_lead_to_their_explanation(framework: Framework) -> None:
    """A word is linked once in each part of a page, whatever its ending, and compounds are other words."""
    glossary = Glossary(framework)
    text = "Digital information och informationen om informationssäkerhet, i digitala miljöer."
    linked = glossary.link(text, "1.1")
    assert parse(linked).text == text
    assert links(linked) == [
        ("Digital information", "site:/stod/ord/#ord-digital-information"),
        ("informationen", "site:/stod/ord/#ord-information"),
        ("digitala miljöer", "site:/stod/ord/#ord-digital-miljö"),
    ]
    assert links(glossary.link(text, "1.1")) == []
    assert len(links(glossary.link(text, "1.2"))) == 3
    assert glossary.link("<b> & data", "1.3") == "&lt;b&gt; &amp; data"


def test_an_explanation_does_not_lead_to_itself(framework: Framework) -> None:
    """In a text that explains a word, that word is no link."""
    for term, text in explanations(framework):
        linked = [word.lower() for word, _ in links(Glossary(framework).link(text, "x"))]
        assert term.lower() not in linked, text


@pytest.mark.parametrize("name", ["competence 6.6", "role systemansvarig", "whole_framework", "area 6"])
def test_decided_words_are_links_where_they_stand(framework: Framework, name: str) -> None:
    """The decided texts of area 6, hard as they are, have links on the words that are explained."""
    page = parse(every_page(framework)[name].html)
    terms = page.all("a", class_="term")
    assert terms
    assert all(link.get("href").startswith("stod/ord/#ord-") for link in terms)
    assert len({(link.get("href"), link.parent) for link in terms}) == len(terms)
