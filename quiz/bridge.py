"""The only door for JavaScript: `use` takes the framework once, `handle` answers every request.

Requests and replies are JSON text. No answer is kept between requests: a request
holds all that the reader has said, its reply all that the page is to show. The
same request always gives the same reply, byte for byte. A reply's texts are
Swedish and meant for the reader; JavaScript adds none of its own.

REQUEST
=======
Every field but `kind` may be left out. What cannot be understood is disregarded,
listed in the reply's `ignored`, and costs nothing else of the request.

    {"id": 7,                      whole number, comes back in the reply; null when left out
     "kind": "state",              or "ping", which only asks whether Python is ready
     "roles": ["bibliotekarie"],   role ids; the order does not matter
     "scope": "all",               or an area id: rate that area only
     "answers": {
       "1.1": {"pick": 4,          the level picked, 1-5
               "met": {"2": true, "3": false},    answers to the staircase questions; null = unanswered
               "example": "..."},  the reader's own example
       "1.2": {"none": "unknown"}  or "unclear" or "not_relevant"; goes before a pick
     },
     "motivation": {"1": 3},       area id: place on the scale, 1-5
     "today": "2026-11-23",        for the sheet's date
     "sheet": {"ticked": ["level:1.1"],           ids from the reply's sheet.groups
               "questions": "...", "notes": "..."}}

Texts of the reader longer than `LONGEST_TEXT` characters are cut, and `notices` says so.
Answers about competences outside the chosen roles and scope are kept apart (`plan.outside`).
Without a role the competences that all roles share can be rated, but not compared.
A tick whose item is not on offer, since an answer has changed, is let be.

REPLY
=====
One line a field; `[]` is a list, `?` means that the field may be null.

    id?                     the request's id
    ok                      true; false for an error
    kind                    the request's kind
    error.code              instead of all below: "not_ready", "too_large", "not_json", "not_object",
                            "unknown_kind" or "internal"
    error.message           a sentence for the reader
    error.detail            for developers: the kind of fault, never anything that the reader wrote
    framework.title         answers a ping, and stands in every state reply
    framework.version
    framework.date          "2 september 2024"
    ignored[]               what was disregarded, as places: "answers.9.9", "roles[0]"
    notices[]               sentences about texts that were cut

    plan.ready              whether there is anything to rate
    plan.missing            a sentence on what is missing: no role, or nothing to rate; else empty
    plan.roles[].id         the chosen roles, in the framework's order
    plan.roles[].name
    plan.scope              "all" or an area id
    plan.time               "ungefär 18–21 minuter"
    plan.time_why           a sentence on how the time was reckoned
    plan.areas[].id         the areas to rate, in order, each with its competences
    plan.areas[].name
    plan.areas[].competences[]          ids, in order
    plan.not_relevant[].id  what the framework says is not relevant for the roles
    plan.not_relevant[].title
    plan.not_relevant[].text            "Ej relevant för systemägare"
    plan.outside.ids[]      competences that are answered but outside the plan
    plan.outside.text       a sentence about them; empty when there are none

    progress.answered       how many have a complete answer
    progress.of             how many there are
    progress.text           "7 av 12 besvarade"
    progress.left[]         ids of those without a complete answer

    competences[].id        every competence of the plan, in order
    competences[].area
    competences[].title
    competences[].state     "unanswered", "pending" (staircase questions left), "level", "unknown",
                            "unclear" or "not_relevant"
    competences[].state_text            "Nivå 2", "Inte besvarad", "Jag vet inte"
    competences[].pick?     the level picked
    competences[].level?    the level that the staircase carries; only in the state "level"
    competences[].ladder.text           "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står ..."
    competences[].ladder.questions[].level      the steps to ask about, lowest first; none for picks 1 and 2
    competences[].ladder.questions[].question   "Uppfyller du också nivå 2?"
    competences[].ladder.questions[].text       the step's descriptor
    competences[].ladder.questions[].met?       the answer; null when unanswered
    competences[].ladder.unanswered[]           levels whose answer still decides the outcome

  The rest of a competence is left out until it is answered (a level, or one of the three
  kinds of no level): rate first, then see.

    competences[].level_name            what the framework calls the level; empty without one
    competences[].expected? null when no role is chosen
    competences[].expected.level        the highest of the roles'
    competences[].expected.text         "Nivå 4"
    competences[].expected.name         what the framework calls that level
    competences[].expected.roles[].id   the chosen roles that the competence applies to, each with its level
    competences[].expected.roles[].name
    competences[].expected.roles[].level
    competences[].expected.asked_by     "Förväntad nivå är 4, för rollen systemansvarig. För chef är den 3."
    competences[].expected.note         "Läst ur skadat underlag, ..." or empty
    competences[].status.code           "develop", "in_line", "above", "no_role", or the state without a level
    competences[].status.text           "Att utveckla", "I linje med rollen", "Kan stötta kollegor", ...
    competences[].summary   "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla."
    competences[].picture.text          the picture in words
    competences[].picture.steps[].level     five steps, lowest first
    competences[].picture.steps[].mine      whether the reader stands there
    competences[].picture.steps[].expected  whether it is the expected level
    competences[].picture.steps[].text      "Din nivå", "Förväntad nivå", both, or empty
    competences[].next?     the next step; null without a level
    competences[].next.lead             a sentence that introduces it; on the top step that is all there is
    competences[].next.level?           null on the top step
    competences[].next.name             what the framework calls the level
    competences[].next.pieces[].text    the descriptor in pieces; joined they are the descriptor
    competences[].next.pieces[].new     whether the piece is new compared with the reader's level
    competences[].next.dropped          what the level below says and this one does not, or empty:
                                        "Det här står inte längre med: «till viss del»."
    competences[].next.examples[].kind          from the support, about that level or else about all
    competences[].next.examples[].text
    competences[].next.examples[].links[].text  words of the text that lead to
    competences[].next.examples[].links[].url
    competences[].next.activities[].kind        likewise: learning activities
    competences[].next.activities[].text
    competences[].next.activities[].links[].text
    competences[].next.activities[].links[].url

    motivation[].area       every area of the plan, in order
    motivation[].name
    motivation[].statement
    motivation[].answer?    place on the scale, 1-5
    motivation[].text       the scale's own words, or "Inte besvarad"

    result.empty            a sentence while nothing is answered; else empty
    result.lists[].kind     competences without a level: a state; empty lists are left out
    result.lists[].title    "Här vet du inte vilken nivå du har"
    result.lists[].items[].id
    result.lists[].items[].title
    result.suggestions[].id             at most five, for the talk: "below:1.1", "motivation:2", "onward";
                                        "unclear", "unknown" or "not_relevant" alone where one suggestion
                                        speaks of several competences, "unclear:1.1" where of one
    result.suggestions[].text
    result.suggestions[].reason

    sheet.groups[].id       what can be ticked now, by section
    sheet.groups[].heading
    sheet.groups[].items[].id           "level:1.1"; a suggestion's is "suggestion:" and its own id
    sheet.groups[].items[].label
    sheet.groups[].items[].ticked
    sheet.document.title    the sheet of what is ticked
    sheet.document.framework            title, version and date of the framework
    sheet.document.date     "Utskrivet 23 november 2026", or empty when the request has no date
    sheet.document.sections[].id        one a section with something ticked
    sheet.document.sections[].heading
    sheet.document.sections[].columns[] headings of a table; none when the rows are plain text
    sheet.document.sections[].rows[][]  as many cells as there are columns, or one
    sheet.document.sections[].note      explains an asterisk in the rows, or empty
    sheet.text              the same sheet as plain text
    sheet.empty             a sentence when nothing is ticked; else empty
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

from quiz.ladder import NO_LEVEL, PENDING, TOP, UNANSWERED, Answer, asked, listed
from quiz.profile import (
    NO_BREAK_SPACE,
    Competence,
    Framework,
    applies,
    not_relevant,
    role_words,
    time_text,
    time_why,
)
from quiz.report import (
    areas_of,
    competence_reply,
    motivation_reply,
    no_level_lists,
    progress,
    suggestions,
)
from quiz.sheet import items, sheet, swedish_date

LONGEST_TEXT = 2_000
LONGEST_REQUEST = 20_000_000
DEEPEST_REQUEST = 20
MOST_IGNORED = 50

_framework: Framework | None = None

_MESSAGES = {
    "not_ready": "Självskattningen har inte startat än. Vänta lite och försök igen.",
    "too_large": "Det du har skrivit är för långt. Korta texterna och försök igen.",
    "not_json": "Självskattningen kunde inte läsa svaren från sidan. Dina svar finns kvar på sidan.",
    "not_object": "Självskattningen kunde inte läsa svaren från sidan. Dina svar finns kvar på sidan.",
    "unknown_kind": "Självskattningen känner inte till det som sidan bad om. Dina svar finns kvar på sidan.",
    "internal": "Något gick fel i självskattningen. Dina svar finns kvar på sidan.",
}


def use(framework_json: str) -> None:
    """Take the framework to answer from: the text of `framework.json`, made by the site's build.

    Raises ValueError when the text is not JSON.
    """
    global _framework
    _framework = json.loads(framework_json)


def handle(request_json: str) -> str:
    """Return the reply to a request, both as JSON text. Never raises."""
    request_id = None
    try:
        request = _parse(request_json)
        request_id = _whole(request.get("id"))
        reply = {"id": request_id, "ok": True, **_answer(request)}
    except _RequestError as refused:
        reply = _error(request_id, refused.code, refused.detail)
    except Exception as fault:
        reply = _error(request_id, "internal", _where(fault))
    return json.dumps(reply, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class _RequestError(Exception):
    """A request that cannot be answered: why, as a key of `_MESSAGES`, and a word for developers."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def _error(request_id: int | None, code: str, detail: str) -> dict[str, Any]:
    error = {"code": code, "message": _MESSAGES[code], "detail": detail}
    return {"id": request_id, "ok": False, "error": error}


def _where(fault: Exception) -> str:
    """Return the kind of fault and where it arose, without its message, which may quote the reader."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
    return f"{type(fault).__name__}{place}"


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    kind = request.get("kind")
    if kind not in ("ping", "state"):
        raise _RequestError("unknown_kind")
    framework = _framework
    if framework is None:
        raise _RequestError("not_ready")
    version = {
        "title": framework["title"],
        "version": framework["version"],
        "date": swedish_date(framework["date"]),
    }
    rest = _state(framework, _read(framework, request)) if kind == "state" else {}
    return {"kind": kind, "framework": version, **rest}


# Reading a request


def _parse(text: str) -> dict[str, Any]:
    if not isinstance(text, str):
        raise _RequestError("not_json", type(text).__name__)
    if len(text) > LONGEST_REQUEST:
        raise _RequestError("too_large")
    if _depth_exceeds(text, DEEPEST_REQUEST):
        raise _RequestError("not_json", "nesting")
    try:
        # Python refuses to read very long whole numbers; here they only count as not understood.
        request = json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 17 else inf)
    except ValueError as fault:
        raise _RequestError("not_json", type(fault).__name__) from None
    if not isinstance(request, dict):
        raise _RequestError("not_object", type(request).__name__)
    return request


def _depth_exceeds(text: str, limit: int) -> bool:
    """Whether lists and objects in JSON `text` are nested deeper than `limit`.

    Python's own parser cannot be trusted with this in a browser: there the stack
    of the browser ends before Python notices, and that cannot be caught.
    """
    if text.count("[") + text.count("{") <= limit:
        return False
    outside_strings = text.replace("\\\\", "").replace('\\"', "").split('"')[::2]
    depth = 0
    for part in outside_strings:
        for character in part:
            if character in "[{":
                depth += 1
                if depth > limit:
                    return True
            elif character in "]}":
                depth -= 1
    return False


@dataclass(frozen=True)
class _Remarks:
    """What was disregarded or cut while reading."""

    ignored: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def ignore(self, place: str) -> None:
        """Note that what stands at `place` was not understood."""
        if len(self.ignored) < MOST_IGNORED:
            self.ignored.append(_clean(place[:60]))

    def text(self, value: object, place: str, name: str) -> str:
        """Return the reader's text, without white space around it; cut when it is too long."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.ignore(place)
            return ""
        kept = value.replace("\r\n", "\n").strip()
        if len(kept) > LONGEST_TEXT:
            length = f"{LONGEST_TEXT:,}".replace(",", NO_BREAK_SPACE)
            self.notices.append(f"{name} ryms inte. Bara de första {length} tecknen tas med.")
        return _clean(kept[:LONGEST_TEXT])

    def mapping(self, value: object, place: str) -> dict[str, Any]:
        """Return `value` when it is a JSON object, else an empty one."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.ignore(place)
        return {}

    def strings(self, value: object, place: str, known: Callable[[str], bool]) -> list[str]:
        """Return the known strings of a list, each once."""
        if value is not None and not isinstance(value, list):
            self.ignore(place)
        found: dict[str, None] = {}
        for at, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, str) and known(item):
                found[item] = None
            else:
                self.ignore(f"{place}[{at}]")
        return list(found)


@dataclass(frozen=True)
class _Form:
    """What the reader has said, checked against the framework."""

    roles: list[str]
    scope: str
    answers: dict[str, Answer]
    motivation: dict[str, int]
    today: str
    ticked: list[str]
    questions: str
    notes: str
    remarks: _Remarks


def _clean(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _whole(value: object, lowest: int | None = None, highest: int | None = None) -> int | None:
    """Return `value` when it is a whole number within the bounds, else None."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        return None
    return value


def _read(framework: Framework, request: dict[str, Any]) -> _Form:
    remarks = _Remarks()
    role_ids = {role["id"] for role in framework["roles"]}
    area_ids = {area["id"] for area in framework["areas"]}
    chosen = set(remarks.strings(request.get("roles"), "roles", role_ids.__contains__))
    scope = request.get("scope")
    if not isinstance(scope, str) or scope not in {"all", *area_ids}:
        if scope is not None:
            remarks.ignore("scope")
        scope = "all"
    today = request.get("today")
    if not isinstance(today, str) or swedish_date(today) is None:
        if today is not None:
            remarks.ignore("today")
        today = ""
    sheet_request = remarks.mapping(request.get("sheet"), "sheet")
    return _Form(
        roles=[role["id"] for role in framework["roles"] if role["id"] in chosen],
        scope=scope,
        answers=_answers(framework, request.get("answers"), remarks),
        motivation=_motivation(framework, area_ids, request.get("motivation"), remarks),
        today=today,
        ticked=remarks.strings(sheet_request.get("ticked"), "sheet.ticked", lambda _: True),
        questions=remarks.text(sheet_request.get("questions"), "sheet.questions", "Texten med dina frågor"),
        notes=remarks.text(sheet_request.get("notes"), "sheet.notes", "Texten med dina anteckningar"),
        remarks=remarks,
    )


def _answers(framework: Framework, value: object, remarks: _Remarks) -> dict[str, Answer]:
    given = remarks.mapping(value, "answers")
    known = [competence["id"] for competence in framework["competences"]]
    for key in sorted(given.keys() - set(known)):
        remarks.ignore(f"answers.{key}")
    return {key: _one_answer(key, given[key], remarks) for key in known if key in given}


def _one_answer(key: str, value: object, remarks: _Remarks) -> Answer:
    place = f"answers.{key}"
    given = remarks.mapping(value, place)
    none = given.get("none")
    if none is not None and (not isinstance(none, str) or none not in NO_LEVEL):
        remarks.ignore(f"{place}.none")
        none = None
    pick = _whole(given.get("pick"), 1, TOP)
    if given.get("pick") is not None and (pick is None or none is not None):
        remarks.ignore(f"{place}.pick")
        pick = None
    met_given = remarks.mapping(given.get("met"), f"{place}.met")
    met = {}
    for level in asked(pick or 0):
        said = met_given.get(str(level))
        if isinstance(said, bool):
            met[level] = said
        elif said is not None:
            remarks.ignore(f"{place}.met.{level}")
    example = remarks.text(given.get("example"), f"{place}.example", f"Exemplet till {key}")
    return Answer(pick, none, met, example)


def _motivation(framework: Framework, area_ids: set[str], value: object, remarks: _Remarks) -> dict[str, int]:
    given = remarks.mapping(value, "motivation")
    places = len(framework["motivation"]["scale"])
    rated = {key: _whole(given[key], 1, places) for key in sorted(area_ids & given.keys())}
    for key in sorted(given):
        if rated.get(key) is None and given[key] is not None:
            remarks.ignore(f"motivation.{key}")
    return {key: place for key, place in rated.items() if place is not None}


# Writing a reply


def _state(framework: Framework, form: _Form) -> dict[str, Any]:
    competences = applies(framework, form.roles, form.scope)
    available = list(
        items(
            framework,
            competences,
            form.roles,
            form.answers,
            form.motivation,
            form.questions,
            form.notes,
        )
    )
    done = progress(competences, form.answers)
    return {
        "ignored": form.remarks.ignored,
        "notices": form.remarks.notices,
        "plan": _plan(framework, form, competences),
        "progress": done,
        "competences": [
            competence_reply(framework, item, form.roles, form.answers.get(item["id"], Answer()))
            for item in competences
        ],
        "motivation": motivation_reply(framework, competences, form.motivation),
        "result": {
            "empty": "" if done["answered"] else _empty(form, competences),
            "lists": no_level_lists(competences, form.answers),
            "suggestions": suggestions(framework, competences, form.roles, form.answers, form.motivation),
        },
        "sheet": sheet(framework, available, set(form.ticked), form.today),
    }


def _plan(framework: Framework, form: _Form, competences: list[Competence]) -> dict[str, Any]:
    inside = {item["id"] for item in competences}
    given = [key for key, answer in form.answers.items() if answer.state != UNANSWERED]
    outside = [key for key in given if key not in inside]
    return {
        "ready": bool(competences),
        "missing": _missing(framework, form, competences),
        "roles": [
            {"id": role["id"], "name": role["name"]}
            for role in framework["roles"]
            if role["id"] in form.roles
        ],
        "scope": form.scope,
        "time": time_text(competences) if competences else "",
        "time_why": time_why(competences) if competences else "",
        "areas": [
            {
                "id": area["id"],
                "name": area["name"],
                "competences": [item["id"] for item in competences if item["area"] == area["id"]],
            }
            for area in areas_of(framework, competences)
        ],
        "not_relevant": [
            {"id": item["id"], "title": item["title"], "text": text}
            for item, text in not_relevant(framework, form.roles, form.scope)
        ],
        "outside": {"ids": outside, "text": _outside(outside)},
    }


def _empty(form: _Form, competences: list[Competence]) -> str:
    states = [form.answers[item["id"]].state for item in competences if item["id"] in form.answers]
    if PENDING in states:
        return "Svara på om du uppfyller stegen under, så visas din nivå."
    return "Du har inte besvarat någon kompetens än."


def _outside(ids: list[str]) -> str:
    if not ids:
        return ""
    yours, they = ("Ditt svar", "det") if len(ids) == 1 else ("Dina svar", "de")
    kept = f"{yours} på {listed(ids)} finns kvar men visas inte här"
    return f"{kept}, för {they} gäller inte det du har valt nu."


def _missing(framework: Framework, form: _Form, competences: list[Competence]) -> str:
    if competences:
        return "" if form.roles else "Välj minst en roll, så får du se vilken nivå som förväntas."
    if not form.roles:
        return "Området gäller bara vissa roller. Välj din roll först."
    return f"Området gäller inte {listed(role_words(framework, form.roles))}. Välj ett annat område."
