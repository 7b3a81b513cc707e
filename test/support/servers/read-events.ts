import type {
  Collection,
  LocatedRecord,
  RawRecord,
  ReaderEvent,
  RecordReader,
} from '../../../subgraphs/sources/copy/record-reader';
import { SourceProblem, type RowProblem } from '../../../subgraphs/sources/source-problem';

export interface ReadPass {
  readonly events: readonly ReaderEvent[];
  readonly located: readonly LocatedRecord[];
  readonly records: readonly RawRecord[];
  readonly rowProblems: readonly RowProblem[];
  readonly isComplete: boolean;
  /** The last mark that was told. */
  readonly mark: string | null;
  /** How the pass ended, when not well. */
  readonly problem: SourceProblem | null;
}

export interface PassOptions {
  readonly collection?: Collection;
  readonly pass?: 'full' | 'changes';
  readonly mark?: string | null;
  readonly signal?: AbortSignal;
}

/** Reads one pass to its end, be that a SourceProblem; any other error fails the test. */
export async function readPass(
  reader: RecordReader,
  {
    collection = 'dossiers',
    pass = 'full',
    mark = null,
    signal = new AbortController().signal,
  }: PassOptions = {},
): Promise<ReadPass> {
  const events: ReaderEvent[] = [];
  let problem: SourceProblem | null = null;
  try {
    const marks = new Map(mark === null ? [] : [['', mark] as const]);
    for await (const event of reader.read({ collection, pass, marks, kept: marks, signal }))
      events.push(event);
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    problem = error;
  }
  const rows = events.filter((event) => event.kind === 'rows');
  const located = rows.flatMap(({ records }) => records);
  return {
    events,
    located,
    records: located.map(({ record }) => record),
    rowProblems: rows.flatMap(({ problems }) => problems),
    isComplete: events.some(({ kind }) => kind === 'complete'),
    mark: events.reduce<string | null>(
      (last, event) => ('mark' in event ? (event.mark ?? last) : last),
      null,
    ),
    problem,
  };
}

export function codesIn(records: readonly RawRecord[], name: string): readonly unknown[] {
  return records.map((record) => record[name]);
}
