import { createClientAsync } from 'soap';
import { SourceProblem } from '../../../sources/source-problem';
import type { InspectedColumn, InspectedSystem, InspectedTable } from './inspected-table';
import { createMemoryTable } from './memory-table';

type Node = Readonly<Record<string, unknown>>;

/** The lists that the operations of a WSDL answer, without any row. @throws SourceProblem */
export async function openWsdlSystem(location: string, shown: string): Promise<InspectedSystem> {
  const described = await describeService(location, shown);
  const tables = Object.values(described).flatMap((service) =>
    Object.values(node(service)).flatMap((port) =>
      Object.entries(node(port)).flatMap(([operation, types]) => toTables(operation, node(types))),
    ),
  );
  const byName = new Map(tables.map((table) => [table.name, table]));
  if (byName.size === 0)
    throw new SourceProblem(
      'SOURCE_NO_TABLE',
      `${shown} has no operation that answers a list of records`,
      shown,
    );
  return {
    kind: 'soap',
    title: `the WSDL ${shown}`,
    connection: { wsdl: shown },
    connectionDoubts: ['who may call? Add "auth"; and "envelope" where an answer carries an error code'],
    tables: [...byName.values()],
    hasRows: false,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function describeService(location: string, shown: string): Promise<Node> {
  try {
    const client = await createClientAsync(location, { disableCache: true });
    return node(client.describe());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `${shown} cannot be read as a WSDL: ${reason}`,
      shown,
      cause,
    );
  }
}

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {}; // Not null, and asked by name only.
}

function toTables(operation: string, { input, output }: Node): readonly InspectedTable[] {
  const list = findList(node(output), [], 0);
  if (list === null) return [];
  const params = Object.keys(node(input)).filter(isElement);
  return [
    createMemoryTable(
      {
        name: operation,
        columns: columnsOf(list.item, '', 0),
        rowCount: null,
        from: { operation, itemsPath: list.path.join('.'), paging: pagingOf(params) },
        doubts: [
          params.length === 0
            ? 'the operation takes no parameters: is the list whole?'
            : `the operation takes ${params.join(', ')}: put what it needs under "params", and see "paging" and "since"`,
        ],
      },
      [],
    ),
  ];
}

function pagingOf(params: readonly string[]): Node {
  const page = params.find((name) => /^(trang|page|page_?(no|number|index))$/i.test(name));
  const size = params.find((name) => /^(sodong|size|limit|page_?size)$/i.test(name));
  return page === undefined
    ? { kind: 'none' }
    : { kind: 'page', param: page, ...(size === undefined ? {} : { sizeParam: size }) };
}

function isElement(name: string): boolean {
  return name !== 'targetNSAlias' && name !== 'targetNamespace';
}

const DEEPEST = 5;

interface DescribedList {
  readonly path: readonly string[];
  readonly item: Node;
}

/** The library writes a repeated element as `HoSo[]`. */
function findList(type: Node, path: readonly string[], depth: number): DescribedList | null {
  for (const [key, value] of Object.entries(type).filter(([name]) => isElement(name))) {
    const name = key.replace(/\[\]$/, '');
    if (typeof value !== 'object' || value === null) continue;
    if (key.endsWith('[]')) return { path: [...path, name], item: node(value) };
    const found = depth >= DEEPEST ? null : findList(node(value), [...path, name], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function columnsOf(type: Node, prefix: string, depth: number): readonly InspectedColumn[] {
  return Object.entries(type)
    .filter(([name]) => isElement(name) && !name.endsWith('[]'))
    .flatMap(([name, value]): readonly InspectedColumn[] => {
      if (typeof value === 'string')
        return [{ name: `${prefix}${name}`, type: value.split('|')[0]?.replace(/^.*:/, '') ?? '' }];
      return depth >= 2 ? [] : columnsOf(node(value), `${prefix}${name}.`, depth + 1);
    });
}
