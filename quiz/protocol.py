"""The shapes of all that passes between the page and Python, as JSON: the framework, a request, its reply.

Types only: the quiz imports them where it is checked, never where it runs. `make types` writes the same
shapes for the page's scripts (`quiz/browser/protocol.d.ts`), and a test holds the templates against them.
"""

from typing import Literal, NotRequired, TypedDict

NoLevel = Literal["unknown", "unclear", "not_relevant"]
AnswerState = Literal["unanswered", "pending", "level", "unknown", "unclear", "not_relevant"]
StatusCode = AnswerState | Literal["develop", "in_line", "above", "no_role"]
SheetMode = Literal["main", "all", "own"]
ErrorCode = Literal["not_ready", "too_large", "not_json", "not_object", "unknown_kind", "internal"]


# The framework: the contents of framework.json


class LevelData(TypedDict):
    """A level and what the framework calls it."""

    level: int
    name: str


class MotivationData(TypedDict):
    """The motivation question."""

    title: str
    scale: list[str]  # its answers, lowest first


class AreaData(TypedDict):
    """A group of competences."""

    id: str
    name: str
    motivation: str  # the statement that is rated


class RoleData(TypedDict):
    """A role profile."""

    id: str
    name: str
    part: str  # the part of the organisation that it belongs to


class LinkData(TypedDict):
    """An address and the words of a support text that lead there."""

    text: str
    url: str


class SupportData(TypedDict):
    """An example, a clarification or a learning activity."""

    kind: str
    levels: list[int]  # none when the text is about all levels
    text: str
    links: list[LinkData]


class CompetenceData(TypedDict):
    """A competence."""

    id: str
    area: str
    title: str
    definition: str
    levels: list[str]  # a descriptor for each level, lowest first
    expected: dict[str, int]  # role id and the level expected of it, for the roles that it applies to
    not_relevant: list[str]  # roles that the framework says it is not relevant for
    reading: str  # how sure the expected levels are
    support: list[SupportData]


class FrameworkData(TypedDict):
    """The contents of framework.json."""

    title: str
    version: str
    date: str  # yyyy-mm-dd
    levels: list[LevelData]
    motivation: MotivationData
    areas: list[AreaData]
    roles: list[RoleData]
    competences: list[CompetenceData]


# A request: everything that the reader has said


class AnswerRequest(TypedDict):
    """The answer to one competence."""

    pick: NotRequired[int | None]  # the level picked
    none: NotRequired[NoLevel | None]  # goes before a pick
    met: NotRequired[dict[str, bool | None]]  # level and the answer to its staircase question
    example: NotRequired[str]  # the reader's own example


class SheetRequest(TypedDict):
    """What the reader wants on the sheet."""

    mode: NotRequired[SheetMode]  # what it is made of
    ticked: NotRequired[list[str]]  # ids from the reply's `sheet.groups`; those not on offer are ignored
    questions: NotRequired[str]


class Request(TypedDict):
    """All that the reader has said; or a code to be read; or a ping, which only asks whether Python is ready.

    What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
    """

    kind: Literal["state", "ping", "code"]
    code: NotRequired[str]  # to be read, with the kind "code"
    id: NotRequired[int]  # comes back in the reply
    roles: NotRequired[list[str]]  # role ids, in any order
    scope: NotRequired[str]  # "all", or the id of the only area to rate
    answers: NotRequired[dict[str, AnswerRequest]]  # by competence id
    motivation: NotRequired[dict[str, int | None]]  # area id and place on the scale, from 1
    earlier: NotRequired[str]  # a code to compare with
    today: NotRequired[str]  # yyyy-mm-dd, for the sheet
    talk: NotRequired[list[str] | None]  # ids from the reply's `talk`; null until the reader has chosen
    sheet: NotRequired[SheetRequest]


# The reply. Its texts are Swedish and meant for the reader; the scripts add none of their own.


class Version(TypedDict):
    """Which framework answers."""

    title: str
    version: str
    date: str  # "2 september 2024"


class RoleName(TypedDict):
    """A chosen role."""

    id: str
    name: str


class NotRelevant(TypedDict):
    """A competence that the framework says is not relevant for the roles."""

    id: str
    title: str
    text: str  # "Ej relevant för systemägare"


class Outside(TypedDict):
    """Answers that are kept although roles and scope leave their competences out."""

    ids: list[str]
    text: str  # empty when there are none


class Plan(TypedDict):
    """What there is to rate."""

    ready: bool  # whether there is anything
    missing: str  # a sentence when there is no role, or nothing to rate; else empty
    roles: list[RoleName]  # in the framework's order
    scope: str  # "all" or an area id
    time: str  # "ungefär 18–21 minuter"
    not_relevant: list[NotRelevant]
    outside: Outside


class StairQuestion(TypedDict):
    """Whether the reader meets a level below the one picked."""

    level: int
    question: str  # "Uppfyller du också nivå 2?"
    text: str  # the level's descriptor
    met: bool | None  # null when unanswered


class Ladder(TypedDict):
    """What the staircase makes of a pick."""

    text: str  # "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står ..."
    questions: list[StairQuestion]  # lowest first; none for picks 1 and 2
    unanswered: list[int]  # levels whose answer still decides the outcome


class PictureStep(TypedDict):
    """One step of the picture."""

    text: str  # its number, with an asterisk where the expected level is not confirmed
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


class CompetenceReply(TypedDict):
    """A competence while it is rated. What is expected is in the result only."""

    id: str
    title: str
    state: AnswerState
    state_text: str  # "Nivå 2", "Inte besvarad", "Jag vet inte"
    pick: int | None  # the level picked
    level: int | None  # the level that the staircase carries; only in the state "level"
    ladder: Ladder
    earlier: str  # "Förra gången: nivå 3." once there is an answer to compare; else empty


class AreaDone(TypedDict):
    """What is said at the end of an area."""

    title: str  # "Klart med område 1."
    text: str


class MotivationReply(TypedDict):
    """The motivation question of an area."""

    area: str
    name: str
    answer: int | None  # place on the scale, from 1
    text: str  # the scale's own words, or "Inte besvarad"
    done: AreaDone


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


class Grade(TypedDict):
    """The answers in the framework's order, to be taken over into Grade."""

    rows: list[str]  # "1.1 Söka, ...: Nivå 3"
    text: str  # the same as one text


class State(TypedDict):
    """The reply to a request of the kind "state"."""

    id: int | None
    ok: Literal[True]
    kind: Literal["state"]
    framework: Version
    ignored: list[str]  # what could not be understood, as places: "answers.9.9", "roles[0]"
    notices: list[str]  # sentences about texts that were cut
    plan: Plan
    competences: list[CompetenceReply]  # those to rate, in order
    motivation: list[MotivationReply]  # one for each of their areas
    result: Result
    talk: Talk
    details: Details
    sheet: Sheet
    grade: Grade
    code: str  # to take along: roles, levels and motivation; empty while nothing is answered


class Said(TypedDict):
    """What a code says, as a request would say it."""

    roles: list[str]
    scope: str
    answers: dict[str, AnswerRequest]
    motivation: dict[str, int]


class CodeReply(TypedDict):
    """The reply to a request of the kind "code"."""

    id: int | None
    ok: Literal[True]
    kind: Literal["code"]
    message: str  # what is wrong with the code; empty when it could be read
    said: Said | None


class Pong(TypedDict):
    """The reply to a ping."""

    id: int | None
    ok: Literal[True]
    kind: Literal["ping"]
    framework: Version


class Error(TypedDict):
    """Why a request was not answered."""

    code: ErrorCode
    message: str  # a sentence for the reader
    detail: str  # for developers: the kind of fault, never anything that the reader wrote


class Refusal(TypedDict):
    """The reply to a request that cannot be answered."""

    id: int | None
    ok: Literal[False]
    error: Error


Reply = State | CodeReply | Pong | Refusal


class Templates(TypedDict):
    """What each <template> of the page is filled with; "time" is the one with the id `t-time`."""

    time: State
    answered: CompetenceReply
    done: AreaDone
    code: str
    result: State
    choose: Talk
    details: Details
    ticks: list[TickGroup]
    sheet: Sheet
    grade: Grade
