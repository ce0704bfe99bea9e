"""The success criteria of WCAG 2.2 on levels A and AA, and where EN 301 549 V3.2.1 has the same requirement.

Chapter 9 of EN 301 549, the law's standard, repeats WCAG 2.1; the number is 9 and the criterion's.
"""

from __future__ import annotations

from typing import NamedTuple


class Criterion(NamedTuple):
    """A success criterion: its number, its level, what it asks for in plain Swedish, whether 2.2 added it."""

    id: str
    level: str
    name: str
    new: bool = False

    @property
    def en(self) -> str | None:
        """Its number in EN 301 549 V3.2.1, where it has one."""
        return None if self.new else f"9.{self.id}"


PRINCIPLES = {"1": "Möjlig att uppfatta", "2": "Hanterbar", "3": "Begriplig", "4": "Robust"}
# The one that WCAG 2.2 removed; pages in HTML always meet it, according to the note in WCAG 2.1.
OBSOLETE = "4.1.1"
CRITERIA = (
    Criterion("1.1.1", "A", "Bilder har text i stället"),
    Criterion("1.2.1", "A", "Ljud eller film för sig finns som text"),
    Criterion("1.2.2", "A", "Film har text till ljudet"),
    Criterion("1.2.3", "A", "Film är syntolkad eller finns som text"),
    Criterion("1.2.4", "AA", "Film i direktsändning har text"),
    Criterion("1.2.5", "AA", "Film är syntolkad"),
    Criterion("1.3.1", "A", "Rubriker, listor och tabeller är märkta som det de är"),
    Criterion("1.3.2", "A", "Texten läses i rätt ordning"),
    Criterion("1.3.3", "A", "Anvisningar bygger inte bara på form eller plats"),
    Criterion("1.3.4", "AA", "Sidan fungerar både stående och liggande"),
    Criterion("1.3.5", "AA", "Fält för egna uppgifter är märkta"),
    Criterion("1.4.1", "A", "Färg är inte det enda som visar något"),
    Criterion("1.4.2", "A", "Ljud går att stänga av"),
    Criterion("1.4.3", "AA", "Text syns mot sin bakgrund"),
    Criterion("1.4.4", "AA", "Texten går att förstora till det dubbla"),
    Criterion("1.4.5", "AA", "Text är text, inte bild"),
    Criterion("1.4.10", "AA", "Sidan skrollar åt ett håll när den förstoras"),
    Criterion("1.4.11", "AA", "Knappar, fält och bilder syns mot sin bakgrund"),
    Criterion("1.4.12", "AA", "Avstånden i texten går att öka"),
    Criterion("1.4.13", "AA", "Det som visas vid pekaren går att nå och stänga"),
    Criterion("2.1.1", "A", "Allt går att göra med tangentbord"),
    Criterion("2.1.2", "A", "Ingen fastnar med tangentbordet"),
    Criterion("2.1.4", "A", "Enstaka bokstäver är inte kommandon"),
    Criterion("2.2.1", "A", "Tidsgränser går att förlänga"),
    Criterion("2.2.2", "A", "Det som rör sig går att stoppa"),
    Criterion("2.3.1", "A", "Inget blinkar snabbt"),
    Criterion("2.4.1", "A", "Det går att hoppa över menyn"),
    Criterion("2.4.2", "A", "Varje sida har en titel"),
    Criterion("2.4.3", "A", "Tabb går i en ordning som är logisk"),
    Criterion("2.4.4", "A", "Länkar säger vart de leder"),
    Criterion("2.4.5", "AA", "Det finns flera vägar till varje sida"),
    Criterion("2.4.6", "AA", "Rubriker och etiketter säger vad de gäller"),
    Criterion("2.4.7", "AA", "Det syns var du är"),
    Criterion("2.4.11", "AA", "Inget täcker det du står på", new=True),
    Criterion("2.5.1", "A", "Ett finger räcker"),
    Criterion("2.5.2", "A", "Ett tryck går att ångra"),
    Criterion("2.5.3", "A", "Knappens namn är det som står på den"),
    Criterion("2.5.4", "A", "Ingen behöver skaka eller luta enheten"),
    Criterion("2.5.7", "AA", "Ingen behöver dra något", new=True),
    Criterion("2.5.8", "AA", "Det du trycker på är stort nog", new=True),
    Criterion("3.1.1", "A", "Sidans språk är märkt"),
    Criterion("3.1.2", "AA", "Delar på andra språk är märkta"),
    Criterion("3.2.1", "A", "Inget händer bara för att du kommer dit"),
    Criterion("3.2.2", "A", "Inget oväntat händer när du fyller i"),
    Criterion("3.2.3", "AA", "Menyn är likadan överallt"),
    Criterion("3.2.4", "AA", "Samma sak heter likadant överallt"),
    Criterion("3.2.6", "A", "Hjälpen står på samma plats", new=True),
    Criterion("3.3.1", "A", "Fel pekas ut med ord"),
    Criterion("3.3.2", "A", "Fält har etiketter"),
    Criterion("3.3.3", "AA", "Fel får ett förslag"),
    Criterion("3.3.4", "AA", "Det som är viktigt går att ångra"),
    Criterion("3.3.7", "A", "Ingen behöver skriva samma sak igen", new=True),
    Criterion("3.3.8", "AA", "Inloggning kräver inget minne", new=True),
    Criterion("4.1.2", "A", "Knappar och fält har namn och läge"),
    Criterion("4.1.3", "AA", "Besked läses upp av sig själva"),
)
# What the site promises beyond the criteria.
TOPICS = {
    "utan-javascript": "Sidorna fungerar utan JavaScript",
    "installningar": "Sidorna följer datorns inställningar",
    "utskrift": "Sidorna går att skriva ut",
}
KNOWN = frozenset([*(criterion.id for criterion in CRITERIA), *TOPICS])
