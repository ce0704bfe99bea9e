"""Version 1.0 of the framework against its source, without a copy of the source's text.

It is read from where that version is kept, so that it guards the transcription whatever editors do later; the
last tests hold the files against the version that they claim.

Each test reads a trace that a transcription may lose: counts, the words that occur in only one column of
the tables, the levels that a text names itself, what a PDF leaves where a line was broken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from macros.model import Competence, Framework, Reading
from macros.support import Kind, Way
from macros.versions import Kept, numbers, read_versions
from tests.project import ROOT, changed, differing

# Competences in the framework's order, with the number of bullets that each has in the support document.
SUPPORT_TEXTS = {
    "1.1": 4, "1.2": 5,
    "2.1": 3, "2.2": 6, "2.3": 4,
    "3.1": 4, "3.2": 2,
    "4.1": 6, "4.2": 4,
    "5.1": 4, "5.2": 5, "5.3": 5,
    "6.1": 0, "6.2": 0, "6.3": 0, "6.4": 0, "6.5": 0, "6.6": 0, "6.7": 0, "6.8": 0,
}  # fmt: skip

# Area 6 is for three roles only; the numbers are the competences that each of them has there.
DIGITALISATION = {"chef": range(1, 3), "systemagare": range(1, 7), "systemansvarig": range(1, 9)}

# Words that a line break had cut, in the middle or at a hyphen that belongs to the word.
MENDED_WORDS = {
    "1.1": ["AI-drivna", "för- och nackdelar"],
    "2.3": ["målgruppsanpassat", "UX-utbildning"],
    "4.2": ["gällande informationssäkerhet och skydd av personuppgifter", "i våra verksamhetssystem"],
    "5.1": ["kassa-, biblioteks- och dokumenthanteringssystem"],
    "6.2": ["relationsbyggande", "samhällsutvecklingen", "(IT-strateg)"],
    "6.3": ["hela IT-upphandlingsprocessen", "och IT-upphandling.", "och IT-upphandlingsprocess."],
    "6.4": ["informationssäkerhetsarbete", "informationsklassning", "informationssäkerhetskultur"],
    "6.6": ["och -ägarskap", "data- och informationsmodeller", "och informationsägarskap"],
    "6.8": ["kompatibilitet mellan hårdvaru- och mjukvarukomponenter", "hård- och mjukvara"],
}

# A phrase of the tables and the only level whose column has it.
COLUMN_PHRASES = {"Saknar": 1, "ta emot frågor i ämnet och vägleda vidare": 4, "utbilda andra": 5}

# Those who asked in the minutes; the questions leave them out.
UNIONS = re.compile(r"\b(Saco|DIK|Kommunal|Sveriges Lärare)\b")

# Two capitalised words in a row are a person's name, but for these.
TWO_CAPITALS = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]+")
NO_NAMES = {"Video Digitalt", "Service Management", "Principen Prioritera", "Uppdaterat Grade", "Utan Java"}


def sentences(competence: Competence) -> Iterator[tuple[str, str]]:
    """Every text of a competence but its title, each with its place."""
    yield f"{competence.id} definition", competence.definition
    for level, text in competence.levels.items():
        yield f"{competence.id} level {level}", text
    for number, support in enumerate(competence.support, start=1):
        yield f"{competence.id} support {number}", support.text


def texts(framework: Framework) -> Iterator[tuple[str, str]]:
    """Every text of every competence, titles too, each with its place."""
    for competence in framework.competences:
        yield f"{competence.id} title", competence.title
        yield from sentences(competence)


def strings(value: Any) -> Iterator[str]:
    """Every string in dumped data, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def named_levels(text: str) -> set[int]:
    """The levels that a text speaks of in words: «nivå 2», «nivå 3-5»."""
    return {
        level
        for first, last in re.findall(r"\bnivå (\d)(?:[-–](\d))?", text)
        for level in range(int(first), int(last or first) + 1)
    }


def test_competences_are_the_decided_ones(decided: Framework) -> None:
    """There are 20 competences, in the framework's order."""
    assert [competence.id for competence in decided.competences] == list(SUPPORT_TEXTS)


def test_five_steps_each(decided: Framework) -> None:
    """Every competence describes all five levels, and no two of them alike."""
    assert decided.levels == (1, 2, 3, 4, 5)
    for competence in decided.competences:
        assert tuple(competence.levels) == decided.levels, competence.id
        assert len(set(competence.levels.values())) == 5, competence.id


def test_descriptors_stand_in_their_column(decided: Framework) -> None:
    """Phrases that the tables use in one column only are found on that level alone."""
    found: Counter[str] = Counter()
    for competence in decided.competences:
        for level, text in competence.levels.items():
            for phrase, column in COLUMN_PHRASES.items():
                found[phrase] += phrase in text
                assert phrase not in text or level == column, f"{competence.id} level {level}: {phrase}"
    # 18 competences begin with «Saknar» and 6.8 has it last on level 1; 5.2 is the one without.
    assert found == {"Saknar": 19, "ta emot frågor i ämnet och vägleda vidare": 9, "utbilda andra": 11}


def test_every_bullet_of_the_support_document(decided: Framework) -> None:
    """The support document has 52 bullets, for the competences of areas 1-5."""
    assert {c.id: len(c.support) for c in decided.competences} == SUPPORT_TEXTS
    assert sum(SUPPORT_TEXTS.values()) == 52


def test_support_stands_under_the_levels_that_it_names(decided: Framework) -> None:
    """A support text has exactly the levels that its own words name, in order."""
    for competence in decided.competences:
        for number, support in enumerate(competence.support, start=1):
            named = tuple(sorted(named_levels(support.text)))
            assert support.levels == named, f"{competence.id} support {number}"


def test_kind_is_what_the_text_says(decided: Framework) -> None:
    """A text that calls itself an example, a learning activity or a way to learn more has that kind."""
    for competence in decided.competences:
        for number, support in enumerate(competence.support, start=1):
            where = f"{competence.id} support {number}"
            text = support.text.casefold()
            assert (support.kind is Kind.MORE) == ("lär dig mer" in text or "lära dig mer" in text), where
            assert support.kind is Kind.ACTIVITY or "läraktivitet" not in text, where
            is_example = re.match(r"(ytterligare )?exempel på (?!läraktivitet)", text) is not None
            assert (support.kind is Kind.EXAMPLE) == is_example, where


def test_way_is_what_the_text_says(decided: Framework) -> None:
    """Only a text about learning has a way, and only the way that its own words name."""
    words = {
        Way.STUDY: r"\b(läs\w*|\w*utbildning\w*|temasidan)\b",
        Way.DO: r"\bta för vana\b",
        Way.COLLEAGUE: r"\bkolleg",
    }
    found: Counter[Way] = Counter()
    for item in decided.competences:
        for text in item.support:
            if text.way:
                found[text.way] += 1
                assert text.teaches, item.id
                assert re.search(words[text.way], text.text, re.IGNORECASE), f"{item.id}: {text.text}"
    assert found == {Way.STUDY: 9, Way.DO: 1}


def test_terms_stand_in_the_text_that_explains_them(decided: Framework) -> None:
    """Every word of a term is in the text, if with another ending."""
    for competence in decided.competences:
        for number, support in enumerate(competence.support, start=1):
            for term in support.terms:
                missing = [word for word in term.split() if word not in support.text.casefold()]
                assert not missing, f"{competence.id} support {number}: {term}"


def test_links_of_the_support_document(decided: Framework) -> None:
    """The seven addresses are all there, each carried by words of its text that occur once."""
    urls = set()
    for competence in decided.competences:
        for number, support in enumerate(competence.support, start=1):
            for link in support.links:
                where = f"{competence.id} support {number}: {link.text}"
                assert support.text.count(link.text) == 1, where
                assert re.fullmatch(r"https://\S+", link.url), where
                urls.add(link.url)
    assert len(urls) == 7


def test_texts_are_whole_sentences(decided: Framework) -> None:
    """A text begins with a capital and ends with a full stop; a title has no full stop."""
    for competence in decided.competences:
        assert competence.title[0].isupper(), competence.id
        assert competence.title[-1].isalpha(), competence.id
        assert competence.definition.startswith("Kompetens "), competence.id
        for where, text in sentences(competence):
            assert text[0].isupper(), where
            assert text.endswith("."), where
            assert text.count("(") == text.count(")"), where
            assert text.count("”") % 2 == 0, where


def test_no_damage_from_the_pdf(decided: Framework) -> None:
    """No text shows where the PDF broke a line, and no word or phrase is doubled."""
    damage = {
        "white space other than single spaces": r"^\s|\s$|\s\s|[^\S ]",
        "soft hyphen or other invisible character": "[\u00ad\u200b-\u200d\u2060\ufeff\ufffd]",
        "word cut at a hyphen": r"\w-\s(?!och\b)|\w-och\b",
        "hyphen on its own": r"\s[-–—]\s",
        "space beside a slash": r"\s/|/\s",
        "space before a mark, or none after it": r"\s[,.;:!?)]|[,;:!?](?=\w)|\.(?=[A-ZÅÄÖ])",
        "piece of a word": r"\b(et|er|n|tet)\b",
        "word or phrase twice": r"(?i)\b(\w+(?: \w+)*) \1\b",
    }
    for where, text in texts(decided):
        for what, pattern in damage.items():
            found = re.search(pattern, text)
            assert found is None, f"{where}: {what}: {text[max(0, found.start() - 20) : found.end() + 20]!r}"


def test_words_that_the_pdf_had_cut(decided: Framework) -> None:
    """Words that a line break had cut are whole again and keep the hyphens that are theirs."""
    for competence_id, words in MENDED_WORDS.items():
        competence = decided.competence[competence_id]
        whole = "\n".join([competence.title, *(text for _, text in sentences(competence))])
        for word in words:
            assert word in whole, f"{competence_id}: {word}"


def test_areas_1_to_5_are_for_every_role(decided: Framework) -> None:
    """In areas 1-5 every role is expected on exactly one level."""
    everyone = sorted(role.id for role in decided.roles)
    for competence in decided.competences:
        if competence.area_id != "6":
            expected = competence.expected
            roles = sorted(role for group in expected.levels.values() for role in group)
            assert roles == everyone, competence.id
            assert not expected.not_relevant, competence.id


def test_area_6_is_for_three_roles(decided: Framework) -> None:
    """Managers have 6.1-6.2, system owners 6.1-6.6, those responsible for a system all eight.

    The table marks 6.7 and 6.8 as not relevant for system owners.
    """
    for competence in decided.by_area["6"]:
        number = int(competence.id.partition(".")[2])
        roles = sorted(role for group in competence.expected.levels.values() for role in group)
        assert roles == [role for role, has in DIGITALISATION.items() if number in has], competence.id
        not_relevant = ("systemagare",) if number in (7, 8) else ()
        assert competence.expected.not_relevant == not_relevant, competence.id


def test_an_uncertain_row_says_how_else_it_can_be_read(decided: Framework) -> None:
    """An uncertain row has alternatives, which move roles of the row and differ from it and each other."""
    for competence in decided.competences:
        expected = competence.expected
        if expected.reading is Reading.UNCERTAIN:
            assert expected.alternatives, competence.id
        readings = [expected.by_role]
        for alternative in expected.alternatives:
            moved = {role: level for level, roles in alternative.items() for role in roles}
            assert moved.keys() <= expected.by_role.keys(), competence.id
            readings.append(expected.by_role | moved)
        assert all(readings.count(reading) == 1 for reading in readings), competence.id


def test_mends_are_in_the_text(decided: Framework) -> None:
    """Where the sources list a correction of a competence, its text has the new words and not the error."""
    checked = 0
    for mend in decided.sources.mends:
        place = re.search(r"^Kompetens (\d\.\d)", mend.where)
        if place is None:
            continue
        competence = decided.competence[place[1]]
        roles = [decided.role[role].name for role in competence.expected.by_role]
        whole = "\n".join([competence.title, *(text for _, text in sentences(competence)), *roles])
        assert mend.after in whole, f"{mend.where}: {mend.after}"
        assert mend.before in mend.after or mend.before not in whole, f"{mend.where}: {mend.before}"
        checked += 1
    assert checked, "sources.yml lists no mend of a competence"


def test_nobody_is_named(decided: Framework) -> None:
    """Neither a union nor a person (two names in a row, also first in a sentence) is named anywhere."""
    assert TWO_CAPITALS.findall("Anna Svensson säger att det går.") == ["Anna Svensson"]
    for text in strings(decided.model_dump(mode="json", exclude={"accessibility"})):
        assert not UNIONS.search(text), text
        assert set(TWO_CAPITALS.findall(text)) <= NO_NAMES, text


def unasked(framework: Framework, last: Kept) -> list[str]:
    """Return what differs from the last kept version and asks for a decision."""
    if numbers(framework.basics.version) > last.number:
        pytest.skip(
            f"version {framework.basics.version} is higher than {last.version}, which is kept: it may differ"
        )
    return differing(framework, last)


def test_decided_text_is_that_of_the_version(framework: Framework) -> None:
    """Without a new version the files say what was decided, but for mended errors."""
    assert unasked(framework, read_versions(ROOT)[-1]) == []


def test_changed_decision_without_a_version_is_caught(decided: Framework) -> None:
    """A definition with other words, a level with another text, a role on another level are each found."""
    item = decided.competences[0]
    role, level = next(iter(item.expected.by_role.items()))
    moved = {n: tuple(one for one in roles if one != role) for n, roles in item.expected.levels.items()}
    other = 5 if level != 5 else 4
    moved[other] = (*moved.get(other, ()), role)
    for fields in (
        {"definition": item.definition.replace("Kompetens att", "Kompetens att alltid")},
        {"levels": item.levels | {3: f"{item.levels[3]} Gör det varje dag."}},
        {"expected": changed(item.expected, levels=moved)},
    ):
        spoiled = changed(decided, competences=(changed(item, **fields), *decided.competences[1:]))
        assert len(unasked(spoiled, read_versions(ROOT)[0])) == 1, fields


def test_higher_version_may_differ(decided: Framework) -> None:
    """What guards version 1.0 steps back when the files claim a higher one."""
    item = changed(decided.competences[0], definition="Kompetens att göra något nytt.")
    higher = changed(decided, competences=(item,), basics=changed(decided.basics, version="2.0"))
    with pytest.raises(pytest.skip.Exception, match=r"higher than 1\.0"):
        unasked(higher, read_versions(ROOT)[0])
