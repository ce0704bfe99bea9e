"""What a reply makes of the answers: the result, what to talk about, the sheet."""

from typing import Literal, TypedDict

from quiz.protocol.rating import AnswerState, MotivationReply, NotRelevant
from quiz.protocol.request import SheetMode

StatusCode = AnswerState | Literal["develop", "in_line", "above", "no_role"]


class PictureStep(TypedDict):
    """One step of the picture."""

    level: int
    star: str  # an asterisk where the expected level is not confirmed; else empty
    mine: bool  # whether it is the reader's level
    expected: bool  # whether it is the expected level


class Picture(TypedDict):
    """The staircase with the reader's level and the expected one."""

    text: str  # the same in words
    steps: list[PictureStep]  # lowest first


class Piece(TypedDict):
    """A part of a descriptor; joined they are the descriptor."""

    text: str
    new: bool  # whether it is new compared with the level below


class SupportPart(TypedDict):
    """A part of a support text; joined they are the text."""

    text: str
    url: str  # where it leads, or empty


class SupportText(TypedDict):
    """A support text with its links on the words that carry them."""

    kind: str
    text: str
    parts: list[SupportPart]


class NextStep(TypedDict):
    """The level above the reader's; on the top level only `lead` says something."""

    level: int | None  # null on the top level
    lead: str  # a sentence that introduces it
    name: str  # what the framework calls the level
    pieces: list[Piece]
    dropped: str  # what the level below says and this one does not, or empty
    support: list[SupportText]  # examples of that level, and learning activities
    nothing: str  # a sentence when there is no such support; else empty


class Kind(TypedDict):
    """Competences whose answers relate to what is expected in one way."""

    code: str
    title: str  # "Att utveckla"
    text: str  # the competences by name, or many by number


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
    """What the answers lead to, in words and as a picture."""

    answered: bool  # whether any competence has a complete answer
    empty: str  # a sentence while none has; else empty
    kinds: list[Kind]
    areas: list[ResultArea]


class Suggestion(TypedDict):
    """Something to bring to the talk."""

    id: str  # "below:1.1", "motivation:2", "onward"; "unclear" alone when it is about several competences
    text: str
    reason: str


class Choice(TypedDict):
    """Something that the reader can choose to talk about."""

    id: str  # a suggestion's, or that of a competence that the reader has added
    text: str
    reason: str
    chosen: bool


class Addable(TypedDict):
    """A competence that can be added to what is talked about."""

    id: str
    text: str


class Talk(TypedDict):
    """What the reader can choose to talk about."""

    choices: list[Choice]
    note: str  # a sentence when more is chosen than there is room for; else empty
    addable: list[Addable]


class Detail(TypedDict):
    """A competence with a level, and its next step."""

    id: str
    title: str
    summary: str  # "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla."
    earlier: str  # "Förra gången: nivå 3.", or empty
    next: NextStep | None
    example: str  # the reader's own


class DetailArea(TypedDict):
    """The competences of an area that have a level."""

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
    """Everything in the result that is folded at first."""

    areas: list[DetailArea]
    note: str  # explains the asterisks, or empty
    rest: bool  # whether the following is shown
    lists: list[NoLevelList]  # none that is empty
    not_relevant: list[NotRelevant]
    motivation: list[MotivationReply]


class Tick(TypedDict):
    """Something that can be put on the sheet."""

    id: str  # "level:1.1"; a suggestion's is "suggestion:" and its own id
    label: str
    ticked: bool


class TickGroup(TypedDict):
    """A section of the sheet with what can be ticked for it."""

    id: str
    heading: str
    items: list[Tick]


class SheetCell(TypedDict):
    """A text on the sheet."""

    label: str  # the heading of its column; empty for the first
    text: str


class SheetRow(TypedDict):
    """A row of the sheet: as many cells as there are columns, or one."""

    cells: list[SheetCell]


class SheetSection(TypedDict):
    """A section of the sheet with what is on it."""

    id: str
    heading: str
    columns: list[str]  # headings of a table; none when the rows are plain text
    rows: list[SheetRow]
    note: str  # explains an asterisk in the rows, or empty


class SheetDocument(TypedDict):
    """The sheet for the talk."""

    title: str
    framework: str  # its title, version and date
    date: str  # "Utskrivet 23 november 2026", or empty when the request has no date
    sections: list[SheetSection]


class Sheet(TypedDict):
    """What can be ticked, and the sheet itself."""

    mode: SheetMode
    groups: list[TickGroup]
    document: SheetDocument
    text: str  # the same as plain text
    empty: str  # a sentence when nothing is on it; else empty


class Entries(TypedDict):
    """The answers in the framework's order, to be entered in the organisation's own tool."""

    rows: list[str]  # "1.1 Söka, ...: Nivå 3"
    text: str  # the same as one text
