import { InvalidCursorError } from '../../schema/invalid-cursor-error';
import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import type { CataloguePosition, ProcedureOrder } from '../sources/catalogue/catalogue-query';

export function writeProcedureCursor(order: ProcedureOrder, position: CataloguePosition): string {
  return encodeShardCursor({
    order,
    values: [position.value],
    agency: position.agency,
    code: position.code,
  });
}

/** Throws InvalidCursorError for a cursor that cannot be read, or is one of another order. */
export function readProcedureCursor(order: ProcedureOrder, text: string): CataloguePosition {
  const position = decodeShardCursor(text);
  if (position.order !== order) throw new InvalidCursorError('OTHER_ARGUMENTS');
  const [value, ...rest] = position.values;
  if (typeof value !== 'string' || rest.length > 0) throw new InvalidCursorError('GARBLED');
  return { value, agency: position.agency, code: position.code };
}
