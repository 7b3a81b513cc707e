/** What can be wrong with a system as a whole. Codes are API: they stand in extensions.shards and in the report of `onboard check`. */
export const SOURCE_PROBLEM_CODES = [
  /** No connection: refused, no such host, broken off. */
  'SOURCE_UNREACHABLE',
  /** Wrong password or token, a certificate that is not good, an account without the right to read. */
  'SOURCE_REFUSED',
  'SOURCE_TIMEOUT',
  'SOURCE_NO_TABLE',
  'SOURCE_NO_COLUMN',
  /** What came is not what was promised: no JSON or XML, an envelope that says error, a WSDL without the operation. */
  'SOURCE_BAD_ANSWER',
  /** Pages that come round in a circle, or repeat rows, or end before the total. */
  'SOURCE_BAD_PAGING',
  /** A file that is cut short, locked, too large, or of letters that cannot be told. */
  'SOURCE_BAD_FILE',
  /** The copy is older than it should be, for one of the reasons above. */
  'SOURCE_STALE',
] as const;

export type SourceProblemCode = (typeof SOURCE_PROBLEM_CODES)[number];

/** Ends a pass over a source, or a query of it. The message is one sentence that names value, place and the way out; never a secret. */
export class SourceProblem extends Error {
  constructor(
    readonly code: SourceProblemCode,
    message: string,
    /** The table, column, path, operation, file or page. */
    readonly place: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'SourceProblem';
  }
}

/** What can be wrong with one row or value; the rest is taken. */
export const ROW_PROBLEM_CODES = [
  'ROW_NO_CODE',
  /** The status says that the dossier was taken in, and no date says when. It is served as it is, as a live database's would be. */
  'ROW_NO_RECEIVED_DATE',
  'ROW_BAD_DATE',
  'ROW_BAD_NUMBER',
  'ROW_UNKNOWN_STATUS',
  /** The receiving or publishing agency: whose row it is cannot be told. */
  'ROW_UNKNOWN_AGENCY',
  'ROW_UNKNOWN_HANDLING_AGENCY',
  'ROW_UNKNOWN_CHANNEL',
  'ROW_UNKNOWN_PROCEDURE',
  'ROW_DOUBTFUL_PROCEDURE',
  'ROW_DUPLICATE',
  'ROW_BAD_EXPRESSION',
  'ROW_UNREADABLE',
] as const;

export type RowProblemCode = (typeof ROW_PROBLEM_CODES)[number];

export interface RowProblem {
  readonly code: RowProblemCode;
  /** Where the row stands: `hoso-2024-06.xlsx, sheet "T6", row 17`; `page 3, item 12`; `MASOHOSO = H23.X04-240601-0001`. */
  readonly place: string;
  readonly column: string | null;
  /** The value as it was, cut to 80 characters; null where nothing was there, or where it may be personal. */
  readonly value: string | null;
}
