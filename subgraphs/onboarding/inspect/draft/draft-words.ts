import type { SampledValue } from '../read/inspected-table';
import { CHANNEL_WORDS } from '../recognise/channel-words';
import { foldWord } from '../recognise/fold-word';
import { isNumeric, rows, shown, type DraftContext, type DraftTable, type Plain } from './draft-context';
import type { DraftPath } from './draft-notes';

type Channel = keyof typeof CHANNEL_WORDS;
const NATIONAL_CHANNELS: Readonly<Record<string, Channel>> = { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' };

/** The values of the channel column by ours; null when none is known. */
export async function draftChannel(
  context: DraftContext,
  { table }: DraftTable,
  column: string,
  path: DraftPath,
): Promise<Plain | null> {
  const { notes, recognised } = context;
  const counts = (await table.countValues(column)).filter(({ value }) => value !== null && value !== '');
  const ofLayout = recognised.layout?.layout.channels ?? {};
  const areNumbers = counts.every(({ value }) => NATIONAL_CHANNELS[String(value)] !== undefined);
  const known = areNumbers && Object.keys(ofLayout).length === 0 ? NATIONAL_CHANNELS : ofLayout;
  if (known === NATIONAL_CHANNELS && counts.length > 0)
    notes.doubt(
      path,
      `the numbers of ${column} are taken as the national ones: 1 at the desk, 2 online, 3 by post`,
    );
  const values = new Map<string, Channel>(Object.entries(known));
  const unknown: string[] = [];
  for (const { value, count } of counts) {
    const channel = values.get(String(value)) ?? channelOf(value);
    if (channel === null) unknown.push(`  ${shown(value)} (${rows(count)})`);
    else values.set(String(value), channel);
  }
  if (unknown.length > 0)
    notes.doubt(path, ['which channels are these?', ...unknown.slice(0, 20)].join('\n'));
  if (values.size === 0) return null;
  const type = (await isNumeric(table, column)) ? { type: 'number' } : {};
  return { column, ...type, values: Object.fromEntries(values) };
}

function channelOf(value: SampledValue): Channel | null {
  const folded = foldWord(value);
  const found = Object.entries(CHANNEL_WORDS).find(([, words]) => words.includes(folded));
  return found === undefined ? null : (found[0] as Channel); // The keys of CHANNEL_WORDS.
}

const TRUE_WORDS = ['1', 'true', 't', 'y', 'yes', 'x', 'c', 'co'];

/** The flag of deleted or sample rows: which values set it. */
export async function draftFlag(
  context: DraftContext,
  { table }: DraftTable,
  column: string,
  path: DraftPath,
): Promise<Plain> {
  if (await isNumeric(table, column)) return { column, type: 'number', values: [1] };
  const counts = await table.countValues(column);
  const set = counts.map(({ value }) => value).filter((value) => TRUE_WORDS.includes(foldWord(value)));
  context.notes.doubt(path, `which values of ${column} set the flag?`);
  return { column, values: set.length === 0 ? ['1'] : set.map(String) };
}
