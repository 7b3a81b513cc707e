import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Query {
  readonly name: string;
  readonly text: string;
  /** The one variable, and what stands before and after the number in it; null for a query without. */
  readonly variable: { readonly name: string; readonly before: string; readonly after: string } | null;
}

/** Numbers a variable may hold: the subgraphs have that many rows to start from. */
export const PLACES = 5000;

export interface Queries {
  readonly small: Query;
  readonly medium: Query;
  readonly heavy: Query;
  readonly big: Query;
  readonly scatter: Query;
}

export function readQueries(folder: string): Queries {
  const read = (name: string, variable: Query['variable']): Query => ({
    name,
    text: readFileSync(join(folder, `${name}.graphql`), 'utf8'),
    variable,
  });
  const from = { name: 'from', before: '', after: '' };
  return {
    small: read('small', { name: 'id', before: '"A', after: '"' }),
    medium: read('medium', from),
    heavy: read('heavy', from),
    big: read('big', from),
    scatter: read('scatter', null),
  };
}

/** The request's body up to the number that varies, and from there on. */
export function bodyAround({ text, variable }: Query): readonly [string, string] {
  const start = `{"query":${JSON.stringify(text)},"variables":{`;
  if (variable === null) return [start, '}}'];
  return [`${start}"${variable.name}":${variable.before}`, `${variable.after}}}`];
}

export function bodyOf(query: Query, place: number): string {
  return bodyAround(query).join(query.variable === null ? '' : String(place));
}
