"""The self-check's rules: staircase, profile, report, sheet."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.model import Framework as Model
from macros.site.publish import framework_json
from quiz import bridge, ladder, profile, report, result, sheet, steps, suggestions, talk, words
from quiz.ladder import Answer
from quiz.protocol.framework import CompetenceData, FrameworkData
from quiz.protocol.reply import State
from quiz.protocol.request import NoLevel
from quiz.protocol.result import StatusCode, Suggestion

quiet = settings(derandomize=True, max_examples=150)

PICKS = st.integers(1, 5)
MET = st.dictionaries(st.integers(1, 6), st.booleans())


@pytest.fixture(scope="module")
def quiz(decided: Model) -> FrameworkData:
    """The framework of version 1.0, as the self-check reads it."""
    data: FrameworkData = json.loads(framework_json(decided))
    return data


def role_ids(framework: FrameworkData) -> list[str]:
    """Return the ids of all roles."""
    return [role["id"] for role in framework["roles"]]


def made(key: str = "1.1", **changes: Any) -> CompetenceData:
    """Return a small competence, for a case that the real framework does not have."""
    base: CompetenceData = {
        "id": key,
        "area": key.partition(".")[0],
        "title": f"Titel {key}",
        "definition": "Kort definition.",
        "levels": ["Ett.", "Två.", "Tre.", "Fyra.", "Fem."],
        "expected": {},
        "not_relevant": [],
        "reading": "clear",
        "support": [],
    }
    return {**base, **changes}  # type: ignore[typeddict-item]


def rated(competence: CompetenceData, answer: Answer, roles: Sequence[str] = ("chef",)) -> report.Rated:
    """Return a competence with an answer, which was none earlier."""
    return report.Rated(competence, roles, answer, Answer())


# The staircase


@pytest.mark.parametrize(
    ("pick", "met", "level"),
    [
        (1, {}, 1),
        (2, {}, 2),
        (3, {2: True}, 3),
        (3, {2: False}, 1),
        (4, {2: True, 3: False}, 2),
        (4, {2: False, 3: True}, 1),
        (5, {2: True, 3: True, 4: True}, 5),
        (5, {2: True, 3: True, 4: False}, 3),
        (3, {}, None),
        (4, {2: True}, None),
        (4, {3: True}, None),
        (4, {3: False}, None),
        (4, {2: False}, 1),
        (2, {2: False, 3: False}, 2),
        (3, {2: True, 3: False, 4: False}, 3),
    ],
)
def test_carried(pick: int, met: Mapping[int, bool], level: int | None) -> None:
    """The level is the highest with every step from 2 met, and none while a deciding answer is missing."""
    assert ladder.carried(pick, met) == level


@quiet
@given(pick=PICKS, met=MET, step=st.integers(2, 4))
def test_one_more_yes_never_lowers_the_level(pick: int, met: dict[int, bool], step: int) -> None:
    """Turning a no into a yes never lowers a settled level."""
    before = ladder.carried(pick, {**met, step: False})
    after = ladder.carried(pick, {**met, step: True})
    assert before is None or after is None or after >= before


@quiet
@given(pick=PICKS, met=MET, rest=MET)
def test_a_level_never_comes_from_an_unanswered_question(
    pick: int, met: dict[int, bool], rest: dict[int, bool]
) -> None:
    """Once there is a level, no answer that is still missing can change it."""
    level = ladder.carried(pick, met)
    if level is not None:
        assert ladder.carried(pick, {**rest, **met}) == level


@quiet
@given(pick=PICKS, met=MET)
def test_unanswered_questions_are_those_that_decide(pick: int, met: dict[int, bool]) -> None:
    """There is no level exactly as long as a question that decides it is unanswered."""
    missing = ladder.unanswered(pick, met)
    assert (ladder.carried(pick, met) is None) == bool(missing)
    assert set(missing) <= set(ladder.asked(pick)) - met.keys()


@pytest.mark.parametrize(
    ("pick", "met", "text"),
    [
        (2, {}, ""),
        (
            4,
            {2: True, 3: False},
            "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står därför på nivå 2.",
        ),
        (
            5,
            {2: False, 3: True, 4: False},
            "Du valde nivå 5, men nivå 2 och 4 är inte uppfyllda än. Du står därför på nivå 1.",
        ),
        (4, {2: True, 3: True}, "Du uppfyller också nivå 2 och 3. Du står därför på nivå 4."),
        (4, {2: True}, "Svara också på om du uppfyller nivå 3. Innan dess är din nivå inte klar."),
        (5, {}, "Svara också på om du uppfyller nivå 2, 3 och 4. Innan dess är din nivå inte klar."),
    ],
)
def test_explain(pick: int, met: Mapping[int, bool], text: str) -> None:
    """The page says in words why the level is lower than the pick, and which answers are missing."""
    assert ladder.explain(pick, met) == text


@pytest.mark.parametrize("none", words.NO_LEVEL)
def test_no_level_is_no_level_1(none: NoLevel) -> None:
    """Each way of having no level is a state of its own, without a level and apart from level 1."""
    answer = Answer(none=none)
    assert (answer.level, answer.state) == (None, none)
    assert report.state_text(answer) != report.state_text(Answer(pick=1))


def test_states_have_words_of_their_own() -> None:
    """No two states look alike to the reader."""
    answers = [Answer(), Answer(pick=4), *(Answer(none=none) for none in words.NO_LEVEL), Answer(pick=1)]
    assert len({report.state_text(answer) for answer in answers}) == len(answers)


# The profile


def test_every_role_gets_the_competences_that_expect_a_level_of_it(quiz: FrameworkData) -> None:
    """A competence applies to a role exactly when it expects a level of it."""
    for role in role_ids(quiz):
        found = [item["id"] for item in profile.applies(quiz, [role])]
        assert found == [item["id"] for item in quiz["competences"] if role in item["expected"]], role
    both = {item["id"] for item in profile.applies(quiz, ["chef", "systemansvarig"])}
    assert both == {item["id"] for item in quiz["competences"]}


@pytest.mark.parametrize(
    ("role", "count", "last"),
    [
        ("medarbetare", 12, "5.3"),
        ("chef", 14, "6.2"),
        ("systemagare", 18, "6.6"),
        ("systemansvarig", 20, "6.8"),
    ],
)
def test_area_6_is_for_some_roles(quiz: FrameworkData, role: str, count: int, last: str) -> None:
    """Area 6 is for chef (6.1-6.2), systemägare (6.1-6.6) and systemansvarig (6.1-6.8) alone."""
    found = profile.applies(quiz, [role])
    assert (len(found), found[-1]["id"]) == (count, last)


def test_without_a_role_the_shared_competences_can_be_rated(quiz: FrameworkData) -> None:
    """Without a role a reader can rate what all roles share: areas 1-5."""
    assert [item["id"] for item in profile.applies(quiz, [])] == [
        item["id"] for item in quiz["competences"] if item["area"] != "6"
    ]


def test_the_framework_itself_says_what_is_not_relevant(quiz: FrameworkData) -> None:
    """6.7 and 6.8 are said not to be relevant for a system owner, unless another role of theirs has them."""
    said = profile.not_relevant(quiz, ["systemagare"])
    assert [(item["id"], item["text"]) for item in said] == [
        ("6.7", "Ej relevant för systemägare"),
        ("6.8", "Ej relevant för systemägare"),
    ]
    assert profile.not_relevant(quiz, ["systemagare"], "1") == []
    assert profile.not_relevant(quiz, ["systemagare", "systemansvarig"]) == []


@quiet
@given(data=st.data())
def test_the_combined_role_never_expects_less_than_each(quiz: FrameworkData, data: st.DataObject) -> None:
    """With several roles the expected level is that of one of them, and never below another's."""
    roles = data.draw(st.lists(st.sampled_from(role_ids(quiz)), min_size=1, unique=True))
    for competence in profile.applies(quiz, roles):
        combined = profile.highest(competence, roles)
        alone = [profile.highest(competence, [role]) for role in roles]
        assert combined is not None, competence["id"]
        assert all(combined >= level for level in alone if level is not None), competence["id"]
        assert combined in alone, competence["id"]


def test_asked_by_names_the_role_that_asks(quiz: FrameworkData) -> None:
    """The sentence says which role asks for the highest level, and what the others expect."""
    competence = made(expected={"chef": 4, "bibliotekarie": 4, "systemansvarig": 2, "medarbetare": 3})
    assert profile.asked_by(quiz, competence, ["chef"]) == "Förväntad nivå är 4, för rollen chef."
    everyone = (
        "Förväntad nivå är 4, för rollerna chef och bibliotekarie. För medarbetare är den 3."
        " För systemansvarig är den 2."
    )
    assert profile.asked_by(quiz, competence, role_ids(quiz)) == everyone
    for reading in profile.UNSURE_READINGS:
        assert profile.asked_by(quiz, {**competence, "reading": reading}, role_ids(quiz)) == (
            everyone.replace("4", "4*").replace("3", "3*").replace("2", "2*")
        )


def test_minutes_from_words_and_answers(quiz: FrameworkData) -> None:
    """180 words take a minute and an answer half of one; support texts only lengthen the longer time."""
    words = " ".join(["ord"] * 26)
    support = {"kind": "exempel", "levels": [], "text": " ".join(["ord"] * 180), "links": []}
    competence = made(
        title=words, definition=words, levels=[words, words, words, words, words], support=[support]
    )
    assert profile.words_to_read([competence]) == 182
    assert profile.answers_to_give(quiz, [competence]) == 2
    assert profile.minutes(quiz, [competence]) == (2, 3)
    assert profile.time_text(quiz, [competence]) == "ungefär 2–3 minuter"
    assert profile.time_text(quiz, [{**competence, "support": []}]) == "ungefär 2 minuter"


def test_the_time_is_what_the_framework_promises(quiz: FrameworkData) -> None:
    """The twelve competences of a co-worker take at most the 30 minutes that the framework sets aside."""
    low, high = profile.minutes(quiz, profile.applies(quiz, ["medarbetare"]))
    assert 10 < low < high <= 30


# Other numbers of levels


def with_levels(quiz: FrameworkData, count: int) -> FrameworkData:
    """Return the real framework with `count` levels, and as many places on the scale of motivation."""
    texts = [f"Kan {word}." for word in ("inget", "lite", "en del", "mycket", "mer", "allt")][:count]
    return {
        **quiz,
        "levels": [{"level": level, "name": f"Namn {level}"} for level in range(1, count + 1)],
        "motivation": {"title": "Motivation", "scale": [f"Plats {place}" for place in range(1, count + 1)]},
        "competences": [
            {
                **item,
                "levels": texts,
                "expected": {role: min(level, count) for role, level in item["expected"].items()},
            }
            for item in quiz["competences"]
        ],
    }


def asked_with(quiz: FrameworkData, **request: Any) -> State:
    """Return the reply to a state request, from this framework."""
    try:
        bridge.use(json.dumps(quiz))
        reply: State = json.loads(bridge.handle(json.dumps({"kind": "state", "roles": ["chef"], **request})))
    finally:
        bridge.use("null")
    return reply


@pytest.mark.parametrize("count", [4, 5, 6])
@pytest.mark.parametrize("over", [0, 1])
def test_every_level_of_the_framework_can_be_picked_and_no_other(
    quiz: FrameworkData, count: int, over: int
) -> None:
    """The highest level is reached by meeting those below, and one more is no level."""
    met = {str(level): True for level in range(2, count)}
    reply = asked_with(with_levels(quiz, count), answers={"1.1": {"pick": count + over, "met": met}})
    found = reply["competences"][0]
    if over:
        assert (reply["ignored"], found["state"]) == (["answers.1.1.pick"], "unanswered")
    else:
        assert (found["level"], found["state_text"]) == (count, f"Nivå {count}")


@pytest.mark.parametrize("count", [4, 6])
@quiet
@given(data=st.data())
def test_rating_goes_by_the_levels_of_the_framework(
    quiz: FrameworkData, count: int, data: st.DataObject
) -> None:
    """Level, picture, next step and sheet are those of a staircase with so many levels."""
    pick = data.draw(st.integers(1, count))
    met = {level: data.draw(st.booleans()) for level in range(2, pick)}
    level = next((step - 1 for step in range(2, pick) if not met[step]), pick)
    answer = {"pick": pick, "met": {str(step): said for step, said in met.items()}}
    other = with_levels(quiz, count)
    reply = asked_with(other, answers={"1.1": answer})
    found = reply["competences"][0]
    assert found["level"] == level
    assert [question["level"] for question in found["ladder"]["questions"]] == list(range(2, pick))
    steps = reply["result"]["areas"][0]["competences"][0]["picture"]["steps"]
    assert [step["level"] for step in steps] == list(range(1, count + 1))
    assert [step for step, drawn in enumerate(steps, start=1) if drawn["mine"]] == [level]
    following = reply["details"]["areas"][0]["competences"][0]["next"]
    assert following
    assert following["level"] == (level + 1 if level < count else None)
    assert following["name"] == (f"Nivå {level + 1}. Namn {level + 1}" if level < count else "")
    assert (following["lead"] == words.TOP_STEP) == (level == count)
    assert ("next" in {group["id"] for group in reply["sheet"]["groups"]}) == (level < count)


@pytest.mark.parametrize(("count", "low"), [(4, 2), (5, 2), (6, 3)])
def test_low_motivation_is_the_lower_half_of_the_scale(quiz: FrameworkData, count: int, low: int) -> None:
    """A place in the lower half is something to talk about; a place past the end is no answer."""
    for place in range(1, count + 2):
        reply = asked_with(with_levels(quiz, count), motivation={"1": place})
        assert [item["id"] for item in reply["talk"]["choices"]] == ["motivation:1"] * (place <= low)
        assert reply["ignored"] == ["motivation.1"] * (place > count)
        assert reply["motivation"][0]["text"] == (f"Plats {place}" if place <= count else "Inte besvarad")


# What is new on a step


def marked(lower: str, upper: str) -> str:
    """Return `upper` with what is new in brackets."""
    return "".join(f"[{text}]" if new else text for text, new in steps.new_words(lower, upper))


@pytest.mark.parametrize(
    ("key", "lower", "text"),
    [
        (
            "1.1",
            2,
            "Kan [på egen hand] söka och filtrera digital information"
            " [samt organisera och strukturera informationen.]",
        ),
        (
            "1.2",
            2,
            "Kan granska, [bedöma] och hantera digital information,"
            " [till exempel bedöma källor och relevans.]",
        ),
        ("2.2", 3, "Kan [bedöma och hjälpa andra att] anpassa sin digitala kommunikation."),
        (
            "3.2",
            1,
            "[Har] kännedom om upphovsrätt och licenser, såsom hur information som någon har skrivit får"
            " användas i andra sammanhang samt hur licenser för olika verktyg hanteras.",
        ),
        (
            "5.1",
            2,
            "Kan [självständigt] lösa problem som uppstår i den digitala arbetsplatsen. [Söker själv"
            " information för att lösa problem vid behov, till exempel i supportguider.]",
        ),
        (
            "6.4",
            1,
            "[Har] kännedom om lagar, förordningar, standarder och interna styrdokument för"
            " informationssäkerhet."
            " [Kan identifiera och vid behov eskalera en säkerhetsrisk eller sårbarhet.]",
        ),
        (
            "6.8",
            4,
            "[Har kompetens] att implementera och vidareutveckla processer för integrationer, tester och"
            " dokumentation [på organisationsnivå.]",
        ),
    ],
)
def test_new_words_reads_as_phrases(quiz: FrameworkData, key: str, lower: int, text: str) -> None:
    """The marking follows phrases, so that a reader sees at once what the next step asks for."""
    levels = next(item["levels"] for item in quiz["competences"] if item["id"] == key)
    assert marked(levels[lower - 1], levels[lower]) == text


def test_every_step_of_the_framework_differs_visibly(quiz: FrameworkData) -> None:
    """On each of the 80 steps something is marked as new, or a reservation is said to be gone."""
    seen = 0
    for competence in quiz["competences"]:
        for lower, upper in pairwise(competence["levels"]):
            pieces = steps.new_words(lower, upper)
            assert any(new for _, new in pieces) or steps.dropped(lower, upper), (competence["id"], upper)
            seen += 1
    assert seen == 4 * len(quiz["competences"])


def test_no_marking_splits_a_sentence_into_crumbs(quiz: FrameworkData) -> None:
    """No sentence of the framework is marked in more than three places."""
    for competence in quiz["competences"]:
        for lower, upper in pairwise(competence["levels"]):
            pieces = steps.new_words(lower, upper)
            sentences = sum(text.count(".") for text, _ in pieces)
            assert sum(new for _, new in pieces) <= 2 * sentences, (competence["id"], marked(lower, upper))


def test_dropped_reservations(quiz: FrameworkData) -> None:
    """Where a step is higher because a reservation is gone, that is said."""
    levels = {item["id"]: item["levels"] for item in quiz["competences"]}
    assert steps.dropped(levels["6.5"][1], levels["6.5"][2]) == [
        "till viss del",
        "med vägledning",
        "med stöd",
    ]
    assert (
        steps.dropped_text(levels["6.2"][1], levels["6.2"][2])
        == "Det här finns inte med längre: «till viss del» och «med vägledning»."
    )
    assert [steps.dropped_text(levels["1.1"][at], levels["1.1"][at + 1]) for at in range(4)] == [""] * 4


TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["Kan", "och", "söka", "söka.", "data", "datan,", "inte", "enklare", "\n", "t.ex."]),
        max_size=12,
    ).map(" ".join),
)


@quiet
@given(lower=TEXTS, upper=TEXTS)
def test_new_words_keeps_the_text(lower: str, upper: str) -> None:
    """The pieces joined are the text, none is empty, and marked and unmarked ones alternate."""
    pieces = steps.new_words(lower, upper)
    assert "".join(text for text, _ in pieces) == upper
    assert all(text for text, _ in pieces)
    assert all(a[1] != b[1] for a, b in pairwise(pieces))


@quiet
@given(text=TEXTS)
def test_nothing_is_new_in_the_same_text(text: str) -> None:
    """A step with the same words as the one below has nothing new, except where that one denies them."""
    if not {"inte", "ej"} & set(text.split()):
        assert not any(new for _, new in steps.new_words(text, text))
        assert steps.dropped(text, text) == []


# How things are said


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["1.1"], "1.1"), (["1.1", "1.2"], "1.1 och 1.2"), ([2, 3, 4], "2, 3 och 4")],
)
def test_listed(items: list[object], text: str) -> None:
    """An enumeration has commas, and «och» before the last."""
    assert words.listed(items) == text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([3], "3"),
        ([2, 3], "2–3"),
        ([1, 3], "1 och 3"),
        ([1, 2, 3, 4, 5, 7], "1–5 och 7"),
        ([1, 3, 4, 6, 8, 9], "1, 3–4, 6 och 8–9"),
    ],
)
def test_spans(numbers: list[int], text: str) -> None:
    """Whole numbers are said as the runs that they form, so that none between is taken for included."""
    assert words.spans(numbers) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Chef", "chef"),
        ("IT-samordnare", "IT-samordnare"),
        ("Ägare", "ägare"),
        ("VD", "VD"),
        ("X", "x"),
        ("e-chef", "e-chef"),
    ],
)
def test_a_role_inside_a_sentence(name: str, text: str) -> None:
    """A role begins with a small letter inside a sentence, unless it is an abbreviation."""
    assert words.in_sentence(name) == text
    assert words.not_for_roles([name, "Chef"]).startswith(f"Området gäller inte {text} och chef.")
    assert words.not_relevant(["Chef", name]) == f"Ej relevant för chef och {text}"
    assert words.asked_by([(name, 4), ("Chef", 3)], "") == (
        f"Förväntad nivå är 4, för rollen {text}. För chef är den 3."
    )


@pytest.mark.parametrize(
    ("number", "text"), [(0, "noll"), (2, "två"), (12, "tolv"), (13, "13"), (2000, "2\u00a0000"), (-1, "-1")]
)
def test_number_word(number: int, text: str) -> None:
    """Numbers up to twelve are words."""
    assert words.number_word(number) == text


# The report


@pytest.mark.parametrize(
    ("level", "code"), [(1, "develop"), (2, "develop"), (3, "in_line"), (4, "above"), (5, "above")]
)
def test_status_in_words(quiz: FrameworkData, level: int, code: StatusCode) -> None:
    """Below, at and above the expected level each have words, never a score."""
    answer = Answer(pick=level, met={2: True, 3: True, 4: True})
    competence = made(expected={"chef": 3})
    assert report.status(rated(competence, answer)) == code
    assert report.status(rated(competence, answer, [])) == "no_role"
    said = report.detail(quiz, rated(competence, answer))["summary"]
    assert said == f"Din nivå är {level}. Förväntad nivå är 3, för rollen chef. {words.STATUS[code]}."
    assert not any(character.isdigit() for character in words.STATUS[code] + words.KINDS[code])


@pytest.mark.parametrize("none", words.NO_LEVEL)
def test_no_level_is_no_gap(quiz: FrameworkData, none: NoLevel) -> None:
    """Not knowing, not understanding and not having the task are shown as such, never as below expected."""
    item = rated(made(expected={"chef": 3}), Answer(none=none))
    assert report.status(item) == none
    assert report.competence_reply(item)["level"] is None
    assert report.next_step(quiz, item) is None
    said = f"Du svarade «{words.NO_LEVEL[none]}»."
    assert report.picture(item)["text"] == f"{said} Förväntad nivå är 3."
    found = result.result(quiz, [item])
    assert found["kinds"] == [{"code": none, "title": words.LISTS[none], "text": "1.1 Titel 1.1"}]


@pytest.mark.parametrize(
    "answer", [Answer(), Answer(pick=4), Answer(pick=4, met={2: True}), Answer(example="x")]
)
def test_no_result_before_the_answer_is_complete(quiz: FrameworkData, answer: Answer) -> None:
    """Until a competence is answered the result has no row, no step and no expected level for it."""
    items = [rated(made(expected={"chef": 3}), answer)]
    assert result.result(quiz, items)["areas"] == []
    assert result.details(quiz, items, [], [])["areas"] == []
    assert result.entries(items)["rows"] == []
    assert suggestions.suggestions(quiz, items, {}) == []


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        (Answer(), ""),
        (Answer(3), ""),
        (Answer(3, met={2: True}), "Förra gången: nivå 3."),
        (Answer(3, met={2: False}), "Förra gången: nivå 1."),
        (Answer(none="unclear"), "Förra gången svarade du «Jag förstår inte frågan»."),
    ],
)
def test_the_earlier_answer_is_beside_the_new_one(quiz: FrameworkData, earlier: Answer, text: str) -> None:
    """What was answered earlier is said only once there is a complete answer to compare, and was one then."""
    competence = made(expected={"chef": 3})
    for answer in (Answer(2), Answer(none="unknown")):
        item = report.Rated(competence, ["chef"], answer, earlier)
        assert report.competence_reply(item)["earlier"] == text
        assert report.detail(quiz, item)["earlier"] == text
    for answer in (Answer(), Answer(4), Answer(4, met={2: True}), Answer(example="x")):
        item = report.Rated(competence, ["chef"], answer, earlier)
        assert report.competence_reply(item)["earlier"] == ""


def support(kind: str, levels: list[int], text: str) -> dict[str, Any]:
    """Return a support text with a link that is nowhere in it."""
    return {
        "kind": kind,
        "levels": levels,
        "text": text,
        "links": [{"text": "här", "url": "https://x.test/"}],
    }


def test_the_next_step_brings_support_for_that_very_step(quiz: FrameworkData) -> None:
    """Examples are those of the next level alone; learning activities also those that name no level."""
    competence = made(
        expected={"chef": 5},
        support=[
            support("läraktivitet", [3], "läraktivitet till 3"),
            support("exempel", [], "allmänt exempel"),
            support("förtydligande", [], "allmänt förtydligande"),
            support("förtydligande", [3], "förtydligande till 3"),
            support("exempel", [3, 4], "exempel till 3 och 4"),
            support("läraktivitet", [], "allmän läraktivitet"),
            support("lär dig mer", [], "lär dig mer"),
        ],
    )
    at: dict[int, Any] = {
        level: report.next_step(quiz, rated(competence, Answer(level, met={2: True, 3: True, 4: True})))
        for level in (1, 2, 3, 4, 5)
    }
    texts = {level: [item["text"] for item in found["support"]] for level, found in at.items()}
    general = ["allmän läraktivitet", "lär dig mer"]
    assert texts == {
        1: general,
        2: ["förtydligande till 3", "exempel till 3 och 4", "läraktivitet till 3", *general],
        3: ["exempel till 3 och 4", *general],
        4: general,
        5: [],
    }
    assert at[2]["support"][0]["parts"] == [{"text": "förtydligande till 3", "url": ""}]
    assert (at[5]["level"], at[5]["lead"]) == (None, "Du står på trappans översta steg.")
    assert {found["nothing"] for found in at.values()} == {""}


@pytest.mark.parametrize(
    ("level", "nothing"),
    [
        (1, "Stödet har inget om nivå 2. Kom överens med din chef om hur du kan lära dig mer."),
        (2, ""),
        (3, "Stödet har inget om nivå 4. Kom överens med din chef om hur du kan lära dig mer."),
        (5, ""),
    ],
)
def test_a_step_without_support_says_so(quiz: FrameworkData, level: int, nothing: str) -> None:
    """Where the support has nothing for that step, a sentence says what to do; other steps' is not shown."""
    texts = [support("exempel", [3], "exempel till 3"), support("exempel", [], "allmänt exempel")]
    answer = Answer(level, met={2: True, 3: True, 4: True})
    found: Any = report.next_step(quiz, rated(made(support=texts), answer))
    assert (found["nothing"], len(found["support"])) == (nothing, int(level == 2))


def test_the_next_step_never_passes_over_a_step(quiz: FrameworkData) -> None:
    """After a pick of 4 without meeting 2, step 2 is the next one."""
    found: Any = report.next_step(quiz, rated(made(expected={"chef": 4}), Answer(4, met={2: False, 3: True})))
    assert found["level"] == 2
    assert found["lead"] == "Nästa trappsteg på väg mot nivå 4."


@pytest.mark.parametrize(
    ("level", "lead"),
    [
        (1, "Nästa trappsteg på väg mot nivå 3."),
        (2, "Nästa trappsteg är den nivå som förväntas i din roll."),
        (3, "Du är i linje med rollen. Vill du vidare är det här nästa trappsteg."),
        (
            4,
            "Din nivå är högre än den som förväntas i din roll. Vill du vidare är det här nästa trappsteg.",
        ),
    ],
)
def test_the_next_step_is_introduced_by_how_it_stands_to_the_role(
    quiz: FrameworkData, level: int, lead: str
) -> None:
    """The sentence before the next step says whether the role expects it."""
    answer = Answer(level, met={2: True, 3: True})
    found: Any = report.next_step(quiz, rated(made(expected={"chef": 3}), answer))
    assert found["lead"] == lead


def brought_up(
    answers: dict[str, Answer], expected: dict[str, int], motivation: dict[str, int]
) -> list[Suggestion]:
    """Return the suggestions for competences with the given expected levels."""
    competences = [made(key, expected={"chef": level}) for key, level in expected.items()]
    framework: FrameworkData = {
        "title": "Ramverk",
        "version": "1.0",
        "date": "2024-09-02",
        "levels": [],
        "motivation": {"title": "Motivation", "scale": ["Inte", "Lite", "Ja", "Mer", "Mest"]},
        "areas": [{"id": str(at), "name": f"Område {at}", "motivation": "Jag vill."} for at in range(1, 7)],
        "roles": [{"id": "chef", "name": "Chef", "part": "Alla"}],
        "competences": competences,
    }
    items = [rated(item, answers.get(item["id"], Answer())) for item in competences]
    return suggestions.suggestions(framework, items, motivation)


def suggested(answers: dict[str, Answer], expected: dict[str, int], motivation: dict[str, int]) -> list[str]:
    """Return the ids of the suggestions."""
    found = brought_up(answers, expected, motivation)
    assert all(item["text"] and item["reason"] for item in found)
    return [item["id"] for item in found]


def test_suggestions_take_one_of_each_kind_first() -> None:
    """There are at most five, one of each kind before a second of any, in the framework's order."""
    wanted = {"1.1": 3, "1.2": 3, "2.1": 3, "2.2": 3, "3.1": 3, "4.1": 3, "5.1": 3}
    level_1, level_2, level_5 = Answer(1), Answer(2), Answer(5, met={2: True, 3: True, 4: True})
    assert suggested(dict.fromkeys(wanted, level_1), wanted, {}) == [
        "below:1.1",
        "below:1.2",
        "below:2.1",
        "below:2.2",
        "below:3.1",
    ]
    mixed = {
        **dict.fromkeys(("1.1", "1.2"), level_2),
        "2.1": level_1,
        "2.2": Answer(none="unclear"),
        "3.1": Answer(none="unknown"),
        "4.1": level_5,
        "5.1": Answer(none="not_relevant"),
    }
    assert suggested(mixed, wanted, {"1": 5, "2": 2}) == [
        "below:2.1",
        "unclear:2.2",
        "motivation:2",
        "above:4.1",
        "unknown:3.1",
    ]
    assert suggested({**mixed, "2.2": Answer(3, met={2: True})}, wanted, {"2": 3}) == [
        "below:2.1",
        "below:1.1",
        "above:4.1",
        "unknown:3.1",
        "not_relevant:5.1",
    ]


def test_suggestions_for_whom_all_is_in_line_and_for_whom_nothing_is_answered() -> None:
    """In line with everything leaves one thing to talk about; nothing answered leaves none."""
    in_line = Answer(3, met={2: True})
    assert brought_up({"1.1": in_line}, {"1.1": 3}, {"1": 4}) == [
        {
            "id": "onward",
            "text": "Prata om vad du vill lära dig härnäst.",
            "reason": "Allt du har skattat är i linje med rollen.",
        }
    ]
    assert suggested({"1.1": Answer(3)}, {"1.1": 3}, {}) == []


@pytest.mark.parametrize("rest", [{}, {"1.2": Answer(3)}], ids=["unanswered", "pending"])
def test_in_line_so_far_is_not_called_all(rest: dict[str, Answer]) -> None:
    """While a competence lacks an answer the reply asks to go on, and does not say that all is in line."""
    assert brought_up({"1.1": Answer(3, met={2: True}), **rest}, {"1.1": 3, "1.2": 3}, {}) == [
        {
            "id": "onward",
            "text": "Fortsätt med det du inte har besvarat än, eller ta upp det på samtalet.",
            "reason": "Det du har besvarat hittills är i linje med rollen.",
        }
    ]


@pytest.mark.parametrize(
    ("none", "one", "several", "reason", "reason_for_several"),
    [
        (
            "unclear",
            "Fråga vad 1.1 Titel 1.1 betyder i din roll.",
            "Fråga vad de här kompetenserna betyder i din roll: 1.1, 1.2 och 2.1.",
            "Du svarade att du inte förstår frågan.",
            "Du svarade att du inte förstår frågan.",
        ),
        (
            "unknown",
            "Gå igenom 1.1 Titel 1.1 tillsammans, med exempel från ditt jobb.",
            "Gå igenom de här kompetenserna tillsammans, med exempel från ditt jobb: 1.1, 1.2 och 2.1.",
            "Du svarade att du inte vet din nivå.",
            "Du svarade att du inte vet din nivå.",
        ),
        (
            "not_relevant",
            "Stäm av om 1.1 Titel 1.1 ingår i dina uppgifter.",
            "Stäm av om de här kompetenserna ingår i dina uppgifter: 1.1, 1.2 och 2.1.",
            "Du svarade att den inte är aktuell. Förväntad nivå är 3, för rollen chef.",
            "Du svarade att de inte är aktuella. I din roll förväntas en nivå i var och en av dem.",
        ),
    ],
)
def test_competences_without_a_level_share_a_suggestion(
    none: NoLevel, one: str, several: str, reason: str, reason_for_several: str
) -> None:
    """However many have the same kind of no level, one suggestion speaks of them, with an id of its own."""
    expected = {"1.1": 3, "1.2": 3, "2.1": 3}
    assert brought_up({"1.1": Answer(none=none)}, expected, {}) == [
        {"id": f"{none}:1.1", "text": one, "reason": reason}
    ]
    assert brought_up(dict.fromkeys(expected, Answer(none=none)), expected, {}) == [
        {"id": none, "text": several, "reason": reason_for_several}
    ]


def test_a_reason_marks_a_level_from_a_damaged_source(quiz: FrameworkData) -> None:
    """A reason names the two levels, the expected one with an asterisk where its reading is unsure."""
    readings = {item["reading"] in profile.UNSURE_READINGS for item in quiz["competences"]}
    assert readings == {True, False}
    for competence in quiz["competences"]:
        role, wanted = next(iter(competence["expected"].items()))
        star = "*" if competence["reading"] in profile.UNSURE_READINGS else ""
        for answer, reason in (
            (Answer(1), f"Din nivå är 1, förväntad är {wanted}{star}."),
            (
                Answer(none="not_relevant"),
                f"Du svarade att den inte är aktuell. {profile.asked_by(quiz, competence, [role])}".replace(
                    f"är {wanted},", f"är {wanted}{star},"
                ),
            ),
        ):
            found = suggestions.suggestions(quiz, [rated(competence, answer, [role])], {})
            assert [item["reason"] for item in found] == [reason], competence["id"]


# The talk


@pytest.mark.parametrize(
    ("choice", "about"),
    [
        ("below:1.1", "1.1"),
        ("not_relevant:6.8", "6.8"),
        ("2.3", "2.3"),
        ("motivation:2", "motivation:2"),
        ("unclear", "unclear"),
        ("onward", "onward"),
    ],
)
def test_a_choice_is_about_a_competence_or_not(choice: str, about: str) -> None:
    """Only a choice about one competence names it; an area is no competence."""
    assert talk.competence_of(choice) == about


@quiet
@given(
    number=st.integers(0, 5),
    wanted=st.none() | st.lists(st.sampled_from(["below:1.1", "below:1.2", "2.1", "2.2", "below:9.9"])),
)
def test_what_is_chosen_is_on_offer_and_what_is_not_chosen_can_be(
    number: int, wanted: list[str] | None
) -> None:
    """Whatever was chosen before, the choice is of what there is now, and nothing that there is gets lost."""
    competences = [made(key) for key in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")]
    suggested: list[Suggestion] = [
        {"id": f"below:{item['id']}", "text": "Prata.", "reason": "Därför."} for item in competences[:number]
    ]
    chosen = talk.chosen_of(competences, suggested, wanted)
    found = talk.talk(competences, suggested, chosen, wanted)
    marked = [item["id"] for item in found["choices"] if item["chosen"]]
    assert len(chosen) <= talk.MOST_CHOSEN
    assert sorted(marked) == sorted(chosen)
    meant = wanted if wanted is not None else [item["id"] for item in suggested]
    assert {talk.competence_of(key) for key in chosen} <= {talk.competence_of(key) for key in meant}
    offered = [item["id"] for item in (*found["choices"], *found["addable"])]
    assert len(offered) == len(set(offered))
    assert {talk.competence_of(key) for key in offered} == {item["id"] for item in competences}


# The sheet


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_sheet_offers_the_next_step_up_to_the_last(quiz: FrameworkData, level: int) -> None:
    """Whoever is below the top level can put the next step on the sheet, as the framework words it."""
    competence = made(expected={"chef": 3})
    answer = Answer(level, met={2: True, 3: True, 4: True})
    found = sheet.items(quiz, [rated(competence, answer)], ["chef"], [], [], "")
    rows = [item.row for item in found if item.section == "next"]
    above = [
        ["1.1 Titel 1.1", f"Nivå {item['level']}, {item['name']}", text]
        for item, text in zip(quiz["levels"], competence["levels"], strict=True)
    ]
    assert rows == above[level : level + 1]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-09-02", "2 september 2024"),
        ("2024-02-29", "29 februari 2024"),
        ("2023-02-29", None),
        ("1900-02-29", None),
        ("2000-02-29", "29 februari 2000"),
        ("2024-13-01", None),
        ("2024-04-31", None),
        ("2024-00-10", None),
        ("0000-01-01", None),
        ("2024-9-2", None),
        ("20240902", None),
        ("２０２４-09-02", None),
        ("-024-09-02", None),
        ("", None),
    ],
)
def test_swedish_date(text: str, date: str | None) -> None:
    """A real date is written out in Swedish; anything else is no date."""
    assert words.swedish_date(text) == date


@quiet
@given(year=st.integers(1, 9999), month=st.integers(0, 13), day=st.integers(0, 32))
def test_swedish_date_knows_the_calendar(year: int, month: int, day: int) -> None:
    """Exactly the days of the calendar are dates."""
    real = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    assert (words.swedish_date(f"{year:04}-{month:02}-{day:02}") is not None) == real
