import { pageQuestion } from './ask-page';
import type { SampledRow } from './collection';
import { type ConformanceCheck, requireSame } from './conformance-check';
import type { RowContext } from './conformance-context';
import type { GraphqlQuestion } from './endpoint';

type Context = RowContext<SampledRow>;

/** The same question has the same answer, whoever else asks. */
export const STABILITY_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'stability.repeat',
    title: {
      vi: 'Cùng một câu hỏi hỏi hai lần cho cùng một câu trả lời.',
      en: 'The same question asked twice has the same answer.',
    },
    needsSample: true,
    async run(context) {
      for (const question of questions(context)) {
        const expected = await context.endpoint.data(question);
        requireSame(question, 'the answer of a moment ago', {
          expected,
          got: await context.endpoint.data(question),
        });
      }
    },
  },
  {
    id: 'stability.concurrent',
    title: {
      vi: 'Các câu hỏi cùng lúc không làm sai lẫn nhau.',
      en: 'Questions that are asked at the same time do not disturb each other.',
    },
    needsSample: true,
    async run(context) {
      const { endpoint } = context;
      const asked = questions(context);
      const alone: unknown[] = [];
      for (const question of asked) alone.push(await endpoint.data(question));
      const rounds = [0, 1, 2].flatMap(() => asked.map((question, i) => ({ question, expected: alone[i] })));
      const together = await Promise.all(rounds.map(({ question }) => endpoint.data(question)));
      rounds.forEach(({ question, expected }, i) =>
        requireSame(question, 'the answer that it has alone', { expected, got: together[i] }),
      );
    },
  },
];

/** One page of each order. */
function questions({ collection, sample }: Context): readonly GraphqlQuestion[] {
  return collection.orders.map((orderBy, i) =>
    pageQuestion(collection, { filter: sample.filter, orderBy, first: 3 + i }, collection.selection),
  );
}
