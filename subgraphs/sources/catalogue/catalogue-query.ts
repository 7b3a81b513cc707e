import type { ProcedureIssue, ProcedureIssueCode } from './procedure-issues';
import type { Channel, Competence, ProcedureLevel, ProcedureRecord } from './procedure-record';

/** MATCH_ASC is nearest to the words of the selection first; where there are none, the values are those of NAME_ASC. */
export const PROCEDURE_ORDERS = ['MATCH_ASC', 'NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'CODE_DESC'] as const;
export type ProcedureOrder = (typeof PROCEDURE_ORDERS)[number];

/** Which procedures; an absent part selects all, an empty list none. Lists match when any of their values does. */
export interface ProcedureSelection {
  /** The day whose competences count. */
  readonly asOf: string;
  /** The canonical code of an agency that publishes or implements, beside whatever `agencies` says. */
  readonly agency?: string | undefined;
  /** Canonical codes of publishing or implementing agencies. */
  readonly agencies?: readonly string[] | undefined;
  /** Folded words in the order of the query, each a prefix of a word of the name. */
  readonly words?: readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly levels?: readonly ProcedureLevel[] | undefined;
  readonly channels?: readonly Channel[] | undefined;
  readonly issues?: readonly ProcedureIssueCode[] | undefined;
}

/** Where a row stands in an order: its value there, then agency and code, bytewise ascending. */
export interface CataloguePosition {
  readonly value: string;
  readonly agency: string;
  readonly code: string;
}

/** A page of an order: `first` rows after a position. */
export interface CatalogueWindow {
  readonly order: ProcedureOrder;
  readonly first: number;
  readonly after?: CataloguePosition | undefined;
}

export interface CataloguePageRequest {
  readonly selection: ProcedureSelection;
  readonly window: CatalogueWindow;
}

/** A procedure as it stands on a day: under the one competence that holds then. */
export interface CatalogueEntry {
  readonly record: ProcedureRecord;
  readonly competence: Competence;
  readonly issues: readonly ProcedureIssue[];
}

export interface CataloguePage {
  readonly rows: readonly { readonly entry: CatalogueEntry; readonly position: CataloguePosition }[];
  readonly hasNextPage: boolean;
}
