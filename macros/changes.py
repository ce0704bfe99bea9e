"""What differs between two states of the framework, in words: for editors, readers, the version.

    changes(before, after)     both as `macros.versions.plain` makes them

Parts are compared by id, texts in lists by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Any, NamedTuple

from macros.versions import numbers

Data = Mapping[str, Any]
LIKE = 0.5  # how alike two texts of a list are that count as one, changed
CONTEXT = 3  # words around a difference
_LOCAL = "local support"  # the support texts that are for some parts or roles


class Weight(IntEnum):
    """What a change asks of people, as the guide for editors numbers versions."""

    NONE = 0  # no reader sees it, or nobody decided on it
    MENDS = 1
    CLARIFIES = 2
    ASKS = 3


class Change(NamedTuple):
    """One difference: where it is, the text before and after (None: there is none), what it asks.

    A `decided` text is one that the parties agreed on: its change may ask more than can be told.
    `competence`, `role` and `area` are the ids of what it is about.
    """

    where: str
    before: str | None
    after: str | None
    weight: Weight
    decided: bool = False
    competence: str | None = None
    role: str | None = None
    area: str | None = None

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            text = self.before or self.after or ""
            what = "Tillagt" if self.before is None else "Borttaget"
            return f"{what}: {self.where}" + ("" if self.is_named else f" «{shortened(text)}»")
        return f"{self.where}: {self.difference}"

    @property
    def is_named(self) -> bool:
        """Whether `where` has the whole text that is added or removed."""
        return f"«{self.after or self.before}»" in self.where

    @property
    def is_short(self) -> bool:
        """Whether both texts are so short that they are told whole."""
        return len(self.before or "") + len(self.after or "") < 40

    @property
    def difference(self) -> str:
        """What was and is there, in words; empty without one of them."""
        if self.before is None or self.after is None:
            return ""
        if self.is_short:
            return f"«{self.before}» blir «{self.after}»"
        return "; ".join(_in_words(self.before, self.after))

    @property
    def pieces(self) -> list[dict[str, str]]:
        """The two texts in pieces: the `same`, or `removed` and `added`."""
        if self.before is None or self.after is None:
            return [{"removed": self.before or "", "added": self.after or ""}]
        pairs = words(self.before, self.after)
        return [{"same": was} if was == now else {"removed": was, "added": now} for was, now in pairs]


class Field(NamedTuple):
    """A field that is compared: what to call it, and what a change of it asks."""

    name: str
    words: str
    weight: Weight = Weight.CLARIFIES
    decided: bool = False


class Group(NamedTuple):
    """Parts with ids: where they are, what to call one, the field with its name, what one more or less asks.

    `about` is the field of a change that has the part's id.
    """

    path: tuple[str, ...]
    noun: str
    name: str
    weight: Weight
    fields: tuple[Field, ...]
    key: str = "id"
    about: str = ""


def _decided(name: str, words: str) -> Field:
    return Field(name, words, decided=True)


GROUPS = (
    Group(("basics", "levels"), "Nivå {id}", "name", Weight.ASKS, (_decided("name", "namnet"),), "level"),
    Group(
        ("areas",), "Område {id}", "name", Weight.ASKS,
        (_decided("name", "namnet"), _decided("motivation", "påståendet"), _decided("roles", "rollerna")),
        about="area",
    ),
    Group(
        ("competences",), "Kompetens {id}", "title", Weight.ASKS,
        (
            _decided("title", "namnet"), _decided("definition", "definitionen"),
            _decided("levels", "nivå"),
            Field(_LOCAL, "egen stödtext", Weight.NONE), Field("support", "stödtext"),
            Field("digcomp", "motsvarigheten i DigComp 3.0", Weight.NONE),
            Field("keywords", "sökorden", Weight.NONE),
        ),
        about="competence",
    ),
    Group(
        ("roles",), "Rollen {name}", "name", Weight.ASKS,
        (
            _decided("name", "namnet"), _decided("note", "noten"),
            _decided("part", "delen av organisationen"),
            Field("keywords", "sökorden", Weight.NONE),
        ),
        about="role",
    ),
    Group(("parts",), "Delen {name}", "name", Weight.CLARIFIES, (_decided("name", "namnet"),)),
    Group(
        ("basics", "principles"), "Principen {name}", "name", Weight.ASKS,
        (_decided("name", "namnet"), _decided("text", "texten")),
    ),
    Group(
        ("basics", "process"), "Steget {name}", "name", Weight.CLARIFIES,
        (Field("name", "namnet"), Field("text", "texten")),
    ),
    Group(
        ("basics", "sections"), "Texten {name}", "title", Weight.CLARIFIES,
        (
            Field("title", "rubriken"), Field("text", "stycket"),
            Field("points", "punkten"), Field("links", "länkarna"),
        ),
    ),
    Group(
        ("basics", "links"), "Länken {name}", "text", Weight.CLARIFIES,
        (Field("text", "orden"), Field("url", "adressen", Weight.MENDS)),
    ),
    Group(
        ("questions",), "Frågan {name}", "question", Weight.CLARIFIES,
        (Field("question", "frågan"), Field("answer", "svaret")),
    ),
)  # fmt: skip
_TOP = Group(
    ("basics",), "Ramverket", "", Weight.NONE,
    (
        _decided("title", "namnet"), _decided("introduction", "inledningen"),
        _decided("motivation", "skalan för motivation"),
    ),
)  # fmt: skip


def changes(before: Data, after: Data) -> list[Change]:
    """Return every difference but the version's, in the framework's order."""
    mends = after["sources"].get("mends", ())
    found = list(_fields(_TOP, "Ramverket", before["basics"], after["basics"]))
    for group in GROUPS:
        old, new = (_parts(data, group) for data in (before, after))
        for key, part in {**old, **new}.items():
            name = str(part[group.name])
            where = group.noun.format(id=key, name=f"«{name}»")
            if key in old and key in new:
                differing = [*_fields(group, where, old[key], part)]
                if group.about == "competence":
                    differing += _expected(where, old[key], part, after)
            else:
                was, now = (None, name) if key in new else (name, None)
                differing = [Change(where, was, now, group.weight)]
            about: dict[str, Any] = {group.about: key} if group.about else {}
            found += [one._replace(**about) for one in differing]
    return [_weighed(one, mends) for one in found]


class Needed(NamedTuple):
    """A version that changes ask for, why, and when it is a higher one."""

    number: str
    why: str
    unless: str = ""


def needed_version(kept: str, found: Sequence[Change]) -> Needed | None:
    """Return the version that changes since a kept one ask for, if any."""
    major, minor, patch = numbers(kept)
    weight = max((one.weight for one in found), default=Weight.NONE)
    if weight is Weight.ASKS:
        return Needed(f"{major + 1}.0", "begär något nytt av människor")
    if weight is Weight.CLARIFIES:
        unless = f" (eller {major + 1}.0, om den beslutade text som är ändrad begär något nytt)"
        decided = any(one.decided for one in found)
        return Needed(f"{major}.{minor + 1}", "förtydligar eller lägger till", unless * decided)
    if weight is Weight.MENDS:
        return Needed(f"{major}.{minor}.{patch + 1}", "rättar eller bekräftar")
    return None


def _parts(data: Data, group: Group) -> dict[str, Any]:
    parts: Any = data
    for step in group.path:
        parts = parts.get(step, [])
    return {str(part[group.key]): part for part in parts}


def _fields(group: Group, where: str, old: Data, new: Data) -> Iterator[Change]:
    for field in group.fields:
        before, after = (_texts(_value(data, field.name)) for data in (old, new))
        for name, was, now in _pairs(before, after):
            yield Change(f"{where}, {field.words}{name}", was, now, field.weight, field.decided)
        if field.name == "support":
            yield from _support(where, old.get("support", ()), new.get("support", ()))


def _value(data: Data, name: str) -> Any:
    if name in (_LOCAL, "support"):
        return [item for item in data.get("support", ()) if _is_local(item) is (name == _LOCAL)]
    return data.get(name)


def _is_local(support: Data) -> bool:
    """Whether a support text is for some parts or roles. Dated by its own document, it has no version."""
    return not support.keys().isdisjoint(("parts", "roles"))


def _support(where: str, old: Sequence[Data], new: Sequence[Data]) -> Iterator[Change]:
    """What changed beside the words of a support text."""
    known = {item["text"]: item for item in old}
    for item in new:
        if same := known.get(item["text"]):
            place = f"{where}, stödtexten «{shortened(item['text'])}»"
            asks, mends = (Weight.NONE,) * 2 if _is_local(item) else (Weight.CLARIFIES, Weight.MENDS)
            for field, words, weight in (
                ("kind", "sorten", asks),
                ("levels", "nivåerna", asks),
                ("links", "länkarna", mends),
                ("terms", "orden", Weight.NONE),
                ("way", "sättet", Weight.NONE),
                ("parts", "delarna", Weight.NONE),
                ("roles", "rollerna", Weight.NONE),
            ):
                was, now = (_flat(data.get(field)) for data in (same, item))
                if was != now:
                    yield Change(f"{place}, {words}", was or None, now or None, weight)


def _expected(where: str, old: Data, new: Data, after: Data) -> Iterator[Change]:
    """What is expected of each role, and how sure that is."""
    names = {role["id"]: role["name"] for role in after["roles"]}
    sides = [part.get("expected", _NOTHING) for part in (old, new)]
    was, now = map(_levels, sides)
    before, reading = (side["reading"] for side in sides)
    confirmed = reading == "confirmed" != before
    for role in {**was, **now}:
        if was.get(role) != now.get(role):
            weight = Weight.CLARIFIES if confirmed else Weight.ASKS
            place = f"{where}, förväntad nivå för {names.get(role, role)}"
            yield Change(place, was.get(role), now.get(role), weight, role=role)
    if before != reading:
        place = f"{where}, läsningen av förväntade nivåer"
        yield Change(place, READINGS[before], READINGS[reading], Weight.MENDS)


_NOTHING: Data = {"reading": "clear", "levels": {}}  # of a competence in a framework without roles
READINGS = {"confirmed": "bekräftad", "clear": "tydlig", "probable": "trolig", "uncertain": "osäker"}


def _levels(expected: Data) -> dict[str, str]:
    levels = {role: f"nivå {level}" for level, roles in expected["levels"].items() for role in roles}
    return levels | dict.fromkeys(expected.get("not_relevant", ()), "inte aktuell")


def _texts(value: Any) -> list[tuple[str, str]]:
    """Return the texts of a field, each with its level, if any."""
    if isinstance(value, Mapping) and "text" in value:
        return [("", value["text"]), *(("", text) for text in value.get("points", ()))]
    if isinstance(value, Mapping):
        return [
            (f" {key}" if str(key).isdigit() else "", text)
            for key, inner in value.items()
            for _, text in _texts(inner)
        ]
    if isinstance(value, list | tuple):
        return [found for inner in value for found in _texts(inner)]
    return [] if value is None else [("", str(value))]


def _flat(value: Any) -> str:
    return ", ".join(str(text) for _, text in _texts(value))


def _pairs(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the texts that differ: the level, the text before, the text after."""
    old = [item for item in before if item not in after]
    new = [item for item in after if item not in before]
    for name, text in new:
        likest = max(
            (item for item in old if item[0] == name),
            key=lambda item: SequenceMatcher(None, item[1], text).ratio(),
            default=None,
        )
        if likest and (name or len(before) == 1 or SequenceMatcher(None, likest[1], text).ratio() > LIKE):
            old.remove(likest)
            yield name, likest[1], text
        else:
            yield name, None, text
    for name, text in old:
        yield name, text, None


def _weighed(change: Change, mends: Sequence[Data]) -> Change:
    """Return the change, as a mended error where it is listed so, or a few letters."""
    before, after = change.before, change.after
    weighs = change.weight is Weight.CLARIFIES and (change.decided or not change.role)
    if not weighs or before is None or after is None:
        return change
    listed = any(mend["before"] in before and mend["after"] in after for mend in mends)
    if not listed and not misspelt(before, after):
        return change
    return change._replace(weight=Weight.MENDS, decided=False)


def misspelt(before: str, after: str) -> bool:
    """Return whether two texts differ in punctuation or the spelling of a word or two alone."""
    old, new = (re.findall(r"\w+", text) for text in (before, after))
    pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    alike = all(
        not re.search(r"\d", a + b)
        and (a.casefold() == b.casefold() or SequenceMatcher(None, a, b).ratio() > 0.8)
        for a, b in pairs
    )
    return len(old) == len(new) and len(pairs) <= 2 and alike


def words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the two texts in pieces, word by word: what was and what is there, equal or not."""
    old, new = before.split(" "), after.split(" ")
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield " ".join(old[i:j]), " ".join(new[k:m])


def _in_words(before: str, after: str) -> Iterator[str]:
    pieces = list(words(before, after))
    for at, (was, now) in enumerate(pieces):
        if was == now:
            continue
        left = " ".join(pieces[at - 1][0].split(" ")[-CONTEXT:]) if at else ""
        right = " ".join(pieces[at + 1][0].split(" ")[:CONTEXT]) if at + 1 < len(pieces) else ""
        was, now = (" ".join(filter(None, (left, text, right))) for text in (was, now))
        yield f"«{was}» blir «{now}»"


def shortened(text: str) -> str:
    """Return the first words of a text."""
    return text if len(text) <= 60 else text[: text.rfind(" ", 0, 60)] + " …"
