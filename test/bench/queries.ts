import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Query {
  readonly name: string;
  readonly text: string;
  /** The one variable, and what stands before and after the number in it. */
  readonly variable: { readonly name: string; readonly before: string; readonly after: string };
}

/** Numbers a variable may hold: the subgraphs have that many rows to start from. */
export const PLACES = 5000;

export function readQueries(folder: string): readonly Query[] {
  const read = (name: string): string => readFileSync(join(folder, `${name}.graphql`), 'utf8');
  const from = { name: 'from', before: '', after: '' };
  return [
    { name: 'small', text: read('small'), variable: { name: 'id', before: '"A', after: '"' } },
    { name: 'medium', text: read('medium'), variable: from },
    { name: 'heavy', text: read('heavy'), variable: from },
  ];
}

/** The request's body up to the number that varies, and from there on. */
export function bodyAround({ text, variable: { name, before, after } }: Query): readonly [string, string] {
  return [`{"query":${JSON.stringify(text)},"variables":{"${name}":${before}`, `${after}}}`];
}

export function bodyOf(query: Query, place: number): string {
  return bodyAround(query).join(String(place));
}
