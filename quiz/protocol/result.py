"""What a reply makes of the answers."""

from typing import Literal, TypedDict

from quiz.protocol.rating import AnswerState, MotivationReply, NotRelevant
from quiz.protocol.request import SheetMode

StatusCode = AnswerState | Literal["develop", "in_line", "above", "no_role"]


class PictureStep(TypedDict):
    """A step of the picture."""

    level: int
    star: str  # an asterisk where the expected level is not confirmed
    mine: bool  # the reader's level
    expected: bool  # the expected level


class Picture(TypedDict):
    """The staircase with the reader's and the expected level."""

    text: str  # the same in words
    steps: list[PictureStep]  # lowest first


class Piece(TypedDict):
    """A part of a descriptor; joined they are the descriptor."""

    text: str
    new: bool  # compared with the level below


class SupportPart(TypedDict):
    """A part of a support text; joined they are the text."""

    text: str
    url: str  # where it leads


class SupportText(TypedDict):
    """A support text with its links."""

    kind: str
    text: str
    parts: list[SupportPart]


class NextStep(TypedDict):
    """The level above the reader's, if any; else `lead` alone says something."""

    level: int | None  # null on the top level
    lead: str  # introduces it
    name: str
    pieces: list[Piece]
    dropped: str  # says what of the level below is gone
    support: list[SupportText]  # examples of that very level; activities for it or for all
    nothing: str  # a sentence when there is no support


class Kind(TypedDict):
    """Competences of one status."""

    code: str
    title: str  # "Att utveckla"
    text: str  # their names, or numbers when they are many


class ResultCompetence(TypedDict):
    """A row of the picture."""

    id: str
    title: str
    picture: Picture


class ResultArea(TypedDict):
    """The rows of an area."""

    id: str
    name: str
    competences: list[ResultCompetence]


class Result(TypedDict):
    """The result, in words and as a picture."""

    answered: bool  # whether any competence has a complete answer
    empty: str  # a sentence while none has
    kinds: list[Kind]
    areas: list[ResultArea]


class Suggestion(TypedDict):
    """Something to bring to the talk."""

    id: str  # "below:1.1", "motivation:2", "onward"; "unclear" alone about several competences
    text: str
    reason: str


class Choice(TypedDict):
    """Something to choose to talk about."""

    id: str  # a suggestion's, or an added competence's
    text: str
    reason: str
    chosen: bool


class Addable(TypedDict):
    """A suggestion or a competence that can be added to the choices."""

    id: str
    text: str


class Talk(TypedDict):
    """What the reader can choose to talk about."""

    choices: list[Choice]
    note: str  # a sentence when too much is chosen
    addable: list[Addable]


class Detail(TypedDict):
    """A competence with a level, and its next step."""

    id: str
    title: str
    summary: str  # "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla."
    earlier: str  # "Förra gången: nivå 3."
    next: NextStep | None
    example: str  # the reader's own


class DetailArea(TypedDict):
    """An area's competences with a level."""

    id: str
    name: str
    competences: list[Detail]


class NoLevelItem(TypedDict):
    """A competence without a level."""

    text: str  # its name
    question: str  # id of its question on the page


class NoLevelList(TypedDict):
    """The competences without a level, of one kind."""

    kind: AnswerState
    title: str  # "Här vet du inte vilken nivå du har"
    items: list[NoLevelItem]


class Details(TypedDict):
    """All of the result that is folded at first."""

    areas: list[DetailArea]
    note: str  # explains the asterisks
    rest: bool  # whether to show the following
    lists: list[NoLevelList]  # none that is empty
    not_relevant: list[NotRelevant]
    motivation: list[MotivationReply]


class Tick(TypedDict):
    """Something for the sheet."""

    id: str  # "level:1.1"; a suggestion's is "suggestion:" and its own id
    label: str
    ticked: bool


class TickGroup(TypedDict):
    """What can be ticked for a section."""

    id: str
    heading: str
    items: list[Tick]


class SheetCell(TypedDict):
    """A text on the sheet."""

    label: str  # its column's heading; empty for the first
    text: str


class SheetRow(TypedDict):
    """A row of the sheet: a cell a column, or one."""

    cells: list[SheetCell]


class SheetSection(TypedDict):
    """A section with what is on it."""

    id: str
    heading: str
    columns: list[str]  # headings of a table; none for plain text
    rows: list[SheetRow]
    note: str  # explains an asterisk


class SheetDocument(TypedDict):
    """The sheet for the talk."""

    title: str
    framework: str  # its title, version and date
    date: str  # "Utskrivet 23 november 2026"
    sections: list[SheetSection]


class Sheet(TypedDict):
    """What can be ticked, and the sheet itself."""

    mode: SheetMode
    groups: list[TickGroup]
    document: SheetDocument
    text: str  # the same as plain text
    empty: str  # a sentence when nothing is on it


class Entries(TypedDict):
    """The answers in order, to enter in the organisation's own tool."""

    rows: list[str]  # "1.1 Söka, ...: Nivå 3"
    text: str  # the same as one text
