import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** SDL of the contract. The compiled files stand one folder deeper than their sources. */
export function readContract(subgraph: 'dossiers' | 'procedures'): string {
  const name = join('contract', `${subgraph}.graphql`);
  const folders = [dirname(__dirname), dirname(dirname(__dirname))];
  const folder = folders.find((one) => existsSync(join(one, name)));
  if (folder === undefined) throw new Error(`The file ${name} is not there: copy it from Liên Thông`);
  return readFileSync(join(folder, name), 'utf8');
}
