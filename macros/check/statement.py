"""The rules of the accessibility statement that the model cannot express."""

from __future__ import annotations

from macros.check.source import Source
from macros.check.words import nearest, shown
from macros.criteria import CRITERIA, KNOWN, TOPICS

_NUMBERS = [criterion.id for criterion in CRITERIA]


def check_statement(source: Source) -> None:
    """Record in `accessibility.yml` unknown criteria, and a verdict that its own faults contradict."""
    for pattern in ("claims.*.criteria.*", "checks.*.criteria.*", "faults.*.criterion"):
        choices = _NUMBERS if pattern.startswith("faults") else sorted(KNOWN)
        for place, value in source.texts(pattern):
            if value.strip() and value not in choices:
                near = nearest(value, TOPICS) if value[:1].isalpha() else None
                advice = f'Menade du "{near}"?' if near else "Skriv ett nummer på nivå A eller AA: 1.4.10."
                source.blame(place, f'kriteriet "{shown(value)}" finns inte i WCAG 2.2. {advice}')
    verdict, faults = source.at(("conformity",)), source.at(("faults",))
    if verdict == "helt" and faults:
        message = 'webbplatsen kan inte vara "helt" förenlig när faults har brister. Skriv "delvis".'
        source.blame(("conformity",), message)
    if verdict in ("delvis", "inte") and not faults:
        message = f'"{verdict}" förenlig kräver att bristerna står i faults. Skriv dem, eller skriv "helt".'
        source.blame(("conformity",), message)
    assessed, updated = (str(source.at((field,))) for field in ("assessed", "updated"))
    if len(assessed) == len(updated) == 10 and updated < assessed:
        message = f"uppdaterad {updated} är före bedömningen {assessed}. Rätta ett av datumen."
        source.blame(("updated",), message)
