import type { NamedProcedure } from '../../sources/values/procedure-matcher';
import type { RowProblem, SourceProblem } from '../../sources/source-problem';
import type { QueryFigures } from './check-report';

/** Aggregates over one system, however it is read. Each method stands for itself: one that throws a SourceProblem leaves the others whole. */
export interface SystemFacts extends AsyncDisposable {
  /** Tables and columns that the mapping names and the system does not have. What can be read without them still is. */
  readonly missing: readonly MissingPart[];
  /** null: the mapping names no dossiers, or their table cannot be read at all. */
  readonly dossiers: DossierFacts | null;
  readonly catalogue: CatalogueFacts | null;
  readonly speed: SpeedFacts | null;
  /** null: the dossiers are asked live. */
  readonly copy: CopyFacts | null;
  /** Of the rows that were copied for this check, some of them place by place for each code and value. */
  readonly problems: readonly GroupedProblem[];
}

export interface MissingPart {
  readonly problem: SourceProblem;
  /** Where the mapping names it: `dossiers.dates.finished`. */
  readonly paths: readonly string[];
}

export interface DossierFacts {
  /** Rows, those deleted by flag, and every fault that one row shows by itself. */
  rowFaults(): Promise<RowFaults>;
  /** Rows that are not deleted by raw receiving agency; null when that cannot be read. */
  agencies(): Promise<readonly AgencyGroup[] | null>;
  handlingAgencies(): Promise<ValueGroups>;
  statuses(): Promise<ValueGroups>;
  channels(): Promise<ValueGroups>;
  procedures(): Promise<ProcedureGroups>;
  /** Promised days with their numbers of dossiers. */
  dueDays(): Promise<readonly DayGroup[]>;
  /** Codes of dossiers promised on any of these days, five at most. */
  dueOn(days: readonly string[]): Promise<readonly string[]>;
  duplicates(): Promise<Occurrences>;
  aliasesThatAreCodes(): Promise<Occurrences>;
  supplementsWithoutDossier(): Promise<number>;
  stepsWithoutDossier(): Promise<number>;
}

export const ROW_FAULTS = [
  'NO_CODE',
  'NO_RECEIVED_DATE',
  'NO_DUE_DATE',
  'ENDED_WITHOUT_DATE',
  'FINISHED_BEFORE_RECEIVED',
  'DUE_BEFORE_RECEIVED',
  'RETURNED_BEFORE_FINISHED',
  'RECEIVED_IN_FUTURE',
  'DATE_OUT_OF_BOUNDS',
  'DATE_UNREADABLE',
] as const;
export type RowFaultCode = (typeof ROW_FAULTS)[number];

export interface RowFault {
  readonly code: RowFaultCode;
  /** The column, for faults of one column. */
  readonly place: string | null;
  readonly count: number;
  readonly examples: readonly string[];
}

export interface RowFaults {
  readonly rows: number;
  readonly deleted: number;
  readonly faults: readonly RowFault[];
}

export interface AgencyGroup {
  readonly raw: string | null;
  /** Canonical code; null when the mapping does not know the raw value. */
  readonly agency: string | null;
  readonly rows: number;
  readonly firstReceived: string | null;
  readonly lastReceived: string | null;
}

export interface ValueGroup {
  /** One for each column. */
  readonly raw: readonly (string | null)[];
  readonly isKnown: boolean;
  readonly rows: number;
}

export interface ValueGroups {
  readonly columns: readonly string[];
  readonly groups: readonly ValueGroup[];
  /** There are more values than were counted: the column holds something else than a list of words. */
  readonly isCut: boolean;
}

export interface ProcedureGroup {
  /** As the dossier has it: a code, or a name. */
  readonly raw: string | null;
  /** The code it leads to; null when it leads nowhere. */
  readonly code: string | null;
  readonly rows: number;
}

export interface ProcedureGroups {
  readonly column: string;
  readonly groups: readonly ProcedureGroup[];
  readonly isCut: boolean;
}

export interface DayGroup {
  readonly day: string;
  readonly rows: number;
}

export interface Occurrences {
  /** How many codes. */
  readonly count: number;
  readonly examples: readonly string[];
}

export interface CatalogueFacts {
  /** Rows that are not deleted, by raw publishing agency. */
  agencies(): Promise<readonly Pick<AgencyGroup, 'raw' | 'agency' | 'rows'>[]>;
  /** All codes, once each, with a name. */
  procedures(): Promise<readonly NamedProcedure[]>;
  duplicates(): Promise<Occurrences>;
}

export interface SpeedFacts {
  queries(onQuery: (done: number, total: number) => void): Promise<readonly QueryFigures[]>;
  missingIndexes(): Promise<readonly { readonly sql: string; readonly why: string }[]>;
}

export interface CopyFacts {
  readonly asOf: string | null;
  readonly rows: number;
}

export interface GroupedProblem {
  readonly collection: 'dossiers' | 'procedures';
  readonly code: RowProblem['code'];
  readonly column: string | null;
  readonly value: string | null;
  readonly rows: number;
  /** Up to five. */
  readonly places: readonly string[];
}
