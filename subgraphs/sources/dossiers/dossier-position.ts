import type { ShardPosition } from '../../../schema/shard-cursor';
import type { DossierOrderName } from './dossier-query';
import type { DossierRow } from './dossier-row';

/** Where a dossier stands in an order. */
export function positionOf(row: DossierRow, order: DossierOrderName): ShardPosition {
  const value = order.startsWith('RECEIVED') ? row.receivedAt : row.dueAt;
  return { order, values: [value], agency: row.receivingAgency, code: row.code };
}
