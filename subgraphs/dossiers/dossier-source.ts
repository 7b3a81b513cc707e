import type {
  DossierCountQuery,
  DossierPageQuery,
  PerformanceQuery,
  PerformanceRow,
} from '../sources/dossiers/dossier-query';
import type { DossierKey, DossierRow, DossierStepRow, SupplementRow } from '../sources/dossiers/dossier-row';

/** What the resolvers need of a place where dossiers are kept. */
export interface DossierSource {
  /** At most `limit` dossiers after a place: by the order's date, nulls last, ties by agency and code, bytewise. */
  page(query: DossierPageQuery): Promise<readonly DossierRow[]>;
  count(query: DossierCountQuery): Promise<number>;
  /** By receiving agency; an agency without a dossier is left out. */
  countByAgency(query: DossierCountQuery): Promise<ReadonlyMap<string, number>>;
  /** The dossiers known by any of these texts, as code or alias, in no order. */
  findByCodes(codes: readonly string[]): Promise<readonly DossierRow[]>;
  /** Oldest first; null when no record of them is kept. A dossier without any is left out. */
  supplements(keys: readonly DossierKey[]): Promise<ReadonlyMap<DossierKey, readonly SupplementRow[]> | null>;
  steps(keys: readonly DossierKey[]): Promise<ReadonlyMap<DossierKey, readonly DossierStepRow[]> | null>;
  /** Pairs of split and group that have at least one dossier, in no order. */
  performance(query: PerformanceQuery): Promise<readonly PerformanceRow[]>;
}
