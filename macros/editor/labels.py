"""What the editor's page calls the framework's files and fields.

What a field is for the form takes from the tables of `framework/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from macros.check.files import ROLES, WORKSHOP
from macros.model import Framework

# Competences are called by their names.
TITLES = {
    "framework.yml": "Ramverket: inledning, nivåer, utgångspunkter, texter och länkar",
    "areas.yml": "Områden",
    "roles.yml": "Roller",
    "questions.yml": "Frågor och svar",
    "workshop.yml": "Workshop: bilder, manus, övningar och råd",
    "sources.yml": "Källor och rättelser",
    "site.yml": "Webbplatsens namn och organisationens ord",
    "accessibility.yml": "Tillgänglighetsredogörelsen",
}
FIELDS = {
    "about": "Mening på sidan Om ramverket",
    "actor": "Offentlig aktör",
    "after": "Så står det nu",
    "agendas": "Mötenas längd i minuter",
    "agreed": "Svar om kompetenser utan läraktivitet",
    "alternatives": "Andra sätt att läsa raden",
    "answer": "Svar",
    "answers": "Mening på sidan Frågor och svar",
    "area": "Område",
    "ask": "Frågor",
    "assessed": "Bedömd den dag",
    "before": "Så stod det",
    "cases": "Exempel att bedöma tillsammans",
    "checks": "Prövat för hand",
    "claims": "Det som sidan lovar",
    "competence": "Kompetens",
    "complaint": "Länk till Diggs anmälan",
    "conformity": "Förenlig med lagen",
    "contact": "Kontakt",
    "criteria": "Kriterier",
    "criterion": "Kriterium",
    "date": "Datum",
    "decision": "Dokumentet med de beslutade nivåerna",
    "definition": "Definition",
    "description": "Vad webbplatsen är",
    "digcomp": "Motsvarar i DigComp 3.0",
    "document": "Dokument",
    "documents": "Dokument",
    "example": "Kompetensen som är exempel",
    "exceptions": "Undantag i lagen",
    "exempted": "Få innehåll på ett annat sätt",
    "exercise": "Övning",
    "exercises": "Övningar",
    "expected": "Förväntade nivåer",
    "faults": "Brister",
    "general": "Allmän profil",
    "group": "Rubrik på sidan",
    "guide": "Råd på sidan Handledning",
    "id": "Id",
    "instead": "Vad man gör i stället",
    "introduction": "Inledning",
    "keywords": "Sökord",
    "kicker": "Rad ovanför rubriken",
    "kind": "Sort",
    "learning": "Vägar till kurser och läsning",
    "level": "Nivå",
    "levels": "Nivåer",
    "limits": "Bra att veta",
    "link": "Länk",
    "links": "Länkar",
    "manager": "Råd på sidan För chefen",
    "meeting": "Ett möte",
    "meetings": "Möten",
    "mends": "Det som är lagat",
    "method": "Så är den bedömd",
    "minutes": "Minuter",
    "motivation": "Motivation",
    "name": "Namn",
    "needs": "Det som behövs",
    "no_role": "Om man inte hittar sin roll",
    "not_relevant": "Inte relevant för",
    "note": "Anmärkning",
    "notes": "Det som är lämnat som det står",
    "numbered": "Numrera punkterna",
    "open": "Frågan har inget svar än",
    "organisation": "Vad ni kallar er",
    "organisations": "Vad som är ert",
    "origins": "Var delarna kommer ifrån",
    "page": "Sida",
    "part": "Del",
    "parts": "Delar av organisationen",
    "pay": "Mening om lönen",
    "points": "Punkter",
    "preparation": "Råd på sidan Inför ditt samtal",
    "principles": "Utgångspunkter",
    "process": "Stegen under året",
    "question": "Fråga",
    "questions": "Frågor",
    "rating": "Visas när man skattar sig",
    "reading": "Hur säker raden är",
    "report": "Anmäl en brist",
    "result": "Resultat",
    "roles": "Roller",
    "scale": "Skalans steg",
    "script": "Manus",
    "sections": "Texter om ramverket",
    "service": "Webbplatsens namn",
    "show": "Det som visas på bilden",
    "slides": "Bilder",
    "source": "Källa",
    "steps": "Steg",
    "support": "Exempel och förtydliganden",
    "talk": "Frågor i samtalet",
    "terms": "Ord som texten förklarar",
    "text": "Text",
    "title": "Titel",
    "tool": "Verktyg",
    "ungraded": "Fråga om läraktiviteternas nivåer",
    "unreasonable": "Oskäligt betungande",
    "untested": "Inte prövat",
    "updated": "Uppdaterad den dag",
    "url": "Adress",
    "version": "Version",
    "way": "Hur man lär sig",
    "what": "Vad",
    "where": "Var",
    "who": "Vilka som möter den",
    "why": "Varför",
}
READINGS = {
    "confirmed": "bekräftad mot det beslutade dokumentet",
    "clear": "tydlig i källan",
    "probable": "trolig, väntar på att bekräftas",
    "uncertain": "osäker, väntar på att bekräftas",
}
# What a list's button adds, if not a text; "" is the list that is a file of its own.
ADDED = {
    "": "en fråga",
    "ask": "en fråga",
    "cases": "ett exempel att bedöma",
    "checks": "en prövning",
    "claims": "ett löfte",
    "documents": "ett dokument",
    "exceptions": "ett undantag",
    "exercises": "en övning",
    "faults": "en brist",
    "learning": "en väg",
    "links": "en länk",
    "mends": "något som är lagat",
    "notes": "något som är lämnat",
    "origins": "en del",
    "parts": "en del av organisationen",
    "points": "en punkt",
    "principles": "en utgångspunkt",
    "process": "ett steg",
    "scale": "ett steg",
    "slides": "en bild",
    "steps": "ett steg",
    "support": "ett exempel eller förtydligande",
    "unreasonable": "något som är oskäligt betungande",
    "untested": "något som inte är prövat",
}
# The form adds nothing to these: a level, an area or a role needs more than its own entry.
FIXED = {("framework.yml", "levels"), ("areas.yml", ""), ("roles.yml", "roles")}
# What the guide says of its own tables.
_ELSEWHERE = re.compile(
    r",? [sS]e (nästa tabell|tabellen efter den|den sista tabellen|Lägg till sökord\.)| i framework\.yml"
)
# Words of the files, not of the form; the names left out are Swedish words too.
_WRITTEN = {"true", "id", "yml", *FIELDS} - {"text", "version", "definition", "motivation", "process"}
# Which table of framework/README.md explains which model: how the heading or the text above it begins.
_TABLES = {
    "`site.yml`": "Site",
    "`framework.yml`": "Basics",
    "`areas.yml`": "Area",
    "`roles.yml`": "Role",
    "`competences/1.1.yml`": "Competence",
    "`questions.yml`": "Question",
    "`sources.yml`": "Sources",
    "`workshop.yml`": "Workshop",
    "`accessibility.yml`": "Accessibility",
    "En text i `sections`": "Section",
    "Under `expected`": "Expected",
    "En punkt under `support`": "SupportText",
    "`support/kulturskolan.yml`": "LocalSupport",
    "En egen stödtext i `support`": "LocalText",
    "En bild i `slides`": "WorkshopSlide",
    "Ett råd i `guide`": "Passage",
}


class Choice(NamedTuple):
    """A file that can be opened: its name in the project, and what it is called."""

    name: str
    title: str


def choices(framework: Framework) -> Iterator[tuple[str, list[Choice]]]:
    """Yield the files in groups, each with its heading."""
    absent = {WORKSHOP: not framework.workshop.is_there, ROLES: not framework.roles}
    whole = [Choice(f"framework/{name}", title) for name, title in TITLES.items() if not absent.get(name)]
    yield "Hela ramverket", whole
    if framework.local:
        names = {part.id: part.name for part in framework.parts}
        local = [Choice(f"framework/support/{own.part}.yml", names[own.part]) for own in framework.local]
        yield "Delarnas egna stödtexter", local
    for area in framework.areas:
        files = [
            Choice(f"framework/competences/{item.id}.yml", f"{item.id} {item.title}")
            for item in framework.by_area[area.id]
        ]
        if files:
            yield f"Kompetenser: {area.id}. {area.name}", files


def explanations(readme: str) -> dict[tuple[str, str], str]:
    """Return (model, field) → what the field is, from the tables of `framework/README.md`."""
    found: dict[tuple[str, str], str] = {}
    model = ""
    for line in readme.splitlines():
        if line.startswith("#") or line.endswith(":"):
            model = next((name for begin, name in _TABLES.items() if line.lstrip("# ").startswith(begin)), "")
        elif model and (row := re.fullmatch(r"\| (`\w+`(?:, `\w+`)*) \| (?:ja|nej) \| (.*) \|", line)):
            text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", row[2]).replace("`", "").replace("*", "")
            text = _ELSEWHERE.sub("", text)
            found |= {(model, field): text for field in re.findall(r"\w+", row[1])}
    return found


def for_the_form(explanation: str, label: str) -> str:
    """Return what the guide says of a field, unless that is its label or how it is written."""
    words = re.findall(r"\w+", explanation)
    known = len(words) < 2 or explanation.rstrip(".") == label or _WRITTEN & set(words)
    if known:
        return ""
    return explanation.replace("Saknas fältet", "Är det tomt").replace(", inom citattecken", "")
