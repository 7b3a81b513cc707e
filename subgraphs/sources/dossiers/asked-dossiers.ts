import type { SqlDossierSource } from '../sql/sql-dossier-source';
import type { DossierCountQuery, DossierPageQuery, PerformanceQuery, PerformanceRow } from './dossier-query';
import type { DossierKey, DossierRow, DossierStepRow, SupplementRow } from './dossier-row';

/** The questions of a DossierSource, each put to whatever source answers at that moment. */
export abstract class AskedDossiers {
  page(query: DossierPageQuery): Promise<readonly DossierRow[]> {
    return this.ask((source) => source.page(query));
  }

  count(query: DossierCountQuery): Promise<number> {
    return this.ask((source) => source.count(query));
  }

  countByAgency(query: DossierCountQuery): Promise<ReadonlyMap<string, number>> {
    return this.ask((source) => source.countByAgency(query));
  }

  findByCodes(codes: readonly string[]): Promise<readonly DossierRow[]> {
    return this.ask((source) => source.findByCodes(codes));
  }

  supplements(
    keys: readonly DossierKey[],
  ): Promise<ReadonlyMap<DossierKey, readonly SupplementRow[]> | null> {
    return this.ask((source) => source.supplements(keys));
  }

  steps(keys: readonly DossierKey[]): Promise<ReadonlyMap<DossierKey, readonly DossierStepRow[]> | null> {
    return this.ask((source) => source.steps(keys));
  }

  performance(query: PerformanceQuery): Promise<readonly PerformanceRow[]> {
    return this.ask((source) => source.performance(query));
  }

  protected abstract ask<Answer>(question: (source: SqlDossierSource) => Promise<Answer>): Promise<Answer>;
}
