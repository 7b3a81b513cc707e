import type { WorkingCalendar } from '../../../schema/calendar';
import { CopiedCatalogue } from '../catalogue/copied-catalogue';
import { CopiedDossiers } from './copied-dossiers';
import { type Copier, type CopierOptions, type CopyHealth, createCopier } from './copy-system';
import { copiedCollections } from './record-row-reader';
import type { LocalStore } from './local-store';
import { storeShapeOf } from './store-schema';
import { SystemStores } from './system-stores';

export interface OpenCopyOptions extends Omit<CopierOptions, 'store'> {
  /** Where the stores are; several systems may share it. */
  readonly folder: string;
  readonly calendar: Pick<WorkingCalendar, 'dayNumber'>;
}

/** A system that is copied: what serves its copy, and what keeps the copy up to date. */
export interface OpenCopy extends AsyncDisposable {
  readonly copier: Copier;
  /** Copied into; its problems are those of the rows. */
  readonly store: LocalStore;
  /** null where the dossiers of the system are not copied. */
  readonly dossiers: CopiedDossiers | null;
  readonly catalogue: CopiedCatalogue | null;
  health(): CopyHealth;
}

/** Serves at once what was copied before, and reads nothing until `copier.run` or `copier.copyOnce`; those end before it is disposed of. */
export async function openCopy(options: OpenCopyOptions): Promise<OpenCopy> {
  const { mapping, folder, calendar, logger } = options;
  const { system } = mapping;
  const collections = copiedCollections(mapping);
  const stores = new SystemStores({ folder, system, shape: storeShapeOf(mapping), collections });
  const copier = createCopier({ ...options, store: stores.written, served: () => stores.served });
  const health = () => copier.health();
  const dossiers = collections.includes('dossiers') ? new CopiedDossiers({ system, calendar, health }) : null;
  const catalogue = collections.includes('procedures') ? new CopiedCatalogue({ system, health }) : null;
  await serveAll(stores.served);

  copier.onFinished(({ collection, isChanged }) => {
    if (stores.swap()) return void serve(serveAll(stores.served));
    if (stores.served !== stores.written) return;
    if (collection === 'dossiers' && dossiers?.isServing === false) dossiers.serve(stores.served);
    if (collection === 'procedures' && (isChanged || catalogue?.isServing === false)) {
      void serve(catalogue?.serve(stores.served));
    }
  });

  async function serveAll(store: LocalStore): Promise<void> {
    dossiers?.serve(store);
    await catalogue?.serve(store);
  }

  async function serve(served: Promise<void> | undefined): Promise<void> {
    try {
      await served;
    } catch (error) {
      logger.error('The catalogue that was copied cannot be served; the one before stays', { system, error });
    }
  }

  return {
    copier,
    store: stores.written,
    dossiers,
    catalogue,
    health,
    [Symbol.asyncDispose]: async () => {
      await dossiers?.[Symbol.asyncDispose]();
      await catalogue?.[Symbol.asyncDispose]();
      stores[Symbol.dispose]();
    },
  };
}
