import { AskedDossiers } from '../../dossiers/asked-dossiers';
import type { Holiday } from '../../../../schema/calendar';
import type { DossierMapping } from '../../dossiers/dossier-mapping';
import type { SourceProblem } from '../../source-problem';
import { type ExecuteStatement, problemExecutorOf } from '../execute-statement';
import { holidayShifts } from '../holiday-shifts';
import type { OpenSqlDatabase } from '../open-sql-database';
import { SqlDossierSource } from '../sql-dossier-source';
import { toSourceProblem } from '../sql-problem';
import type { SqlContext } from '../sql-table';
import { readColumns } from '../table-columns';
import { readIndexes } from '../table-indexes';
import { mappingTables } from './mapping-tables';
import { type ProcedureOfName, resolveTexts } from './resolve-texts';
import { withoutMissing } from './without-missing';

export interface LiveDossiersParts {
  readonly database: OpenSqlDatabase;
  readonly mapping: DossierMapping;
  readonly holidays: readonly Holiday[];
  readonly procedureOf: ProcedureOfName;
  readonly refreshEveryMs: number;
  readonly recheckEveryMs: number;
}

/** What the system was found to be: the mapping as far as its columns and texts allow. */
interface Prepared {
  readonly source: SqlDossierSource;
  readonly mapping: DossierMapping;
  readonly context: SqlContext;
  readonly execute: ExecuteStatement;
  readonly problems: readonly SourceProblem[];
}

/** A DossierSource that lives with its system's failures: it serves what can be served, says what cannot, and heals by itself. */
export class LiveDossiers extends AskedDossiers implements AsyncDisposable {
  #prepared: Prepared | null = null;
  #preparing: Promise<Prepared> | null = null;
  /** Of the last question or look that failed; gone with the next that does not. */
  #failure: SourceProblem | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(private readonly parts: LiveDossiersParts) {
    super();
  }

  /** What is wrong with the system now: answered empty, or not at all. */
  problems(): readonly SourceProblem[] {
    const found = this.#prepared?.problems ?? [];
    return this.#failure === null || found.includes(this.#failure) ? found : [this.#failure, ...found];
  }

  /** Looks at the columns and texts of the system again, now. What is wrong is in problems(). */
  async refresh(): Promise<void> {
    try {
      await this.#prepare();
      this.#failure = null;
    } catch (error) {
      this.#failure = toSourceProblem(error, this.parts.database.place);
    }
    this.#schedule();
  }

  /** The mapping as it is served now, what its SQL is written for, and what asks it. @throws SourceProblem */
  async served(): Promise<Pick<Prepared, 'mapping' | 'context' | 'execute'>> {
    return this.#prepared ?? (await this.#prepare());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#preparing?.catch(() => undefined);
    await this.parts.database[Symbol.asyncDispose]();
  }

  protected async ask<Answer>(question: (source: SqlDossierSource) => Promise<Answer>): Promise<Answer> {
    try {
      const { source } = this.#prepared ?? (await this.#prepare());
      const answer = await question(source).catch((error: unknown) => this.#askAgain(error, question));
      this.#failure = null;
      return answer;
    } catch (error) {
      this.#failure = toSourceProblem(error, this.parts.database.place);
      throw this.#failure;
    }
  }

  /** A column or table went since it was last looked at: what needs it is left out, and the question is asked once more. */
  async #askAgain<Answer>(
    error: unknown,
    question: (source: SqlDossierSource) => Promise<Answer>,
  ): Promise<Answer> {
    const problem = toSourceProblem(error, this.parts.database.place);
    if (problem.code !== 'SOURCE_NO_COLUMN' && problem.code !== 'SOURCE_NO_TABLE') throw problem;
    this.#prepared = null;
    const { source } = await this.#prepare();
    this.#schedule();
    return question(source);
  }

  /** Once at a time, however many ask. */
  #prepare(): Promise<Prepared> {
    this.#preparing ??= this.#look().finally(() => {
      this.#preparing = null;
    });
    return this.#preparing;
  }

  async #look(): Promise<Prepared> {
    const { database, holidays, procedureOf } = this.parts;
    const tables = mappingTables(this.parts.mapping);
    const columns = await readColumns(database, tables);
    const present = withoutMissing(this.parts.mapping, columns, database.place);
    const context: SqlContext = {
      dialect: database.dialect,
      shifts: holidayShifts(holidays),
      kindOf: (table, column) => columns.get(table)?.kindOf(column) ?? null,
      procedureNames: new Map(),
    };
    const execute = problemExecutorOf(database);
    const indexes = await readIndexes(database, tables);
    const parts = { execute, context, indexes };
    const resolved = await resolveTexts(parts, present.mapping, procedureOf, database.place);
    const known = { ...context, procedureNames: resolved.procedureNames };
    this.#prepared = {
      source: new SqlDossierSource(execute, resolved.mapping, known),
      mapping: resolved.mapping,
      context: known,
      execute,
      problems: [...present.problems, ...resolved.problems],
    };
    return this.#prepared;
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const { refreshEveryMs, recheckEveryMs } = this.parts;
    const isWhole = this.#failure === null && this.#prepared?.problems.length === 0;
    this.#timer = setTimeout(() => void this.refresh(), isWhole ? refreshEveryMs : recheckEveryMs);
    this.#timer.unref();
  }
}
