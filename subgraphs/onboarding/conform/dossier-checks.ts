import { NOW_HEADER } from '../../../schema/wire-headers';
import { pageQuestion } from './ask-page';
import { totalQuestion } from './ask-totals';
import {
  CheckFailure,
  CheckSkipped,
  type ConformanceCheck,
  requireSame,
  requireThat,
} from './conformance-check';
import type { RowContext } from './conformance-context';
import { type SampledDossier, STATUS_NAMES } from './dossier-collection';
import { isJsonObject } from './endpoint';
import { requireRefused } from './refusal';
import { judge } from './judged-dossier';

type Context = RowContext<SampledDossier>;

/** What holds inside one dossier. */
export const DOSSIER_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'dossiers.status',
    title: {
      vi: '`statusNumber` là số quốc gia của `status`.',
      en: '`statusNumber` is the national number of `status`.',
    },
    needsSample: true,
    async run({ collection, sample }) {
      for (const { code, status, statusNumber } of sample.rows)
        requireSame(
          pageQuestion(collection, { filter: sample.filter, first: 200 }, 'code status statusNumber'),
          code,
          {
            expected: statusNumber === null ? null : STATUS_NAMES[statusNumber],
            got: status,
          },
        );
    },
  },
  {
    id: 'dossiers.lists',
    title: {
      vi: 'Các lần bổ sung và các bước xếp cũ trước, mới sau.',
      en: 'Supplements and steps stand oldest first.',
    },
    needsSample: true,
    async run({ collection, sample }) {
      const question = pageQuestion(
        collection,
        { filter: sample.filter, first: 200 },
        'code supplements { requestedAt } steps { at }',
      );
      for (const { code, supplements, steps } of sample.rows) {
        const lists = {
          supplements: supplements?.map(({ requestedAt }) => requestedAt),
          steps: steps?.map(({ at }) => at),
        };
        for (const [name, list] of Object.entries(lists))
          requireThat(isAscending(list ?? []), question, `${name} of ${code}, oldest first`, list);
      }
    },
  },
  {
    id: 'dossiers.timeliness',
    title: {
      vi: 'Kết luận đúng hạn của mỗi hồ sơ là của hợp đồng, theo cả hai cách tính, xét từ chính các ngày của hồ sơ.',
      en: 'The verdict on each dossier is that of the contract, by both clocks, judged from its own dates.',
    },
    needsSample: true,
    async run({ endpoint, sample }) {
      for (const row of sample.rows) {
        for (const [clock, got] of [
          ['LOCAL', row.local],
          ['NATIONAL', row.national],
        ] as const) {
          const { result, reason } = judge(row, clock, endpoint.now);
          const question = timelinessQuestion(row.code, clock);
          requireSame(question, `the ${clock} verdict on ${row.code} at ${endpoint.now}`, {
            expected: [result, reason],
            got: [got?.result, got?.reason],
          });
        }
      }
    },
  },
  {
    id: 'dossiers.now',
    title: {
      vi: 'Kết luận đúng hạn thay đổi theo `lienthong-now`, không theo đồng hồ của máy.',
      en: 'Verdicts move with `lienthong-now`, not with the clock on the wall.',
    },
    needsSample: true,
    async run({ endpoint, sample }) {
      const row = sample.rows.find((one) => changesAtDue(one));
      if (row === undefined) throw new CheckSkipped('no dossier has a verdict that changes with time');
      for (const days of [-1, 2]) {
        const now = inDays(row.dueAt ?? endpoint.now, days);
        const question = { ...timelinessQuestion(row.code, 'LOCAL'), headers: { [NOW_HEADER]: now } };
        const dossier = (await endpoint.data(question))['dossier'];
        const verdict = isJsonObject(dossier) ? dossier['timeliness'] : undefined;
        requireSame(question, `the verdict on ${row.code} at ${now}`, {
          expected: judge(row, 'LOCAL', now).result,
          got: isJsonObject(verdict) ? verdict['result'] : verdict,
        });
      }
    },
  },
  {
    id: 'dossiers.days-refused',
    title: {
      vi: 'Ngày không có trong lịch (`2024-02-30`) bị từ chối.',
      en: 'A day that no calendar has (`2024-02-30`) is refused.',
    },
    async run({ endpoint, collection }) {
      for (const day of ['2024-02-30', '30/06/2024']) {
        const question = totalQuestion(collection, { receivedFrom: day });
        await requireRefused(endpoint, question, `receivedFrom: ${day}`, collection.field);
      }
    },
  },
  {
    id: 'dossiers.one',
    title: {
      vi: '`dossier(code:)` tìm theo mã, và theo mã khác của cùng hồ sơ; không có thì null.',
      en: '`dossier(code:)` finds by code, and by another code of the same dossier; null when there is none.',
    },
    needsSample: true,
    async run({ endpoint, sample }) {
      const [row] = sample.rows;
      if (row === undefined) throw new CheckSkipped('there are no rows');
      await requireFound(endpoint, row.code, row.code);
      await requireFound(endpoint, 'không-có-hồ-sơ-này', null);
      const named = sample.rows.find(({ aliases }) => isOnlyAlias(aliases[0], sample.rows));
      if (named === undefined) return ['no dossier has another code, so that was not tried'];
      await requireFound(endpoint, named.aliases[0] ?? '', named.code);
      return [];
    },
  },
];

function timelinessQuestion(code: string, clock: string) {
  return {
    query: `query ($code: ID!) { dossier(code: $code) { code timeliness(clock: ${clock}) { result reason } } }`,
    variables: { code },
  };
}

function changesAtDue(row: SampledDossier): boolean {
  const { dueAt } = row;
  if (dueAt === null) return false;
  const [before, after] = [-1, 2].map((days) => judge(row, 'LOCAL', inDays(dueAt, days)).result);
  return before === 'WITHIN' && after !== before;
}

function inDays(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 24 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function isAscending(instants: readonly string[]): boolean {
  return instants.every((at, i) => i === 0 || Date.parse(instants[i - 1] ?? at) <= Date.parse(at));
}

function isOnlyAlias(alias: string | undefined, rows: readonly SampledDossier[]): boolean {
  if (alias === undefined) return false;
  return rows.filter((row) => row.code === alias || row.aliases.includes(alias)).length === 1;
}

async function requireFound(
  endpoint: Context['endpoint'],
  code: string,
  expected: string | null,
): Promise<void> {
  const question = { query: 'query ($code: ID!) { dossier(code: $code) { code } }', variables: { code } };
  const dossier = (await endpoint.data(question))['dossier'];
  if (expected === null && dossier !== null)
    throw new CheckFailure({ request: question, expected: 'null', got: JSON.stringify(dossier) });
  if (expected === null) return;
  requireSame(question, `the dossier known as ${code}`, {
    expected,
    got: isJsonObject(dossier) ? dossier['code'] : dossier,
  });
}
