import type { RowProblem, SourceProblem } from '../source-problem';

/** The two lists of a system that are copied. */
export type Collection = 'dossiers' | 'procedures';

/** A value as a system gives it. Numbers beyond 2^53 and dates of a database driver are texts here. */
export type Cell = string | number | boolean | null | readonly RawRecord[];

/** One row, by the names that the mapping uses: columns, paths ("applicant.name"), headers. Only what the mapping names needs to be there. */
export interface RawRecord {
  readonly [name: string]: Cell;
}

export interface LocatedRecord {
  readonly record: RawRecord;
  /** For problems: `hoso.xlsx, sheet "T6", row 17`. */
  readonly place: string;
}

/**
 * What a pass over a collection tells, in order. Rows belong to a scope: a file, or '' for a source that is one list. A mark is
 * opaque text of the reader, kept in the same transaction as the rows that it stands behind, so that a killed pass goes on where its
 * last committed rows end.
 */
export type ReaderEvent =
  | {
      readonly kind: 'rows';
      readonly scope: string;
      readonly records: readonly LocatedRecord[];
      /** Rows that could not even be read as records. */
      readonly problems: readonly RowProblem[];
      /** All rows up to here are told; null: this pass cannot be taken up in the middle. */
      readonly mark: string | null;
    }
  /** Every row of the scope has been told since its pass began: rows of the scope that were not are gone from the source. */
  | { readonly kind: 'complete'; readonly scope: string; readonly mark: string | null }
  /** The scope itself is gone (a file was deleted), with all of its rows. */
  | { readonly kind: 'gone'; readonly scope: string }
  /** The scope cannot be read now (a file is cut short): its rows stay as they were, and the others are told. */
  | { readonly kind: 'problem'; readonly scope: string; readonly problem: SourceProblem };

export interface PassRequest {
  readonly collection: Collection;
  /** `full` tells every row and ends each scope with `complete`; `changes` what changed since the marks (a file is always told whole). */
  readonly pass: 'full' | 'changes';
  /**
   * By scope: the last mark that was kept. A full pass that begins gets none; one that is taken up gets those of the scopes in whose middle
   * it ended. A mark may be one of either kind of pass.
   */
  readonly marks: ReadonlyMap<string, string>;
  /** Every scope of which something was kept, with its last mark, whatever kind of pass this is: what is not there any more is `gone`. */
  readonly kept: ReadonlyMap<string, string | null>;
  readonly signal: AbortSignal;
}

/** One system read list by list: every kind of source that is copied is one of these. */
export interface RecordReader extends AsyncDisposable {
  /** Throws a SourceProblem; whatever was told before it stays told. At most 1,000 rows an event, read as they are asked for. */
  read(request: PassRequest): AsyncIterable<ReaderEvent>;
}
