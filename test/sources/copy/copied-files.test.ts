import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenCopy } from '../../../subgraphs/sources/copy/open-copy';
import { createSheetReader } from '../../../subgraphs/sources/sheet/sheet-reader';
import { openTestCopy } from '../../support/copied-system';
import { plainDossiers, temporaryFolder } from '../../support/sheet-folder';

const NOW = '2024-06-28T03:00:00Z';
const HEADER = 'Mã hồ sơ,Trạng thái,Ngày tiếp nhận\n';
const BROKEN = `${HEADER}"H23-9,Xong`;

/** A folder of an agency and the copy of it. */
class CopiedFolder implements AsyncDisposable {
  readonly #place = temporaryFolder();
  readonly folder = join(this.#place.path, 'files');
  #copy: Promise<OpenCopy> | null = null;

  constructor() {
    mkdirSync(this.folder);
  }

  write(file: string, ...codes: readonly string[]): void {
    this.put(file, HEADER + codes.map((code) => `${code},Xong,01/06/2024\n`).join(''));
  }

  put(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  /** The codes that are served after a pass, and what it says of the source. */
  async pass(
    pass: 'full' | 'changes',
  ): Promise<{ readonly codes: readonly string[]; readonly problem: unknown }> {
    const copy = await (this.#copy ??= this.#open());
    await copy.copier.copyOnce({ signal: new AbortController().signal, pass });
    const rows = await copy.dossiers?.page({
      criteria: {},
      order: 'RECEIVED_ASC',
      after: null,
      limit: 100,
      now: NOW,
    });
    const { problem } = copy.health();
    return {
      codes: (rows ?? []).map(({ code }) => code),
      problem: problem && { code: problem.code, place: problem.place },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#copy)?.[Symbol.asyncDispose]();
    this.#place[Symbol.dispose]();
  }

  #open(): Promise<OpenCopy> {
    const mapping = plainDossiers('{ files: "*.csv" }');
    const reader = createSheetReader(mapping, { baseFolder: this.folder, clock: Date.now });
    return openTestCopy({ mapping, reader, folder: this.#place.path });
  }
}

describe('a folder that is copied', () => {
  it('is served but for the file that cannot be read, from the first pass on, and is whole when that is mended', async () => {
    await using files = new CopiedFolder();
    files.write('a.csv', 'H23-1');
    files.put('b.csv', BROKEN);

    expect(await files.pass('full')).toEqual({
      codes: ['H23-1'],
      problem: { code: 'SOURCE_BAD_FILE', place: 'b.csv' },
    });

    files.write('b.csv', 'H23-2');
    expect(await files.pass('changes')).toEqual({ codes: ['H23-1', 'H23-2'], problem: null });
  });

  it.each(['full', 'changes'] as const)(
    'keeps the rows of a file that went bad, through a pass for %s',
    async (pass) => {
      await using files = new CopiedFolder();
      files.write('a.csv', 'H23-1');
      files.write('b.csv', 'H23-2');
      await files.pass('full');

      files.put('b.csv', BROKEN);
      files.write('a.csv', 'H23-1', 'H23-3');

      expect(await files.pass(pass)).toEqual({
        codes: ['H23-1', 'H23-2', 'H23-3'],
        problem: { code: 'SOURCE_BAD_FILE', place: 'b.csv' },
      });
    },
  );

  it.each(['full', 'changes'] as const)(
    'loses the rows of a file that is gone, in a pass for %s',
    async (pass) => {
      await using files = new CopiedFolder();
      files.write('a.csv', 'H23-1');
      files.write('b.csv', 'H23-2');
      await files.pass('full');

      rmSync(join(files.folder, 'b.csv'));

      expect(await files.pass(pass)).toEqual({ codes: ['H23-1'], problem: null });
    },
  );
});
