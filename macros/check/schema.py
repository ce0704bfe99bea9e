"""Translates pydantic's errors into messages for editors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from macros.check.source import Place, Source
from macros.check.words import hint, listed, nearest, shown, slug
from macros.fields import DIGCOMP
from macros.model import VERSION

# Wrong type, by the first word of pydantic's name for it: what it should be, and how to write that.
TYPES = {
    "string": ("en text", "Sätt citattecken runt: {quoted}."),
    "tuple": ("en lista", 'Skriv [{example}], eller en rad som börjar med "- " för varje del.'),
    "dict": ("en grupp", "Skriv en indragen rad för varje del: numret, kolon och det som hör dit."),
    "model": ("en grupp av fält", "Skriv fälten på var sin rad, indragna: {fields}."),
    "int": ("ett heltal", "Skriv siffran ensam."),
    "bool": ("true (ja) eller false (nej)", "Skriv true eller false."),
    "date": ("ett datum", "Skriv år, månad och dag: 2024-09-02."),
}
# Other errors, by pydantic's name or the model's pattern: the message.
ERRORS = {
    r"\S": "{name} är tom. Skriv en text.",
    r"^\d+$": '{name} är "{written}", men ska vara ett heltal inom citattecken: "1".',
    r"^\d+\.\d+$": '{name} är "{written}", men ska vara områdets nummer, punkt och ett nummer: "1.2".',
    DIGCOMP: '{name} är "{written}", men ska vara numret på en kompetens i DigComp 3.0: "1.1" till "1.3", '
    '"2.1" till "2.6", "3.1" till "3.4", "4.1" till "4.4" eller "5.1" till "5.4".',
    VERSION: '{name} är "{written}", men ska vara två eller tre tal med punkt emellan: "1.2".',
    r"^[a-z0-9]+(-[a-z0-9]+)*$": '{name} är "{written}", men får bara ha små bokstäver (a-z), siffror och '
    'bindestreck. Skriv till exempel "{slug}".',
    r"^\S+$": '{name} är "{written}", men ska vara ett nummer utan mellanslag: "1.4.10".',
    r"^(https://|mailto:|tel:)\S+$": '{name} är "{written}", men ska börja med https://, mailto: eller tel: '
    "och fortsätta utan mellanslag. Skriv till exempel mailto:namn@exempel.se.",
    "url": '{name} är "{written}", som inte är en webbadress. Skriv hela adressen utan mellanslag, '
    "från https:// till slutet.",
    "key": "{keys} kan inte stå först på en rad här. Skriv ett heltal.",
    "level": "{keys} är ingen nivå. Skriv {levels}, eller ändra indraget.",
    "greater_than_equal": "{name} är {written}, men ska vara minst {ge}.",
    "less_than_equal": "{name} är {written}, men får vara högst {le}.",
    "too_short": "{name} har {actual_length} delar, men ska ha minst {min_length}.",
    "other": "{name} är fel skrivet. Jämför med samma fält på ett annat ställe.",
}
ERRORS[r"^https?://\S+$"] = ERRORS["url"]


def validate(
    adapter: TypeAdapter[Any], source: Source, levels: list[int], needed: Sequence[Place] = ()
) -> Any:
    """Return the model made from a file; pydantic's errors are recorded in Swedish.

    `levels` are those of the framework; without any, each number may be one. `needed` is what the file lacks
    and must have because of what others have.
    """
    if source.data is None and source.problems:
        return None
    errors = [ErrorDetails(type="missing", loc=place, msg="", input=None) for place in needed]
    try:
        made = adapter.validate_python(source.data, context={"levels": len(levels)})
    except ValidationError as error:
        errors += error.errors(include_url=False, include_input=False)
    if not errors:
        return made
    _Verdict(source, adapter.json_schema(), levels).tell(errors)
    return None


def _lists() -> defaultdict[Place, list[Any]]:
    return defaultdict(list)


@dataclass
class _Verdict:
    """The errors of one file by kind of message: place → the keys there, or the values."""

    source: Source
    schema: dict[str, Any]
    levels: list[int]
    missing: defaultdict[Place, list[str]] = field(default_factory=_lists)
    unknown: defaultdict[Place, list[str | int]] = field(default_factory=_lists)
    odd: defaultdict[Place, list[str | int]] = field(default_factory=_lists)
    values: list[ErrorDetails] = field(default_factory=list)

    def tell(self, errors: list[ErrorDetails]) -> None:
        """Record the problems in the source, the most likely cause first."""
        for wrong in errors:
            self._sort(wrong, errors)
        for parent, keys in self.odd.items():
            says = ERRORS["level" if self.levels and {"levels", "alternatives"} & {*parent} else "key"]
            message = says.format(keys=listed(keys), levels=listed(self.levels, "eller"))
            self.source.blame((*parent, keys[0]), message)
        for wrong in self.values:
            if not set(wrong["loc"][-1:]) & set(self.odd.get(wrong["loc"][:-1], ())):
                self.source.blame(wrong["loc"], self._explain(wrong))
        self._tell_unknown()
        self._tell_missing()

    def _sort(self, wrong: ErrorDetails, errors: list[ErrorDetails]) -> None:
        """Sort in one error; a malformed part is ignored."""
        place = wrong["loc"]
        if wrong["type"] == "missing":
            self.missing[place[:-1]].append(str(place[-1]))
        elif wrong["type"] in ("extra_forbidden", "invalid_key"):
            self.unknown[place[:-1]].append(place[-1])
        elif place[-1:] == ("[key]",):
            self.odd[place[:-2]].append(place[-2])
        elif wrong["type"] != "too_short" or not any(
            other is not wrong and other["loc"][: len(place)] == place for other in errors
        ):
            self.values.append(wrong)

    def _tell_unknown(self) -> None:
        told = set()
        for parent, keys in self.unknown.items():
            fields, siblings = _fields(self.schema, parent), (parent[:-1], *keys)
            if [nearest(str(key), fields) for key in keys].count(None) > 2:
                # Hardly misspelt: these belong elsewhere, and so do those of the next items in the list.
                self.missing.pop(parent, None)
                if siblings not in told:
                    advice = "Saknas en rad ovanför, eller är indraget fel?"
                    message = f"fälten {listed(map(str, keys))} finns inte här. {advice}"
                    self.source.blame((*parent, keys[0]), message)
                    told.add(siblings)
            else:
                for key in keys:
                    says = self._unknown_field(str(key), fields, self.missing[parent])
                    self.source.blame((*parent, key), says)

    def _unknown_field(self, word: str, fields: list[str], missing: list[str]) -> str:
        """Suggest the name of an unknown field; that field then no longer counts as `missing`."""
        alike = nearest(word, missing) or nearest(word, fields)
        meant = alike or (missing[0] if len(missing) == 1 else None)
        if meant in missing:
            missing.remove(meant)
        advice = f'Menade du "{meant}"?' if meant else f"Välj bland {listed(fields)}."
        parts = self.schema.get("$defs", {}).values()
        if word.isdecimal() or any(word in part.get("properties", {}) for part in parts):
            advice += " Är raden rätt indragen?"
        elif not alike and not re.fullmatch("[a-z_]+", word):
            advice += " Är raden en text med kolon: sätt hela texten inom citattecken."
        return f'fältet "{shown(word)}" finns inte. {advice}'

    def _tell_missing(self) -> None:
        for parent, names in self.missing.items():
            if names and parent not in self.source.doubled:
                where = f" i {self.source.spot(parent).name}" if parent else ""
                noun, rows = ("fältet", "en rad") if len(names) == 1 else ("fälten", "rader")
                begin = listed(f"{name}:" for name in names)
                message = f"{noun} {listed(names)} saknas{where}. Skriv {rows} som börjar med {begin}."
                self.source.blame((*parent, names[0]), message)

    def _explain(self, wrong: ErrorDetails) -> str:
        """Return the message for an invalid value."""
        place, kind, context = wrong["loc"], wrong["type"], wrong.get("ctx", {})
        name, written = self.source.spot(place).name, self.source.written(place)
        value = self.source.at(place)
        family = kind.partition("_")[0]
        if kind == "enum":
            choices = re.findall("'([^']*)'", context["expected"])
            begins = f'"{written}" kan inte stå som {name}.' if written else f"{name} är tom."
            return f"{begins} {hint(written, choices)}"
        if family == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return f"{name} är {written}, men den dagen finns inte. Rätta månaden eller dagen."
        if family in TYPES and re.search("_(type|parsing|from)", kind):
            noun, advice = TYPES[family]
            says = f"{{name}} ska vara {noun}, men {{found}}. {advice}"
            if value is None:
                says = f"{{name}} är tom. Skriv {noun}."
        else:
            says = ERRORS.get(context.get("pattern", kind)) or ERRORS.get(family) or ERRORS["other"]
        return says.format(
            **context,
            name=name,
            written=written,
            found=_found(value, written),
            example="a, b" if isinstance(value, dict) else written,
            quoted=f"'{written}'" if '"' in written else f'"{written}"',
            slug=slug(written) or "ett-id",
            fields=listed(_fields(self.schema, place)),
        )


def _found(value: Any, written: str) -> str:
    """Say what a value of the wrong type is."""
    match value:
        case bool():
            return f"{written} läses som ja eller nej"
        case int() | float():
            return f"{written} läses som ett tal"
        case date():
            return f"{written} läses som ett datum"
        case str():
            return f'är texten "{written}"'
        case list():
            return "är en lista"
    return "är en grupp av fält"


def _fields(schema: dict[str, Any], place: Place) -> list[str]:
    """Return the fields of the model at `place`."""

    def resolved(part: dict[str, Any]) -> dict[str, Any]:
        part = part.get("anyOf", [part])[0]
        found: dict[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        return found

    part = resolved(schema)
    for step in place:
        below = part.get("properties", {}).get(step) or part.get("items") or part.get("additionalProperties")
        part = resolved(below or {})
    return list(part.get("properties", {}))
