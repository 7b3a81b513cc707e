import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  PassRequest,
  RawRecord,
  ReaderEvent,
  RecordReader,
} from '../../../subgraphs/sources/copy/record-reader';
import { SourceProblem } from '../../../subgraphs/sources/source-problem';
import { openTestCopy, plainMapping } from '../../support/copied-system';
import { randomNumbers } from '../../support/random-dossiers';
import { complete, rows } from '../../support/scripted-reader';

const SEEDS = process.env['LONG'] === '1' ? 200 : 15;
const FIRST_SEED = Number(process.env['SEED'] ?? 1);

interface SomeFile {
  version: number;
  records: readonly RawRecord[];
}

/** A folder whose files come, change and go, read as the contract of readers says; every now and then it breaks off. */
class Folder implements RecordReader {
  readonly files = new Map<string, SomeFile>();
  breaks = true;
  #count = 0;

  constructor(private readonly next: () => number) {}

  change(): void {
    const name = `f${Math.floor(this.next() * 5)}`;
    if (this.next() < 0.2) {
      this.files.delete(name);
      return;
    }
    const kept = (this.files.get(name)?.records ?? []).filter(() => this.next() < 0.8);
    const changed = kept.map((record) => (this.next() < 0.3 ? { ...record, status: 'done' } : record));
    const added = Array.from({ length: Math.floor(this.next() * 6) }, () => ({
      code: `C${this.#count++}`,
      agency: this.next() < 0.5 ? 1 : 2,
      status: 'open',
    }));
    this.files.set(name, { version: this.#count++, records: [...changed, ...added] });
  }

  expected(): readonly string[] {
    return [...this.files.values()]
      .flatMap(({ records }) => records)
      .map(({ code, agency, status }) =>
        JSON.stringify([code, agency === 1 ? 'H23.X01' : 'H23.X02', status === 'done' ? 10 : 4]),
      )
      .toSorted();
  }

  async *read({ pass, marks }: PassRequest): AsyncGenerator<ReaderEvent> {
    for (const [name, { version, records }] of this.files) {
      if (pass === 'changes' && marks.get(name) === String(version)) continue;
      for (let i = 0; i < records.length; i += 3) {
        this.#maybeBreak();
        yield rows(name, records.slice(i, i + 3));
      }
      this.#maybeBreak();
      yield complete(name, String(version));
    }
    for (const name of ['f0', 'f1', 'f2', 'f3', 'f4']) {
      if (!this.files.has(name)) yield { kind: 'gone', scope: name };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.breaks = false;
  }

  #maybeBreak(): void {
    if (this.breaks && this.next() < 0.1) throw new SourceProblem('SOURCE_BAD_FILE', 'Cut short', 'a file');
  }
}

describe('a folder that changes and breaks off', () => {
  it.each(Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i))(
    'is copied row by row in the end (seed %d)',
    async (seed) => {
      const next = randomNumbers(seed);
      const folder = new Folder(next);
      const stores = mkdtempSync(join(tmpdir(), 'files-'));
      const { signal } = new AbortController();
      await using copy = await openTestCopy({ mapping: plainMapping(), reader: folder, folder: stores });
      for (let round = 0; round < 12; round++) {
        for (let changes = Math.floor(next() * 4); changes >= 0; changes--) folder.change();
        await copy.copier.copyOnce({ signal, ...(next() < 0.2 ? { pass: 'full' as const } : {}) });
      }
      folder.breaks = false;
      await copy.copier.copyOnce({ signal });
      await copy.copier.copyOnce({ signal });

      const page = await copy.dossiers?.page({
        criteria: {},
        order: 'RECEIVED_ASC',
        after: null,
        limit: 1_000,
        now: '2024-06-28T03:00:00Z',
      });
      const copied = page?.map(({ code, receivingAgency, status }) =>
        JSON.stringify([code, receivingAgency, status]),
      );
      expect(copied?.toSorted()).toEqual(folder.expected());
      expect(copy.health().problem).toBeNull();
      rmSync(stores, { recursive: true });
    },
  );
});
