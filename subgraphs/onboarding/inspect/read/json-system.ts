import { SourceProblem } from '../../../sources/source-problem';
import { flattenRecord } from './flatten-record';
import type { InspectedSystem } from './inspected-table';
import { createMemoryTable } from './memory-table';

interface JsonAnswer {
  readonly url: URL;
  readonly content: unknown;
  /** The auth section of the mapping, where one was used. */
  readonly auth: Readonly<Record<string, unknown>> | null;
}

const GOOD = new Set<unknown>(['0', '00', 0, 200, '200', true, 'OK', 'success', 'SUCCESS']);
const CODE_NAME = /^(response_?code|error_?code|err_?code|code|status|result_?code|success)$/i;
const MESSAGE_NAME = /(desc|message|msg)$/i;
const TOTAL_NAME = /^(total|totalcount|total_?(items|elements|records)|count|tongso)$/i;

/** One answer of a JSON service as a table: the longest list in it. @throws SourceProblem when there is none */
export function openJsonSystem({ url, content, auth }: JsonAnswer): InspectedSystem {
  const shown = `${url.origin}${url.pathname}`;
  const list = longestList(content, []);
  const envelope = envelopeOf(content);
  if (list === null)
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      envelope !== null && !GOOD.has(envelope.code)
        ? `${shown} answered ${envelope.codePath} ${JSON.stringify(envelope.code)}: is a token needed, or another path?`
        : `${shown} answered JSON without a list of records: give the address of a list`,
      shown,
    );
  const rows = list.items.map((item) => flattenRecord(item));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const totalPath = totalPathOf(content);
  const params = Object.fromEntries(url.searchParams);
  const table = createMemoryTable(
    {
      name: url.pathname,
      columns: names.map((name) => ({ name, type: '' })),
      rowCount: rows.length,
      from: {
        path: url.pathname,
        ...(Object.keys(params).length === 0 ? {} : { params }),
        itemsPath: list.path.join('.'),
        ...(totalPath === null ? {} : { totalPath }),
        paging: { kind: 'none' },
      },
      doubts: [
        'how does the service hand out further pages? One answer does not show it: see "paging" and "since"',
      ],
    },
    rows,
  );
  return {
    kind: 'rest',
    title: `the JSON service ${shown}`,
    connection: {
      baseUrl: url.origin,
      ...(auth === null ? {} : { auth }),
      ...(envelope === null
        ? {}
        : {
            envelope: {
              codePath: envelope.codePath,
              ok: envelope.code === '0' || envelope.code === '00' ? ['0', '00'] : [envelope.code],
              ...(envelope.messagePath === null ? {} : { messagePath: envelope.messagePath }),
            },
          }),
    },
    connectionDoubts: envelope === null ? [] : [`which values of ${envelope.codePath} are good?`],
    tables: [table],
    hasRows: true,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

interface FoundList {
  readonly path: readonly string[];
  readonly items: readonly object[];
}

const DEEPEST = 4;

function longestList(content: unknown, path: readonly string[]): FoundList | null {
  if (Array.isArray(content)) {
    const items = content.filter((item): item is object => typeof item === 'object' && item !== null);
    return items.length === 0 ? null : { path, items };
  }
  if (typeof content !== 'object' || content === null || path.length >= DEEPEST) return null;
  const found = Object.entries(content).map(([name, value]) => longestList(value, [...path, name]));
  return found.reduce(
    (best, list) => ((list?.items.length ?? 0) > (best?.items.length ?? 0) ? list : best),
    null,
  );
}

interface FoundEnvelope {
  readonly codePath: string;
  readonly code: unknown;
  readonly messagePath: string | null;
}

function envelopeOf(content: unknown): FoundEnvelope | null {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  const entries = Object.entries(content);
  const code = entries.find(
    ([name, value]) => CODE_NAME.test(name) && ['string', 'number', 'boolean'].includes(typeof value),
  );
  if (code === undefined) return null;
  const message = entries.find(([name, value]) => MESSAGE_NAME.test(name) && typeof value !== 'object');
  return { codePath: code[0], code: code[1], messagePath: message?.[0] ?? null };
}

function totalPathOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  for (const [name, value] of Object.entries(content)) {
    if (TOTAL_NAME.test(name) && typeof value === 'number') return name;
    const inside = typeof value === 'object' ? totalPathOf(value) : null;
    if (inside !== null) return `${name}.${inside}`;
  }
  return null;
}
