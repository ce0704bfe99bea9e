"""The short code of levels that a reader may take along: made from the answers, and read back.

In it are the framework's version and shape, the roles, the area to rate, the answers without their texts, and
the motivation.

All of it is one number in a mixed radix, its first digit the least significant, so that what is not answered
(zero) at the end costs nothing. It is written with 31 signs, of which the first makes the weighted sum of
all a multiple of 31. As 31 is a prime and no weight is a multiple of it, one wrong sign always breaks the
sum. So do any two that changed places, unless they have the same weight: 30 places apart.

With five levels an answer has 21 states: 20 competences and 6 areas make 28 signs, and each further
competence adds nine tenths of a sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quiz import words
from quiz.ladder import NOTHING, Answer, asked
from quiz.profile import applies, areas_of

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData

#: Digits and capitals but those that look alike: 0 and O, 1, I and L.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PRIME = len(SIGNS)
GROUP = 4
#: Each of a version's three numbers counts modulo its limit.
VERSION_LIMITS = (8, 16, 8)
SHAPES = 31
#: The most characters that are read, spaces included: a code of some 800 competences.
LONGEST = 1_000
#: Ignored; a text copied from elsewhere may have the invisible ones.
SPACES = " \t\r\n-–·.\u00a0\u200b\u2060\ufeff"


class CodeError(ValueError):
    """A code that cannot be read; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Taken:
    """What a code says."""

    roles: list[str]
    scope: str
    answers: dict[str, Answer]
    motivation: dict[str, int]


def make(
    framework: FrameworkData,
    roles: Sequence[str],
    scope: str,
    answers: Mapping[str, Answer],
    motivation: Mapping[str, int],
) -> str:
    """Return the code, in groups of signs, of the answers inside the roles and the scope.

    Those about steps above an unmet or unanswered one decide nothing and are left out.
    """
    states, scopes = _states(framework), _scopes(framework)
    competences = applies(framework, roles, scope)
    digits = [
        *zip(_version(framework["version"]), VERSION_LIMITS, strict=True),
        (_shape(framework), SHAPES),
        *((int(role["id"] in roles), 2) for role in framework["roles"]),
        (scopes.index(scope), len(scopes)),
        *((states.index(_decisive(answers.get(item["id"], NOTHING))), len(states)) for item in competences),
        *((motivation.get(area["id"], 0), _places(framework)) for area in areas_of(framework, competences)),
    ]
    number = 0
    for digit, radix in reversed(digits):
        number = number * radix + digit
    signs = []
    while number:
        number, place = divmod(number, PRIME)
        signs.append(place)
    text = "".join(SIGNS[place] for place in (-_weighted([0, *signs]) % PRIME, *signs))
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def read(framework: FrameworkData, text: str) -> Taken:
    """Return what a code says; small letters and `SPACES` make no difference. Raises CodeError."""
    number = _number(text)

    def take(radix: int) -> int:
        nonlocal number
        number, digit = divmod(number, radix)
        return digit

    version = tuple(map(take, VERSION_LIMITS))
    if version != _version(framework["version"]):
        written = ".".join(map(str, version if version[2] else version[:2]))
        raise CodeError(words.code_of_version(written, framework["version"]))
    if take(SHAPES) != _shape(framework):
        raise CodeError(words.CODE_OF_OTHER)
    roles = [role["id"] for role in framework["roles"] if take(2)]
    scopes = _scopes(framework)
    scope = scopes[take(len(scopes))]
    competences = applies(framework, roles, scope)
    states = _states(framework)
    answers = {item["id"]: states[take(len(states))] for item in competences}
    motivation = {area["id"]: take(_places(framework)) for area in areas_of(framework, competences)}
    if number:
        raise CodeError(words.CODE_SLIP)
    return Taken(
        roles,
        scope,
        {key: answer for key, answer in answers.items() if answer != NOTHING},
        {area: place for area, place in motivation.items() if place},
    )


def _number(text: str) -> int:
    signs = "".join(sign for sign in text.upper() if sign not in SPACES)
    if not signs:
        raise CodeError(words.CODE_EMPTY)
    if strange := next((sign for sign in signs if sign not in SIGNS), ""):
        raise CodeError(words.code_sign(strange))
    places = [SIGNS.index(sign) for sign in signs]
    if len(text) > LONGEST or _weighted(places) % PRIME:
        raise CodeError(words.CODE_SLIP)
    number = 0
    for place in reversed(places[1:]):
        number = number * PRIME + place
    return number


def _weighted(places: Sequence[int]) -> int:
    """Return the sum of places in SIGNS, weighted 1 to 30, and from 1 again."""
    return sum((1 + at % (PRIME - 1)) * place for at, place in enumerate(places))


def _states(framework: FrameworkData) -> list[Answer]:
    """Return every answer that a code tells apart, none first."""
    picks = range(1, len(framework["levels"]) + 1)
    return [
        NOTHING,
        *(Answer(none=kind) for kind in words.NO_LEVEL),
        *(Answer(pick, met=met) for pick in picks for met in _stairs(pick)),
    ]


def _stairs(pick: int) -> Iterator[dict[int, bool]]:
    """Yield the ways to answer the stairs: some met, then one unanswered or unmet; or all met."""
    met: dict[int, bool] = {}
    for level in asked(pick):
        yield met
        yield {**met, level: False}
        met = {**met, level: True}
    yield met


def _decisive(answer: Answer) -> Answer:
    """Return the state that the answer is in: what decides its level, or why there is none."""
    if answer.none is not None:
        return Answer(none=answer.none)
    met: dict[int, bool] = {}
    for level in asked(answer.pick or 0):
        if level not in answer.met or False in met.values():
            break
        met[level] = answer.met[level]
    return Answer(answer.pick, met=met)


def _scopes(framework: FrameworkData) -> list[str]:
    return ["all", *(area["id"] for area in framework["areas"])]


def _places(framework: FrameworkData) -> int:
    """Return the number of answers about motivation, none included."""
    return len(framework["motivation"]["scale"]) + 1


def _version(text: str) -> tuple[int, ...]:
    numbers = [*map(int, text.split(".")), 0, 0]
    return tuple(number % limit for number, limit in zip(numbers, VERSION_LIMITS, strict=False))


def _shape(framework: FrameworkData) -> int:
    """Return a number that tells apart frameworks that read a code differently."""
    parts = [
        *(role["id"] for role in framework["roles"]),
        *(area["id"] for area in framework["areas"]),
        *(f"{item['id']} {' '.join(sorted(item['expected']))}" for item in framework["competences"]),
        str(len(framework["levels"])),
        str(len(framework["motivation"]["scale"])),
    ]
    number = 0
    for sign in "\n".join(parts):
        number = (number * 257 + ord(sign)) % 65_521
    return number % SHAPES
