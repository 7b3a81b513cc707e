import 'reflect-metadata';
import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { CompiledQuery } from 'kysely';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Pool } from 'pg';
import { createAgencyDirectory } from '../../../schema/agency-directory';
import { projectRoot } from '../../../schema/runtime/project-root';
import { buildDossiersSchema, createDossiersContext } from '../../../subgraphs/dossiers/schema';
import { problemExecutorOf } from '../../../subgraphs/sources/sql/execute-statement';
import { openLiveDossiers } from '../../../subgraphs/sources/sql/live/open-live-dossiers';
import { withKeptFigures } from '../../../subgraphs/sources/figures/with-kept-figures';
import { openSqlDatabase } from '../../../subgraphs/sources/sql/open-sql-database';
import { SqlDossierSource } from '../../../subgraphs/sources/sql/sql-dossier-source';
import { buildKeptFigures } from './kept-figures';
import { agencyCode, type BigSystem, startBigSystem } from './big-system';
import { NOW, type Question, questions } from './questions';
import { type Figure, writeFigures } from './write-figures';
import { median } from '../median';

/**
 * `npm run bench:sources [-- --rows 10000000 --keep]`: the dossiers subgraph over PostgreSQL, beside the very same SQL through the bare
 * driver. Rounds are interleaved, because machines are noisy; --keep leaves the rows in the temp folder for the next run.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rows: { type: 'string', default: '10000000' }, keep: { type: 'boolean', default: false } },
  });
  const rows = Number(values.rows);
  console.log(`${rows} dossiers in PostgreSQL: generated unless they are there`);
  await using big = await startBigSystem(rows, values.keep);
  const { system, env } = big;
  await using live = await openLiveDossiers(system, { env, baseFolder: projectRoot(), holidays: [] });
  const directory = createAgencyDirectory(Array.from({ length: 40 }, (_, i) => agency(agencyCode(i))));
  const schema = buildDossiersSchema({ source: live, directory });
  const newest = await live.page({ criteria: {}, order: 'RECEIVED_DESC', after: null, limit: 200, now: NOW });
  const { host, port, user, password } = big.address;
  const pool = new Pool({ host, port, user, password, database: big.database });
  pool.on('connect', (client) => void client.query(`SET timezone = '<+07>-07'; SET jit = off`));
  const figures: Figure[] = [];
  for (const question of questions(newest.map(({ code }) => code))) {
    const bare = await statementsOf(big, question, await live.served());
    // As the endpoint of a subgraph does, a document is parsed and validated once.
    const document = parse(question.operation);
    if (validate(schema, document).length > 0) throw new Error(`Not valid: ${question.operation}`);
    const subgraph = () => answer(schema, document, question, { source: live, directory });
    figures.push(
      await measure(question, {
        bare: () => runBare(pool, bare),
        source: () => question.ask(live),
        subgraph,
      }),
    );
    console.log(JSON.stringify(figures.at(-1)));
  }
  const kept = await buildKeptFigures(live);
  const source = withKeptFigures(live, kept.figures);
  const keptSchema = buildDossiersSchema({ source, directory });
  for (const question of questions(newest.map(({ code }) => code)).filter(({ name }) => isOfFigures(name))) {
    const bare = await statementsOf(big, question, await live.served());
    const document = parse(question.operation);
    const asked = { ...question, name: `${question.name}, kept`, withinMs: 150, rounds: 10 };
    figures.push(
      await measure(asked, {
        bare: () => runBare(pool, bare),
        source: () => question.ask(source),
        subgraph: () => answer(keptSchema, document, question, { source, directory }),
      }),
    );
    console.log(JSON.stringify(figures.at(-1)));
  }
  await pool.end();
  console.log(kept.told);
  writeFigures(figures, {
    rows,
    kept: kept.told,
    cpu: `${cpus()[0]?.model ?? ''} × ${cpus().length}`,
    node: process.version,
  });
}

function isOfFigures(name: string): boolean {
  return name.startsWith('figures ');
}

function agency(code: string) {
  const codes = [
    { scheme: 'QD_20_2020' as const, text: code, validFrom: null, validTo: null, fictitious: true },
  ];
  return { code, codes, parent: null, validFrom: null, validTo: null, successors: [] };
}

/** What the source asks the database for a question. */
async function statementsOf(
  { system, env }: BigSystem,
  question: Question,
  { mapping, context }: Awaited<ReturnType<Awaited<ReturnType<typeof openLiveDossiers>>['served']>>,
): Promise<readonly CompiledQuery[]> {
  await using database = await openSqlDatabase(system.connection, { env, baseFolder: projectRoot() });
  const statements: CompiledQuery[] = [];
  const execute = problemExecutorOf(database, (statement) => statements.push(statement));
  await question.ask(new SqlDossierSource(execute, mapping, context));
  return statements;
}

async function runBare(pool: Pool, statements: readonly CompiledQuery[]): Promise<void> {
  for (const { sql, parameters } of statements) await pool.query(sql, [...parameters]);
}

async function answer(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables }: Question,
  deps: Parameters<typeof createDossiersContext>[0],
): Promise<void> {
  const contextValue = createDossiersContext(deps, { now: NOW });
  const result = await execute({ schema, document, variableValues: variables, contextValue });
  if (result.errors !== undefined) throw new Error(`The subgraph failed: ${result.errors[0]?.message}`);
  JSON.stringify(result);
}

interface Contestants {
  readonly bare: () => Promise<unknown>;
  readonly source: () => Promise<unknown>;
  readonly subgraph: () => Promise<unknown>;
}

async function measure({ name, withinMs, rounds }: Question, contestants: Contestants): Promise<Figure> {
  const times = { bare: [] as number[], source: [] as number[], subgraph: [] as number[] };
  const names = ['bare', 'source', 'subgraph'] as const;
  for (const one of names) for (let i = 0; i < Math.ceil(rounds / 10); i += 1) await contestants[one]();
  for (let round = 0; round < rounds; round += 1) {
    for (const one of names) {
      const start = performance.now();
      await contestants[one]();
      times[one].push(performance.now() - start);
    }
  }
  const p99 = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
  const of = (read: (values: readonly number[]) => number) => ({
    bare: read(times.bare),
    source: read(times.source),
    subgraph: read(times.subgraph),
  });
  return { name, withinMs, rounds, median: of(median), p99: of(p99) };
}

void main();
