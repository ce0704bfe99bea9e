"""The door between the page and the rules: what a request gives, and that none makes it fail."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.model import Framework as Model
from macros.site.publish import framework_json
from quiz import bridge, code, words
from quiz.ladder import Answer
from quiz.profile import UNSURE_READINGS
from quiz.protocol.framework import FrameworkData
from quiz.protocol.reply import CodeReply, ErrorCode, Pong, Refusal, Reply, State
from quiz.request import LONGEST_REQUEST, MOST_IGNORED
from quiz.result import MOST_NAMED
from quiz.suggestions import MOST_SUGGESTIONS
from quiz.words import swedish_date
from tests.fuzz import JSON, LEVELS, forms
from tests.project import with_local
from tests.shapes import found, leaves, paths
from tests.vectors import every_tick, vectors

ROOT = Path(__file__).resolve().parent.parent

quiet = settings(derandomize=True, max_examples=60)


@pytest.fixture(scope="module")
def decided_text(decided: Model) -> str:
    """The framework of version 1.0 as JSON text, handed to the bridge."""
    text = framework_json(decided)
    bridge.use(text)
    return text


@pytest.fixture(autouse=True)
def handed(decided_text: str) -> None:
    """The bridge has the framework, whatever a test between these gave it."""
    bridge.use(decided_text)


@pytest.fixture(scope="module")
def quiz(decided_text: str) -> dict[str, Any]:
    """The real framework, as the self-check reads it."""
    data: dict[str, Any] = json.loads(decided_text)
    return data


@pytest.fixture(scope="module")
def replies(quiz: dict[str, Any]) -> list[dict[str, Any]]:
    """The replies to all vectors."""
    return [json.loads(bridge.handle(request)) for request in vectors(quiz)]


def ask(**request: Any) -> dict[str, Any]:
    """Return the reply to a request, for the state unless it has another kind."""
    reply: dict[str, Any] = json.loads(bridge.handle(json.dumps({"kind": "state", **request})))
    return reply


def competence(reply: dict[str, Any], key: str) -> dict[str, Any]:
    """Return what the reply says about one competence while it is rated."""
    return by_id(reply["competences"], key)


def by_id(items: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """Return the item with this id."""
    (found,) = (item for item in items if item["id"] == key)
    return found


def inside(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the competences of all areas."""
    return [item for area in areas for item in area["competences"]]


def detail(reply: dict[str, Any], key: str) -> dict[str, Any]:
    """Return what the result says about one competence."""
    return by_id(inside(reply["details"]["areas"]), key)


def picture(reply: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the row of the picture of one competence."""
    row: dict[str, Any] = by_id(inside(reply["result"]["areas"]), key)["picture"]
    return row


def kinds(reply: dict[str, Any]) -> dict[str, str]:
    """Return which competences the result names, by kind."""
    return {kind["code"]: kind["text"] for kind in reply["result"]["kinds"]}


def chosen(reply: dict[str, Any]) -> list[str]:
    """Return what is chosen to talk about."""
    return [item["id"] for item in reply["talk"]["choices"] if item["chosen"]]


def ids(items: list[dict[str, Any]]) -> list[str]:
    """Return the ids of the items."""
    return [item["id"] for item in items]


def on_paper(reply: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the texts on the sheet, by section and row."""
    return {
        section["id"]: [[cell["text"] for cell in row["cells"]] for row in section["rows"]]
        for section in reply["sheet"]["document"]["sections"]
    }


def titled(quiz: dict[str, Any], key: str) -> str:
    """Return the number and the title of a competence."""
    return f"{key} {by_id(quiz['competences'], key)['title']}"


def picked(level: int) -> dict[str, Any]:
    """Return an answer that reaches this level."""
    return {"pick": level, "met": {str(step): True for step in range(2, level)}}


# The protocol

#: What no reply holds although its type allows it: a code has no text of the reader's and only the stairs
#: that were answered, and the details are of competences with a level, which have a next step.
NEVER = {
    ("said.answers{}.example", str),
    ("said.answers{}.met{}", type(None)),
    ("details.areas[].competences[].next", type(None)),
}


def test_the_protocol_is_exactly_what_replies_hold(replies: list[dict[str, Any]]) -> None:
    """Every leaf of a reply has its type in the protocol, and every leaf of the protocol occurs."""
    here = {leaf for reply in replies for leaf in found(reply, Reply)}
    assert set(leaves(Reply)) >= NEVER
    assert here == set(leaves(Reply)) - NEVER
    assert {reply["said"] is None for reply in replies if reply.get("kind") == "code"} == {True, False}


def test_every_reply_has_the_fields_of_its_kind(replies: list[dict[str, Any]]) -> None:
    """A reply has the fields of its own kind, all of them and no others."""
    shapes = {"state": State, "code": CodeReply, "ping": Pong}
    for reply in replies:
        shape = shapes[reply["kind"]] if reply["ok"] else Refusal
        assert reply.keys() == shape.__annotations__.keys()


def test_the_protocol_is_what_the_framework_holds(quiz: dict[str, Any], framework: Model) -> None:
    """`framework.json` has the fields that the protocol says, all of them where parts have own texts."""
    local: dict[str, Any] = json.loads(framework_json(with_local(framework)))
    assert set(found(quiz, FrameworkData)) <= set(leaves(FrameworkData))
    assert set(found(local, FrameworkData)) == set(leaves(FrameworkData))


@pytest.mark.parametrize("kind", get_args(ErrorCode))
def test_every_error_has_a_sentence(kind: ErrorCode) -> None:
    """There are words for whatever can go wrong."""
    assert words.ERRORS[kind].endswith(".")


def test_there_are_enough_vectors_of_every_sort(quiz: dict[str, Any], replies: list[dict[str, Any]]) -> None:
    """At least 200 different requests, with every role and state, every status, and refused ones too."""
    requests = vectors(quiz)
    assert len(requests) == len(set(requests)) >= 200
    good = [reply for reply in replies if reply["ok"] and reply["kind"] == "state"]
    assert {item["state"] for reply in good for item in reply["competences"]} == {
        *("unanswered", "pending", "level", "unknown", "unclear", "not_relevant")
    }
    assert {code for reply in good for code in kinds(reply)} == set(words.KINDS)
    assert {reply["sheet"]["mode"] for reply in good} == set(words.SHEET_MODES)
    assert {reply["message"] for reply in replies if reply["ok"] and reply["kind"] == "code"} == {
        "",
        "Skriv koden i rutan.",
        "Tecknet Ö finns inte i någon kod. Se efter om det ska vara ett annat.",
        "Tecknet _ finns inte i någon kod. Se efter om det ska vara ett annat.",
        words.CODE_SLIP,
        words.CODE_OF_OTHER,
        words.code_of_version("5.15.7", quiz["version"]),
    }
    assert {role["id"] for reply in good for role in reply["plan"]["roles"]} == {
        r["id"] for r in quiz["roles"]
    }
    assert {reply["error"]["code"] for reply in replies if not reply["ok"]} == {
        *("not_json", "not_object", "unknown_kind")
    }


@pytest.mark.slow
def test_the_same_request_gives_the_same_bytes_everywhere(
    quiz: dict[str, Any], decided_text: str, tmp_path: Path
) -> None:
    """Another process with another hash seed gives the same replies, byte for byte."""
    (tmp_path / "framework.json").write_text(decided_text, encoding="utf-8")
    (tmp_path / "vectors.json").write_text(json.dumps(vectors(quiz)), encoding="utf-8")
    program = (
        "import hashlib, json, pathlib, sys\n"
        "from quiz import bridge\n"
        "here = pathlib.Path(sys.argv[1])\n"
        "bridge.use((here / 'framework.json').read_text(encoding='utf-8'))\n"
        "asked = json.loads((here / 'vectors.json').read_text(encoding='utf-8'))\n"
        "replies = '\\n'.join(map(bridge.handle, asked))\n"
        "print(hashlib.sha256(replies.encode()).hexdigest())\n"
    )
    here = hashlib.sha256("\n".join(map(bridge.handle, vectors(quiz))).encode()).hexdigest()
    for seed in ("0", "1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == here, seed


def test_replies_are_compact_json_with_sorted_keys(quiz: dict[str, Any]) -> None:
    """A reply is UTF-8 text in one fixed form, so that equal replies are equal text."""
    for request in vectors(quiz):
        reply = bridge.handle(request)
        reply.encode("utf-8")
        again = json.dumps(json.loads(reply), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert reply == again


def test_the_quiz_needs_only_the_standard_library() -> None:
    """The package imports only itself and modules that Python in the browser has loaded anyway."""
    names = {
        name.partition(".")[0]
        for path in (ROOT / "quiz").glob("*.py")
        for name in re.findall(r"^(?:from|import) ([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert names <= {
        *("__future__", "collections", "dataclasses", "difflib", "functools", "itertools", "json", "math"),
        *("operator", "quiz", "typing"),
    }


# What a request gives


def test_ping_says_which_framework_is_in_use(quiz: dict[str, Any]) -> None:
    """A ping is answered with its id and the framework's version."""
    assert json.loads(bridge.handle('{"id": 5, "kind": "ping"}')) == {
        "id": 5,
        "ok": True,
        "kind": "ping",
        "framework": {"title": quiz["title"], "version": quiz["version"], "date": swedish_date(quiz["date"])},
    }


def test_before_the_framework_is_there_the_reader_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that comes too early gets a Swedish sentence, and its id back."""
    monkeypatch.setattr(bridge, "_framework", None)
    reply = ask(id=3)
    assert (reply["id"], reply["ok"], reply["error"]["code"]) == (3, False, "not_ready")


def test_a_reader_with_two_roles_from_answer_to_words(quiz: dict[str, Any]) -> None:
    """One competence from pick to words: the staircase lowers the level, and both roles are named."""
    answers = {"2.1": {"pick": 4, "met": {"2": True, "3": False}, "example": "Jag bjuder in till möten."}}
    reply = ask(roles=["systemansvarig", "bibliotekarie"], answers=answers, today="2026-11-23")
    assert ids(reply["plan"]["roles"]) == ["bibliotekarie", "systemansvarig"]
    found = competence(reply, "2.1")
    assert (found["pick"], found["level"], found["state_text"]) == (4, 2, "Nivå 2")
    assert (
        found["ladder"]["text"]
        == "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står därför på nivå 2."
    )
    assert kinds(reply)["develop"] == titled(quiz, "2.1")
    drawn = picture(reply, "2.1")
    assert drawn["text"] == "Din nivå är 2. Förväntad nivå är 4*."
    assert [(step["level"], step["star"]) for step in drawn["steps"]] == [
        *((1, ""), (2, ""), (3, ""), (4, "*"), (5, "")),
    ]
    assert [step["mine"] for step in drawn["steps"]] == [False, True, False, False, False]
    assert [step["expected"] for step in drawn["steps"]] == [False, False, False, True, False]
    more = detail(reply, "2.1")
    asked_by = "Förväntad nivå är 4*, för rollen systemansvarig. För bibliotekarie är den 3*."
    assert more["summary"] == f"Din nivå är 2. {asked_by} Att utveckla."
    assert (more["next"]["level"], more["example"]) == (3, "Jag bjuder in till möten.")
    assert reply["talk"]["choices"] == [
        {
            "id": "below:2.1",
            "text": f"Prata om hur du når nivå 3 i {titled(quiz, '2.1')}.",
            "reason": "Din nivå är 2, förväntad är 4*.",
            "chosen": True,
        }
    ]
    descriptor = by_id(quiz["competences"], "2.1")["levels"][2]
    assert on_paper(reply) == {
        "roles": [["Bibliotekarie, Systemansvarig"]],
        "talk": [[titled(quiz, "2.1"), "Nivå 2", "Nivå 4*", f"Nivå 3: {descriptor}"]],
        "example": [[titled(quiz, "2.1"), "Jag bjuder in till möten."]],
    }


def test_a_staircase_that_is_not_answered_is_no_answer(quiz: dict[str, Any]) -> None:
    """While a deciding question is open there is no level, and the result has the competence as waiting."""
    reply = ask(roles=["chef"], scope="1", answers={"1.1": {"pick": 3}, "1.2": {"pick": 2}})
    found = competence(reply, "1.1")
    assert (found["state"], found["level"]) == ("pending", None)
    assert [question["question"] for question in found["ladder"]["questions"]] == [
        "Uppfyller du också nivå 2?"
    ]
    assert kinds(reply) == {"develop": titled(quiz, "1.2"), "pending": titled(quiz, "1.1")}
    assert ids(inside(reply["result"]["areas"])) == ids(inside(reply["details"]["areas"])) == ["1.2"]
    assert reply["details"]["lists"] == [
        {
            "kind": "pending",
            "title": "Här saknas svar om trappan",
            "items": [{"text": titled(quiz, "1.1"), "question": "k-1.1"}],
        }
    ]


@pytest.mark.parametrize(
    ("answers", "empty"),
    [
        ({}, "Du har inte besvarat någon kompetens än."),
        ({"1.1": {"example": "Bara ett exempel."}}, "Du har inte besvarat någon kompetens än."),
        ({"1.1": {"pick": 3}}, "Svara på om du uppfyller stegen under, så visas din nivå."),
    ],
)
def test_without_an_answer_there_is_no_result(answers: dict[str, Any], empty: str) -> None:
    """Until a competence is answered a sentence replaces the result, and there is nothing to take along."""
    reply = ask(roles=["chef"], answers=answers, motivation={"2": 4})
    assert reply["result"] == {"answered": False, "empty": empty, "kinds": [], "areas": []}
    assert (reply["details"]["areas"], reply["details"]["rest"]) == ([], False)
    assert (reply["talk"]["choices"], reply["entries"], reply["code"]) == ([], {"rows": [], "text": ""}, "")
    answered = ask(roles=["chef"], answers={**answers, "1.2": {"none": "unknown"}})
    assert (answered["result"]["answered"], answered["result"]["empty"]) == (True, "")
    assert (answered["details"]["rest"], bool(answered["code"])) == (True, True)


def test_without_a_role_one_can_rate_but_not_compare() -> None:
    """Without a role the reply says so, areas 1-5 can be rated, and no expected level is shown."""
    reply = ask(answers={"1.1": {"pick": 2}, "1.2": {"none": "unknown"}})
    assert reply["plan"]["ready"]
    assert reply["plan"]["missing"].startswith("Välj minst en roll")
    assert [item["area"] for item in reply["motivation"]] == ["1", "2", "3", "4", "5"]
    assert list(kinds(reply)) == ["no_role", "unknown", "unanswered"]
    assert kinds(reply)["no_role"] == "1.1 (nivå 2)"
    assert (detail(reply, "1.1")["summary"], picture(reply, "1.1")["text"]) == ("Din nivå är 2.",) * 2
    assert not any(step["expected"] for step in picture(reply, "1.1")["steps"])
    sheet = ask(answers={"1.1": {"pick": 2}}, sheet={"mode": "own", "ticked": ["level:1.1"]})
    assert [row[1:] for row in on_paper(sheet)["level"]] == [["Nivå 2", "Ingen roll vald", ""]]


def test_the_result_names_the_competences_by_kind(quiz: dict[str, Any]) -> None:
    """The kinds come in one order, the competences in the framework's; many are named by number."""
    wanted = {item["id"]: item["expected"]["systemansvarig"] for item in quiz["competences"]}
    keys = list(wanted)
    answers: dict[str, Any] = {key: picked(1) for key in keys[: MOST_NAMED + 1]}
    in_line = keys[MOST_NAMED + 1 : 2 * MOST_NAMED + 1]
    answers |= {key: picked(wanted[key]) for key in in_line}
    above, *without, pending = keys[2 * MOST_NAMED + 1 :][:5]
    answers[above] = picked(5)
    none = dict(zip(("unknown", "unclear", "not_relevant"), without, strict=True))
    answers |= {key: {"none": kind} for kind, key in none.items()}
    answers[pending] = {"pick": 3}
    left = [key for key in keys if key not in answers]
    assert len(left) > MOST_NAMED
    reply = ask(roles=["systemansvarig"], answers=dict(reversed(answers.items())))
    assert [(kind["title"], kind["text"]) for kind in reply["result"]["kinds"]] == [
        ("Att utveckla", words.listed(keys[: MOST_NAMED + 1])),
        ("I linje med rollen", words.listed(titled(quiz, key) for key in in_line)),
        ("Här kan du stötta kollegor", titled(quiz, above)),
        ("Här vet du inte vilken nivå du har", titled(quiz, none["unknown"])),
        ("Här förstår du inte frågan", titled(quiz, none["unclear"])),
        ("Det här är inte aktuellt i dina uppgifter", titled(quiz, none["not_relevant"])),
        ("Här saknas svar om trappan", titled(quiz, pending)),
        ("Det här har du inte besvarat", words.listed(left)),
    ]


def test_the_end_of_an_area_says_what_is_left() -> None:
    """At its end an area is said to be done only when each of its competences has a complete answer."""
    reply = ask(
        roles=["chef"],
        answers={"1.1": {"pick": 2}, "1.2": {"none": "unclear"}, "2.1": {"pick": 3}, "2.2": {"pick": 1}},
    )
    now = "Du kan gå vidare, eller göra något av det här:"
    assert [area["done"] for area in reply["motivation"][:2]] == [
        {"title": "Klart med område 1.", "text": now},
        {"title": "Område 2 är slut.", "text": f"Inte besvarat än: 2.1 och 2.3. {now}"},
    ]


def test_the_framework_and_motivation_are_in_the_details() -> None:
    """What is folded has what the framework leaves out and the motivation, as they are said elsewhere."""
    reply = ask(roles=["systemagare"], answers={"1.1": {"pick": 2}}, motivation={"1": 4})
    assert reply["details"]["not_relevant"] == reply["plan"]["not_relevant"] != []
    assert reply["details"]["motivation"] == reply["motivation"] != []


@pytest.mark.parametrize(
    ("roles", "text"),
    [
        ([], "Området gäller bara vissa roller. Välj din roll först."),
        (["medarbetare"], "Området gäller inte medarbetare. Välj ett annat område."),
        (
            ["bibliotekarie", "koordinator"],
            "Området gäller inte bibliotekarie och koordinator. Välj ett annat område.",
        ),
    ],
)
def test_an_area_that_is_not_for_the_role(roles: list[str], text: str) -> None:
    """An area that leaves nothing to rate is said to, and what to do about it."""
    reply = ask(roles=roles, scope="6")
    plan = reply["plan"]
    assert (plan["ready"], plan["missing"], reply["competences"], plan["time"]) == (False, text, [], "")
    assert reply["motivation"] == []


def test_one_area() -> None:
    """With an area as scope only that area is rated, and other answers are kept apart and said to be."""
    reply = ask(
        roles=["chef"], scope="4", answers={"1.1": {"pick": 2}, "4.1": {"none": "unclear"}, "6.8": {}}
    )
    assert ids(reply["competences"]) == ["4.1", "4.2"]
    assert reply["plan"]["outside"] == {
        "ids": ["1.1"],
        "text": "Ditt svar på 1.1 finns kvar. Det visas inte här, för 1.1 ingår inte i det du har valt.",
    }
    assert [(item["area"], item["name"]) for item in reply["motivation"]] == [("4", "Digital säkerhet")]
    assert list(kinds(reply)) == ["unclear", "unanswered"]


def test_answers_outside_a_new_role_are_said_to_be_kept() -> None:
    """After a change of role the reply says that answers which the new role does not use are kept."""
    answers = {key: {"pick": 2} for key in ("1.1", "6.1", "6.2")}
    assert ask(roles=["chef"], answers=answers)["plan"]["outside"] == {"ids": [], "text": ""}
    assert ask(roles=["medarbetare"], answers=answers)["plan"]["outside"] == {
        "ids": ["6.1", "6.2"],
        "text": "Dina svar på 6.1 och 6.2 finns kvar. De visas inte här,"
        " för kompetenserna ingår inte i det du har valt.",
    }


def test_not_relevant_by_the_framework_is_said() -> None:
    """A system owner sees that 6.7 and 6.8 are not for them, and is not asked about them."""
    reply = ask(roles=["systemagare"])
    assert [(item["id"], item["text"]) for item in reply["plan"]["not_relevant"]] == [
        ("6.7", "Ej relevant för systemägare"),
        ("6.8", "Ej relevant för systemägare"),
    ]
    assert {"6.7", "6.8"}.isdisjoint(ids(reply["competences"]))


def test_motivation_is_apart_from_the_levels() -> None:
    """Motivation is given in the scale's own words and changes nothing about a level or a status."""
    answers = {"1.1": {"pick": 2}}
    low, high = (ask(roles=["chef"], answers=answers, motivation={"1": place}) for place in (1, 5))
    for part in ("competences", "result", "entries"):
        assert low[part] == high[part]
    assert low["details"]["areas"] == high["details"]["areas"]
    assert [reply["motivation"][0]["text"] for reply in (low, high)] == ["Stämmer inte", "Stämmer mycket väl"]
    assert low["motivation"][1]["text"] == "Inte besvarad"
    assert [chosen(reply) for reply in (low, high)] == [["below:1.1", "motivation:1"], ["below:1.1"]]


WORDS_OF_A_VERDICT = ("procent", "%", "poäng", "totalt", "medel", "snitt", "rank", "betyg", "godkänd")


def test_never_a_verdict(quiz: dict[str, Any], replies: list[dict[str, Any]]) -> None:
    """No reply speaks of totals, percentages, averages or ranks, and none has over five suggestions."""
    own = json.dumps(quiz, ensure_ascii=False).casefold()
    in_line = {
        item["id"]: picked(level)
        for item in quiz["competences"]
        if (level := item["expected"].get("medarbetare"))
    }
    all_in_line, some = (ask(roles=["medarbetare"], answers=dict(list(in_line.items())[:n])) for n in (12, 3))
    for reply in (all_in_line, some):
        assert chosen(reply) == ["onward"]
    for reply in (*replies, all_in_line, some):
        for path, leaf in paths(reply):
            if isinstance(leaf, str) and leaf.casefold() not in own:
                assert not any(word in leaf.casefold() for word in WORDS_OF_A_VERDICT), (path, leaf)
        groups = {group["id"]: group["items"] for group in reply.get("sheet", {}).get("groups", [])}
        assert len(groups.get("suggestion", [])) <= MOST_SUGGESTIONS


def test_long_texts_are_cut_and_said_to_be() -> None:
    """A text over the limit is cut to it, and the reply names it."""
    reply = ask(
        roles=["chef"],
        answers={
            "1.1": {"pick": 2, "example": "x" * 2001},
            "1.2": {"pick": 2, "example": f"  {'y' * 2000}\r\n "},
        },
    )
    assert reply["notices"] == ["Exemplet till 1.1 ryms inte. Bara de första 2\u00a0000 tecknen tas med."]
    assert [len(row[1]) for row in on_paper(reply)["example"]] == [2000, 2000]


def test_what_is_wrong_costs_nothing_else() -> None:
    """Unknown and misshapen parts of a request are listed; the valid answers beside them hold."""
    reply = ask(
        id="sju",
        roles=["chef", "finns-inte"],
        scope="nio",
        today="igår",
        answers={
            "1.1": {"pick": 2},
            "1.2": {"pick": 9},
            "2.1": {"pick": 4, "met": {"2": "ja", "3": True}},
            "2.2": "tre",
            "9.9": {"pick": 1},
        },
        motivation={"1": 3, "2": 9, "8": 1},
        talk=["below:1.1", 7, "9.9"],
        earlier="ABCD EFGH",
        sheet={"mode": "some", "ticked": ["level:1.1", 8], "questions": ["x"]},
    )
    assert (reply["id"], reply["ok"]) == (None, True)
    assert sorted(reply["ignored"]) == [
        "answers.1.2.pick",
        "answers.2.1.met.2",
        "answers.2.2",
        "answers.9.9",
        "earlier",
        "motivation.2",
        "motivation.8",
        "roles[1]",
        "scope",
        "sheet.mode",
        "sheet.questions",
        "sheet.ticked[1]",
        "talk[1]",
        "today",
    ]
    assert competence(reply, "1.1")["level"] == 2
    assert competence(reply, "2.1")["ladder"]["unanswered"] == [2]
    assert reply["motivation"][0]["answer"] == 3
    assert reply["sheet"]["mode"] == "main"
    assert chosen(reply) == ["below:1.1"]
    assert on_paper(reply)["talk"][0][1] == "Nivå 2"


@pytest.mark.parametrize(
    ("request_", "ignored"),
    [
        ({"talk": "1.1"}, ["talk"]),
        ({"talk": {"1.1": True}}, ["talk"]),
        ({"talk": [None, "1.1", ["1.1"], 1]}, ["talk[0]", "talk[2]", "talk[3]"]),
        ({"talk": ["9.9", "below:9.9"]}, []),
        ({"talk": None}, []),
        ({"sheet": {"mode": "MAIN"}}, ["sheet.mode"]),
        ({"sheet": {"mode": ["main"]}}, ["sheet.mode"]),
        ({"sheet": {"mode": None}}, []),
        ({"earlier": "inte en kod"}, ["earlier"]),
        ({"earlier": " "}, ["earlier"]),
        ({"earlier": ""}, []),
        ({"earlier": None}, []),
        ({"notes": "x", "sheet": {"notes": "x"}}, []),
        *(pytest.param({"earlier": value}, ["earlier"]) for value in (7, False, ["A"])),
    ],
)
def test_a_wrong_choice_is_ignored_by_its_place(request_: dict[str, Any], ignored: list[str]) -> None:
    """What the reader cannot have chosen is listed; what is only not on offer any more is not."""
    answers = {"1.1": {"pick": 2}}
    reply = ask(roles=["chef"], answers=answers, **request_)
    assert reply["ignored"] == ignored
    plain = ask(roles=["chef"], answers=answers)
    for part in ("plan", "competences", "motivation", "result", "details", "entries", "code"):
        assert reply[part] == plain[part]
    assert reply["sheet"]["mode"] == "main"


@pytest.mark.parametrize(
    "number", ["true", "1.0", "1e0", "NaN", "-Infinity", "9" * 5000, '"1"', "[1]", "0", "6"]
)
def test_only_whole_numbers_on_the_scale_are_levels(number: str) -> None:
    """A pick that is no whole number from 1 to 5, however it is written, is ignored alone."""
    given = f'{{"kind": "state", "answers": {{"1.1": {{"pick": {number}}}, "1.2": {{"pick": 1}}}}}}'
    reply = json.loads(bridge.handle(given))
    assert reply["ignored"] == ["answers.1.1.pick"]
    assert [competence(reply, key)["level"] for key in ("1.1", "1.2")] == [None, 1]


@pytest.mark.parametrize(("given", "back"), [("-3", -3), ("true", None), ("1.5", None), ("9" * 5000, None)])
def test_an_id_comes_back(given: str, back: int | None) -> None:
    """The id of a request is that of its reply, when it is a whole number."""
    assert json.loads(bridge.handle(f'{{"kind": "ping", "id": {given}}}'))["id"] == back


def test_the_list_of_what_was_ignored_stays_short() -> None:
    """However much is wrong, the list has an end, and no item of it is long."""
    reply = ask(answers={"x" * 1000 + str(at): 1 for at in range(1000)}, roles=list(range(1000)))
    assert len(reply["ignored"]) == MOST_IGNORED
    assert max(map(len, reply["ignored"])) <= 60


# Rate first, then see


def other_levels(quiz: dict[str, Any], keys: set[str]) -> str:
    """Return the framework with other expected levels of these competences."""
    changed = json.loads(json.dumps(quiz))
    for item in changed["competences"]:
        if item["id"] in keys:
            item["expected"] = {role: level % 5 + 1 for role, level in item["expected"].items()}
    return json.dumps(changed)


@pytest.mark.parametrize("role", ["chef", "systemansvarig"])
def test_rating_says_nothing_of_what_is_expected(quiz: dict[str, Any], role: str) -> None:
    """Whatever is answered, no text that comes while rating speaks of the expected level or the result."""
    keys = [item["id"] for item in quiz["competences"]]
    steps = ({**picked(level), "example": "x"} for level in (1, 2, 3, 4, 5))
    without: list[dict[str, Any]] = [{}, {"pick": 4}, {"none": "unknown"}, {"none": "not_relevant"}]
    verdicts = [*words.STATUS.values(), "förvänta", "roll", words.STAR, "i linje", "stötta"]
    for answer in (*steps, *without):
        reply = ask(roles=[role], answers=dict.fromkeys(keys, answer), motivation={"1": 1})
        told = [item for part in ("competences", "motivation", "entries") for item in paths(reply[part])]
        for path, leaf in told:
            if path.endswith((".title", ".name", "questions[].text")) or path in ("rows[]", "text"):
                continue  # the framework's own words
            assert not any(word.casefold() in str(leaf).casefold() for word in verdicts), (path, leaf)


EARLIER = {"1.1": picked(3), "1.2": {"none": "unknown"}, "2.1": {"pick": 4}}


@pytest.fixture(scope="module")
def earlier(decided_text: str) -> str:
    """A code with a level, a kind of no level and a staircase that was never answered."""
    made: str = ask(roles=["chef"], answers=EARLIER)["code"]
    return made


def test_what_was_answered_earlier_waits_for_the_new_answer(earlier: str) -> None:
    """The earlier answer shows beside a complete new one, while rating and in the details; never before."""
    keys = ("1.1", "1.2", "2.1", "2.2")
    before = ("Förra gången: nivå 3.", "Förra gången svarade du «Jag vet inte».", "", "")
    for answer, shown in (
        ({}, ("", "", "", "")),
        ({"pick": 4}, ("", "", "", "")),
        ({"pick": 4, "met": {"2": True}}, ("", "", "", "")),
        ({"example": "x"}, ("", "", "", "")),
        (picked(2), before),
        ({"none": "unclear"}, before),
    ):
        reply = ask(roles=["chef"], answers=dict.fromkeys(keys, answer), earlier=earlier)
        assert tuple(competence(reply, key)["earlier"] for key in keys) == shown, answer
        assert [item["earlier"] for item in inside(reply["details"]["areas"])] == (
            list(shown) if answer == picked(2) else []
        )
        assert reply["ignored"] == []


def test_an_earlier_code_changes_nothing_else(earlier: str) -> None:
    """Comparing adds the earlier answers, and gives the new ones no other level, suggestion or code."""
    form: dict[str, Any] = {"roles": ["bibliotekarie"], "answers": {"1.1": picked(2), "2.1": {"pick": 1}}}
    with_code, plain = ask(**form, earlier=earlier), ask(**form)
    assert [item["id"] for item in with_code["competences"] if item["earlier"]] == ["1.1"]
    for reply in (with_code, plain):
        for item in (*reply["competences"], *inside(reply["details"]["areas"])):
            del item["earlier"]
    assert with_code == plain


# The talk


MIXED: dict[str, Any] = {
    "roles": ["chef"],
    "answers": {
        "1.1": picked(1),
        "1.2": {"none": "unclear"},
        "2.1": picked(5),
        "2.2": {"none": "unknown"},
        "2.3": picked(3),
    },
    "motivation": {"2": 1},
}
SUGGESTED = ["below:1.1", "unclear:1.2", "motivation:2", "above:2.1", "unknown:2.2"]


def test_the_first_three_suggestions_are_chosen_at_first(quiz: dict[str, Any]) -> None:
    """Until the reader has chosen, the first three suggestions are; the others can be added."""
    reply = ask(**MIXED)
    assert [(item["id"], item["chosen"]) for item in reply["talk"]["choices"]] == [
        (key, True) for key in SUGGESTED[:3]
    ]
    assert ids(reply["talk"]["addable"]) == [
        *SUGGESTED[3:],
        *("2.3", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "5.3", "6.1", "6.2"),
    ]
    assert by_id(reply["talk"]["addable"], "2.3")["text"] == titled(quiz, "2.3")
    assert by_id(reply["talk"]["addable"], "above:2.1")["text"] == (
        f"Berätta att du kan stötta kollegor i {titled(quiz, '2.1')}."
    )
    assert reply["talk"]["note"] == ""


def test_nothing_chosen_is_a_choice() -> None:
    """With all unticked nothing is chosen; the first suggestions can be ticked again."""
    reply = ask(**MIXED, talk=[])
    assert [(item["id"], item["chosen"]) for item in reply["talk"]["choices"]] == [
        (key, False) for key in SUGGESTED[:3]
    ]
    assert not {"talk", "suggestion"} & on_paper(reply).keys()


def test_what_the_reader_has_chosen_is_kept() -> None:
    """The choice holds as it is, in the order of the suggestions; what is not on offer is left out."""
    reply = ask(**MIXED, talk=["unknown:2.2", "below:9.9", "onward", "unknown:2.2", "unclear:1.2"])
    assert [(item["id"], item["chosen"]) for item in reply["talk"]["choices"]] == [
        ("below:1.1", False),
        ("unclear:1.2", True),
        ("motivation:2", False),
        ("unknown:2.2", True),
    ]
    assert ids(reply["talk"]["addable"])[:2] == ["above:2.1", "2.3"]


def test_a_competence_can_be_added_and_taken_away(quiz: dict[str, Any]) -> None:
    """What the reader adds is among the choices; unticked again, it goes back to what can be added."""
    added = ask(**MIXED, talk=[*SUGGESTED[:2], "above:2.1", "2.3"])
    assert added["talk"]["choices"][-1] == {
        "id": "2.3",
        "text": f"Prata om {titled(quiz, '2.3')}.",
        "reason": "Du har själv valt det här.",
        "chosen": True,
    }
    assert ids(added["talk"]["choices"]) == [*SUGGESTED[:4], "2.3"]
    assert not {"above:2.1", "2.3"} & set(ids(added["talk"]["addable"]))
    away = ask(**MIXED, talk=SUGGESTED[:2])
    assert ids(away["talk"]["choices"]) == SUGGESTED[:3]
    assert {"above:2.1", "2.3"} <= set(ids(away["talk"]["addable"]))


@pytest.mark.parametrize("number", [4, 5, 6, 14])
def test_no_more_than_five_are_chosen(number: int) -> None:
    """The first five hold; when there were more, a sentence says why, and the rest can be added later."""
    wanted = [*SUGGESTED[:2], "2.3", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "5.3", "6.1", "6.2"]
    wanted = [*wanted, *SUGGESTED[3:]][:number]
    reply = ask(**MIXED, talk=wanted)
    assert set(chosen(reply)) == set(wanted[:5])
    assert set(wanted[5:]) <= set(ids(reply["talk"]["addable"]))
    assert reply["talk"]["note"] == (
        "Välj högst fem, så räcker tiden. Ta bort något om du vill lägga till." if number > 5 else ""
    )
    assert len(on_paper(reply)["talk"]) == min(number, 5)


def test_what_is_no_longer_on_offer_is_not_too_much() -> None:
    """A choice that fell away with its answer leaves room for another."""
    reply = ask(**MIXED, talk=[*SUGGESTED[:3], "below:5.3", "2.3", "3.1"])
    assert chosen(reply) == [*SUGGESTED[:3], "2.3", "3.1"]
    assert reply["talk"]["note"] == ""


def subjects(reply: dict[str, Any]) -> list[str]:
    """Return what each choice and each addition is about: a competence, or something else by its id."""
    return [
        item["id"] if item["id"].startswith("motivation") else item["id"].rpartition(":")[2]
        for item in (*reply["talk"]["choices"], *reply["talk"]["addable"])
    ]


def test_no_competence_is_offered_twice(replies: list[dict[str, Any]]) -> None:
    """A competence is suggested or can be added, and every one to rate is one of the two."""
    for reply in [ask(**MIXED), ask(**MIXED, talk=["2.3", "above:2.1"]), ask(**MIXED, talk=[])]:
        assert sorted(subjects(reply)) == sorted([*ids(reply["competences"]), "motivation:2"])
    for reply in replies:
        if "talk" in reply:
            assert set(subjects(reply)) >= set(ids(reply["competences"]))


def test_a_suggestion_takes_the_place_of_an_added_competence() -> None:
    """Who added a competence and then answers it differently does not get it twice."""
    reply = ask(**MIXED, talk=["1.1", "below:1.1"])
    assert subjects(reply).count("1.1") == 1
    assert len(on_paper(reply)["talk"]) == 1


# The sheet


def filled(quiz: dict[str, Any], ticked: list[str], questions: str = "", **more: Any) -> dict[str, Any]:
    """Return the reply to a full form whose texts can be recognised, each item on the sheet by its tick."""
    kinds: list[dict[str, Any]] = [
        {"pick": 2},
        {"pick": 3, "met": {"2": True}},
        {"none": "unknown"},
        {"none": "unclear"},
        {"pick": 5, "met": {"2": False}},
        {"none": "not_relevant"},
    ]
    answers = {
        item["id"]: {**kinds[at % len(kinds)], "example": f"igenkännbart exempel {item['id']}."}
        for at, item in enumerate(quiz["competences"])
    }
    return ask(
        roles=["systemansvarig", "chef"],
        answers=answers,
        motivation={area["id"]: at % 5 + 1 for at, area in enumerate(quiz["areas"])},
        today="2026-11-23",
        sheet={"mode": "own", "ticked": ticked, "questions": questions, **more},
    )


def boxes(reply: dict[str, Any], ticked: bool | None = None) -> list[str]:
    """Return the ids of all that can be ticked, or of what is or is not ticked."""
    return [
        item["id"]
        for group in reply["sheet"]["groups"]
        for item in group["items"]
        if ticked in (None, item["ticked"])
    ]


@pytest.mark.parametrize("ticked", [[], ["roles"]])
def test_an_empty_sheet_says_so(quiz: dict[str, Any], ticked: list[str]) -> None:
    """With no more than the role the sheet has nothing to talk about, and a sentence says what to do."""
    sheet = filled(quiz, ticked)["sheet"]
    assert [section["id"] for section in sheet["document"]["sections"]] == ticked
    assert sheet["empty"] == "Bladet är tomt. Välj vad som ska med, eller skriv en egen fråga."
    assert sheet["text"] == (
        "Underlag till samtal om digital kompetens\n"
        f"{quiz['title']}, version {quiz['version']}, {swedish_date(quiz['date'])}\n"
        f"Utskrivet 23 november 2026\n{chr(10) if ticked else ''}"
        f"{'ROLL' + chr(10) + 'Chef, Systemansvarig' + chr(10) if ticked else ''}"
        "\nDET HÄR KOM VI ÖVERENS OM\n"
    )
    assert ask(roles=["chef"])["sheet"]["empty"] == sheet["empty"]
    for some in ({"ticked": ["list:unknown"]}, {"ticked": [], "questions": "En fråga"}):
        assert filled(quiz, **some)["sheet"]["empty"] == ""


def test_a_good_sheet_without_a_tap(quiz: dict[str, Any]) -> None:
    """At first the sheet has the role, what is chosen, the reader's questions and examples; no more."""
    answers = {**MIXED["answers"], "3.1": {"example": "igenkännbart exempel"}}
    form = {**MIXED, "answers": answers, "sheet": {"questions": "igenkännbar fråga"}}
    reply = ask(**form)
    assert reply["sheet"]["mode"] == "main"
    levels = {item["id"]: item["levels"] for item in quiz["competences"]}
    area = next(area for area in quiz["areas"] if area["id"] == "2")
    sections = on_paper(reply)
    assert list(sections) == ["roles", "talk", "suggestion", "questions", "example"]
    assert sections == {
        "roles": [["Chef"]],
        "talk": [
            [titled(quiz, "1.1"), "Nivå 1", "Nivå 4*", f"Nivå 2: {levels['1.1'][1]}"],
            [titled(quiz, "1.2"), "Jag förstår inte frågan", "Nivå 4", ""],
        ],
        "suggestion": [
            [
                f"Prata om vad som påverkar din motivation i område 2 {area['name']}.",
                "Om motivationen svarade du «Stämmer inte».",
            ]
        ],
        "questions": [["igenkännbar fråga"]],
        "example": [[titled(quiz, "3.1"), "igenkännbart exempel"]],
    }
    assert boxes(reply, ticked=True) == [
        *("roles", "suggestion:motivation:2", "level:1.1", "next:1.1", "example:3.1")
    ]
    added = on_paper(ask(**{**form, "talk": ["above:2.1", "2.3"]}))
    assert added["talk"] == [
        [titled(quiz, "2.1"), "Nivå 5", "Nivå 3*", ""],
        [titled(quiz, "2.3"), "Nivå 3", "Nivå 3", f"Nivå 4: {levels['2.3'][3]}"],
    ]
    assert "suggestion" not in added


def test_all_is_all(quiz: dict[str, Any]) -> None:
    """The whole sheet has everything that a box is for, a row each, and the reader's questions."""
    reply = filled(quiz, [], "igenkännbar fråga", mode="all")
    assert boxes(reply, ticked=False) == []
    sections = on_paper(reply)
    assert sections.pop("questions") == [["igenkännbar fråga"]]
    assert {key: len(rows) for key, rows in sections.items()} == {
        group["id"]: len(group["items"]) for group in reply["sheet"]["groups"]
    }
    assert {"roles", "suggestion", "level", "list", "next", "example", "motivation"} == sections.keys()


def test_each_tick_brings_exactly_its_own_row(quiz: dict[str, Any]) -> None:
    """Ticking one item puts one row into one section, in the structured sheet and in the text alike."""
    for tick in boxes(filled(quiz, [])):
        reply = filled(quiz, [tick])
        sheet = reply["sheet"]
        (section,) = sheet["document"]["sections"]
        assert section["id"] == tick.partition(":")[0], tick
        (row,) = section["rows"]
        assert [cell["label"] for cell in row["cells"]] == ["", *section["columns"][1:]], tick
        assert all(cell["text"] in sheet["text"] for cell in row["cells"]), tick
        assert boxes(reply, ticked=True) == [tick]


@quiet
@given(data=st.data())
def test_what_is_not_ticked_is_not_on_the_sheet(quiz: dict[str, Any], data: st.DataObject) -> None:
    """The reader's own choice holds the ticked items alone, and the questions, which have no box."""
    every = boxes(filled(quiz, []))
    ticked = data.draw(st.lists(st.sampled_from(every), unique=True))
    reply = filled(quiz, ticked, "igenkännbar fråga")
    rows = [row for rows in on_paper(reply).values() for row in rows]
    assert len(rows) == len(ticked) + 1
    assert ["igenkännbar fråga"] in rows
    assert set(boxes(reply, ticked=True)) == set(ticked)
    whole = json.dumps(reply["sheet"]["document"], ensure_ascii=False) + reply["sheet"]["text"]
    texts = {f"example:{item['id']}": f"igenkännbart exempel {item['id']}." for item in quiz["competences"]}
    for tick, text in {**texts, "roles": "Chef, Systemansvarig"}.items():
        assert (text in whole) == (tick in ticked), tick


def test_ticks_count_only_where_the_reader_decides_on_each(quiz: dict[str, Any]) -> None:
    """In the other two modes the sheet is the same whatever is ticked."""
    for mode in ("main", "all"):
        sheets = [filled(quiz, ticked, mode=mode)["sheet"] for ticked in ([], boxes(filled(quiz, [])))]
        assert sheets[0] == sheets[1]
    assert filled(quiz, [], mode="main")["sheet"] != filled(quiz, [], mode="all")["sheet"]


@quiet
@given(data=st.data())
def test_the_boxes_show_what_is_on_the_sheet(quiz: dict[str, Any], data: st.DataObject) -> None:
    """In every mode a box is ticked exactly when what it is for can be read on the sheet."""
    form = data.draw(forms(quiz))
    reply = ask(**form)
    sections = on_paper(reply)
    talked = {row[0]: row for row in sections.get("talk", [])}
    for group in reply["sheet"]["groups"]:
        ticked = [item for item in group["items"] if item["ticked"]]
        key = group["id"]
        if key in ("level", "next") and reply["sheet"]["mode"] == "main":
            names = {titled(quiz, item["id"].partition(":")[2]) for item in ticked}
            shown = {name for name, row in talked.items() if row[1 if key == "level" else 3][:4] == "Nivå"}
            assert names == shown
            assert key not in sections
        else:
            assert len(ticked) == len(sections.get(key, []))
    assert not talked or reply["sheet"]["mode"] == "main"


def test_ticks_of_what_is_no_longer_there_are_ignored() -> None:
    """A tick whose item is gone, since the answer was changed, puts nothing on the sheet and is no fault."""
    reply = ask(
        roles=["chef"],
        answers={"1.1": {"none": "unknown"}},
        sheet={"mode": "own", "ticked": ["level:1.1", "example:1.1", "questions"]},
    )
    assert (reply["ignored"], on_paper(reply)) == ([], {})


@pytest.mark.parametrize("answer", [{}, {"pick": 4}])
def test_the_sheet_waits_with_the_expected_level(answer: dict[str, Any]) -> None:
    """A competence that was added before it is answered does not show what is expected."""
    reply = ask(roles=["chef"], answers={"1.1": answer}, talk=["1.1"])
    (row,) = on_paper(reply)["talk"]
    assert "1.1" in str(row)
    assert "Nivå" not in str(row)


def test_a_tick_that_no_box_is_for_is_ignored() -> None:
    """What is talked about is chosen, not ticked: the reader's own choice has no section for it."""
    sheet = {"mode": "own", "ticked": ["talk:1.1"]}
    assert on_paper(ask(roles=["chef"], answers={"1.1": {"pick": 2}}, sheet=sheet)) == {}


def test_every_tick_that_there_can_be_is_in_the_vectors(
    quiz: dict[str, Any], replies: list[dict[str, Any]]
) -> None:
    """The vectors tick every kind of item that any reply offers."""
    offered = {tick for reply in replies if "sheet" in reply for tick in boxes(reply)}
    assert offered <= set(every_tick(quiz))


def test_the_sheet_marks_levels_from_a_damaged_source() -> None:
    """An expected level that is not sure has an asterisk on the sheet, explained once below the table."""
    answers = {key: {"pick": 1} for key in ("1.1", "1.2", "2.1")}
    ticked = ["level:1.1", "level:1.2", "level:2.1"]
    for section_id, more in (("level", {"sheet": {"mode": "own", "ticked": ticked}}), ("talk", {})):
        sheet = ask(roles=["chef"], answers=answers, **more)["sheet"]
        section = next(found for found in sheet["document"]["sections"] if found["id"] == section_id)
        assert [row["cells"][2]["text"] for row in section["rows"]] == ["Nivå 4*", "Nivå 4", "Nivå 3*"]
        assert section["note"] == "* Nivån väntar på att bekräftas."
        assert sheet["text"].count(section["note"]) == 1
    sure = ask(roles=["chef"], answers=answers, sheet={"mode": "own", "ticked": ["level:1.2"]})["sheet"]
    assert (sure["document"]["sections"][0]["note"], sure["text"].count("*")) == ("", 0)
    alone = ask(answers=answers, sheet={"mode": "own", "ticked": ticked})["sheet"]
    assert (alone["document"]["sections"][0]["note"], alone["text"].count("*")) == ("", 0)


@pytest.mark.parametrize("answer", [{"pick": 1}, {"none": "not_relevant"}])
def test_the_sheet_explains_the_asterisk_of_a_suggestion(answer: dict[str, Any]) -> None:
    """Where a reason has an asterisk, what it means is on the sheet too."""
    ticked = ["suggestion:below:1.1", "suggestion:not_relevant:1.1"]
    reply = ask(roles=["chef"], answers={"1.1": answer}, sheet={"mode": "own", "ticked": ticked})
    (section,) = reply["sheet"]["document"]["sections"]
    assert section["rows"][0]["cells"][1]["text"].count("4*") == 1
    assert section["note"] == "* Nivån väntar på att bekräftas."


def test_the_picture_explains_the_asterisk_of_an_answer_without_a_level() -> None:
    """An expected level in the picture that is not sure is explained, whatever the answer is."""
    reply = ask(roles=["chef"], answers={"1.1": {"none": "unknown"}})
    assert picture(reply, "1.1")["steps"][3]["star"] == "*"
    assert reply["details"]["note"] == "Nivåer märkta * väntar på att bekräftas."


def test_motivation_on_the_sheet_is_the_area_and_the_answer(quiz: dict[str, Any]) -> None:
    """The statement, which reads alike for every area, is not repeated on the sheet."""
    ticked = [f"motivation:{area['id']}" for area in quiz["areas"][:2]]
    reply = filled(quiz, ticked)
    (section,) = reply["sheet"]["document"]["sections"]
    assert section["columns"] == ["Område", "Mitt svar"]
    scale = quiz["motivation"]["scale"]
    areas = [f"{area['id']} {area['name']}" for area in quiz["areas"]]
    assert on_paper(reply)["motivation"] == [[areas[0], scale[0]], [areas[1], scale[1]]]


def test_a_merged_suggestion_is_one_row() -> None:
    """A suggestion about several competences is chosen and ticked by its kind, and is one row."""
    answers = {key: {"none": "unclear"} for key in ("1.1", "1.2")}
    row = [
        "Fråga vad de här kompetenserna betyder i din roll: 1.1 och 1.2.",
        "Du svarade att du inte förstår frågan.",
    ]
    for sheet in ({"mode": "own", "ticked": ["suggestion:unclear"]}, {}):
        reply = ask(roles=["chef"], answers=answers, sheet=sheet)
        assert chosen(reply) == ["unclear"]
        assert on_paper(reply)["suggestion"] == [row]
        assert "talk" not in on_paper(reply)


def test_a_sheet_has_no_field_for_a_name(replies: list[dict[str, Any]]) -> None:
    """No heading or column of any sheet asks who the reader is."""
    for reply in replies:
        for section in reply.get("sheet", {}).get("document", {}).get("sections", []):
            assert not any("namn" in word.casefold() for word in [section["heading"], *section["columns"]])


# What is taken along


def test_grade_has_the_answers_in_the_order_of_the_framework(quiz: dict[str, Any]) -> None:
    """Each complete answer to what is rated is a line, whatever order the answers came in."""
    answers = {"6.1": picked(4), "5.2": {"none": "not_relevant"}, "1.2": {"pick": 3}, "1.1": picked(2)}
    for said in (answers, dict(reversed(answers.items()))):
        entries = ask(roles=["chef"], answers={**said, "6.8": picked(1)})["entries"]
        assert entries["rows"] == [
            f"{titled(quiz, '1.1')}: Nivå 2",
            f"{titled(quiz, '5.2')}: Inte aktuellt i mina uppgifter",
            f"{titled(quiz, '6.1')}: Nivå 4",
        ]
        assert entries["text"] == "".join(f"{row}\n" for row in entries["rows"])


def read(text: Any) -> dict[str, Any]:
    """Return the reply to a request that has a code read."""
    return ask(kind="code", id=7, code=text)


def test_a_code_says_what_a_request_would_say() -> None:
    """A code brings back roles, area, levels and motivation, without the own texts."""
    form: dict[str, Any] = {
        "roles": ["chef", "bibliotekarie"],
        "scope": "1",
        "answers": {"1.1": {"pick": 4, "met": {"2": True, "3": False}}, "1.2": {"none": "unclear"}},
        "motivation": {"1": 2},
    }
    first = ask(**form)
    code_reply = read(first["code"])
    assert code_reply == {
        "id": 7,
        "ok": True,
        "kind": "code",
        "message": "",
        "said": {
            "roles": ["chef", "bibliotekarie"],
            "scope": "1",
            "answers": {
                "1.1": {"pick": 4, "none": None, "met": {"2": True, "3": False}},
                "1.2": {"pick": None, "none": "unclear", "met": {}},
            },
            "motivation": {"1": 2},
        },
    }
    assert ask(**code_reply["said"]) == first
    texts = {key: {**answer, "example": "Hemligt"} for key, answer in form["answers"].items()}
    with_texts = ask(**{**form, "answers": texts}, sheet={"questions": "Hemligt"}, today="2026-11-23")
    assert with_texts["code"] == first["code"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda good: good[:-1], "Koden stämmer inte. Jämför den tecken för tecken med den du skrev ner."),
        (lambda good: good[1] + good[0] + good[2:], words.CODE_SLIP),
        (lambda good: good * 9, words.CODE_SLIP),
        (lambda _: "", "Skriv koden i rutan."),
        (lambda _: " - \n", "Skriv koden i rutan."),
        (lambda _: None, "Skriv koden i rutan."),
        (lambda _: 17, "Skriv koden i rutan."),
        (lambda good: [good], "Skriv koden i rutan."),
        (
            lambda good: f"{good}!",
            "Tecknet ! finns inte i någon kod. Se efter om det ska vara ett annat.",
        ),
    ],
)
def test_a_code_that_cannot_be_read_says_why(earlier: str, wrong: Any, message: str) -> None:
    """A slip, an odd sign and no code at all each have a sentence, and nothing is taken from the code."""
    assert read(wrong(earlier)) == {"id": 7, "ok": True, "kind": "code", "message": message, "said": None}


def test_a_code_of_another_version_says_so(quiz: dict[str, Any]) -> None:
    """A code that was made with another version, or before the framework changed, is not read wrongly."""
    newer: Any = {**quiz, "version": "1.7.2"}
    other: Any = {**quiz, "areas": quiz["areas"][1:]}
    for framework, message in (
        (
            newer,
            "Koden är gjord med version 1.7.2 av ramverket."
            f" Nu gäller version {quiz['version']}, så skatta dig på nytt."
            " På sidan Vad är nytt ser du vad som har ändrats.",
        ),
        (other, "Koden är gjord innan ramverket ändrades, så den går inte att läsa. Skatta dig på nytt."),
    ):
        made = code.make(framework, ["chef"], "all", {"2.1": Answer(2)}, {})
        assert (read(made)["message"], read(made)["said"]) == (message, None)
        assert ask(earlier=made)["ignored"] == ["earlier"]


@quiet
@given(st.text(max_size=40) | st.text(alphabet=code.SIGNS + code.SPACES, max_size=40))
def test_any_text_as_a_code_gets_a_sentence_or_answers(text: str) -> None:
    """A code is either read or there is a sentence; nothing makes it a fault."""
    reply = in_swedish_or_an_answer(json.dumps({"kind": "code", "code": text}))
    assert bool(reply["message"]) == (reply["said"] is None)


def test_half_a_surrogate_pair_in_a_code_becomes_a_question_mark() -> None:
    """Text that UTF-8 cannot hold does not get into the sentence about a code."""
    bridge.handle('{"kind":"code","code":"\\ud800"}').encode("utf-8")


# Whatever comes in


def in_swedish_or_an_answer(request: Any) -> dict[str, Any]:
    """Return the reply, which must be either an answer or a refusal with a sentence."""
    reply: dict[str, Any] = json.loads(bridge.handle(request))
    if not reply["ok"]:
        assert reply["error"]["code"] != "internal", reply
        assert reply["error"]["message"].endswith("."), reply
    return reply


@quiet
@given(st.text() | st.text(alphabet='[]{}":,\\ue19n'))
def test_no_text_makes_it_raise(request: str) -> None:
    """Any text at all gets a reply."""
    in_swedish_or_an_answer(request)


@pytest.mark.slow
@settings(derandomize=True, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "id",
                "kind",
                "roles",
                "scope",
                "answers",
                "motivation",
                "today",
                "talk",
                "earlier",
                "code",
                "sheet",
            ]
        ),
        JSON,
    )
)
def test_no_json_makes_it_raise(request: dict[str, Any]) -> None:
    """Any JSON in any field gets a reply."""
    in_swedish_or_an_answer(json.dumps({**request, "kind": "state"}))
    in_swedish_or_an_answer(json.dumps({**request, "kind": "code"}))
    in_swedish_or_an_answer(json.dumps(request))


@pytest.mark.slow
@settings(derandomize=True, max_examples=200)
@given(data=st.data())
def test_no_damaged_form_makes_it_raise(quiz: dict[str, Any], data: st.DataObject) -> None:
    """A form with one part replaced by anything gets an answer, with the rest of it intact."""
    form = data.draw(forms(quiz))
    part = data.draw(st.sampled_from(["roles", "scope", "motivation", "today", "talk", "earlier", "sheet"]))
    reply = in_swedish_or_an_answer(json.dumps({**form, part: data.draw(JSON)}))
    assert reply["ok"]
    whole = ask(**form)
    for kept, parts in KEPT.items():
        if part in parts:
            assert reply[kept] == whole[kept]
    key = data.draw(st.sampled_from([item["id"] for item in quiz["competences"]]))
    damaged = {**form, "answers": {**form["answers"], key: data.draw(JSON | st.dictionaries(LEVELS, JSON))}}
    other = in_swedish_or_an_answer(json.dumps(damaged))
    for place in (lambda reply: reply["competences"], shown, detailed):
        before, after = ([item for item in place(given) if item["id"] != key] for given in (whole, other))
        assert before == after


#: What of a reply has nothing to do with which parts of a request.
KEPT = {
    "competences": ("motivation", "today", "talk", "sheet"),
    "result": ("motivation", "today", "talk", "earlier", "sheet"),
    "entries": ("motivation", "today", "talk", "earlier", "sheet"),
    "code": ("today", "talk", "earlier", "sheet"),
    "details": ("today", "talk", "sheet"),
    "talk": ("today", "earlier", "sheet"),
    "motivation": ("today", "talk", "earlier", "sheet"),
}


def shown(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the picture."""
    return inside(reply["result"]["areas"])


def detailed(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the competences in the details."""
    return inside(reply["details"]["areas"])


@pytest.mark.parametrize("value", [None, 7, b"{}", ["{}"], {"kind": "ping"}])
def test_what_is_no_text_is_refused(value: Any) -> None:
    """Something that is not even text is refused in words."""
    assert in_swedish_or_an_answer(value)["error"]["code"] == "not_json"


@pytest.mark.parametrize(
    ("request_text", "code"),
    [
        ("[" * 1_000_000, "not_json"),
        ('{"kind":"state","answers":' + '{"1.1":' * 500_000, "not_json"),
        ("[" * 30 + "]" * 30, "not_json"),
        ('"' + "x" * 10_000_000 + '"', "not_object"),
        ("x" * 10_000_000, "not_json"),
        (" " * (LONGEST_REQUEST + 1), "too_large"),
    ],
    ids=["deep lists", "deep objects", "too deep", "10 MB string", "10 MB of nothing", "over the limit"],
)
def test_large_and_deep_requests_are_refused(request_text: str, code: str) -> None:
    """Nesting and size that could end the interpreter in a browser are refused before they are parsed."""
    assert in_swedish_or_an_answer(request_text)["error"]["code"] == code


def test_ten_megabytes_of_questions_cost_no_answer() -> None:
    """After a paste of 10 MB into a field every answer is kept, and the reply says that the text was cut."""
    questions = '[{"' * 3_400_000
    reply = ask(roles=["chef"], answers={"1.1": {"pick": 2}}, sheet={"questions": questions})
    assert competence(reply, "1.1")["level"] == 2
    assert reply["notices"] == [
        "Texten med dina frågor ryms inte. Bara de första 2\u00a0000 tecknen tas med."
    ]
    assert on_paper(reply)["questions"] == [[questions[:2000]]]


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    """Text that UTF-8 cannot hold does not get into a reply."""
    reply = bridge.handle('{"kind":"state","sheet":{"questions":"a\\ud800b \\ud83d\\ude00"}}')
    assert "a?b 😀" in reply
    assert "a?b" in bridge.handle('{"kind":"state","sheet":{"questions":"a\ud800b"}}')


def test_text_passes_through_as_text() -> None:
    """What looks like markup in the reader's text stays what it was; line breaks are of one kind."""
    words = '<b onclick="x">&amp;</b> \\ "citat" \t 1 < 2'
    reply = ask(sheet={"questions": f" {words}\r\n\r\n{words}\n"})
    assert on_paper(reply) == {"questions": [[f"{words}\n\n{words}"]]}


@pytest.mark.parametrize(
    ("kind", "rule"), [("state", (bridge, "_state")), ("state", (code, "make")), ("code", (code, "read"))]
)
def test_a_fault_of_ours_is_a_sentence_that_quotes_no_answer(
    monkeypatch: pytest.MonkeyPatch, kind: str, rule: tuple[Any, str]
) -> None:
    """Should the rules fail, a sentence says that the answers are still there, and repeats none of them."""

    def fail(*_: object) -> None:
        raise ValueError("hemlig fråga")

    monkeypatch.setattr(*rule, fail)
    answers = {"1.1": {"pick": 2, "example": "hemligt"}}
    reply = bridge.handle(json.dumps({"id": 4, "kind": kind, "code": "hemlig", "answers": answers}))
    error = json.loads(reply)["error"]
    assert (json.loads(reply)["id"], error["code"]) == (4, "internal")
    assert error["message"] == "Något gick fel i självskattningen. Dina svar finns kvar på sidan."
    assert error["detail"].startswith("ValueError fail:")
    assert "hemlig" not in reply


@pytest.mark.parametrize(
    "request_text",
    [
        '{"kind":"hemlig"}',
        '{"hemlig":1}',
        '"hemlig"',
        '["hemlig"]',
        '{"kind":"state","sheet":{"questions":"hemlig',
        "hemlig",
        '{"kind":"state","a":' + "[" * 30 + '"hemlig"' + "]" * 30 + "}",
    ],
)
def test_a_refusal_quotes_nothing(request_text: str) -> None:
    """A request that cannot be answered is refused without a word of what was in it."""
    assert not json.loads(bridge.handle(request_text))["ok"]
    assert "hemlig" not in bridge.handle(request_text)


# Properties of a form


def shuffled(value: Any, draw: Any) -> Any:
    """Return the same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}
    return value


@quiet
@given(data=st.data())
def test_the_order_of_answers_does_not_matter(quiz: dict[str, Any], data: st.DataObject) -> None:
    """The same form gives the same reply whatever the order of its answers, keys, roles and ticks."""
    form = data.draw(forms(quiz))
    other = shuffled(form, data.draw)
    other["roles"] = data.draw(st.permutations(form["roles"]))
    other["sheet"]["ticked"] = data.draw(st.permutations(form["sheet"]["ticked"]))
    assert bridge.handle(json.dumps(form)) == bridge.handle(json.dumps(other))


@quiet
@given(data=st.data())
def test_rating_does_not_depend_on_what_is_expected(quiz: dict[str, Any], data: st.DataObject) -> None:
    """Whatever is answered, what the page shows while rating does not change with the expected levels.

    Nor does anything else change with those of competences without a complete answer, unless the reader has
    added one of them to the talk.
    """
    form = data.draw(forms(quiz))
    before = ask(**form)
    every = set(ids(quiz["competences"]))
    complete = {row["id"] for row in inside(before["result"]["areas"])}
    form["talk"] = [key for key in form.get("talk") or [] if key not in every - complete] or None
    before = ask(**form)
    try:
        bridge.use(other_levels(quiz, every))
        after = ask(**form)
        for part in ("plan", "competences", "motivation", "entries", "code"):
            assert after[part] == before[part]
        bridge.use(other_levels(quiz, every - complete))
        assert ask(**form) == before
    finally:
        bridge.use(json.dumps(quiz))


@quiet
@given(data=st.data())
def test_the_picture_has_one_mark_for_each_level(quiz: dict[str, Any], data: st.DataObject) -> None:
    """Each complete answer has its row, with the reader's level and the expected one where there are such.

    An asterisk is at the expected level alone, where its reading is unsure, and nowhere without a role.
    """
    form = data.draw(forms(quiz))
    reply = ask(**form)
    rated = {item["id"]: item for item in reply["competences"]}
    rows = inside(reply["result"]["areas"])
    complete = [key for key, item in rated.items() if item["state"] not in ("unanswered", "pending")]
    assert ids(rows) == complete
    unsure = 0
    for row in rows:
        source = by_id(quiz["competences"], row["id"])
        wanted = max((source["expected"].get(role, 0) for role in form["roles"]), default=0)
        star = "*" if wanted and source["reading"] in UNSURE_READINGS else ""
        level = rated[row["id"]]["level"]
        unsure += bool(star and level)
        assert row["picture"]["steps"] == [
            {
                "level": step,
                "star": star if step == wanted else "",
                "mine": step == level,
                "expected": step == wanted,
            }
            for step in (1, 2, 3, 4, 5)
        ]
        told = (
            f"Din nivå är {level}." if level else f"Du svarade «{rated[row['id']]['state_text']}».",
            *([f"Förväntad nivå är {wanted}{star}."] if wanted else []),
        )
        assert row["picture"]["text"] == " ".join(told)
    starred = [item for item in inside(reply["details"]["areas"]) if "*" in item["summary"]]
    assert len(starred) == unsure
    in_picture = any("*" in row["picture"]["text"] for row in rows)
    assert bool(starred) <= bool(reply["details"]["note"]) <= in_picture
    for section in reply["sheet"]["document"]["sections"]:
        if section["id"] in ("talk", "level"):
            cells = [cell["text"] for row in section["rows"] for cell in row["cells"]]
            assert bool(section["note"]) == any("*" in text for text in cells)
    if not form["roles"]:
        assert "*" not in json.dumps({**reply, "sheet": None, "details": reply["details"]["note"]})


@quiet
@given(data=st.data())
def test_the_code_of_a_reply_says_what_the_form_said(quiz: dict[str, Any], data: st.DataObject) -> None:
    """A form with an answer has a code; who goes on from it has the same levels, kinds and motivation."""
    first = ask(**data.draw(forms(quiz)))
    assert bool(first["code"]) == first["result"]["answered"]
    if first["code"]:
        again = ask(**read(first["code"])["said"])
        assert again["code"] == first["code"]
        for one, other in zip(first["competences"], again["competences"], strict=True):
            for part in ("id", "state", "pick", "level"):
                assert one[part] == other[part]
        assert again["result"] == first["result"]
        assert again["motivation"] == first["motivation"]


@quiet
@given(data=st.data())
def test_no_answer_is_kept_between_requests(quiz: dict[str, Any], data: st.DataObject) -> None:
    """A request is answered the same whatever was asked before it."""
    first, second = data.draw(forms(quiz)), data.draw(forms(quiz))
    alone = bridge.handle(json.dumps(first))
    bridge.handle(json.dumps(second))
    assert bridge.handle(json.dumps(first)) == alone
