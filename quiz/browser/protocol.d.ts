// Made from quiz/protocol/ by `make types`. Change the files there instead.

/** A level. */
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
  /** of the organisation */
  part: string;
}

/** Words of a support text that lead to an address. */
export interface LinkData {
  text: string;
  url: string;
}

/** An example, a clarification or a learning activity. */
export interface SupportData {
  kind: string;
  /** none: all */
  levels: number[];
  text: string;
  links: LinkData[];
  /** without it, for everyone */
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
  /** descriptors, lowest first */
  levels: string[];
  /** role id → level, for the roles that it applies to */
  expected: Record<string, number>;
  /** role ids that the framework says it is not relevant for */
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

/** A competence that the framework says is not relevant. */
export interface NotRelevant {
  id: string;
  title: string;
  /** "Ej relevant för systemägare" */
  text: string;
}

/** Answers kept although roles and scope leave them out. */
export interface Outside {
  ids: string[];
  text: string;
}

/** What there is to rate. */
export interface Plan {
  ready: boolean;
  /** a sentence when there is no role, or nothing to rate */
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

/** A level below the one picked. */
export interface StairQuestion {
  level: number;
  /** "Uppfyller du också nivå 2?" */
  question: string;
  /** its descriptor */
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
  /** levels whose answers still decide the outcome */
  unanswered: number[];
}

/** A competence while it is rated. What is expected is in the result only. */
export interface CompetenceReply {
  id: string;
  title: string;
  state: AnswerState;
  /** "Nivå 2", "Inte besvarad", "Jag vet inte" */
  state_text: string;
  pick: number | null;
  /** only in the state "level" */
  level: number | null;
  ladder: Ladder;
  /** "Förra gången: nivå 3." once there is an answer to compare */
  earlier: string;
}

/** The end of an area. */
export interface AreaDone {
  /** "Klart med område 1." */
  title: string;
  text: string;
}

/** Motivation in an area. */
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

/** The reply to the kind "state". Any text in it is empty when there is nothing to say. */
export interface State {
  id: number | null;
  ok: true;
  kind: "state";
  framework: Version;
  /** places of what was not understood: "answers.9.9", "roles[0]" */
  ignored: string[];
  /** about texts that were cut */
  notices: string[];
  plan: Plan;
  /** those to rate, in order */
  competences: CompetenceReply[];
  /** one for each area */
  motivation: MotivationReply[];
  result: Result;
  talk: Talk;
  details: Details;
  sheet: Sheet;
  entries: Entries;
  /** to take along; empty while nothing is answered */
  code: string;
}

/** What a code says, as a request would. */
export interface Said {
  roles: string[];
  scope: string;
  answers: Record<string, AnswerRequest>;
  motivation: Record<string, number>;
}

/** The reply to the kind "code". */
export interface CodeReply {
  id: number | null;
  ok: true;
  kind: "code";
  /** what is wrong */
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
  /** for developers, never what the reader wrote */
  detail: string;
}

/** The reply when there is no answer. */
export interface Refusal {
  id: number | null;
  ok: false;
  error: Error;
}

export type Reply = State | CodeReply | Pong | Refusal;

/** What each <template> is filled with; "time" is that with the id `t-time`. */
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
  pick?: number | null;
  /** goes before a pick */
  none?: NoLevel | null;
  /** level → answer about it */
  met?: Record<string, boolean | null>;
  example?: string;
}

/** What the reader wants on the sheet. */
export interface SheetRequest {
  mode?: SheetMode;
  /** ids from the reply's `sheet.groups`; others are ignored */
  ticked?: string[];
  questions?: string;
}

/**
 * All that the reader has said; a code; or a ping, which only asks whether Python is ready.
 *
 * What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
 */
export interface Request {
  kind: "state" | "ping" | "code";
  /** with the kind "code" */
  code?: string;
  /** comes back in the reply */
  id?: number;
  /** ids, in any order */
  roles?: string[];
  /** "all" or an area id */
  scope?: string;
  /** by competence id */
  answers?: Record<string, AnswerRequest>;
  /** area id → place on the scale, from 1 */
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

/** A step of the picture. */
export interface PictureStep {
  level: number;
  /** an asterisk where the expected level is not confirmed */
  star: string;
  /** the reader's level */
  mine: boolean;
  /** the expected level */
  expected: boolean;
}

/** The staircase with the reader's and the expected level. */
export interface Picture {
  /** the same in words */
  text: string;
  /** lowest first */
  steps: PictureStep[];
}

/** A part of a descriptor; joined they are the descriptor. */
export interface Piece {
  text: string;
  /** compared with the level below */
  new: boolean;
}

/** A part of a support text; joined they are the text. */
export interface SupportPart {
  text: string;
  /** where it leads */
  url: string;
}

/** A support text with its links. */
export interface SupportText {
  kind: string;
  text: string;
  parts: SupportPart[];
}

/** The level above the reader's, if any; else `lead` alone says something. */
export interface NextStep {
  /** null on the top level */
  level: number | null;
  /** introduces it */
  lead: string;
  name: string;
  pieces: Piece[];
  /** says what of the level below is gone */
  dropped: string;
  /** examples of that very level; activities for it or for all */
  support: SupportText[];
  /** a sentence when there is no support */
  nothing: string;
}

/** Competences of one status. */
export interface Kind {
  code: string;
  /** "Att utveckla" */
  title: string;
  /** their names, or numbers when they are many */
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

/** The result, in words and as a picture. */
export interface Result {
  /** whether any competence has a complete answer */
  answered: boolean;
  /** a sentence while none has */
  empty: string;
  kinds: Kind[];
  areas: ResultArea[];
}

/** Something to bring to the talk. */
export interface Suggestion {
  /** "below:1.1", "motivation:2", "onward"; "unclear" alone about several competences */
  id: string;
  text: string;
  reason: string;
}

/** Something to choose to talk about. */
export interface Choice {
  /** a suggestion's, or an added competence's */
  id: string;
  text: string;
  reason: string;
  chosen: boolean;
}

/** A suggestion or a competence that can be added to the choices. */
export interface Addable {
  id: string;
  text: string;
}

/** What the reader can choose to talk about. */
export interface Talk {
  choices: Choice[];
  /** a sentence when too much is chosen */
  note: string;
  addable: Addable[];
}

/** A competence with a level, and its next step. */
export interface Detail {
  id: string;
  title: string;
  /** "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla." */
  summary: string;
  /** "Förra gången: nivå 3." */
  earlier: string;
  next: NextStep | null;
  /** the reader's own */
  example: string;
}

/** An area's competences with a level. */
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

/** All of the result that is folded at first. */
export interface Details {
  areas: DetailArea[];
  /** explains the asterisks */
  note: string;
  /** whether to show the following */
  rest: boolean;
  /** none that is empty */
  lists: NoLevelList[];
  not_relevant: NotRelevant[];
  motivation: MotivationReply[];
}

/** Something for the sheet. */
export interface Tick {
  /** "level:1.1"; a suggestion's is "suggestion:" and its own id */
  id: string;
  label: string;
  ticked: boolean;
}

/** What can be ticked for a section. */
export interface TickGroup {
  id: string;
  heading: string;
  items: Tick[];
}

/** A text on the sheet. */
export interface SheetCell {
  /** its column's heading; empty for the first */
  label: string;
  text: string;
}

/** A row of the sheet: a cell a column, or one. */
export interface SheetRow {
  cells: SheetCell[];
}

/** A section with what is on it. */
export interface SheetSection {
  id: string;
  heading: string;
  /** headings of a table; none for plain text */
  columns: string[];
  rows: SheetRow[];
  /** explains an asterisk */
  note: string;
}

/** The sheet for the talk. */
export interface SheetDocument {
  title: string;
  /** its title, version and date */
  framework: string;
  /** "Utskrivet 23 november 2026" */
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
  /** a sentence when nothing is on it */
  empty: string;
}

/** The answers in order, to enter in the organisation's own tool. */
export interface Entries {
  /** "1.1 Söka, ...: Nivå 3" */
  rows: string[];
  /** the same as one text */
  text: string;
}
