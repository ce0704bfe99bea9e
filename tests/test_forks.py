"""Other organisations' frameworks, of other shapes: the site has their words, and none of what they lack."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from pptx import Presentation

from macros.add import Refused, add_competence, add_role, add_support
from macros.check.files import read_files
from macros.data import framework_json
from macros.editor.form import Field, Form
from macros.editor.labels import FIELDS, choices
from macros.load import load, main
from macros.model import Framework
from macros.site.build import build
from macros.site.server import SiteServer
from macros.slides.deck import POWERPOINT
from quiz import bridge
from tests.conftest import Watched, axe
from tests.forks import EIGHT, FOUR, Fork, fork
from tests.pages import parse
from tests.test_self_check import Reader
from tests.test_site import broken, read_pages
from tests.workshop import paragraphs_of

# Words of the organisation whose framework is in `framework/`.
OURS = (
    r"\bGrade\b|\bAPT\b|kulturförvaltning|\bförvaltningens?\b|Stockholm|lönegrund|\bbilaga 1\b|"
    r"medarbetarsamtal|Lärportal|intranät|\bpilot|\bparterna|\bHR\b|Kompetenstrappan\b"
)
# What a framework of four levels without roles, motivation, workshop and mends has no reason to speak of.
NO_PART = (
    r"\broll(?:en|er|erna|ens|profil\w*)?\b|förvänta|motivation|workshop|bildspel|nivåkort|handledning|powerpoint|"
    r"\blaga[dt]\b|asterisk|bekräftas|\b(?:nivå|steg|trappsteg) 5\b|\bfem (?:nivåer|steg)"
)
# Nor has one of eight levels, with roles and a workshop.
NO_FIVE = r"\bfem (?:nivåer|steg)|\bnivå(?:er|erna)? 1[–-]5\b|\b(?:nivå|trappsteg) 9\b"
# Shows what was tried on another framework, and says so.
_PROTOCOL = "om/protokoll/index.html"


def loaded(kind: Fork, folder: Path) -> Framework:
    """The framework of a fork."""
    return load(fork(kind, folder / "project"))


def built(kind: Fork, folder: Path) -> Path:
    """The folder of the site that a fork builds."""
    root = fork(kind, folder / "project")
    assert main([str(root)]) == 0
    problem = build(root, folder / "site")
    assert not problem, problem
    return folder / "site"


def strings(value: Any, left_out: str = "") -> Iterator[str]:
    """Every text in JSON data."""
    if isinstance(value, dict):
        value = [below for name, below in value.items() if name != left_out]
    if isinstance(value, list):
        for below in value:
            yield from strings(below, left_out)
    elif isinstance(value, str):
        yield value


def sayings(site: Path) -> dict[str, str]:
    """Every file of a site that says something to people → what it says."""
    said: dict[str, str] = {}
    for path in site.rglob("*.html"):
        page = parse(path.read_text("utf-8"))
        names = ("aria-label", "alt", "content", "placeholder", "title")
        labels = [element.get(name) for element in page for name in names]
        said[path.relative_to(site).as_posix()] = " ".join([page.text, *labels])
    del said[_PROTOCOL]
    # What the search's pages are called by others, in `names`, is in docs/ and shown nowhere.
    read = {
        path: strings(json.loads(path.read_bytes()), "names") for path in site.glob("assets/search-*/*.json")
    }
    read |= {path: strings(json.loads(path.read_bytes())) for path in site.glob("sjalvskattning/app-*/*.bin")}
    read |= {path: strings(json.loads(path.read_bytes())) for path in site.glob("data/framework.json")}
    read |= {path: iter([path.read_text("utf-8")]) for path in site.glob("data/*.csv")}
    read |= {path: iter([path.read_text("utf-8")]) for path in site.glob("data/framework/**/*.yml")}
    for path in site.glob("data/*.xlsx"):
        cells = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
        read[path] = map(str, filter(None, cells))
    for path in site.glob(POWERPOINT):
        slides = list(Presentation(str(path)).slides)
        read[path] = iter(
            [text for slide in slides for text in paragraphs_of(slide)]
            + [slide.notes_slide.notes_text_frame.text for slide in slides]
        )
    assert len(read) > 10
    return said | {path.relative_to(site).as_posix(): " ".join(texts) for path, texts in read.items()}


def broken_links(site: Path) -> list[str]:
    """Every link of a site that leads nowhere; the 404 page's start at the server's root."""
    return broken(site, {url: page for url, page in read_pages(site).items() if url != "404.html"})


def spoken_of(said: dict[str, str], words: str) -> list[str]:
    """Where one of the words is, with what is around it."""
    return [
        f"{name}: {text[max(0, found.start() - 40) : found.end() + 40]}"
        for name, text in said.items()
        for found in re.finditer(f"(?i){words}", text)
    ]


@pytest.mark.slow
def test_site_of_four_levels_without_roles_motivation_and_workshop(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    serve: Callable[[Path], SiteServer],
    watch: Callable[[str], Watched],
) -> None:
    """It is built of `framework/` alone; no page, menu, file or sentence is about what it does not have."""
    site = built(FOUR, tmp_path)
    told = capsys.readouterr().out
    assert "framework/roles.yml finns inte. Då har webbplatsen inga roller." in told
    assert "framework/workshop.yml finns inte. Då har webbplatsen ingen workshop." in told
    said = sayings(site)
    assert spoken_of(said, f"{OURS}|{NO_PART}") == []
    assert broken_links(site) == []
    assert [path.name for path in site.iterdir() if path.name in ("roller", "workshop")] == []
    assert not (site / POWERPOINT).exists()
    assert not (site / "data" / "forvantade-nivaer.csv").exists()
    assert "Stegen & vägen" in parse((site / "index.html").read_text("utf-8")).one("title").text
    assert "kommunens beslutade text" in said["om/kallor/index.html"]
    rates_without_a_role(Reader(watch(serve(site).url)))


def rates_without_a_role(reader: Reader) -> None:
    """The self-check begins with what to rate, and leads to result and sheet without a wrong word."""
    page = reader.page
    expect(page.get_by_role("heading", name="Vad vill du skatta?")).to_be_visible()
    expect(page.get_by_role("heading", name="Självskattning")).to_be_visible()
    assert not axe(page)
    reader.press(reader.button("Börja skatta"))
    for answer in ("3", "unclear", "4"):
        expect(page.get_by_text(re.compile(r"^Fråga \d av 3$"))).to_be_visible()
        reader.answer(answer)
        if reader.button("Nästa").is_visible():
            reader.next()
    reader.is_ready()
    reader.see_result()
    expect(page.get_by_label("Fråga vad 1.2 Värdera betyder i ditt arbete.")).to_be_checked()
    spoken = page.locator("#self-check").inner_text()
    reader.more("Ändra område")
    expect(page.get_by_role("heading", name="Vad vill du skatta?")).to_be_focused()
    reader.press(reader.button("Fortsätt skatta"))
    reader.see_result()
    reader.make_sheet()
    columns = page.locator("[data-fill=sheet] th[scope=col]")
    expect(columns).to_have_text(["Kompetens", "Min nivå", "Nästa trappsteg"])
    spoken += page.locator("#self-check").inner_text()
    assert spoken_of({"form": spoken}, f"{OURS}|{NO_PART}") == []
    assert not reader.watched.problems


@pytest.mark.slow
def test_site_of_eight_levels(tmp_path: Path) -> None:
    """It is built of `framework/` alone, and has its eight levels, its roles, its meeting and its tool."""
    site = built(EIGHT, tmp_path)
    said = sayings(site)
    assert spoken_of(said, f"{OURS}|{NO_FIVE}") == []
    assert broken_links(site) == []
    for name in ("ramverket/1.1/index.html", "ramverket/nivaerna/index.html", "data/nivaer.csv", POWERPOINT):
        assert re.search(r"Nivå 8|;8;", said[name]), name
    assert "Material för gruppträffar och för samtalet" in said["index.html"]
    assert "För en gruppträff" in said["workshop/index.html"]
    form = said["sjalvskattning/index.html"]
    assert "Den riktiga skattningen gör du i Mätstickan." in form
    assert "när du skattar dig i Mätstickan." in form
    assert "Kurser: Kurserna" in said["stod/lara-mer/index.html"]


def test_the_words_are_those_of_our_own_pages(site: Path) -> None:
    """What the tests above look for is on the site of a framework that has it."""
    said = sayings(site)
    found = {where.partition(":")[0] for where in spoken_of(said, OURS)}
    assert {"index.html", "sjalvskattning/index.html", "workshop/index.html", "om/kallor/index.html"} <= found
    for word in OURS.split("|"):
        assert spoken_of(said, word), word


def ask(framework: Framework, **request: Any) -> dict[str, Any]:
    """Return the reply of the rules to a request about a framework."""
    bridge.use(framework_json(framework))
    reply: dict[str, Any] = json.loads(bridge.handle(json.dumps({"kind": "state", **request})))
    assert reply["ok"], reply
    return reply


def test_self_check_without_roles_and_motivation(tmp_path: Path) -> None:
    """From the first question to the sheet and the code: one's own level and the step above it, no more."""
    four = loaded(FOUR, tmp_path)
    start = ask(four)
    assert (start["plan"]["ready"], start["plan"]["missing"], start["motivation"]) == (True, "", [])
    assert [item["id"] for item in start["competences"]] == ["1.1", "1.2", "2.1"]
    answers = {
        "1.1": {"pick": 3, "met": {"2": True}},
        "1.2": {"pick": 4, "met": {"2": True, "3": True}},
        "2.1": {"none": "unclear"},
    }
    replies = [ask(four, answers=answers, sheet={"mode": mode}) for mode in ("main", "all", "own")]
    main_sheet, everything, _ = replies
    assert [kind["code"] for kind in main_sheet["result"]["kinds"]] == ["no_role", "unclear"]
    first, second = main_sheet["details"]["areas"][0]["competences"]
    assert (first["summary"], first["next"]["lead"]) == ("Din nivå är 3.", "Nästa trappsteg är nivå 4.")
    assert second["next"]["lead"] == "Du står på trappans översta steg."
    assert main_sheet["talk"]["choices"][0]["text"] == "Fråga vad 2.1 Skapa betyder i ditt arbete."
    columns = {part["id"]: part["columns"] for part in everything["sheet"]["document"]["sections"]}
    assert columns["level"] == ["Kompetens", "Min nivå"]
    rated = ask(four, answers={"1.1": answers["1.1"]})
    assert rated["talk"]["choices"][0]["text"] == "Prata om vad du vill lära dig härnäst."
    assert rated["details"]["rest"]
    assert not ask(four, answers={item["id"]: {"pick": 1} for item in rated["competences"]})["details"][
        "rest"
    ]
    spoken = {"reply": " ".join(text for reply in replies for text in strings(reply))}
    assert spoken_of(spoken, f"{OURS}|{NO_PART}") == []
    said = ask(four, kind="code", code=main_sheet["code"])["said"]
    assert said["roles"] == []
    assert {key: answer["pick"] for key, answer in said["answers"].items()} == {
        "1.1": 3,
        "1.2": 4,
        "2.1": None,
    }


def test_self_check_with_eight_levels(tmp_path: Path) -> None:
    """The highest level asks for the six between, and is compared with what the roles expect."""
    eight = loaded(EIGHT, tmp_path)
    met = {str(level): True for level in range(2, 8)}
    answers = {"1.1": {"pick": 8, "met": met}, "2.1": {"pick": 7, "met": {**met, "5": False}}}
    reply = ask(eight, roles=["ledare"], answers=answers, motivation={"1": 1}, sheet={"mode": "all"})
    assert [step["level"] for step in reply["competences"][0]["ladder"]["questions"]] == [2, 3, 4, 5, 6, 7]
    assert [item["level"] for item in reply["competences"]] == [8, 4]
    assert {kind["code"] for kind in reply["result"]["kinds"]} == {"above", "develop"}
    second = reply["details"]["areas"][1]["competences"][0]
    assert second["next"]["lead"] == "Nästa trappsteg på väg mot nivå 8."
    assert len(reply["result"]["areas"][0]["competences"][0]["picture"]["steps"]) == 8
    assert "Prata om vad som påverkar din motivation i område 1 Söka." in reply["sheet"]["text"]
    said = ask(eight, kind="code", code=reply["code"])["said"]
    assert (said["roles"], said["motivation"]) == (["ledare"], {"1": 1})
    assert said["answers"]["2.1"]["pick"] == 7


def test_form_without_roles(tmp_path: Path) -> None:
    """The editor's form asks for neither expected levels nor roles, and for no file of roles."""
    root = fork(FOUR, tmp_path / "project")
    files = read_files(root / "framework")

    def asked(fields: Iterable[Field]) -> Iterator[str]:
        for field in fields:
            yield field.label
            yield from asked(field.fields)

    labels = [label for name in files.sources for label in asked(Form(files, name, {}).fields())]
    assert FIELDS["definition"] in labels
    assert not {FIELDS["expected"], FIELDS["roles"], FIELDS["parts"]} & set(labels)
    names = {choice.name for _, group in choices(load(root)) for choice in group}
    assert names == {f"framework/{name}" for name in FOUR}


def test_adding_without_roles(tmp_path: Path) -> None:
    """A new competence has no expected levels; a role needs the file of roles first."""
    root = fork(FOUR, tmp_path / "project")
    add_competence(root, {"AREA": "2", "TITLE": "Dela"})
    assert "expected" not in (root / "framework" / "competences" / "2.2.yml").read_text("utf-8")
    for add, given in ((add_role, {"NAME": "Lots"}), (add_support, {"PART": "vard", "DOCUMENT": "Vårt"})):
        with pytest.raises(Refused, match="ramverket har inga roller"):
            add(root, given)


@pytest.mark.parametrize(
    ("kind", "file", "change", "told"),
    [
        (EIGHT, "competences/2.1.yml", {"expected": None}, 'fältet "expected" saknas.'),
        (EIGHT, "areas.yml", {"motivation": None}, 'fältet "motivation" saknas'),
        (EIGHT, "framework.yml", {"motivation": None}, 'fältet "motivation" saknas.'),
        (FOUR, "areas.yml", {"roles": ["alla"]}, 'rollen "alla" finns inte. Ta bort det.'),
    ],
)
def test_what_a_part_needs(kind: Fork, file: str, change: Fork, told: str, tmp_path: Path) -> None:
    """With roles each competence has an expected level; with motivation each area has a statement."""
    content = json.loads(json.dumps(kind[file]))
    target = content[0] if isinstance(content, list) else content
    target.update(change)
    for name in [name for name, value in target.items() if value is None]:
        del target[name]
    with pytest.raises(Exception, match=re.escape(told)) as caught:
        load(fork({**kind, file: content}, tmp_path / "project"))
    assert str(caught.value).count("\n") == 0
