import { ALL_FIGURES } from './ask-performance';
import { CheckSkipped, type ConformanceCheck, requireSame } from './conformance-check';
import type { RowContext } from './conformance-context';
import type { SampledDossier } from './dossier-collection';
import { askEntities, entitiesQuestion } from './entity-checks';
import type { JsonObject } from './endpoint';

type Context = RowContext<SampledDossier>;

/** What agencies and procedures are entered for, and dossiers by another of their codes. */
export const DOSSIER_ENTITY_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'entities.alias',
    title: {
      vi: 'Một hồ sơ tìm được qua `_entities` bằng mã khác của nó, và trả về mã chính.',
      en: 'A dossier is found through `_entities` by another of its codes, and answers with its own.',
    },
    needsSample: true,
    async run({ endpoint, sample }) {
      const named = sample.rows.find(
        ({ aliases }) =>
          aliases[0] !== undefined &&
          sample.rows.filter((row) => row.code === aliases[0] || row.aliases.includes(aliases[0] ?? ''))
            .length === 1,
      );
      const [alias] = named?.aliases ?? [];
      if (named === undefined || alias === undefined) throw new CheckSkipped('no dossier has another code');
      const question = entitiesQuestion([{ __typename: 'Dossier', code: alias }], '... on Dossier { code }');
      const expected = [{ __typename: 'Dossier', code: named.code }];
      requireSame(question, `the dossier known as ${alias}`, {
        expected,
        got: await askEntities(endpoint, question),
      });
    },
  },
  {
    id: 'entities.performance',
    title: {
      vi: 'Số liệu của một cơ quan, một thủ tục qua `_entities` bằng số liệu gốc lọc theo chúng.',
      en: 'The figures of an agency and of a procedure through `_entities` are the root figures filtered by them.',
    },
    needsSample: true,
    async run(context) {
      const agencies = distinct(context, ({ receivingAgency }) => receivingAgency?.code);
      const procedures = distinct(context, ({ procedure }) => procedure?.code);
      if (agencies.length === 0) throw new CheckSkipped('no row has an agency');
      const asked: readonly Asked[] = [
        ...agencies.map((code): Asked => ({ typename: 'Agency', condition: 'agencies', code })),
        ...procedures.map((code): Asked => ({ typename: 'Procedure', condition: 'procedures', code })),
      ];
      const figures = `performance { ${ALL_FIGURES} byMonth { month received } }`;
      const question = entitiesQuestion(
        asked.map(({ typename, code }) => ({ __typename: typename, code })),
        `... on Agency { code ${figures} } ... on Procedure { code ${figures} }`,
      );
      const found = await askEntities(context.endpoint, question);
      for (const [i, { typename, condition, code }] of asked.entries()) {
        const root = {
          query: `query ($codes: [ID!]) { performance(filter: { ${condition}: $codes }) { ${ALL_FIGURES} byMonth { month received } } }`,
          variables: { codes: [code] },
        };
        const { performance }: JsonObject = await context.endpoint.data(root);
        const expected = { __typename: typename, code, performance };
        requireSame(question, `the figures of ${code}, as of the root field`, { expected, got: found[i] });
      }
    },
  },
];

interface Asked {
  readonly typename: 'Agency' | 'Procedure';
  readonly condition: 'agencies' | 'procedures';
  readonly code: string;
}

function distinct({ sample }: Context, of: (row: SampledDossier) => string | undefined): readonly string[] {
  return [...new Set(sample.rows.flatMap((row) => of(row) ?? []))].slice(0, 3);
}
