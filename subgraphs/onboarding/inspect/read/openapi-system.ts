import { SourceProblem } from '../../../sources/source-problem';
import type {
  InspectedColumn,
  InspectedSystem,
  InspectedTable,
  SampledRow,
  SampledValue,
} from './inspected-table';
import { createMemoryTable } from './memory-table';

type Node = Readonly<Record<string, unknown>>;

/** True for OpenAPI 3 and Swagger 2. */
export function isOpenApi(content: unknown): content is Node {
  return isNode(content) && ('openapi' in content || 'swagger' in content) && isNode(content['paths']);
}

/** The lists that the document describes, without any row. @throws SourceProblem when it describes none */
export function openOpenApiSystem(document: Node, shown: string, base: URL | null): InspectedSystem {
  const tables = Object.entries(node(document['paths'])).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = node(item)[method];
      return isNode(operation) ? toTables(document, path, method, operation) : [];
    }),
  );
  if (tables.length === 0)
    throw new SourceProblem(
      'SOURCE_NO_TABLE',
      `${shown} describes no operation that answers a list of records`,
      shown,
    );
  const baseUrl = baseUrlOf(document, base);
  return {
    kind: 'rest',
    title: `the OpenAPI document ${shown}`,
    connection: { baseUrl: baseUrl ?? 'https://example.invalid' },
    connectionDoubts: [
      ...(baseUrl === null ? ['the document does not say where the service is: put its address here'] : []),
      ...(isNode(document['security']) || Array.isArray(document['security']) || hasSchemes(document)
        ? ['the service asks who calls: add "auth"']
        : []),
    ],
    tables,
    hasRows: false,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function node(value: unknown): Node {
  return isNode(value) ? value : {};
}

function hasSchemes(document: Node): boolean {
  return isNode(document['securityDefinitions']) || isNode(node(document['components'])['securitySchemes']);
}

function baseUrlOf(document: Node, base: URL | null): string | null {
  const servers = document['servers'];
  const first = Array.isArray(servers) ? node(servers[0])['url'] : undefined;
  const { host, basePath, schemes } = document;
  const swagger =
    typeof host === 'string'
      ? `${Array.isArray(schemes) ? String(schemes[0]) : 'https'}://${host}${typeof basePath === 'string' ? basePath : ''}`
      : undefined;
  const told = typeof first === 'string' ? first : swagger;
  try {
    const url = new URL(told ?? '', base ?? undefined);
    return /^https?:$/.test(url.protocol) ? url.href.replace(/\/$/, '') : null;
  } catch {
    return null;
  }
}

function toTables(
  document: Node,
  path: string,
  method: 'get' | 'post',
  operation: Node,
): readonly InspectedTable[] {
  if (path.includes('{')) return [];
  const schema = answerSchema(document, operation);
  const list = schema === null ? null : findList(document, schema, [], 0);
  if (list === null) return [];
  const columns = columnsOf(document, list.item, '', 0);
  const params = parameterNames(document, operation);
  return [
    createMemoryTable(
      {
        name: path,
        columns: columns.map(({ name, type }) => ({ name, type })),
        rowCount: null,
        from: {
          path,
          ...(method === 'post' ? { method: 'POST' } : {}),
          itemsPath: list.path.join('.'),
          paging: pagingOf(params),
        },
        doubts: ['paging is guessed from the names of the parameters; see also "since" and "totalPath"'],
      },
      enumRows(columns),
    ),
  ];
}

function answerSchema(document: Node, operation: Node): Node | null {
  const responses = node(operation['responses']);
  const good = resolve(document, responses['200'] ?? responses['201'] ?? responses['default']);
  const content = node(good['content']);
  const json = node(Object.entries(content).find(([type]) => /json/.test(type))?.[1]);
  const schema = json['schema'] ?? good['schema'];
  return isNode(schema) ? schema : null;
}

/** Follows a reference inside the document; an unknown one is an empty thing. */
function resolve(document: Node, value: unknown): Node {
  const reference = node(value)['$ref'];
  if (typeof reference !== 'string') return withAllOf(document, node(value));
  const parts = reference.replace(/^#\//, '').split('/');
  const found = parts.reduce<unknown>(
    (place, part) => node(place)[part.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
  return withAllOf(document, node(found));
}

function withAllOf(document: Node, schema: Node): Node {
  const parts = schema['allOf'];
  if (!Array.isArray(parts)) return schema;
  const properties = parts.map((part) => node(resolve(document, part)['properties']));
  return { ...schema, properties: Object.assign({}, node(schema['properties']), ...properties) as Node };
}

interface DescribedList {
  readonly path: readonly string[];
  readonly item: Node;
}

/** References may go round in a circle. */
const DEEPEST = 4;

function findList(
  document: Node,
  given: unknown,
  path: readonly string[],
  depth: number,
): DescribedList | null {
  const schema = resolve(document, given);
  if (schema['items'] !== undefined) {
    const item = resolve(document, schema['items']);
    return isNode(item['properties']) ? { path, item } : null;
  }
  if (depth >= DEEPEST) return null;
  for (const [name, property] of Object.entries(node(schema['properties']))) {
    const found = findList(document, property, [...path, name], depth + 1);
    if (found !== null) return found;
  }
  return null;
}

interface DescribedProperty extends InspectedColumn {
  readonly values: readonly SampledValue[];
}

function columnsOf(
  document: Node,
  schema: Node,
  prefix: string,
  depth: number,
): readonly DescribedProperty[] {
  return Object.entries(node(schema['properties'])).flatMap(
    ([name, property]): readonly DescribedProperty[] => {
      const resolved = resolve(document, property);
      if (isNode(resolved['properties']))
        return depth >= 2 ? [] : columnsOf(document, resolved, `${prefix}${name}.`, depth + 1);
      if (resolved['items'] !== undefined) return [];
      const type = [resolved['type'], resolved['format']]
        .filter((part) => typeof part === 'string')
        .join(' ');
      const values = Array.isArray(resolved['enum']) ? (resolved['enum'] as SampledValue[]) : []; // Enums are of plain values.
      return [{ name: `${prefix}${name}`, type, values }];
    },
  );
}

/** The values that the document itself lists, as if they were rows. */
function enumRows(columns: readonly DescribedProperty[]): readonly SampledRow[] {
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[i] ?? null])),
  );
}

function parameterNames(document: Node, operation: Node): readonly string[] {
  const parameters: unknown = operation['parameters'];
  if (!Array.isArray(parameters)) return [];
  return parameters
    .map((parameter) => resolve(document, parameter)['name'])
    .filter((name) => typeof name === 'string');
}

function pagingOf(params: readonly string[]): Node {
  const find = (pattern: RegExp) => params.find((name) => pattern.test(name));
  const size = find(/^(size|limit|page_?size|per_?page|rows|sodong|rowcount)$/i);
  const page = find(/^(page|page_?(no|number|index)|trang)$/i);
  if (page !== undefined)
    return { kind: 'page', param: page, ...(size === undefined ? {} : { sizeParam: size }) };
  const offset = find(/^(offset|start|skip)$/i);
  if (offset !== undefined && size !== undefined) return { kind: 'offset', param: offset, sizeParam: size };
  return { kind: 'none' };
}
