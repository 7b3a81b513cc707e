import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A ready query of the page. */
export interface PageOperation {
  readonly name: string;
  readonly query: string;
}

/** The queries of a folder in the order of their first lines, which may start with a number; none when there is no folder. */
export function readOperations(folder: string): readonly PageOperation[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => ({
      name: file.slice(0, -'.graphql'.length),
      query: readFileSync(join(folder, file), 'utf8'),
    }))
    .sort((one, other) => one.query.localeCompare(other.query, 'en', { numeric: true }));
}
