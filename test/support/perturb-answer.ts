import type { Random } from '../../subgraphs/province/random';
import { SubgraphCallError } from '../../gateway/transport/subgraph-call-error';
import { pickOne } from './operation-samples';

/** What a subgraph does wrong. */
export type Perturbation =
  | 'null'
  | 'wrong kind'
  | 'missing field'
  | 'extra fields'
  | 'wrong __typename'
  | 'error with a path'
  | 'error without a path'
  | 'error with a wrong path'
  | 'short list'
  | 'long list'
  | 'no GraphQL'
  | 'failed call'
  | 'errors alone';

export const PERTURBATIONS: readonly Perturbation[] = [
  'null',
  'wrong kind',
  'missing field',
  'extra fields',
  'wrong __typename',
  'error with a path',
  'error without a path',
  'error with a wrong path',
  'short list',
  'long list',
  'no GraphQL',
  'failed call',
  'errors alone',
];

/** A value in an answer, and how to put another there. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly holder: Record<string | number, unknown>;
}

export interface Perturbed {
  readonly answer: unknown;
  /** Whether anything was done: not every answer has what a perturbation needs. */
  readonly isDone: boolean;
}

/**
 * Spoils an answer in one way. Nulls are put where `isPromised` says that none may stand.
 *
 * @throws SubgraphCallError for a call that failed.
 */
export function perturbAnswer(
  answer: unknown,
  kind: Perturbation,
  random: Random,
  isPromised: (holder: Readonly<Record<string | number, unknown>>, key: string | number) => boolean,
): Perturbed {
  const copy: unknown = structuredClone(answer);
  switch (kind) {
    case 'failed call':
      throw new SubgraphCallError('UNAVAILABLE', 'The system could not be reached', 1);
    case 'no GraphQL':
      return { answer: pickOne(random, NO_ANSWERS), isDone: true };
    case 'errors alone':
      return { answer: { data: null, errors: [{ message: 'out of order' }] }, isDone: true };
    default:
      break;
  }
  const places = placesOf(copy).filter(({ value }) => value !== null);
  const fitting = places.filter((place) => fits(kind, place, isPromised));
  if (fitting.length === 0) return { answer, isDone: false };
  const place = pickOne(random, fitting);
  return { answer: spoil(copy, kind, place, random), isDone: true };
}

const NO_ANSWERS: readonly unknown[] = [
  {},
  [],
  'text',
  null,
  { data: 'text' },
  { data: null },
  { errors: [{}] },
];

function fits(
  kind: Perturbation,
  { path, value, holder }: Place,
  isPromised: Parameters<typeof perturbAnswer>[3],
): boolean {
  const key = path.at(-1) ?? '';
  switch (kind) {
    case 'null':
      return key !== '__typename' && isPromised(holder, key);
    case 'wrong __typename':
      return key === '__typename';
    case 'extra fields':
      return typeof value === 'object' && !Array.isArray(value);
    case 'short list':
      return Array.isArray(value) && value.length > 0 && isEntities(path);
    case 'long list':
      return Array.isArray(value) && isEntities(path);
    case 'missing field':
      return typeof key === 'string' && !isEntities(path) && key !== '__typename';
    default:
      return key !== '__typename' && !isEntities(path);
  }
}

function isEntities(path: Place['path']): boolean {
  return path.length === 1 && String(path[0]).startsWith('_entities');
}

function spoil(copy: unknown, kind: Perturbation, { path, value, holder }: Place, random: Random): unknown {
  const key = path.at(-1) ?? '';
  switch (kind) {
    case 'wrong kind':
      holder[key] =
        typeof value === 'object' ? pickOne(random, [7, 'text', true]) : pickOne(random, [{ a: 1 }, [[3]]]);
      return copy;
    case 'wrong __typename':
      holder[key] = pickOne(random, ['Nobody', 'Query', 'String', '', 7, '__proto__', 'constructor']);
      return copy;
    case 'extra fields':
      Object.assign(value as object, {
        surplus: [1],
        toString: 'x',
        constructor: { a: 1 },
        hasOwnProperty: null,
      });
      return copy;
    case 'short list':
      (value as unknown[]).pop();
      return copy;
    case 'long list':
      (value as unknown[]).push({ __typename: 'Nobody' });
      return copy;
    case 'missing field':
      delete holder[key];
      return copy;
    default:
      holder[key] = null;
      return kind === 'null' ? copy : withError(copy, errorPath(kind, path, random));
  }
}

function errorPath(kind: Perturbation, path: Place['path'], random: Random): unknown {
  if (kind === 'error with a path') return path;
  if (kind === 'error without a path') return undefined;
  return pickOne(random, [
    7,
    'text',
    [null],
    [{ a: 1 }],
    ['nothing', 'there', 3],
    ['_entities', 99, 'x'],
    ['_entities', 'x'],
  ]);
}

function withError(answer: unknown, path: unknown): unknown {
  const { errors = [], ...rest } = answer as { readonly errors?: readonly unknown[] };
  return { ...rest, errors: [...errors, { message: 'spoilt', ...(path !== undefined && { path }) }] };
}

function placesOf(answer: unknown): readonly Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, path: Place['path']): void => {
    if (typeof value !== 'object' || value === null) return;
    // Of JSON: an object or a list.
    const holder = value as Record<string | number, unknown>;
    for (const [name, inner] of Object.entries(holder)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name];
      places.push({ path: here, value: inner, holder });
      walk(inner, here);
    }
  };
  walk((answer as { readonly data?: unknown } | null)?.data, []);
  return places;
}
