"""What one organisation says in its own words: names, the meeting, the tool, where to learn more."""

from __future__ import annotations

from macros.fields import Item, Slug, Text


class Tool(Item):
    """Where the organisation has people enter their rating: its name, a sentence about it, its link by id."""

    name: Text
    text: Text
    link: Slug | None = None


class Guidepost(Item):
    """A link by id, under its own name."""

    name: Text
    link: Slug


class Site(Item):
    """The contents of `site.yml`: the words of one organisation. What it does not have is said nowhere.

    `organisation` and `organisations`, `meeting` and `meetings` are the forms that sentences need: what one
    calls oneself, and as an owner; one meeting, and several. `agreed` and `ungraded` are questions,
    `principles` is a section, by their ids.
    """

    name: Text
    description: Text
    organisation: Text
    organisations: Text
    meeting: Text = "ett möte"
    meetings: Text = "möten"
    decision: Text = "det beslutade dokumentet"
    no_role: Text | None = None
    pay: Text | None = None
    about: Text | None = None
    answers: Text | None = None
    tool: Tool | None = None
    learning: tuple[Guidepost, ...] = ()
    agreed: Slug | None = None
    ungraded: Slug | None = None
    principles: Slug | None = None
