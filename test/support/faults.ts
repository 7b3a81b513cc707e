import { SubgraphCallError, type SubgraphAnswer } from '../../gateway/transport/call-subgraph';
import { decodeShardCursor, encodeShardCursor } from '../../schema/shard-cursor';
import type { Fault } from './local-systems';

const fails =
  (kind: SubgraphCallError['kind'], tookMs: number): Fault =>
  () =>
    Promise.reject(new SubgraphCallError(kind, 'The system failed at http://10.0.0.7:5001/', tookMs));

const answers =
  (answer: unknown): Fault =>
  () =>
    // Whatever a broken system sends: the type is what the gateway hopes for.
    Promise.resolve(answer as SubgraphAnswer);

/** A field asked twice with other arguments is asked under `name__2`. */
const fieldOf = (key: string): string => key.replace(/__\d+$/, '');

/** Changes every value of an answer, the innermost first. */
const changing =
  (change: (name: string, value: unknown) => unknown): Fault =>
  async (ask) => {
    const walk = (name: string, value: unknown): unknown => {
      if (Array.isArray(value))
        return change(
          name,
          value.map((item) => walk('@', item)),
        );
      if (value === null || typeof value !== 'object') return change(name, value);
      return change(
        name,
        Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(fieldOf(key), inner)])),
      );
    };
    const answer = await ask();
    return { ...answer, data: walk('data', answer.data) as NonNullable<SubgraphAnswer['data']> };
  };

const CURSOR = '__lt_cursor';

/** What systems do to a gateway. */
export const FAULTS = {
  'refuses the connection': fails('UNAVAILABLE', 1),
  'does not answer in time': fails('TIMEOUT', 1_500),
  'answers HTTP 500': fails('UNAVAILABLE', 3),
  'answers a GraphQL error': answers({
    data: null,
    errors: [{ message: 'database is locked', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  }),
  'answers garbage': fails('BAD_RESPONSE', 2),
  'answers an HTML page': fails('BAD_RESPONSE', 2),
  'answers JSON that is no GraphQL': answers({ data: 'xin chào' }),
  'answers an empty object': answers({}),
  'does not know a field': answers({
    errors: [{ message: 'Cannot query field "received"', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  }),
  'answers rows of another shard': changing((name, value) =>
    name === CURSOR ? encodeShardCursor({ ...decodeShardCursor(String(value)), agency: 'H24.X01' }) : value,
  ),
  'answers an unsorted page': changing((name, value) =>
    Array.isArray(value) && name.endsWith('edges') ? value.toReversed() : value,
  ),
  'answers too few entities': changing((name, value) =>
    Array.isArray(value) && name === '_entities' ? value.slice(1) : value,
  ),
  'answers null for a page and an object': changing((name, value) =>
    name === 'dossiers' || name === 'performance' ? null : value,
  ),
  'answers null for an edge': changing((name, value) =>
    Array.isArray(value) && name.endsWith('edges') ? value.map(() => null) : value,
  ),
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
