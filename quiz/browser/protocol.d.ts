// Made from quiz/protocol.py by `make protocol`. Change that file instead.

export type NoLevel = "unknown" | "unclear" | "not_relevant";

export type AnswerState = "unanswered" | "pending" | "level" | "unknown" | "unclear" | "not_relevant";

export type StatusCode = "develop" | "in_line" | "above" | "no_role" | "unknown" | "unclear" | "not_relevant";

export type ErrorCode = "not_ready" | "too_large" | "not_json" | "not_object" | "unknown_kind" | "internal";

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

/** The contents of framework.json. */
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
  /** ids from the reply's `sheet.groups`; those not on offer are ignored */
  ticked?: string[];
  questions?: string;
  notes?: string;
}

/**
 * All that the reader has said, or a ping, which only asks whether Python is ready.
 *
 * What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
 */
export interface Request {
  kind: "state" | "ping";
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
  /** yyyy-mm-dd, for the sheet */
  today?: string;
  sheet?: SheetRequest;
}

/** Which framework answers. */
export interface Version {
  title: string;
  version: string;
  /** "2 september 2024" */
  date: string;
}

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
  /** how the time was calculated */
  time_why: string;
  not_relevant: NotRelevant[];
  outside: Outside;
}

/** How far the reader has come. */
export interface Progress {
  /** competences with a complete answer */
  answered: number;
  of: number;
  /** "7 av 12 besvarade" */
  text: string;
  /** ids of those without a complete answer */
  left: string[];
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

/** A chosen role that the competence applies to. */
export interface RoleLevel {
  id: string;
  name: string;
  level: number;
}

/** The level expected of the roles together: the highest of theirs. */
export interface ExpectedLevel {
  level: number;
  /** "Nivå 4" */
  text: string;
  /** what the framework calls it */
  name: string;
  roles: RoleLevel[];
  /** whether more than one role expects a level */
  several: boolean;
  /** "Förväntad nivå är 4, för rollen systemansvarig. För chef är den 3." */
  asked_by: string;
  /** says that the source was damaged, or empty */
  note: string;
}

/** How an answer relates to what is expected. */
export interface Status {
  code: StatusCode;
  /** "Att utveckla" */
  text: string;
}

/** One step of the picture. */
export interface PictureStep {
  level: number;
  /** whether it is the reader's level */
  mine: boolean;
  /** whether it is the expected level */
  expected: boolean;
  /** "Din nivå", "Förväntad nivå", both, or empty */
  text: string;
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
  /** about that level, or else about all */
  examples: SupportText[];
  /** likewise: learning activities */
  activities: SupportText[];
}

/** A competence to rate. What tells the expected level is left out until it is answered. */
export interface CompetenceReply {
  id: string;
  area: string;
  title: string;
  /** id and title */
  heading: string;
  state: AnswerState;
  /** "Nivå 2", "Inte besvarad", "Jag vet inte" */
  state_text: string;
  /** the level picked */
  pick: number | null;
  /** the level that the staircase carries; only in the state "level" */
  level: number | null;
  ladder: Ladder;
  /** what the framework calls the level; empty without one */
  level_name?: string;
  /** null when no role is chosen */
  expected?: ExpectedLevel | null;
  status?: Status;
  /** "Din nivå är 2. Förväntad nivå är 4, för rollen chef. Att utveckla." */
  summary?: string;
  picture?: Picture;
  /** null without a level */
  next?: NextStep | null;
  /** whether a suggestion is about it alone */
  suggested?: boolean;
}

/** An area to rate. */
export interface AreaReply {
  id: string;
  name: string;
  /** whether any of its competences has a complete answer */
  answered: boolean;
  competences: CompetenceReply[];
}

/** The motivation question of an area. */
export interface MotivationReply {
  area: string;
  name: string;
  statement: string;
  /** place on the scale, from 1 */
  answer: number | null;
  /** the scale's own words, or "Inte besvarad" */
  text: string;
}

/** A competence by name. */
export interface CompetenceName {
  id: string;
  title: string;
}

/** The competences without a level, of one kind. */
export interface NoLevelList {
  kind: AnswerState;
  /** "Här vet du inte vilken nivå du har" */
  title: string;
  items: CompetenceName[];
}

/** Something to bring to the talk. */
export interface Suggestion {
  /** "below:1.1", "motivation:2", "onward"; "unclear" alone when it is about several competences */
  id: string;
  text: string;
  reason: string;
}

/** What the answers lead to. */
export interface Result {
  /** a sentence while nothing is answered; else empty */
  empty: string;
  /** none that is empty */
  lists: NoLevelList[];
  /** at most five */
  suggestions: Suggestion[];
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

/** A section of the sheet with what is ticked. */
export interface SheetSection {
  id: string;
  heading: string;
  /** headings of a table; none when the rows are plain text */
  columns: string[];
  /** as many cells as there are columns, or one */
  rows: string[][];
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

/** What can be ticked, and the sheet of what is. */
export interface Sheet {
  groups: TickGroup[];
  document: SheetDocument;
  /** the same as plain text */
  text: string;
  /** a sentence when nothing is ticked; else empty */
  empty: string;
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
  progress: Progress;
  /** the areas to rate, in order, each with its competences */
  areas: AreaReply[];
  /** one for each of the areas */
  motivation: MotivationReply[];
  result: Result;
  sheet: Sheet;
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

export type Reply = State | Pong | Refusal;

/** What each <template> of the page is filled with; "plan" is the one with the id `t-plan`. */
export interface Templates {
  plan: State;
  answered: CompetenceReply;
  result: State;
  ticks: TickGroup[];
  sheet: Sheet;
}
