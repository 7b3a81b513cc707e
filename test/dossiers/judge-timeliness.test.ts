import { judgeTimeliness, type JudgedDossier } from '../../subgraphs/dossiers/judge-timeliness';
import type { SupplementRow } from '../../subgraphs/sources/dossiers/dossier-row';

const NOW = '2024-06-28T03:00:00Z';

const received: JudgedDossier = {
  status: 4,
  receivedAt: '2024-06-03T01:00:00.000Z',
  dueAt: '2024-06-20T10:00:00.000Z',
  finishedAt: null,
  returnedAt: null,
  refusedAt: null,
};

function locally(changes: Partial<JudgedDossier>) {
  return judgeTimeliness({
    dossier: { ...received, ...changes },
    clock: 'LOCAL',
    at: NOW,
    supplements: null,
  });
}

function nationally(changes: Partial<JudgedDossier>, supplements: readonly SupplementRow[] | null = []) {
  return judgeTimeliness({ dossier: { ...received, ...changes }, clock: 'NATIONAL', at: NOW, supplements });
}

function supplement(
  requestedAt: string,
  completedAt: string | null,
  dueBefore: string | null = null,
): SupplementRow {
  return { requestedAt, completedAt, dueBefore, dueAfter: null };
}

describe('the local clock', () => {
  it('compares days, so the evening of the promised day is still on time', () => {
    expect(locally({ finishedAt: '2024-06-20T16:30:00.000Z' })).toMatchObject({ result: 'ON_TIME' });
  });

  it('takes the days of Viet Nam: 17:30 UTC is the next day there', () => {
    expect(locally({ finishedAt: '2024-06-20T17:30:00.000Z' })).toMatchObject({ result: 'LATE' });
    expect(locally({ finishedAt: '2024-06-19T16:59:59.000Z' })).toMatchObject({ result: 'EARLY' });
  });

  it('prefers the day of finishing to that of returning, and that to a refusal', () => {
    const finishedAt = '2024-06-18T03:00:00.000Z';
    const returnedAt = '2024-06-20T03:00:00.000Z';
    const refusedAt = '2024-06-25T03:00:00.000Z';
    expect(locally({ finishedAt, returnedAt, refusedAt })).toMatchObject({
      result: 'EARLY',
      endedAt: finishedAt,
    });
    expect(locally({ returnedAt, refusedAt })).toMatchObject({ result: 'ON_TIME', endedAt: returnedAt });
    expect(locally({ refusedAt, status: 7 })).toMatchObject({ result: 'LATE', endedAt: refusedAt });
  });

  it('judges what is unfinished against now', () => {
    expect(locally({})).toMatchObject({ result: 'OVERDUE', endedAt: null });
    expect(locally({ dueAt: '2024-06-28T00:30:00.000Z' })).toMatchObject({ result: 'WITHIN' });
  });

  it('does not know yet what happens after now', () => {
    expect(locally({ finishedAt: '2024-06-30T03:00:00.000Z' })).toMatchObject({
      result: 'OVERDUE',
      endedAt: null,
    });
    expect(locally({ receivedAt: '2024-06-29T03:00:00.000Z' })).toMatchObject({ reason: 'NOT_RECEIVED' });
  });

  it.each([
    ['NOT_RECEIVED', { receivedAt: null }],
    ['NOT_RECEIVED', { status: 1 }],
    ['NO_DUE_DATE', { dueAt: null }],
    ['END_UNKNOWN', { status: 10 }],
    ['END_UNKNOWN', { status: 7, dueAt: null }],
  ])('says %s for %j', (reason, changes) => {
    expect(locally(changes)).toMatchObject({ result: null, reason });
  });
});

describe('the national clock', () => {
  it('rule 1: on time when the end is not after the promised day', () => {
    expect(nationally({ returnedAt: '2024-06-20T09:00:00.000Z' })).toMatchObject({
      result: 'ON_TIME',
      rule: 1,
    });
    expect(nationally({ returnedAt: '2024-06-21T02:00:00.000Z' })).toMatchObject({ result: 'LATE', rule: 1 });
  });

  it('rule 2: while a supplement is awaited the request is the end', () => {
    const inTime = [supplement('2024-06-10T02:00:00.000Z', null)];
    const tooLate = [supplement('2024-06-21T02:00:00.000Z', null)];
    expect(nationally({ status: 5 }, inTime)).toMatchObject({ result: 'WITHIN', rule: 2 });
    expect(nationally({ status: 5 }, tooLate)).toMatchObject({ result: 'OVERDUE', rule: 2 });
  });

  it('rule 3: more than one request is overdue, however early the end', () => {
    const twice = [
      supplement('2024-06-05T02:00:00.000Z', '2024-06-06T02:00:00.000Z'),
      supplement('2024-06-07T02:00:00.000Z', '2024-06-08T02:00:00.000Z'),
    ];
    expect(nationally({ finishedAt: '2024-06-09T02:00:00.000Z' }, twice)).toMatchObject({
      result: 'LATE',
      rule: 3,
    });
    expect(nationally({ dueAt: '2024-07-20T10:00:00.000Z' }, twice)).toMatchObject({
      result: 'OVERDUE',
      rule: 3,
    });
  });

  it('rule 4 needs the longest time of the procedure, which no dossier has', () => {
    expect(nationally({ dueAt: null })).toMatchObject({ result: null, reason: 'NO_DUE_DATE' });
  });

  it('rule 5: what is unfinished is measured now', () => {
    expect(nationally({})).toMatchObject({ result: 'OVERDUE', rule: 5 });
    expect(nationally({ dueAt: '2024-06-28T10:00:00.000Z' })).toMatchObject({ result: 'WITHIN', rule: 5 });
  });

  it('rule 6: the time of one supplement is subtracted', () => {
    const fiveDays = [supplement('2024-06-10T02:00:00.000Z', '2024-06-15T02:00:00.000Z')];
    const finishedAt = '2024-06-24T02:00:00.000Z';
    expect(nationally({ finishedAt }, fiveDays)).toMatchObject({
      result: 'EARLY',
      rule: 6,
      endedAt: '2024-06-19T02:00:00.000Z',
    });
    expect(locally({ finishedAt })).toMatchObject({ result: 'LATE' });
  });

  it('compares with the date promised before the supplement, or the same days would be granted twice', () => {
    const moved = [
      supplement('2024-06-10T02:00:00.000Z', '2024-06-15T02:00:00.000Z', '2024-06-20T10:00:00.000Z'),
    ];
    const dossier = { dueAt: '2024-06-27T10:00:00.000Z', finishedAt: '2024-06-26T02:00:00.000Z' };
    expect(nationally(dossier, moved)).toMatchObject({ result: 'LATE', dueAt: '2024-06-20T10:00:00.000Z' });
    expect(locally(dossier)).toMatchObject({ result: 'EARLY' });
  });

  it('says nothing where the system keeps no record of supplements', () => {
    expect(nationally({ finishedAt: '2024-06-18T03:00:00.000Z' }, null)).toMatchObject({
      result: null,
      reason: 'SUPPLEMENTS_UNKNOWN',
    });
  });
});
