import type { AgencyDirectory } from '../../schema/agency-directory';
import { createDossierLoaders, type DossierLoaders } from './dossier-loader';
import type { DossierSource } from './dossier-source';
import { createPerformanceLoader, type PerformanceLoader } from './performance-loader';

export interface DossiersContext {
  /** The instant of the request, UTC, whole seconds: the only "now". */
  readonly now: string;
  readonly loaders: DossierLoaders & { readonly performance: PerformanceLoader };
}

export interface DossiersContextDeps {
  readonly source: DossierSource;
  readonly directory: AgencyDirectory;
}

/** One for each request. */
export function createDossiersContext(
  { source }: DossiersContextDeps,
  { now }: { readonly now: string },
): DossiersContext {
  return {
    now,
    loaders: { ...createDossierLoaders(source, now), performance: createPerformanceLoader(source, now) },
  };
}
