"""Whole frameworks of two made-up organisations, as a fork of `framework/` alone would have them.

`FOUR` has four levels and neither roles, motivation, workshop, mends nor words of its own for what is not
needed. `EIGHT` has eight levels, roles, motivation on three steps and a workshop.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.project import copy_project

Fork = dict[str, Any]  # file in framework/ → what it holds


def _ladder(verb: str, levels: int) -> dict[int, str]:
    """The texts of a competence's levels."""
    how: tuple[str, ...] = ("när någon visar", "efter en lathund", "på egen hand", "när det krånglar")
    how += ("för en grupp", "åt en enhet", "i ett samarbete", "och utvecklar nya sätt")
    return {level: f"Kan {verb} {how[level - 1]}." for level in range(1, levels + 1)}


def _common(levels: int, organisation: str) -> Fork:
    """What both forks have, with the organisation's name in it."""
    names = ("Nybörjare", "Van", "Säker", "Kunnig", "Handledare", "Samordnare", "Utvecklare", "Förebild")
    return {
        "framework.yml": {
            "title": f"Digitala färdigheter i {organisation}",
            "version": "1.0",
            "date": "2025-03-03",
            "introduction": [f"Det här beskriver vad vi kan digitalt i {organisation}."],
            "levels": [{"level": n, "name": name} for n, name in enumerate(names[:levels], start=1)],
            "principles": [
                {"id": "trappa", "name": "Trappan", "text": "En nivå bygger på den under.", "rating": True}
            ],
            "process": [{"id": "skatta", "name": "Skatta", "text": "En gång om året"}],
            "sections": [
                {
                    "id": "hur-det-borjade",
                    "group": "Bakgrund",
                    "title": "Hur det började",
                    "source": "beslut",
                    "text": ["Arbetet började på hösten."],
                }
            ],
            "links": [],
        },
        "questions.yml": [
            {"id": "vem", "question": "Vem ser mina svar?", "answer": "Det är bara du som ser dem."}
        ],
        "sources.yml": {
            "documents": [
                {"id": "beslut", "name": "Beslutet", "title": "Om färdigheter", "date": "2025-03-03"}
            ],
            "origins": [{"part": "Allt", "documents": ["beslut"]}],
        },
        "accessibility.yml": {
            "actor": organisation,
            "service": "Stegen",
            "conformity": "helt",
            "complaint": {"text": "Anmäl till Digg", "url": "https://www.digg.se/tdosanmalan"},
            "assessed": "2025-03-03",
            "updated": "2025-03-03",
            "method": ["Vi har prövat själva."],
        },
    }


def _competence(number: str, title: str, verb: str, levels: int, **more: Any) -> Fork:
    """The file of a competence."""
    content = {
        "id": number,
        "title": title,
        "definition": f"Kompetens att {verb} i sitt arbete.",
        "levels": _ladder(verb, levels),
        **more,
    }
    return {f"competences/{number}.yml": content}


def _example(level: int, what: str) -> Fork:
    return {"kind": "exempel", "levels": [level], "text": f"Exempel på nivå {level} är att {what}."}


FOUR: Fork = {
    **_common(4, "Sjövalla kommun"),
    "site.yml": {
        "name": "Stegen & vägen",
        "description": "Digitala färdigheter för alla som arbetar här",
        "organisation": "kommunen",
        "organisations": "kommunens",
    },
    "areas.yml": [{"id": "1", "name": "Söka"}, {"id": "2", "name": "Skapa"}],
    **_competence("1.1", "Söka", "söka uppgifter", 4, support=[_example(3, "hitta en gammal karta")]),
    **_competence("1.2", "Värdera", "värdera uppgifter", 4),
    **_competence(
        "2.1",
        "Skapa",
        "skapa texter och bilder",
        4,
        support=[{"kind": "läraktivitet", "text": "Gör en affisch tillsammans med en kollega."}],
    ),
}

_EIGHT = _common(8, "Region Norrskog")
_EIGHT["framework.yml"] |= {
    "motivation": {"title": "Lust", "scale": ["Lite", "Lagom", "Mycket"]},
    "links": [{"id": "kurser", "text": "Kurserna", "url": "https://kurser.example/"}],
}
_ADVICE = {"id": "forst", "title": "Först", "text": ["Läs igenom allt."]}
EIGHT: Fork = {
    **_EIGHT,
    "site.yml": {
        "name": "Åtta steg",
        "description": "Digitala färdigheter i regionen",
        "organisation": "regionen",
        "organisations": "regionens",
        "meeting": "en gruppträff",
        "meetings": "gruppträffar",
        "tool": {"name": "Mätstickan", "text": "Den riktiga skattningen gör du i Mätstickan."},
        "learning": [{"name": "Kurser", "link": "kurser"}],
    },
    "areas.yml": [
        {"id": "1", "name": "Söka", "motivation": "Jag vill bli bättre på att söka."},
        {"id": "2", "name": "Leda", "motivation": "Jag vill leda digitalt.", "roles": ["ledare"]},
    ],
    "roles.yml": {
        "parts": [{"id": "vard", "name": "Vården"}, {"id": "stab", "name": "Staben"}],
        "roles": [
            {"id": "skotare", "name": "Skötare", "part": "vard"},
            {"id": "ledare", "name": "Ledare", "part": "stab"},
        ],
    },
    **_competence(
        "1.1",
        "Söka",
        "söka uppgifter",
        8,
        expected={"reading": "clear", "levels": {3: ["skotare"], 7: ["ledare"]}},
        support=[_example(6, "lära en enhet att söka i journalen")],
    ),
    **_competence(
        "2.1", "Leda", "leda möten på distans", 8, expected={"reading": "clear", "levels": {8: ["ledare"]}}
    ),
    "workshop.yml": {
        "example": "1.1",
        "agendas": [10],
        "slides": [
            {"id": "start", "title": "Välkommen", "minutes": {10: 4}, "script": ["Säg hej."]},
            {"id": "steg", "title": "Stegen", "show": "trappa", "minutes": {10: 3}, "script": ["Visa dem."]},
            {"id": "lust", "show": "motivation", "minutes": {10: 3}, "script": ["Läs påståendet."]},
        ],
        "exercises": [
            {"id": "nivakort", "title": "Korten", "minutes": 5, "needs": "Korten.", "steps": ["Sortera dem."]}
        ],
        "cases": [{"competence": "1.1", "level": 6}],
        "guide": [_ADVICE],
        "preparation": [_ADVICE],
        "manager": [_ADVICE],
        "talk": [{"area": "1", "ask": ["När söker du?"]}],
    },
}


def fork(kind: Fork, folder: Path) -> Path:
    """Copy the project into a folder, with another `framework/` and nothing else changed; return it."""
    root = copy_project(folder)
    for path in (root / "framework").rglob("*"):
        if path.is_file() and path.name != "README.md":
            path.unlink()
    for name, content in kind.items():
        path = root / "framework" / name
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")  # is YAML, too
    return root
