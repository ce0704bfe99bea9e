"""The door between the page and the rules: what a request gives, and that none makes it fail."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.model import Framework as Model
from macros.site.publish import framework_json
from quiz import bridge, protocol, words
from quiz.request import LONGEST_REQUEST, MOST_IGNORED
from quiz.suggestions import MOST_SUGGESTIONS
from quiz.words import swedish_date
from tests.shapes import leaves
from tests.vectors import every_tick, vectors

ROOT = Path(__file__).resolve().parent.parent

quiet = settings(derandomize=True, max_examples=60)


@pytest.fixture(scope="module", autouse=True)
def text(framework: Model) -> str:
    """The real framework as JSON text, handed to the bridge."""
    text = framework_json(framework)
    bridge.use(text)
    return text


@pytest.fixture(scope="module")
def quiz(text: str) -> dict[str, Any]:
    """The real framework, as the self-check reads it."""
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.fixture(scope="module")
def replies(quiz: dict[str, Any]) -> list[dict[str, Any]]:
    """The replies to all vectors."""
    return [json.loads(bridge.handle(request)) for request in vectors(quiz)]


def ask(**request: Any) -> dict[str, Any]:
    """Return the reply to a state request with these fields."""
    reply: dict[str, Any] = json.loads(bridge.handle(json.dumps({"kind": "state", **request})))
    return reply


def competences(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the reply says about each competence."""
    return [item for area in reply["areas"] for item in area["competences"]]


def competence(reply: dict[str, Any], key: str) -> dict[str, Any]:
    """Return what the reply says about one competence."""
    return next(item for item in competences(reply) if item["id"] == key)


# The protocol


def paths(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every path to a leaf of a reply, with the leaf."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{path}[]")
    else:
        yield path, value


def test_the_protocol_is_exactly_what_replies_hold(replies: list[dict[str, Any]]) -> None:
    """Every leaf of a reply has its type in the protocol, and every leaf of the protocol occurs."""
    found = {(path, type(value)) for reply in replies for path, value in paths(reply)}
    assert found == set(leaves(protocol.Reply))


def test_the_protocol_is_what_the_framework_holds(quiz: dict[str, Any]) -> None:
    """`framework.json` has the fields that the protocol says."""
    keyed = {"expected": {"role": 1}}
    data = {**quiz, "competences": [{**item, **keyed} for item in quiz["competences"]]}
    found = {(path, type(value)) for path, value in paths(data)}
    expected = ("competences[].expected.role", int)
    assert found == {
        expected if "expected" in path else (path, leaf) for path, leaf in leaves(protocol.FrameworkData)
    }


@pytest.mark.parametrize("kind", get_args(protocol.ErrorCode))
def test_every_error_has_a_sentence(kind: protocol.ErrorCode) -> None:
    """There are words for whatever can go wrong."""
    assert words.ERRORS[kind].endswith(".")


def test_there_are_enough_vectors_of_every_sort(quiz: dict[str, Any], replies: list[dict[str, Any]]) -> None:
    """At least 200 different requests, with every role and state, every status, and refused ones too."""
    requests = vectors(quiz)
    assert len(requests) == len(set(requests)) >= 200
    good = [reply for reply in replies if reply["ok"] and reply["kind"] == "state"]
    everything = [item for reply in good for item in competences(reply)]
    assert {item["state"] for item in everything} == {
        *("unanswered", "pending", "level", "unknown", "unclear", "not_relevant")
    }
    assert {item["status"]["code"] for item in everything if "status" in item} == {
        *("develop", "in_line", "above", "no_role", "unknown", "unclear", "not_relevant")
    }
    assert {role["id"] for reply in good for role in reply["plan"]["roles"]} == {
        r["id"] for r in quiz["roles"]
    }
    assert {reply["error"]["code"] for reply in replies if not reply["ok"]} == {
        *("not_json", "not_object", "unknown_kind")
    }


def test_the_same_request_gives_the_same_bytes_everywhere(
    quiz: dict[str, Any], text: str, tmp_path: Path
) -> None:
    """Another process with another hash seed gives the same replies, byte for byte."""
    (tmp_path / "framework.json").write_text(text, encoding="utf-8")
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


def test_a_reader_with_two_roles_from_answer_to_words() -> None:
    """One competence from pick to words: the staircase lowers the level, and both roles are named."""
    answers = {"2.1": {"pick": 4, "met": {"2": True, "3": False}, "example": "Jag bjuder in till möten."}}
    reply = ask(roles=["systemansvarig", "bibliotekarie"], answers=answers, today="2026-11-23")
    assert [role["id"] for role in reply["plan"]["roles"]] == ["bibliotekarie", "systemansvarig"]
    assert reply["progress"]["text"] == "1 av 20 besvarade"
    found = competence(reply, "2.1")
    assert (found["pick"], found["level"], found["state_text"]) == (4, 2, "Nivå 2")
    assert (
        found["ladder"]["text"]
        == "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står därför på nivå 2."
    )
    asked_by = "Förväntad nivå är 4, för rollen systemansvarig. För bibliotekarie är den 3."
    assert found["expected"]["asked_by"] == asked_by
    assert found["expected"]["note"] == "Läst ur skadat underlag, kontrollera mot bilaga 1"
    assert found["summary"] == f"Din nivå är 2. {asked_by} Att utveckla."
    assert [step["text"] for step in found["picture"]["steps"]] == ["", "Din nivå", "", "Förväntad nivå", ""]
    assert found["next"]["level"] == 3
    assert [item["id"] for item in reply["result"]["suggestions"]] == ["below:2.1"]


def test_a_staircase_that_is_not_answered_is_no_answer() -> None:
    """While a deciding question is open there is no level, no expected level is shown, and progress waits."""
    reply = ask(roles=["chef"], answers={"1.1": {"pick": 3}, "1.2": {"pick": 2}})
    found = competence(reply, "1.1")
    assert (found["state"], found["level"]) == ("pending", None)
    assert [question["question"] for question in found["ladder"]["questions"]] == [
        "Uppfyller du också nivå 2?"
    ]
    assert "expected" not in found
    assert reply["progress"]["answered"] == 1
    assert "1.1" in reply["progress"]["left"]
    kinds = {group["kind"]: [item["id"] for item in group["items"]] for group in reply["result"]["lists"]}
    assert kinds["pending"] == ["1.1"]


def test_without_a_role_one_can_rate_but_not_compare(quiz: dict[str, Any]) -> None:
    """Who has chosen no role is told so, can rate areas 1-5, and sees no expected level."""
    reply = ask(answers={"1.1": {"pick": 2}})
    assert reply["plan"]["ready"]
    assert reply["plan"]["missing"].startswith("Välj minst en roll")
    assert [area["id"] for area in reply["areas"]] == ["1", "2", "3", "4", "5"]
    found = competence(reply, "1.1")
    assert (found["expected"], found["status"]["code"], found["summary"]) == (
        None,
        "no_role",
        "Din nivå är 2.",
    )


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
    assert (plan["ready"], plan["missing"], reply["areas"], plan["time"]) == (False, text, [], "")


def test_one_area(quiz: dict[str, Any]) -> None:
    """With an area as scope only that area is rated, and other answers are kept apart and said to be."""
    reply = ask(
        roles=["chef"], scope="4", answers={"1.1": {"pick": 2}, "4.1": {"none": "unclear"}, "6.8": {}}
    )
    assert [(area["id"], area["name"], area["answered"]) for area in reply["areas"]] == [
        ("4", "Digital säkerhet", True)
    ]
    assert [item["id"] for item in competences(reply)] == ["4.1", "4.2"]
    assert reply["plan"]["outside"] == {
        "ids": ["1.1"],
        "text": "Ditt svar på 1.1 finns kvar men visas inte här, för det gäller inte det du har valt nu.",
    }
    assert [item["area"] for item in reply["motivation"]] == ["4"]
    assert reply["progress"]["text"] == "1 av 2 besvarade"


def test_answers_outside_a_new_role_are_said_to_be_kept() -> None:
    """Who changes role is told that the answers which the new role has no use for are not lost."""
    answers = {key: {"pick": 2} for key in ("1.1", "6.1", "6.2")}
    assert ask(roles=["chef"], answers=answers)["plan"]["outside"] == {"ids": [], "text": ""}
    assert ask(roles=["medarbetare"], answers=answers)["plan"]["outside"] == {
        "ids": ["6.1", "6.2"],
        "text": "Dina svar på 6.1 och 6.2 finns kvar men visas inte här,"
        " för de gäller inte det du har valt nu.",
    }


def test_not_relevant_by_the_framework_is_said() -> None:
    """A system owner sees that 6.7 and 6.8 are not for them, and is not asked about them."""
    reply = ask(roles=["systemagare"])
    assert [(item["id"], item["text"]) for item in reply["plan"]["not_relevant"]] == [
        ("6.7", "Ej relevant för systemägare"),
        ("6.8", "Ej relevant för systemägare"),
    ]
    assert {"6.7", "6.8"}.isdisjoint(item["id"] for item in competences(reply))


def test_motivation_is_apart_from_the_levels() -> None:
    """Motivation is given in the scale's own words and changes nothing about a level or a status."""
    answers = {"1.1": {"pick": 2}}
    low, high = (ask(roles=["chef"], answers=answers, motivation={"1": place}) for place in (1, 5))
    assert low["areas"] == high["areas"]
    assert [reply["motivation"][0]["text"] for reply in (low, high)] == ["Stämmer inte", "Stämmer mycket väl"]
    assert low["motivation"][1]["text"] == "Inte besvarad"
    ids = [[item["id"] for item in reply["result"]["suggestions"]] for reply in (low, high)]
    assert ids == [["below:1.1", "motivation:1"], ["below:1.1"]]


WORDS_OF_A_VERDICT = ("procent", "%", "poäng", "totalt", "medel", "snitt", "rank", "betyg", "godkänd")


def test_never_a_verdict(quiz: dict[str, Any], replies: list[dict[str, Any]]) -> None:
    """No reply speaks of totals, percentages, averages or ranks, and none has over five suggestions."""
    own = json.dumps(quiz, ensure_ascii=False).casefold()
    in_line = {
        item["id"]: {"pick": level, "met": {str(step): True for step in range(2, level)}}
        for item in quiz["competences"]
        if (level := item["expected"].get("medarbetare"))
    }
    all_in_line, some = (ask(roles=["medarbetare"], answers=dict(list(in_line.items())[:n])) for n in (12, 3))
    for reply in (all_in_line, some):
        assert [item["id"] for item in reply["result"]["suggestions"]] == ["onward"]
    for reply in (*replies, all_in_line, some):
        for path, leaf in paths(reply):
            if isinstance(leaf, str) and leaf.casefold() not in own:
                assert not any(word in leaf.casefold() for word in WORDS_OF_A_VERDICT), (path, leaf)
        assert len(reply.get("result", {}).get("suggestions", [])) <= MOST_SUGGESTIONS


def test_long_texts_are_cut_and_said_to_be() -> None:
    """A text over the limit is cut to it, and the reader is told which one."""
    reply = ask(
        roles=["chef"],
        answers={
            "1.1": {"pick": 2, "example": "x" * 2001},
            "1.2": {"pick": 2, "example": f"  {'y' * 2000}\r\n "},
        },
        sheet={"ticked": ["example:1.1", "example:1.2"]},
    )
    assert reply["notices"] == ["Exemplet till 1.1 ryms inte. Bara de första 2\u00a0000 tecknen tas med."]
    assert [len(row[1]) for row in reply["sheet"]["document"]["sections"][0]["rows"]] == [2000, 2000]


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
        sheet={"ticked": ["level:1.1", 8], "notes": ["x"]},
    )
    assert (reply["id"], reply["ok"]) == (None, True)
    assert sorted(reply["ignored"]) == [
        "answers.1.2.pick",
        "answers.2.1.met.2",
        "answers.2.2",
        "answers.9.9",
        "motivation.2",
        "motivation.8",
        "roles[1]",
        "scope",
        "sheet.notes",
        "sheet.ticked[1]",
        "today",
    ]
    assert competence(reply, "1.1")["level"] == 2
    assert competence(reply, "2.1")["ladder"]["unanswered"] == [2]
    assert reply["motivation"][0]["answer"] == 3
    assert reply["sheet"]["document"]["sections"][0]["rows"][0][1] == "Nivå 2"


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


# The sheet


def filled(quiz: dict[str, Any], ticked: list[str]) -> dict[str, Any]:
    """Return the reply to a full form whose texts can be recognised."""
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
        sheet={"ticked": ticked, "notes": "igenkännbar anteckning", "questions": "igenkännbar fråga"},
    )


def offered(reply: dict[str, Any]) -> list[str]:
    """Return the ids of all that can be ticked."""
    return [item["id"] for group in reply["sheet"]["groups"] for item in group["items"]]


def test_an_empty_sheet_says_so(quiz: dict[str, Any]) -> None:
    """With nothing ticked the sheet has nothing of what the reader said, and a sentence says what to do."""
    sheet = filled(quiz, [])["sheet"]
    assert sheet["document"]["sections"] == []
    assert sheet["empty"] == "Bladet är tomt. Kryssa i det som ska med."
    assert sheet["text"] == (
        "Underlag till samtal om digital kompetens\n"
        f"{quiz['title']}, version {quiz['version']}, {swedish_date(quiz['date'])}\n"
        "Utskrivet 23 november 2026\n"
    )


def test_each_tick_brings_exactly_its_own_row(quiz: dict[str, Any]) -> None:
    """Ticking one item puts one row into one section, in the structured sheet and in the text alike."""
    for tick in offered(filled(quiz, [])):
        sheet = filled(quiz, [tick])["sheet"]
        (section,) = sheet["document"]["sections"]
        assert section["id"] == tick.partition(":")[0], tick
        (row,) = section["rows"]
        assert len(row) == (len(section["columns"]) or 1), tick
        assert all(cell in sheet["text"] for cell in row), tick
        ticks = [item["id"] for group in sheet["groups"] for item in group["items"] if item["ticked"]]
        assert ticks == [tick]


@quiet
@given(data=st.data())
def test_what_is_not_ticked_is_not_on_the_sheet(quiz: dict[str, Any], data: st.DataObject) -> None:
    """The sheet holds the rows of the ticked items alone; no unticked text of the reader is in it."""
    every = offered(filled(quiz, []))
    ticked = data.draw(st.lists(st.sampled_from(every), unique=True))
    sheet = filled(quiz, ticked)["sheet"]
    rows = [row for section in sheet["document"]["sections"] for row in section["rows"]]
    assert len(rows) == len(ticked)
    whole = json.dumps(sheet["document"], ensure_ascii=False) + sheet["text"]
    texts = {f"example:{item['id']}": f"igenkännbart exempel {item['id']}." for item in quiz["competences"]}
    texts |= {
        "notes": "igenkännbar anteckning",
        "questions": "igenkännbar fråga",
        "roles": "Chef, Systemansvarig",
    }
    for tick, text in texts.items():
        assert (text in whole) == (tick in ticked), tick


def test_ticks_of_what_is_no_longer_there_are_ignored(quiz: dict[str, Any]) -> None:
    """A tick whose item is gone, since the answer was changed, puts nothing on the sheet and is no fault."""
    reply = ask(
        roles=["chef"], answers={"1.1": {"none": "unknown"}}, sheet={"ticked": ["level:1.1", "example:1.1"]}
    )
    assert (reply["ignored"], reply["sheet"]["document"]["sections"]) == ([], [])


def test_every_tick_that_there_can_be_is_in_the_vectors(
    quiz: dict[str, Any], replies: list[dict[str, Any]]
) -> None:
    """The vectors tick every kind of item that any reply offers."""
    found = {tick for reply in replies if "sheet" in reply for tick in offered(reply)}
    assert found <= set(every_tick(quiz))


def test_the_sheet_marks_levels_from_a_damaged_source(quiz: dict[str, Any]) -> None:
    """An expected level that is not sure has an asterisk on the sheet, explained once below the table."""
    answers = {key: {"pick": 1} for key in ("1.1", "1.2", "2.1")}
    sheet = ask(roles=["chef"], answers=answers, sheet={"ticked": ["level:1.1", "level:1.2", "level:2.1"]})[
        "sheet"
    ]
    (section,) = sheet["document"]["sections"]
    assert [row[2] for row in section["rows"]] == ["Nivå 4*", "Nivå 4", "Nivå 3*"]
    assert section["note"] == "* Läst ur skadat underlag, kontrollera mot bilaga 1."
    assert sheet["text"].count(section["note"]) == 1


def test_motivation_on_the_sheet_is_the_area_and_the_answer(quiz: dict[str, Any]) -> None:
    """The statement, which reads alike for every area, is not repeated on the sheet."""
    ticked = [f"motivation:{area['id']}" for area in quiz["areas"][:2]]
    (section,) = filled(quiz, ticked)["sheet"]["document"]["sections"]
    assert section["columns"] == ["Område", "Mitt svar"]
    scale = quiz["motivation"]["scale"]
    areas = [f"{area['id']} {area['name']}" for area in quiz["areas"]]
    assert section["rows"] == [[areas[0], scale[0]], [areas[1], scale[1]]]


def test_a_merged_suggestion_can_be_ticked() -> None:
    """A suggestion about several competences is ticked by its kind, and is one row."""
    answers = {key: {"none": "unclear"} for key in ("1.1", "1.2")}
    sheet = ask(roles=["chef"], answers=answers, sheet={"ticked": ["suggestion:unclear"]})["sheet"]
    assert sheet["document"]["sections"][0]["rows"] == [
        [
            "Fråga vad de här kompetenserna betyder i din roll: 1.1 och 1.2.",
            "Du svarade att du inte förstår frågan.",
        ]
    ]


def test_a_sheet_has_no_field_for_a_name(replies: list[dict[str, Any]]) -> None:
    """No heading or column of any sheet asks who the reader is."""
    for reply in replies:
        for section in reply.get("sheet", {}).get("document", {}).get("sections", []):
            assert not any("namn" in word.casefold() for word in [section["heading"], *section["columns"]])


# Whatever comes in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LEVELS = st.sampled_from(["1", "2", "3", "4", "5"])


def forms(quiz: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Requests as the page could send them."""
    keys = st.sampled_from([item["id"] for item in quiz["competences"]])
    areas = st.sampled_from([area["id"] for area in quiz["areas"]])
    met = st.dictionaries(LEVELS, st.sampled_from([True, False, None]))
    rated = st.fixed_dictionaries({"pick": st.integers(1, 5), "met": met}, optional={"example": st.text()})
    none = st.fixed_dictionaries({"none": st.sampled_from(["unknown", "unclear", "not_relevant"])})
    return st.fixed_dictionaries(
        {
            "kind": st.just("state"),
            "roles": st.lists(st.sampled_from([role["id"] for role in quiz["roles"]]), max_size=4),
            "scope": st.sampled_from(["all", "all", "1", "6"]),
            "answers": st.dictionaries(keys, rated | none | st.just({})),
            "motivation": st.dictionaries(areas, st.integers(1, 5)),
            "sheet": st.fixed_dictionaries(
                {"ticked": st.lists(st.sampled_from(every_tick(quiz)), unique=True)}
            ),
        }
    )


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


@settings(derandomize=True, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["id", "kind", "roles", "scope", "answers", "motivation", "today", "sheet"]), JSON
    )
)
def test_no_json_makes_it_raise(request: dict[str, Any]) -> None:
    """Any JSON in any field gets a reply."""
    in_swedish_or_an_answer(json.dumps({**request, "kind": "state"}))
    in_swedish_or_an_answer(json.dumps(request))


@settings(derandomize=True, max_examples=200)
@given(data=st.data())
def test_no_damaged_form_makes_it_raise(quiz: dict[str, Any], data: st.DataObject) -> None:
    """A form with one part replaced by anything gets an answer, with the rest of it intact."""
    form = data.draw(forms(quiz))
    part = data.draw(st.sampled_from(["roles", "scope", "motivation", "today", "sheet"]))
    reply = in_swedish_or_an_answer(json.dumps({**form, part: data.draw(JSON)}))
    assert reply["ok"]
    key = data.draw(st.sampled_from([item["id"] for item in quiz["competences"]]))
    damaged = {**form, "answers": {**form["answers"], key: data.draw(JSON | st.dictionaries(LEVELS, JSON))}}
    whole, other = ask(**form), in_swedish_or_an_answer(json.dumps(damaged))
    for before, after in zip(competences(whole), competences(other), strict=True):
        # There are at most five suggestions, so that one answer may push another's out.
        assert {**before, "suggested": None} == {**after, "suggested": None} or before["id"] == key


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


def test_ten_megabytes_of_notes_cost_no_answer() -> None:
    """A reader who pastes 10 MB into a field keeps every answer, and is told that the text was cut."""
    notes = '[{"' * 3_400_000
    reply = ask(roles=["chef"], answers={"1.1": {"pick": 2}}, sheet={"ticked": ["notes"], "notes": notes})
    assert competence(reply, "1.1")["level"] == 2
    assert reply["notices"] == [
        "Texten med dina anteckningar ryms inte. Bara de första 2\u00a0000 tecknen tas med."
    ]
    assert reply["sheet"]["document"]["sections"][0]["rows"] == [[notes[:2000]]]


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    """Text that UTF-8 cannot hold does not get into a reply."""
    reply = bridge.handle('{"kind":"state","sheet":{"ticked":["notes"],"notes":"a\\ud800b \\ud83d\\ude00"}}')
    assert "a?b 😀" in reply
    assert "a?b" in bridge.handle('{"kind":"state","sheet":{"ticked":["notes"],"notes":"a\ud800b"}}')


def test_text_passes_through_as_text() -> None:
    """What looks like markup in the reader's text stays what it was; line breaks are of one kind."""
    words = '<b onclick="x">&amp;</b> \\ "citat" \t 1 < 2'
    reply = ask(sheet={"ticked": ["questions"], "questions": f" {words}\r\n\r\n{words}\n"})
    assert reply["sheet"]["document"]["sections"][0]["rows"] == [[f"{words}\n\n{words}"]]


def test_a_fault_of_ours_is_a_sentence_that_quotes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the rules fail, a sentence says that the answers are still there, and repeats none of them."""

    def fail(*_: object) -> None:
        raise ValueError("hemlig anteckning")

    monkeypatch.setattr(bridge, "_state", fail)
    reply = bridge.handle('{"id": 4, "kind": "state"}')
    error = json.loads(reply)["error"]
    assert (json.loads(reply)["id"], error["code"]) == (4, "internal")
    assert error["message"] == "Något gick fel i självskattningen. Dina svar finns kvar på sidan."
    assert error["detail"].startswith("ValueError fail:")
    assert "hemlig" not in reply


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
    other["sheet"] = {"ticked": data.draw(st.permutations(form["sheet"]["ticked"]))}
    assert bridge.handle(json.dumps(form)) == bridge.handle(json.dumps(other))


@quiet
@given(data=st.data())
def test_expected_levels_are_hidden_until_answered(quiz: dict[str, Any], data: st.DataObject) -> None:
    """The reply does not change when the expected levels of competences without an answer do."""
    form = data.draw(forms(quiz))
    before = bridge.handle(json.dumps(form))
    left = set(json.loads(before)["progress"]["left"])
    for item in competences(json.loads(before)):
        assert ("expected" in item) == (item["id"] not in left)
    changed = json.loads(json.dumps(quiz))
    for item in changed["competences"]:
        if item["id"] in left:
            item["expected"] = {role: level % 5 + 1 for role, level in item["expected"].items()}
    try:
        bridge.use(json.dumps(changed))
        assert bridge.handle(json.dumps(form)) == before
    finally:
        bridge.use(json.dumps(quiz))


@quiet
@given(data=st.data())
def test_no_answer_is_kept_between_requests(quiz: dict[str, Any], data: st.DataObject) -> None:
    """A request is answered the same whatever was asked before it."""
    first, second = data.draw(forms(quiz)), data.draw(forms(quiz))
    alone = bridge.handle(json.dumps(first))
    bridge.handle(json.dumps(second))
    assert bridge.handle(json.dumps(first)) == alone
