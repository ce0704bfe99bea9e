// Made from quiz/protocol/ by `make types`. Change the files there instead.

/** A level and what the framework calls it. */
export interface LevelData {
  level: number;
  name: string;
}

/** The motivation question. */
export interface MotivationData {
  title: string;
  /** its answers, lowest first */
  scale: string[];
}

/** A group of competences. */
export interface AreaData {
  id: string;
  name: string;
  /** the statement that is rated */
  motivation: string;
}

/** A role profile. */
export interface RoleData {
  id: string;
  name: string;
  /** the part of the organisation that it belongs to */
  part: string;
}

/** An address and the words of a support text that lead there. */
export interface LinkData {
  text: string;
  url: string;
}

/** An example, a clarification or a learning activity. */
export interface SupportData {
  kind: string;
  /** none when the text is about all levels */
  levels: number[];
  text: string;
  links: LinkData[];
  /** the roles that it is for; without it, it is for everyone */
  roles?: string[];
  /** the same in words: «Kulturskolan», «för chef» */
  whose?: string;
}

/** A competence. */
export interface CompetenceData {
  id: string;
  area: string;
  title: string;
  definition: string;
  /** a descriptor for each level, lowest first */
  levels: string[];
  /** role id and the level expected of it, for the roles that it applies to */
  expected: Record<string, number>;
  /** roles that the framework says it is not relevant for */
  not_relevant: string[];
  /** how sure the expected levels are */
  reading: string;
  support: SupportData[];
}

/** The contents of framework.bin. */
export interface FrameworkData {
  title: string;
  version: string;
  /** yyyy-mm-dd */
  date: string;
  levels: LevelData[];
  motivation: MotivationData;
  areas: AreaData[];
  roles: RoleData[];
  competences: CompetenceData[];
}

export type AnswerState = "unanswered" | "pending" | "level" | "unknown" | "unclear" | "not_relevant";

/** A chosen role. */
export interface RoleName {
  id: string;
  name: string;
}

/** A competence that the framework says is not relevant for the roles. */
export interface NotRelevant {
  id: string;
  title: string;
  /** "Ej relevant för systemägare" */
  text: string;
}

/** Answers that are kept although roles and scope leave their competences out. */
export interface Outside {
  ids: string[];
  /** empty when there are none */
  text: string;
}

/** What there is to rate. */
export interface Plan {
  /** whether there is anything */
  ready: boolean;
  /** a sentence when there is no role, or nothing to rate; else empty */
  missing: string;
  /** in the framework's order */
  roles: RoleName[];
  /** "all" or an area id */
  scope: string;
  /** "ungefär 18–21 minuter" */
  time: string;
  not_relevant: NotRelevant[];
  outside: Outside;
}

/** Whether the reader meets a level below the one picked. */
export interface StairQuestion {
  level: number;
  /** "Uppfyller du också nivå 2?" */
  question: string;
  /** the level's descriptor */
  text: string;
  /** null when unanswered */
  met: boolean | null;
}

/** What the staircase makes of a pick. */
export interface Ladder {
  /** "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står ..." */
  text: string;
  /** lowest first; none for picks 1 and 2 */
  questions: StairQuestion[];
  /** levels whose answer still decides the outcome */
  unanswered: number[];
}

/** A competence while it is rated. What is expected is in the result only. */
export interface CompetenceReply {
  id: string;
  title: string;
  state: AnswerState;
  /** "Nivå 2", "Inte besvarad", "Jag vet inte" */
  state_text: string;
  /** the level picked */
  pick: number | null;
  /** the level that the staircase carries; only in the state "level" */
  level: number | null;
  ladder: Ladder;
  /** "Förra gången: nivå 3." once there is an answer to compare; else empty */
  earlier: string;
}

/** What is said at the end of an area. */
export interface AreaDone {
  /** "Klart med område 1." */
  title: string;
  text: string;
}

/** The motivation question of an area. */
export interface MotivationReply {
  area: string;
  name: string;
  /** place on the scale, from 1 */
  answer: number | null;
  /** the scale's own words, or "Inte besvarad" */
  text: string;
  done: AreaDone;
}

export type ErrorCode = "not_ready" | "too_large" | "not_json" | "not_object" | "unknown_kind" | "internal";

/** Which framework answers. */
export interface Version {
  title: string;
  version: string;
  /** "2 september 2024" */
  date: string;
}

/** The reply to a request of the kind "state". */
export interface State {
  id: number | null;
  ok: true;
  kind: "state";
  framework: Version;
  /** what could not be understood, as places: "answers.9.9", "roles[0]" */
  ignored: string[];
  /** sentences about texts that were cut */
  notices: string[];
  plan: Plan;
  /** those to rate, in order */
  competences: CompetenceReply[];
  /** one for each of their areas */
  motivation: MotivationReply[];
  result: Result;
  talk: Talk;
  details: Details;
  sheet: Sheet;
  entries: Entries;
  /** to take along: roles, levels and motivation; empty while nothing is answered */
  code: string;
}

/** What a code says, as a request would say it. */
export interface Said {
  roles: string[];
  scope: string;
  answers: Record<string, AnswerRequest>;
  motivation: Record<string, number>;
}

/** The reply to a request of the kind "code". */
export interface CodeReply {
  id: number | null;
  ok: true;
  kind: "code";
  /** what is wrong with the code; empty when it could be read */
  message: string;
  said: Said | null;
}

/** The reply to a ping. */
export interface Pong {
  id: number | null;
  ok: true;
  kind: "ping";
  framework: Version;
}

/** Why a request was not answered. */
export interface Error {
  code: ErrorCode;
  /** a sentence for the reader */
  message: string;
  /** for developers: the kind of fault, never anything that the reader wrote */
  detail: string;
}

/** The reply to a request that cannot be answered. */
export interface Refusal {
  id: number | null;
  ok: false;
  error: Error;
}

export type Reply = State | CodeReply | Pong | Refusal;

/** What each <template> of the page is filled with; "time" is the one with the id `t-time`. */
export interface Templates {
  time: State;
  answered: CompetenceReply;
  done: AreaDone;
  code: string;
  result: State;
  choose: Talk;
  details: Details;
  ticks: TickGroup[];
  sheet: Sheet;
  entries: Entries;
}

export type NoLevel = "unknown" | "unclear" | "not_relevant";

export type SheetMode = "main" | "all" | "own";

/** The answer to one competence. */
export interface AnswerRequest {
  /** the level picked */
  pick?: number | null;
  /** goes before a pick */
  none?: NoLevel | null;
  /** level and the answer to its staircase question */
  met?: Record<string, boolean | null>;
  /** the reader's own example */
  example?: string;
}

/** What the reader wants on the sheet. */
export interface SheetRequest {
  /** what it is made of */
  mode?: SheetMode;
  /** ids from the reply's `sheet.groups`; those not on offer are ignored */
  ticked?: string[];
  questions?: string;
}

/**
 * All that the reader has said; or a code to be read; or a ping, which only asks whether Python is ready.
 *
 * What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
 */
export interface Request {
  kind: "state" | "ping" | "code";
  /** to be read, with the kind "code" */
  code?: string;
  /** comes back in the reply */
  id?: number;
  /** role ids, in any order */
  roles?: string[];
  /** "all", or the id of the only area to rate */
  scope?: string;
  /** by competence id */
  answers?: Record<string, AnswerRequest>;
  /** area id and place on the scale, from 1 */
  motivation?: Record<string, number | null>;
  /** a code to compare with */
  earlier?: string;
  /** yyyy-mm-dd, for the sheet */
  today?: string;
  /** ids from the reply's `talk`, the latest last; null before any */
  talk?: string[] | null;
  sheet?: SheetRequest;
}

export type StatusCode = AnswerState | "develop" | "in_line" | "above" | "no_role";

/** One step of the picture. */
export interface PictureStep {
  level: number;
  /** an asterisk where the expected level is not confirmed; else empty */
  star: string;
  /** whether it is the reader's level */
  mine: boolean;
  /** whether it is the expected level */
  expected: boolean;
}

/** The staircase with the reader's level and the expected one. */
export interface Picture {
  /** the same in words */
  text: string;
  /** lowest first */
  steps: PictureStep[];
}

/** A part of a descriptor; joined they are the descriptor. */
export interface Piece {
  text: string;
  /** whether it is new compared with the level below */
  new: boolean;
}

/** A part of a support text; joined they are the text. */
export interface SupportPart {
  text: string;
  /** where it leads, or empty */
  url: string;
}

/** A support text with its links on the words that carry them. */
export interface SupportText {
  kind: string;
  text: string;
  parts: SupportPart[];
}

/** The level above the reader's; on the top level only `lead` says something. */
export interface NextStep {
  /** null on the top level */
  level: number | null;
  /** a sentence that introduces it */
  lead: string;
  /** what the framework calls the level */
  name: string;
  pieces: Piece[];
  /** what the level below says and this one does not, or empty */
  dropped: string;
  /** examples of that level, and learning activities */
  support: SupportText[];
  /** a sentence when there is no such support; else empty */
  nothing: string;
}

/** Competences whose answers relate to what is expected in one way. */
export interface Kind {
  code: string;
  /** "Att utveckla" */
  title: string;
  /** the competences by name, or many by number */
  text: string;
}

/** A row of the picture. */
export interface ResultCompetence {
  id: string;
  title: string;
  picture: Picture;
}

/** The rows of an area. */
export interface ResultArea {
  id: string;
  name: string;
  competences: ResultCompetence[];
}

/** What the answers lead to, in words and as a picture. */
export interface Result {
  /** whether any competence has a complete answer */
  answered: boolean;
  /** a sentence while none has; else empty */
  empty: string;
  kinds: Kind[];
  areas: ResultArea[];
}

/** Something to bring to the talk. */
export interface Suggestion {
  /** "below:1.1", "motivation:2", "onward"; "unclear" alone when it is about several competences */
  id: string;
  text: string;
  reason: string;
}

/** Something that the reader can choose to talk about. */
export interface Choice {
  /** a suggestion's, or that of a competence that the reader has added */
  id: string;
  text: string;
  reason: string;
  chosen: boolean;
}

/** A competence that can be added to what is talked about. */
export interface Addable {
  id: string;
  text: string;
}

/** What the reader can choose to talk about. */
export interface Talk {
  choices: Choice[];
  /** a sentence when more is chosen than there is room for; else empty */
  note: string;
  addable: Addable[];
}

/** A competence with a level, and its next step. */
export interface Detail {
  id: string;
  title: string;
  /** "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla." */
  summary: string;
  /** "Förra gången: nivå 3.", or empty */
  earlier: string;
  next: NextStep | null;
  /** the reader's own */
  example: string;
}

/** The competences of an area that have a level. */
export interface DetailArea {
  id: string;
  name: string;
  competences: Detail[];
}

/** A competence without a level. */
export interface NoLevelItem {
  /** its name */
  text: string;
  /** id of its question on the page */
  question: string;
}

/** The competences without a level, of one kind. */
export interface NoLevelList {
  kind: AnswerState;
  /** "Här vet du inte vilken nivå du har" */
  title: string;
  items: NoLevelItem[];
}

/** Everything in the result that is folded at first. */
export interface Details {
  areas: DetailArea[];
  /** explains the asterisks, or empty */
  note: string;
  /** whether the following is shown */
  rest: boolean;
  /** none that is empty */
  lists: NoLevelList[];
  not_relevant: NotRelevant[];
  motivation: MotivationReply[];
}

/** Something that can be put on the sheet. */
export interface Tick {
  /** "level:1.1"; a suggestion's is "suggestion:" and its own id */
  id: string;
  label: string;
  ticked: boolean;
}

/** A section of the sheet with what can be ticked for it. */
export interface TickGroup {
  id: string;
  heading: string;
  items: Tick[];
}

/** A text on the sheet. */
export interface SheetCell {
  /** the heading of its column; empty for the first */
  label: string;
  text: string;
}

/** A row of the sheet: as many cells as there are columns, or one. */
export interface SheetRow {
  cells: SheetCell[];
}

/** A section of the sheet with what is on it. */
export interface SheetSection {
  id: string;
  heading: string;
  /** headings of a table; none when the rows are plain text */
  columns: string[];
  rows: SheetRow[];
  /** explains an asterisk in the rows, or empty */
  note: string;
}

/** The sheet for the talk. */
export interface SheetDocument {
  title: string;
  /** its title, version and date */
  framework: string;
  /** "Utskrivet 23 november 2026", or empty when the request has no date */
  date: string;
  sections: SheetSection[];
}

/** What can be ticked, and the sheet itself. */
export interface Sheet {
  mode: SheetMode;
  groups: TickGroup[];
  document: SheetDocument;
  /** the same as plain text */
  text: string;
  /** a sentence when nothing is on it; else empty */
  empty: string;
}

/** The answers in the framework's order, to be entered in the organisation's own tool. */
export interface Entries {
  /** "1.1 Söka, ...: Nivå 3" */
  rows: string[];
  /** the same as one text */
  text: string;
}
