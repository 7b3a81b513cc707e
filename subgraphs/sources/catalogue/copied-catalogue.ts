import type { CopyHealth } from '../copy/copy-system';
import type { LocalStore } from '../copy/local-store';
import { notCopiedYet } from '../copy/not-copied-yet';
import type {
  CatalogueEntry,
  CataloguePage,
  CataloguePageRequest,
  ProcedureSelection,
} from './catalogue-query';
import { LocalCatalogue } from './local-catalogue';

export interface CopiedCatalogueOptions {
  readonly system: string;
  readonly health: () => CopyHealth;
}

/** A catalogue served from what was copied of it: built beside the one that serves, and swapped whole. */
export class CopiedCatalogue implements AsyncDisposable {
  #catalogue: LocalCatalogue | null = null;
  #building: Promise<void> = Promise.resolve();

  constructor(private readonly options: CopiedCatalogueOptions) {}

  /** Serves what the store has now, once it is built. Two calls are done one after the other; what is wrong is the caller's to hear. */
  serve(store: LocalStore): Promise<void> {
    const build = async () => {
      if (store.lastFinished('procedures', 'full') === null) return;
      const built = await LocalCatalogue.inPieces(store.procedures());
      this.#catalogue?.[Symbol.dispose]();
      this.#catalogue = built;
    };
    const built = this.#building.then(build);
    this.#building = built.catch(() => undefined);
    return built;
  }

  get isServing(): boolean {
    return this.#catalogue !== null;
  }

  pages(requests: readonly CataloguePageRequest[]): CataloguePage[] {
    return this.#current().pages(requests);
  }

  counts(selections: readonly ProcedureSelection[]): number[] {
    return this.#current().counts(selections);
  }

  find(codes: readonly string[], asOf: string): ReadonlyMap<string, CatalogueEntry> {
    return this.#current().find(codes, asOf);
  }

  codes(): readonly string[] {
    return this.#current().codes();
  }

  /** Waits for a catalogue that is being built. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#building;
    this.#catalogue?.[Symbol.dispose]();
    this.#catalogue = null;
  }

  /** Throws the problem of the copy until it is whole for the first time. */
  #current(): LocalCatalogue {
    if (this.#catalogue === null)
      throw notCopiedYet(this.options.system, 'procedures', this.options.health());
    return this.#catalogue;
  }
}
