import { z } from 'zod';
import { type ConformanceCheck, requireSame } from './conformance-check';
import type { RowContext } from './conformance-context';
import type { SampledRow } from './collection';
import { NOW_HEADER } from '../../../schema/wire-headers';
import type { Endpoint } from './endpoint';
import { STABLE_QUESTIONS } from './fixture-questions';
import type { SubgraphName } from './contract';

const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** The whole body: `{ "data": … }`. */
  answer: z.record(z.string(), z.unknown()),
});

/** Questions with their answers, for a system whose rows are known. */
export const fixtureSchema = z.array(question);

export type Fixture = z.infer<typeof fixtureSchema>;

/** Asks what the fixture asks and compares whole answers. */
export function fixtureCheck(fixture: Fixture): ConformanceCheck<RowContext<SampledRow>> {
  return {
    id: 'fixture.answers',
    title: {
      vi: 'Các câu trả lời đúng như trong tệp mẫu.',
      en: 'The answers are those of the fixture.',
    },
    async run({ endpoint }) {
      for (const [i, { answer, query, variables, headers }] of fixture.entries()) {
        const asked = { query, ...(variables && { variables }), ...(headers && { headers }) };
        const { body, text } = await endpoint.ask(asked);
        requireSame(asked, `answer ${i + 1} of the fixture`, { expected: answer, got: body ?? text });
      }
    },
  };
}

/** A fixture of what the endpoint answers now, at its own instant. */
export async function recordFixture(endpoint: Endpoint, subgraph: SubgraphName): Promise<Fixture> {
  const recorded: Fixture = [];
  for (const query of STABLE_QUESTIONS[subgraph]) {
    const headers = { [NOW_HEADER]: endpoint.now };
    const { body } = await endpoint.ask({ query, headers });
    if (body !== undefined) recorded.push({ query, headers, answer: { ...body } });
  }
  return recorded;
}
