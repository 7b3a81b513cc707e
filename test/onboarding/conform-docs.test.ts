import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/runtime/project-root';
import { SUBGRAPH_NAMES } from '../../subgraphs/onboarding/conform/contract';
import { suiteOf } from '../../subgraphs/onboarding/conform/suite';

describe('docs/conformance.md', () => {
  it.each(SUBGRAPH_NAMES)('explains every check of %s', (subgraph) => {
    const text = readFileSync(join(projectRoot(), 'docs', 'conformance.md'), 'utf8');
    const { schema, checks } = suiteOf(subgraph);
    const ids = [...schema, ...checks].map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !text.includes(`\`${id}\``))).toEqual([]);
  });
});
