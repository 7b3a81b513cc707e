import { InvalidCursorError } from '../../schema/invalid-cursor-error';
import { readPageSize } from '../../schema/page-size';
import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import { positionOf } from '../sources/dossiers/dossier-position';
import type { DossierCriteria, DossierOrderName, DossierPlace } from '../sources/dossiers/dossier-query';
import type { DossierRow } from '../sources/dossiers/dossier-row';
import { type DossierEdge } from './dossier-connection';
import { toDossier } from './dossier';
import type { DossierSource } from './dossier-source';

export interface DossierPageArguments {
  readonly orderBy?: DossierOrderName | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface DossierPageRequest {
  readonly source: DossierSource;
  readonly criteria: DossierCriteria;
  readonly now: string;
  readonly count: () => Promise<number>;
}

/** What graphql-js calls for each field that is selected, so that a page that nobody asked for is not read. */
export interface LazyDossierConnection {
  edges(): Promise<readonly DossierEdge[]>;
  pageInfo(): Promise<{
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  }>;
  totalCount(): Promise<number>;
}

/** Throws PageSizeError and InvalidCursorError at once, before anything is read. */
export function dossierPage(
  args: DossierPageArguments,
  { source, criteria, now, count }: DossierPageRequest,
): LazyDossierConnection {
  const order = args.orderBy ?? 'RECEIVED_DESC';
  const first = readPageSize(args.first);
  const after = args.after === null || args.after === undefined ? null : readPlace(args.after, order);
  let reading: Promise<readonly DossierRow[]> | undefined;
  const read = () => (reading ??= source.page({ criteria, order, after, limit: first + 1, now }));
  const cursorOf = (row: DossierRow | undefined) =>
    row === undefined ? null : encodeShardCursor(positionOf(row, order));
  return {
    edges: async () =>
      (await read())
        .slice(0, first)
        .map((row) => ({ cursor: encodeShardCursor(positionOf(row, order)), node: toDossier(row) })),
    pageInfo: async () => {
      const rows = await read();
      const shown = rows.slice(0, first);
      return {
        hasNextPage: rows.length > first,
        hasPreviousPage: after !== null,
        startCursor: cursorOf(shown[0]),
        endCursor: cursorOf(shown.at(-1)),
      };
    },
    totalCount: count,
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function readPlace(text: string, order: DossierOrderName): DossierPlace {
  const position = decodeShardCursor(text);
  if (position.order !== order) throw new InvalidCursorError('OTHER_ARGUMENTS');
  const [value = null, ...rest] = position.values;
  const isInstant = typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
  if (rest.length > 0 || (value !== null && !isInstant)) throw new InvalidCursorError('GARBLED');
  return { value, agency: position.agency, code: position.code };
}
