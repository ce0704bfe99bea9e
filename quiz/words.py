"""Every Swedish sentence of the self-check; the rules decide which applies.

Templates call those of the first group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quiz.protocol.rating import AnswerState, AreaDone
    from quiz.protocol.reply import ErrorCode
    from quiz.protocol.request import NoLevel, SheetMode
    from quiz.protocol.result import StatusCode

NO_BREAK_SPACE = "\u00a0"
NUMBERS = (
    *("noll", "en", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


# How things are said


def listed(items: Iterable[object]) -> str:
    """Return an enumeration: «2, 3 och 4»."""
    *first, last = [str(item) for item in items] or [""]
    return f"{', '.join(first)} och {last}" if first else last


def spans(numbers: Iterable[int]) -> str:
    """Return the runs of rising numbers: «1–5 och 7»."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        start = runs.pop()[0] if runs and runs[-1][1] + 1 == number else number
        runs.append((start, number))
    return listed(f"{start}–{end}" if start < end else start for start, end in runs)


def number_word(number: int) -> str:
    """Return «sju» for 7; numbers above twelve stay digits."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else thousands(number)


def thousands(number: int) -> str:
    """Return «2 000» for 2000, with a no-break space."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE)


def in_sentence(name: str) -> str:
    """Return a role's name inside a sentence: «chef» for Chef, but «IT-samordnare»."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def roles(names: Iterable[str]) -> str:
    """Return roles' names inside a sentence: «chef och systemägare»."""
    return listed(map(in_sentence, names))


def swedish_date(text: str) -> str | None:
    """Return «2 september 2024» for "2024-09-02", None for no date."""
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not "".join(parts).isdecimal() or not text.isascii():
        return None
    year, month, day = map(int, parts)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (year and 1 <= month <= 12 and 1 <= day <= days[month - 1]):
        return None
    return f"{day} {MONTHS[month - 1]} {year}"


# Errors and notices

ERRORS: Mapping[ErrorCode, str] = {
    "not_ready": "Självskattningen har inte startat än. Vänta lite och försök igen.",
    "too_large": "Det du har skrivit är för långt. Korta texterna och försök igen.",
    "not_json": "Självskattningen kunde inte läsa svaren från sidan. Dina svar finns kvar på sidan.",
    "not_object": "Självskattningen kunde inte läsa svaren från sidan. Dina svar finns kvar på sidan.",
    "unknown_kind": "Självskattningen känner inte till det som sidan bad om. Dina svar finns kvar på sidan.",
    "internal": "Något gick fel i självskattningen. Dina svar finns kvar på sidan.",
}
QUESTIONS_TEXT = "Texten med dina frågor"


def example_text(competence_id: str) -> str:
    """Name the reader's example, to begin a sentence."""
    return f"Exemplet till {competence_id}"


def cut(name: str, length: int) -> str:
    """Say that the text called `name` was cut."""
    return f"{name} ryms inte. Bara de första {thousands(length)} tecknen tas med."


# What there is to rate

NO_ROLE = "Välj minst en roll, så får du se vilken nivå som förväntas."
SOME_ROLES_ONLY = "Området gäller bara vissa roller. Välj din roll först."
ONLY_PENDING = "Svara på om du uppfyller stegen under, så visas din nivå."
NOTHING_ANSWERED = "Du har inte besvarat någon kompetens än."


def not_for_roles(names: Iterable[str]) -> str:
    """Say that an area has nothing for these roles."""
    return f"Området gäller inte {roles(names)}. Välj ett annat område."


def not_relevant(names: Iterable[str]) -> str:
    """Say for which roles a competence is not relevant."""
    return f"Ej relevant för {roles(names)}"


def outside(ids: Sequence[str]) -> str:
    """Say that answers about `ids`, if any, are kept though left out."""
    if not ids:
        return ""
    one = "Ditt svar", "Det", ids[0]
    yours, they, which = one if len(ids) == 1 else ("Dina svar", "De", "kompetenserna")
    kept = f"{yours} på {listed(ids)} finns kvar. {they} visas inte här"
    return f"{kept}, för {which} ingår inte i det du har valt."


def time(low: int, high: int) -> str:
    """Say how many minutes something takes."""
    return f"ungefär {low} minuter" if low == high else f"ungefär {low}–{high} minuter"


# Answers and the staircase

NO_LEVEL: Mapping[NoLevel, str] = {
    "unknown": "Jag vet inte",
    "unclear": "Jag förstår inte frågan",
    "not_relevant": "Inte aktuellt i mina uppgifter",
}
UNANSWERED = "Inte besvarad"
STATES: Mapping[AnswerState, str] = {
    "unanswered": UNANSWERED,
    "pending": "Väntar på svar om trappan",
    **dict(NO_LEVEL.items()),
}
LISTS: Mapping[AnswerState, str] = {
    "unknown": "Här vet du inte vilken nivå du har",
    "unclear": "Här förstår du inte frågan",
    "not_relevant": "Det här är inte aktuellt i dina uppgifter",
    "pending": "Här saknas svar om trappan",
    "unanswered": "Det här har du inte besvarat",
}


def level(number: int) -> str:
    """Return «Nivå 3»."""
    return f"Nivå {number}"


def meets(step: int) -> str:
    """Ask about a step below the one picked."""
    return f"Uppfyller du också nivå {step}?"


def answer_also(steps: Iterable[int]) -> str:
    """Ask for the answers that still decide."""
    return f"Svara också på om du uppfyller nivå {listed(steps)}. Innan dess är din nivå inte klar."


def carried(steps: Iterable[int], pick: int) -> str:
    """Say that the staircase carries the pick."""
    return f"Du uppfyller också nivå {listed(steps)}. Du står därför på nivå {pick}."


def not_carried(pick: int, unmet: Sequence[int], reached: int) -> str:
    """Say that the staircase carries less than the pick, and why."""
    are = "är inte uppfylld" if len(unmet) == 1 else "är inte uppfyllda"
    return f"Du valde nivå {pick}, men nivå {listed(unmet)} {are} än. Du står därför på nivå {reached}."


def earlier(reached: int | None, state: str) -> str:
    """Say what was answered the last time."""
    return f"Förra gången: nivå {reached}." if reached else f"Förra gången svarade du «{state}»."


def said(reached: int | None, state: str) -> str:
    """Say what is answered: a level, or `state`."""
    return f"Din nivå är {reached}." if reached else f"Du svarade «{state}»."


# What is expected

#: Marks an expected level from a damaged source, not confirmed.
STAR = "*"
STAR_NOTE = "Nivåer märkta * väntar på att bekräftas."
STAR_SHEET = "Nivån väntar på att bekräftas."
STATUS: Mapping[StatusCode, str] = {
    "develop": "Att utveckla",
    "in_line": "I linje med rollen",
    "above": "Kan stötta kollegor",
}
#: How the result names the competences of each status.
KINDS: Mapping[StatusCode, str] = {
    **STATUS,
    "above": "Här kan du stötta kollegor",
    "no_role": "Dina nivåer",
    **dict(LISTS.items()),
}


def with_level(name: str, number: int | None) -> str:
    """Name a competence with its level."""
    return f"{name} (nivå {number})"


def expected(number: int, star: str) -> str:
    """Say which level is expected."""
    return f"Förväntad nivå är {number}{star}."


def asked_by(levels: Sequence[tuple[str, int]], star: str) -> str:
    """Say which level is expected of which role; `levels` are pairs of a role's name and its level."""
    names: dict[int, list[str]] = {}
    for name, number in levels:
        names.setdefault(number, []).append(name)
    top, *lower = sorted(names, reverse=True)
    which = "rollen" if len(names[top]) == 1 else "rollerna"
    first = f"Förväntad nivå är {top}{star}, för {which} {roles(names[top])}."
    return " ".join([first, *(f"För {roles(names[number])} är den {number}{star}." for number in lower)])


# The next step

TOP_STEP = "Du står på trappans översta steg."


def next_step(reached: int, wanted: int | None) -> str:
    """Introduce the step above `reached` by what is expected."""
    if wanted is None:
        return f"Nästa trappsteg är nivå {reached + 1}."
    if reached + 1 < wanted:
        return f"Nästa trappsteg på väg mot nivå {wanted}."
    if reached < wanted:
        return "Nästa trappsteg är den nivå som förväntas i din roll."
    if reached == wanted:
        return "Du är i linje med rollen. Vill du vidare är det här nästa trappsteg."
    return "Din nivå är högre än den som förväntas i din roll. Vill du vidare är det här nästa trappsteg."


def dropped(phrases: Sequence[str]) -> str:
    """Say which reservations of the level below are gone, if any."""
    return f"Det här finns inte med längre: {listed(f'«{phrase}»' for phrase in phrases)}." if phrases else ""


def kind(name: str, whose: str) -> str:
    """Name the kind of a support text, and whose it is if not everyone's."""
    return f"{name}, {whose}" if whose else name


def no_support(number: int) -> str:
    """Say that a step has no support, and what to do then."""
    return f"Stödet har inget om nivå {number}. Kom överens med din chef om hur du kan lära dig mer."


# At the end of an area


def area_done(area: str, left: Sequence[str]) -> AreaDone:
    """Say that an area is over, what is left, and what to do now."""
    now = "Du kan gå vidare, eller göra något av det här:"
    if left:
        return {"title": f"Område {area} är slut.", "text": f"Inte besvarat än: {listed(left)}. {now}"}
    return {"title": f"Klart med område {area}.", "text": now}


# What to bring to the talk; {} is where the competence, or the competences, are spoken of

ONWARD = ("Prata om vad du vill lära dig härnäst.", "Allt du har skattat är i linje med rollen.")
GO_ON = (
    "Fortsätt med det du inte har besvarat än, eller ta upp det på samtalet.",
    "Det du har besvarat hittills är i linje med rollen.",
)
SUGGESTIONS: Mapping[NoLevel, tuple[str, str]] = {
    "unclear": ("Fråga vad {} betyder i din roll", "Du svarade att du inte förstår frågan."),
    "unknown": (
        "Gå igenom {} tillsammans, med exempel från ditt jobb",
        "Du svarade att du inte vet din nivå.",
    ),
    "not_relevant": (
        "Stäm av om {} ingår i dina uppgifter",
        "Du svarade att de inte är aktuella. I din roll förväntas en nivå i var och en av dem.",
    ),
}
UNCLEAR_WITHOUT_ROLES = "Fråga vad {} betyder i ditt arbete"
STEP_AT_EACH = "Nästa trappsteg står vid varje kompetens."
THESE_COMPETENCES = "de här kompetenserna"


def support_colleagues(name: str) -> str:
    """Suggest to speak of supporting colleagues."""
    return f"Berätta att du kan stötta kollegor i {name}."


def level_and_expected(reached: int, wanted: int, star: str) -> str:
    """Give the reason when a level is not the expected one."""
    return f"Din nivå är {reached}, förväntad är {wanted}{star}."


def reach(step: int, name: str) -> str:
    """Suggest to speak of the way to a level."""
    return f"Prata om hur du når nivå {step} i {name}."


def motivation(area: str, answer: str) -> tuple[str, str]:
    """Suggest to speak of motivation, with the reason."""
    return (
        f"Prata om vad som påverkar din motivation i område {area}.",
        f"Om motivationen svarade du «{answer}».",
    )


ADDED = "Du har själv valt det här."


def talk_about(name: str) -> str:
    """Name a competence that the reader has added."""
    return f"Prata om {name}."


def enough(most: int) -> str:
    """Say that no more can be chosen."""
    return f"Välj högst {number_word(most)}, så räcker tiden. Ta bort något om du vill lägga till."


def not_my_task(asking: str) -> str:
    """Give the reason to check what is relevant; `asking` says which role it is for."""
    return f"Du svarade att den inte är aktuell. {asking}"


# The sheet

SHEET_TITLE = "Underlag till samtal om digital kompetens"
SHEET_EMPTY = "Bladet är tomt. Välj vad som ska med, eller skriv en egen fråga."
QUESTIONS = "Mina egna frågor"
NO_ROLE_CHOSEN = "Ingen roll vald"
#: What the sheet is made of; the first until the reader chooses.
SHEET_MODES: Mapping[SheetMode, str] = {
    "main": "Det viktigaste",
    "all": "Allt",
    "own": "Jag väljer själv",
}
#: Section id → heading and columns (none for plain text).
SHEET_SECTIONS: Mapping[str, tuple[str, list[str]]] = {
    "roles": ("Roll", []),
    "talk": ("Det här vill jag prata om", ["Kompetens", "Min nivå", "Förväntad nivå", "Nästa trappsteg"]),
    "suggestion": ("Att ta upp på samtalet", ["Förslag", "Varför"]),
    "questions": (QUESTIONS, []),
    "level": ("Min nivå", ["Kompetens", "Min nivå", "Förväntad nivå", "Jämfört med rollen"]),
    "list": ("Utan nivå", ["Mitt svar", "Kompetenser"]),
    "next": ("Nästa trappsteg", ["Kompetens", "Nivå", "Beskrivning"]),
    "example": ("Exempel från jobbet", ["Kompetens", "Exempel"]),
    "motivation": ("Motivation", ["Område", "Mitt svar"]),
}
#: Room for what is agreed on.
AGREED = "Det här kom vi överens om"


def stamp(title: str, version: str, date: str) -> str:
    """Name the framework; `date` is yyyy-mm-dd."""
    return f"{title}, version {version}, {swedish_date(date) or date}"


def printed(date: str | None) -> str:
    """Say when the sheet was printed, if known."""
    return f"Utskrivet {date}" if date else ""


# The code of levels

CODE_EMPTY = "Skriv koden i rutan."
CODE_SLIP = "Koden stämmer inte. Jämför den tecken för tecken med den du skrev ner."
CODE_OF_OTHER = "Koden är gjord innan ramverket ändrades, så den går inte att läsa. Skatta dig på nytt."


def code_sign(sign: str) -> str:
    """Say that a sign is in no code."""
    return f"Tecknet {sign} finns inte i någon kod. Se efter om det ska vara ett annat."


def code_of_version(version: str, now: str) -> str:
    """Say that a code is of another version."""
    return (
        f"Koden är gjord med version {version} av ramverket. Nu gäller version {now}, så skatta dig på nytt. "
        "På sidan Vad är nytt ser du vad som har ändrats."
    )
