import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../schema/runtime/project-root';
import type {
  Collection,
  LocatedRecord,
  ReaderEvent,
  RecordReader,
} from '../../subgraphs/sources/copy/record-reader';
import { createSheetReader } from '../../subgraphs/sources/sheet/sheet-reader';
import { parseSystemMapping } from '../../subgraphs/sources/mapping/read-system-mapping';
import type { SheetSystem } from '../../subgraphs/sources/mapping/system-mapping';
import { type RowProblem, SourceProblem } from '../../subgraphs/sources/source-problem';

/** A folder that goes with the block. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'sheets-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function sheetMapping(text: string): SheetSystem {
  const mapping = parseSystemMapping('mapping.yaml', text);
  if (mapping.kind !== 'sheet') throw new Error(`A mapping of kind ${mapping.kind}`);
  return mapping;
}

export function sheetMappingFixture(name: string): SheetSystem {
  return sheetMapping(
    readFileSync(join(projectRoot(), 'test', 'fixtures', 'mappings', `${name}.yaml`), 'utf8'),
  );
}

/** A list of dossiers with a code, a date and a status in one agency, or what `changes` says of `from`. */
export function plainDossiers(from: string, more = ''): SheetSystem {
  return sheetMapping(`
version: 1
kind: sheet
system: so-thu
name: Sở thử
agencies: [H23.X01]
connection: { folder: ., settle: 0s }
dossiers:
  from: ${from}
  code: Mã hồ sơ
  receivingAgency: { constant: H23.X01 }
  status: { columns: [Trạng thái], values: [{ when: [Xong], status: 9 }] }
  dates: { received: { column: Ngày tiếp nhận, format: vietnamese } }
  ${more}
`);
}

export interface TakenPass {
  readonly events: readonly ReaderEvent[];
  readonly records: readonly LocatedRecord[];
  readonly problems: readonly RowProblem[];
  /** What the pass ended with, or what is wrong with single files. */
  readonly failure: SourceProblem | undefined;
}

/** Runs passes one after another as the copy does: keeps the marks and forgets what is gone. */
export class SheetPasses {
  readonly marks = new Map<string, string>();

  constructor(
    private readonly reader: RecordReader,
    private readonly collection: Collection = 'dossiers',
  ) {}

  async take(pass: 'full' | 'changes' = 'changes'): Promise<TakenPass> {
    const events: ReaderEvent[] = [];
    let failure: SourceProblem | undefined;
    const signal = new AbortController().signal;
    try {
      for await (const event of this.reader.read({
        collection: this.collection,
        pass,
        marks: new Map(this.marks),
        kept: new Map(this.marks),
        signal,
      })) {
        events.push(event);
        if (event.kind === 'gone') this.marks.delete(event.scope);
        else if ('mark' in event && event.mark !== null) this.marks.set(event.scope, event.mark);
      }
    } catch (problem) {
      failure = problem as SourceProblem; // A reader throws nothing else, and a test that sees another thing fails by it.
    }
    failure ??= joined(events.flatMap((event) => (event.kind === 'problem' ? [event.problem] : [])));
    const rows = events.filter((event) => event.kind === 'rows');
    return {
      events: events.filter(({ kind }) => kind !== 'problem'),
      records: rows.flatMap(({ records }) => records),
      problems: rows.flatMap(({ problems }) => problems),
      failure,
    };
  }
}

function joined(problems: readonly SourceProblem[]): SourceProblem | undefined {
  const [first] = problems;
  if (first === undefined || problems.length === 1) return first;
  return new SourceProblem(first.code, problems.map(({ message }) => message).join('; '), first.place);
}

/** A folder and the passes over it; `now` is the reader's clock. */
export function passesOver(from: string, settle = '0s') {
  const folder = temporaryFolder();
  const clock = { now: Date.now() };
  const mapping = plainDossiers(from);
  const settled = { ...mapping, connection: { ...mapping.connection, settle: settle === '0s' ? 0 : 5_000 } };
  const passes = new SheetPasses(
    createSheetReader(settled, { baseFolder: folder.path, clock: () => clock.now }),
  );
  return {
    passes,
    clock,
    path: (name: string) => join(folder.path, name),
    folder: folder.path,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

export const codesOf = ({ records }: { records: readonly { record: Readonly<Record<string, unknown>> }[] }) =>
  records.map(({ record }) => record['Mã hồ sơ']);
