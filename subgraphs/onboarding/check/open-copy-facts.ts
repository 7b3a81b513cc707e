import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCopier } from '../../sources/copy/copy-system';
import { LocalStore } from '../../sources/copy/local-store';
import type { Collection, RecordReader } from '../../sources/copy/record-reader';
import { copiedCollections } from '../../sources/copy/record-row-reader';
import { storeDossierMapping, storeShapeOf } from '../../sources/copy/store-schema';
import { SourceProblem } from '../../sources/source-problem';
import { SQLITE_DIALECT } from '../../sources/sql/dialects/sqlite-dialect';
import { problemExecutorOf } from '../../sources/sql/execute-statement';
import { openSqliteDatabase } from '../../sources/sql/sqlite-database';
import { CopiedDossierFacts } from './copied-dossier-facts';
import { CopiedCatalogueFacts } from './copied-catalogue-facts';
import { openReader } from './open-reader';
import type { OpenFactsOptions } from './open-system-facts';
import { SqlDossierFacts } from './sql-dossier-facts';
import type { SystemFacts } from './system-facts';

/**
 * One full pass over everything that is copied, into a store that is thrown away: what is served is not touched.
 * @throws SourceProblem when nothing could be copied at all.
 */
export async function openCopyFacts(options: OpenFactsOptions): Promise<SystemFacts> {
  const folder = mkdtempSync(join(tmpdir(), 'lienthong-check-'));
  const store = new LocalStore({ file: join(folder, 'copy.sqlite'), shape: storeShapeOf(options.mapping) });
  const remove = () => {
    store[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const missing = await copyAll(options, store);
    return factsOf(options, store, missing, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

/** Gives back what one list ended with while another was copied. */
async function copyAll(options: OpenFactsOptions, store: LocalStore): Promise<readonly SourceProblem[]> {
  const { mapping, signal, provinceProcedures } = options;
  const opened = await openReader(options);
  await using reader: RecordReader = counted(opened, options.onRows);
  const copier = createCopier({
    mapping,
    reader,
    store,
    clock: () => new Date(),
    logger: SILENT,
    provinceProcedures: () => provinceProcedures,
  });
  await copier.copyOnce({ signal, pass: 'full' });
  signal.throwIfAborted();
  const problems = copiedCollections(mapping).flatMap((collection) => {
    const { problem } = copier.health(collection);
    return problem === null ? [] : [new SourceProblem(problem.code, problem.message, problem.place)];
  });
  const [first] = problems;
  if (first !== undefined && store.count('dossiers') + store.count('procedures') === 0) throw first;
  return problems;
}

/** Problems are in the report; a log beside it would say them twice. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function counted(reader: RecordReader, onRows: (rows: number) => void): RecordReader {
  let rows = 0;
  return {
    async *read(request) {
      for await (const event of reader.read(request)) {
        if (event.kind === 'rows') onRows((rows += event.records.length));
        yield event;
      }
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

function factsOf(
  { mapping, nowMs }: OpenFactsOptions,
  store: LocalStore,
  missing: readonly SourceProblem[],
  remove: () => void,
): SystemFacts {
  const kysely = openSqliteDatabase({ database: store.file });
  const run = problemExecutorOf({ kysely, place: 'copy' });
  const problems = store.problems().map(({ count, ...problem }) => ({ ...problem, rows: count }));
  const collections = copiedCollections(mapping);
  const copied = storeDossierMapping(store.shape);
  const context = {
    dialect: SQLITE_DIALECT,
    shifts: NO_SHIFTS,
    kindOf: () => null,
    procedureNames: new Map(),
  };
  return {
    missing: missing.map((problem) => ({ problem, paths: [] })),
    dossiers:
      mapping.dossiers === undefined || !collections.includes('dossiers')
        ? null
        : new CopiedDossierFacts(
            new SqlDossierFacts(run, context, copied, nowMs),
            mapping.dossiers,
            problems,
          ),
    catalogue: mapping.procedures === undefined ? null : new CopiedCatalogueFacts(store.procedures()),
    speed: null,
    copy: { asOf: asOfAll(store, collections), rows: rowsOf(store) },
    problems,
    async [Symbol.asyncDispose]() {
      await kysely.destroy();
      remove();
    },
  };
}

const NO_SHIFTS = { off: [], worked: [] };

function asOfAll(store: LocalStore, collections: readonly Collection[]): string | null {
  const began = collections.map((collection) => store.lastFinished(collection)?.beganAt ?? null);
  return began.includes(null) ? null : (began.toSorted()[0] ?? null);
}

function rowsOf(store: LocalStore): number {
  return store.count('dossiers') + store.count('procedures');
}
