import { readPageSize } from '../../schema/page-size';
import type {
  CataloguePage,
  CatalogueWindow,
  ProcedureOrder,
  ProcedureSelection,
} from '../sources/catalogue/catalogue-query';
import type { ProcedureConnection } from './procedure-connection';
import { readProcedureCursor, writeProcedureCursor } from './procedure-cursor';
import { defaultProcedureOrder } from './procedure-order';
import type { ProceduresArgs } from './procedures-args';
import type { ProceduresContext } from './procedures-context';
import { toProcedure } from './to-procedure';

/** A page and what it is a page of, so that its rows are counted only when somebody asks. */
export interface ProcedurePage extends ProcedureConnection {
  readonly selection: ProcedureSelection;
}

export async function loadProcedurePage(
  selection: ProcedureSelection,
  args: ProceduresArgs,
  { loaders }: ProceduresContext,
): Promise<ProcedurePage> {
  const window = toWindow(args);
  const page = await loaders.page.load({ selection, window });
  return { selection, ...toConnection(page, window.order, window.after !== undefined) };
}

function toWindow({ filter, orderBy, first, after }: ProceduresArgs): CatalogueWindow {
  const order = orderBy ?? defaultProcedureOrder(filter?.text);
  const position = after === null || after === undefined ? undefined : readProcedureCursor(order, after);
  return { order, first: readPageSize(first), after: position };
}

function toConnection(
  { rows, hasNextPage }: CataloguePage,
  order: ProcedureOrder,
  hasPreviousPage: boolean,
): ProcedureConnection {
  const edges = rows.map(({ entry, position }) => ({
    cursor: writeProcedureCursor(order, position),
    node: toProcedure(entry),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
