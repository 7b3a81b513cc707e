import { AskedDossiers } from '../dossiers/asked-dossiers';
import type { WorkingCalendar } from '../../../schema/calendar';
import { type OpenDossiers, openSqliteDossiers } from '../sql/open-dossier-source';
import type { SqlDossierSource } from '../sql/sql-dossier-source';
import type { CopyHealth } from './copy-system';
import type { LocalStore } from './local-store';
import { notCopiedYet } from './not-copied-yet';
import { storeDossierMapping } from './store-schema';

export interface CopiedDossiersOptions {
  readonly system: string;
  readonly calendar: Pick<WorkingCalendar, 'dayNumber'>;
  readonly health: () => CopyHealth;
}

/** A source that is open, and how many questions are on their way to it: it is closed when it is replaced and the last one is answered. */
interface Serving {
  readonly open: OpenDossiers;
  asking: number;
  isReplaced: boolean;
}

/** Dossiers served from a local store, by a connection of their own that sees whole batches only. */
export class CopiedDossiers extends AskedDossiers implements AsyncDisposable {
  #serving: Serving | null = null;

  constructor(private readonly options: CopiedDossiersOptions) {
    super();
  }

  /** Serves this store from now on, as long as all of its dossiers were told once. */
  serve(store: LocalStore): void {
    if (store.lastFinished('dossiers', 'full') === null) return;
    const before = this.#serving;
    const { calendar } = this.options;
    const mapping = storeDossierMapping(store.shape);
    const open = openSqliteDossiers({ database: store.file, mapping, calendar });
    this.#serving = { open, asking: 0, isReplaced: false };
    if (before === null) return;
    before.isReplaced = true;
    void closeWhenUnused(before);
  }

  get isServing(): boolean {
    return this.#serving !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#serving?.open[Symbol.asyncDispose]();
    this.#serving = null;
  }

  /** Rejects with the problem of the copy until it is whole for the first time. */
  protected async ask<Answer>(question: (source: SqlDossierSource) => Promise<Answer>): Promise<Answer> {
    const serving = this.#serving;
    if (serving === null) throw notCopiedYet(this.options.system, 'dossiers', this.options.health());
    serving.asking++;
    try {
      return await question(serving.open.source);
    } finally {
      serving.asking--;
      await closeWhenUnused(serving);
    }
  }
}

async function closeWhenUnused({ open, asking, isReplaced }: Serving): Promise<void> {
  if (isReplaced && asking === 0) await open[Symbol.asyncDispose]();
}
