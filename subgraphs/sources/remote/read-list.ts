import type { LocatedRecord, PassRequest, ReaderEvent } from '../copy/record-reader';
import type { DateMapping } from '../dossiers/dossier-mapping';
import type { RestCollection } from '../mapping/collections';
import type { RowProblem } from '../source-problem';
import type { RecordNames } from '../values/record-names';
import { PageGuard } from './page-guard';
import { pageSteps, type ListParams } from './page-steps';
import { pickRecord } from './pick-record';
import { requireNames, type RequiredName } from './required-names';
import { SinceMark } from './since-mark';
import { tryAgain, type Pause } from './try-again';
import { isKeyed, valueAt } from './value-at';

/** One list of a service, as its mapping describes it. */
export interface RemoteList {
  /** `GET /hoso`, `operation LayDanhSachHoSo`: where problems are said to be. */
  readonly label: string;
  readonly from: Pick<RestCollection, 'params' | 'totalPath' | 'paging' | 'since'>;
  readonly names: RecordNames;
  readonly required: readonly RequiredName[];
  readonly codeName: string;
  readonly updatedAt: DateMapping | null;
}

export interface ListService {
  /** One answer, its envelope already checked. */
  ask(params: ListParams, place: string, signal: AbortSignal): Promise<unknown>;
  /** The items of an answer. @throws SourceProblem when there is no list. */
  itemsOf(answer: unknown, place: string): readonly unknown[];
}

export interface ListTimes {
  readonly clock: () => number;
  readonly pause: Pause;
  /** See {@link PageGuard}. */
  readonly maxRows: number;
}

const SCOPE = '';
const MAX_EVENT_ROWS = 1_000;

/**
 * Tells a list page by page. A pass without a mark to ask by, or over a list that cannot be asked for changes, reads everything and ends
 * with `complete`. No mark is given in the middle: pages shift under a pass that is taken up later, and rows would be missed.
 */
export async function* readList(
  list: RemoteList,
  service: ListService,
  { pass, marks, signal }: PassRequest,
  times: ListTimes,
): AsyncGenerator<ReaderEvent> {
  const { from, label } = list;
  const mark = new SinceMark(list.updatedAt, marks.get(SCOPE), times.clock());
  const since = pass === 'changes' ? mark.paramsOf(from.since) : null;
  const guard = new PageGuard({ label, codeName: list.codeName, maxRows: times.maxRows });
  const steps = pageSteps(from.paging);
  let told = 0;
  let step: ListParams | null = steps.first;
  for (let page = 1; step !== null; page += 1) {
    const place = `${label}, page ${page}`;
    const params: ListParams = { ...from.params, ...since, ...step };
    const answer = await tryAgain(() => service.ask(params, place, signal), { pause: times.pause, signal });
    const items = service.itemsOf(answer, place);
    if (page === 1) requireNames(items, list.required, label);
    const { records, problems } = readItems(items, list.names, page);
    const fresh = guard.take(records, problems.length);
    const total = readTotal(answer, from.totalPath);
    guard.checkTotal(total);
    mark.see(fresh);
    yield* rowEvents(fresh, problems);
    told += items.length;
    const next = from.paging.kind === 'cursor' ? valueAt(answer, from.paging.nextPath) : null;
    guard.checkCursor(next);
    step = steps.after({ items: items.length, told, total, next });
  }
  guard.checkEnd();
  const kept = from.since === undefined ? null : mark.toText();
  if (since === null) yield { kind: 'complete', scope: SCOPE, mark: kept };
  else yield { kind: 'rows', scope: SCOPE, records: [], problems: [], mark: kept };
}

interface ReadItems {
  readonly records: readonly LocatedRecord[];
  readonly problems: readonly RowProblem[];
}

function readItems(items: readonly unknown[], names: RecordNames, page: number): ReadItems {
  const records: LocatedRecord[] = [];
  const problems: RowProblem[] = [];
  items.forEach((item, i) => {
    const place = `page ${page}, item ${i + 1}`;
    if (isKeyed(item)) records.push({ record: pickRecord(item, names), place });
    else problems.push({ code: 'ROW_UNREADABLE', place, column: null, value: null });
  });
  return { records, problems };
}

function* rowEvents(
  records: readonly LocatedRecord[],
  problems: readonly RowProblem[],
): Generator<ReaderEvent> {
  if (records.length === 0 && problems.length === 0) return;
  for (let start = 0; start === 0 || start < records.length; start += MAX_EVENT_ROWS) {
    yield {
      kind: 'rows',
      scope: SCOPE,
      records: records.slice(start, start + MAX_EVENT_ROWS),
      problems: start === 0 ? problems : [],
      mark: null,
    };
  }
}

function readTotal(answer: unknown, totalPath: string | undefined): number | null {
  if (totalPath === undefined) return null;
  const value = valueAt(answer, totalPath);
  const total = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : null;
}
