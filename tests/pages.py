"""Reads HTML for the tests, with the standard library's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# Elements between which a browser breaks the line, so that their texts are never one word.
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "head", "header"),
        *("html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    ]
)


def squeezed(text: str) -> str:
    """Return the text with every run of spaces and line breaks as one space, as a browser shows it."""
    return re.sub(r"\s+", " ", text).strip()


class Element:
    """An element with its attributes, its parent and its contents."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.content: list[Element | str] = []

    def __iter__(self) -> Iterator[Element]:
        """Every element inside this one, in the order of the page."""
        waiting = [child for child in reversed(self.content) if isinstance(child, Element)]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.content) if isinstance(child, Element)]

    def all(self, tag: str = "", class_: str = "", **attributes: str) -> list[Element]:
        """The elements inside this one with this tag, this class and these attributes."""
        return [
            element
            for element in self
            if (not tag or element.tag == tag)
            and (not class_ or class_ in element.get("class").split())
            and all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", class_: str = "", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, class_, **attributes)
        assert len(found) == 1, f"{len(found)} elements: {tag} {class_} {attributes}"
        return found[0]

    def get(self, name: str) -> str:
        """An attribute's value; empty when it is not there."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """What a reader reads, spaces as one space; scripts and styles are no text."""
        return squeezed("".join(self._texts()))

    def _texts(self) -> Iterator[str]:
        for child in self.content:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                space = " " if child.tag in BLOCKS else ""
                yield space
                yield from child._texts()
                yield space

    @property
    def ids(self) -> list[str]:
        """Every id inside this element."""
        return [element.get("id") for element in self if "id" in element.attributes]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            last = self.open.content[-1]
            assert isinstance(last, Element)
            self.open = last

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.open.content.append(Element(tag, {name: value or "" for name, value in attrs}, self.open))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.tag, f"</{tag}> closes <{self.open.tag}> at line {self.getpos()[0]}"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.content.append(data)


def parse(html: str) -> Element:
    """Return the page as a tree. An element that is not closed, or closed out of order, is an error."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert parser.open is parser.root, f"<{parser.open.tag}> is not closed"
    return parser.root
