import { parseSystemMapping } from '../../../subgraphs/sources/mapping/read-system-mapping';
import type { RestSystem } from '../../../subgraphs/sources/mapping/system-mapping';

/** The smallest mapping of a list at /hoso, with whatever a test says of its paging and connection (YAML, one line each). */
export function smallRestMapping(
  baseUrl: string,
  {
    paging = '{ kind: page, param: page }',
    more = '',
    connection = '',
  }: { paging?: string; more?: string; connection?: string } = {},
): RestSystem {
  const mapping = parseSystemMapping(
    'small.yaml',
    `
version: 1
kind: rest
system: nho
name: Hệ thống nhỏ
agencies: [H23.X01]
connection:
  baseUrl: ${baseUrl}
  ${connection}
dossiers:
  from: { path: /hoso, itemsPath: items, paging: ${paging} ${more} }
  code: ma
  receivingAgency: { constant: H23.X01 }
  status: { columns: [tt], values: [{ when: ['4'], status: 4 }] }
  dates: { received: { column: ngay, format: iso } }
`,
  );
  if (mapping.kind !== 'rest') throw new Error('This is a mapping of a JSON service');
  return mapping;
}

/** Items by their numbers: `items(1, 3)` are HS-1, HS-2, HS-3. */
export function items(from: number, to: number): readonly object[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    ma: `HS-${from + i}`,
    tt: '4',
    ngay: '2024-06-03T01:00:00Z',
  }));
}
