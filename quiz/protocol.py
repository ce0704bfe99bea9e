"""The shapes of all that passes between the page and Python, as JSON: the framework, a request, its reply.

Types only: the quiz imports them where it is checked, never where it runs. `make protocol` writes the same
shapes for the page's scripts (`quiz/browser/protocol.d.ts`), and a test holds the templates against them.
"""

from typing import Literal, NotRequired, TypedDict

NoLevel = Literal["unknown", "unclear", "not_relevant"]
AnswerState = Literal["unanswered", "pending", "level", "unknown", "unclear", "not_relevant"]
StatusCode = Literal["develop", "in_line", "above", "no_role", "unknown", "unclear", "not_relevant"]
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

    ticked: NotRequired[list[str]]  # ids from the reply's `sheet.groups`; those not on offer are ignored
    questions: NotRequired[str]
    notes: NotRequired[str]


class Request(TypedDict):
    """All that the reader has said, or a ping, which only asks whether Python is ready.

    What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
    """

    kind: Literal["state", "ping"]
    id: NotRequired[int]  # comes back in the reply
    roles: NotRequired[list[str]]  # role ids, in any order
    scope: NotRequired[str]  # "all", or the id of the only area to rate
    answers: NotRequired[dict[str, AnswerRequest]]  # by competence id
    motivation: NotRequired[dict[str, int | None]]  # area id and place on the scale, from 1
    today: NotRequired[str]  # yyyy-mm-dd, for the sheet
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
    time_why: str  # how the time was calculated
    not_relevant: list[NotRelevant]
    outside: Outside


class Progress(TypedDict):
    """How far the reader has come."""

    answered: int  # competences with a complete answer
    of: int
    text: str  # "7 av 12 besvarade"
    left: list[str]  # ids of those without a complete answer


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


class RoleLevel(TypedDict):
    """A chosen role that the competence applies to."""

    id: str
    name: str
    level: int


class ExpectedLevel(TypedDict):
    """The level expected of the roles together: the highest of theirs."""

    level: int
    text: str  # "Nivå 4"
    name: str  # what the framework calls it
    roles: list[RoleLevel]
    several: bool  # whether more than one role expects a level
    asked_by: str  # "Förväntad nivå är 4, för rollen systemansvarig. För chef är den 3."
    note: str  # says that the source was damaged, or empty


class Status(TypedDict):
    """How an answer relates to what is expected."""

    code: StatusCode
    text: str  # "Att utveckla"


class PictureStep(TypedDict):
    """One step of the picture."""

    level: int
    mine: bool  # whether it is the reader's level
    expected: bool  # whether it is the expected level
    text: str  # "Din nivå", "Förväntad nivå", both, or empty


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
    examples: list[SupportText]  # about that level, or else about all
    activities: list[SupportText]  # likewise: learning activities


class CompetenceReply(TypedDict):
    """A competence to rate. What tells the expected level is left out until it is answered."""

    id: str
    area: str
    title: str
    heading: str  # id and title
    state: AnswerState
    state_text: str  # "Nivå 2", "Inte besvarad", "Jag vet inte"
    pick: int | None  # the level picked
    level: int | None  # the level that the staircase carries; only in the state "level"
    ladder: Ladder
    level_name: NotRequired[str]  # what the framework calls the level; empty without one
    expected: NotRequired[ExpectedLevel | None]  # null when no role is chosen
    status: NotRequired[Status]
    summary: NotRequired[str]  # "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla."
    picture: NotRequired[Picture]
    next: NotRequired[NextStep | None]  # null without a level
    suggested: NotRequired[bool]  # whether a suggestion is about it alone


class AreaReply(TypedDict):
    """An area to rate."""

    id: str
    name: str
    answered: bool  # whether any of its competences has a complete answer
    competences: list[CompetenceReply]


class MotivationReply(TypedDict):
    """The motivation question of an area."""

    area: str
    name: str
    statement: str
    answer: int | None  # place on the scale, from 1
    text: str  # the scale's own words, or "Inte besvarad"


class CompetenceName(TypedDict):
    """A competence by name."""

    id: str
    title: str


class NoLevelList(TypedDict):
    """The competences without a level, of one kind."""

    kind: AnswerState
    title: str  # "Här vet du inte vilken nivå du har"
    items: list[CompetenceName]


class Suggestion(TypedDict):
    """Something to bring to the talk."""

    id: str  # "below:1.1", "motivation:2", "onward"; "unclear" alone when it is about several competences
    text: str
    reason: str


class Result(TypedDict):
    """What the answers lead to."""

    empty: str  # a sentence while nothing is answered; else empty
    lists: list[NoLevelList]  # none that is empty
    suggestions: list[Suggestion]  # at most five


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


class SheetSection(TypedDict):
    """A section of the sheet with what is ticked."""

    id: str
    heading: str
    columns: list[str]  # headings of a table; none when the rows are plain text
    rows: list[list[str]]  # as many cells as there are columns, or one
    note: str  # explains an asterisk in the rows, or empty


class SheetDocument(TypedDict):
    """The sheet for the talk."""

    title: str
    framework: str  # its title, version and date
    date: str  # "Utskrivet 23 november 2026", or empty when the request has no date
    sections: list[SheetSection]


class Sheet(TypedDict):
    """What can be ticked, and the sheet of what is."""

    groups: list[TickGroup]
    document: SheetDocument
    text: str  # the same as plain text
    empty: str  # a sentence when nothing is ticked; else empty


class State(TypedDict):
    """The reply to a request of the kind "state"."""

    id: int | None
    ok: Literal[True]
    kind: Literal["state"]
    framework: Version
    ignored: list[str]  # what could not be understood, as places: "answers.9.9", "roles[0]"
    notices: list[str]  # sentences about texts that were cut
    plan: Plan
    progress: Progress
    areas: list[AreaReply]  # the areas to rate, in order, each with its competences
    motivation: list[MotivationReply]  # one for each of the areas
    result: Result
    sheet: Sheet


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


Reply = State | Pong | Refusal


class Templates(TypedDict):
    """What each <template> of the page is filled with; "plan" is the one with the id `t-plan`."""

    plan: State
    answered: CompetenceReply
    result: State
    ticks: list[TickGroup]
    sheet: Sheet
