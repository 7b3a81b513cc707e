import { explainUnknownAgency } from '../../../schema/agency-code-hint';
import { foldForSearch } from '../../../schema/vietnamese-text';
import type { AgencyMapping, ChannelMapping } from '../../sources/dossiers/dossier-mapping';
import type { CheckContext } from './check-context';
import type { Finding } from './check-report';
import type { FindingCode } from './finding-codes';
import { countedValues, FREE_TEXT_MESSAGE, isFreeText, makeFinding, sumRows } from './make-finding';
import { suggestStatus } from './suggest-status';
import type { AgencyGroup, ValueGroups } from './system-facts';

export function assessStatuses(statuses: ValueGroups): readonly Finding[] {
  return unknownValues('STATUS_UNMAPPED', statuses, suggestStatus);
}

export function assessChannels(channels: ValueGroups): readonly Finding[] {
  // The national rule takes a dossier without a channel for one that was handed in at the desk.
  return unknownValues('CHANNEL_UNMAPPED', written(channels), suggestChannel);
}

export function assessHandlingAgencies(
  agencies: ValueGroups,
  mapping: AgencyMapping | null,
  context: CheckContext,
): readonly Finding[] {
  // A dossier that nobody handles yet is no mistake.
  return unknownValues('HANDLING_AGENCY_UNKNOWN', written(agencies), (raw) =>
    suggestAgency(raw, mapping, context),
  );
}

export function assessAgencies(
  agencies: readonly AgencyGroup[],
  mapping: AgencyMapping | null,
  context: CheckContext,
): readonly Finding[] {
  const unknown = agencies.filter(({ agency }) => agency === null);
  const seen = new Set(agencies.map(({ agency }) => agency));
  const idle = oursOf(mapping).filter((code) => !seen.has(code));
  return [
    ...(unknown.length === 0
      ? []
      : [
          makeFinding('AGENCY_UNKNOWN', {
            place: columnOf(mapping),
            count: sumRows(unknown),
            ...(isFreeText(agencies)
              ? { message: FREE_TEXT_MESSAGE }
              : { values: countedValues(unknown, (raw) => suggestAgency(raw, mapping, context)) }),
          }),
        ]),
    ...(idle.length === 0
      ? []
      : [
          makeFinding('AGENCY_WITHOUT_DOSSIERS', {
            place: columnOf(mapping),
            values: idle.map((code) => ({ value: code, count: 0, suggestion: null })),
          }),
        ]),
  ];
}

/** Codes of the mapping itself, wherever they stand, that the directory does not have. */
export function assessDirectory(codes: readonly string[], { directory }: CheckContext): readonly Finding[] {
  if (directory === null) return [];
  const known = new Set(
    directory.records.flatMap(({ code, codes: all }) => [code, ...all.map(({ text }) => text)]),
  );
  const unknown = [...new Set(codes)].filter((code) => !known.has(code));
  if (unknown.length === 0) return [];
  return [
    makeFinding('AGENCY_NOT_IN_DIRECTORY', {
      place: directory.source,
      values: unknown.map((code) => ({
        value: code,
        count: 0,
        suggestion: explainUnknownAgency(code, directory.records).suggestion,
      })),
    }),
  ];
}

export function oursOf(mapping: AgencyMapping | null): readonly string[] {
  if (mapping === null) return [];
  return 'constant' in mapping ? [mapping.constant] : [...new Set(Object.values(mapping.values))];
}

function columnOf(mapping: AgencyMapping | ChannelMapping | null): string | null {
  return mapping === null || 'constant' in mapping ? null : mapping.column;
}

function written(values: ValueGroups): ValueGroups {
  const groups = values.groups.filter(({ raw }) => raw.some((value) => value !== null && value !== ''));
  return { ...values, groups };
}

function unknownValues(
  code: FindingCode,
  { columns, groups, isCut }: ValueGroups,
  suggest: (raw: string) => string | null,
): readonly Finding[] {
  const unknown = groups.filter(({ isKnown }) => !isKnown);
  if (unknown.length === 0) return [];
  const place = columns.join(', ');
  const count = sumRows(unknown);
  if (isFreeText(groups)) return [makeFinding(code, { place, count, message: FREE_TEXT_MESSAGE })];
  const message = isCut ? { message: 'there are more values than were counted' } : {};
  return [makeFinding(code, { place, count, values: countedValues(unknown, suggest), ...message })];
}

const CHANNEL_WORDS: readonly (readonly [channel: string, words: readonly string[]])[] = [
  ['ONLINE', ['truc tuyen', 'qua mang', 'online', 'dvc', 'cong dich vu cong']],
  ['POSTAL', ['buu chinh', 'buu dien', 'bcci', 'postal']],
  ['DIRECT', ['truc tiep', 'mot cua', 'tai quay', 'direct']],
];

function suggestChannel(raw: string): string | null {
  const folded = ` ${foldForSearch(raw)} `;
  const fitting = CHANNEL_WORDS.filter(([, words]) => words.some((word) => folded.includes(` ${word} `)));
  return fitting.length === 1 ? (fitting[0]?.[0] ?? null) : null;
}

/** A value that differs from a known one only in case, accents or spaces; else a code that the directory can guess. */
function suggestAgency(
  raw: string,
  mapping: AgencyMapping | null,
  { directory }: CheckContext,
): string | null {
  const folded = foldForSearch(raw);
  const values = mapping === null || 'constant' in mapping ? {} : mapping.values;
  const alike = Object.entries(values).filter(([text]) => foldForSearch(text) === folded && text !== raw);
  if (alike.length === 1) return `${alike[0]?.[1]} (as "${alike[0]?.[0]}"; or match: folded)`;
  if (directory === null) return null;
  const known = directory.records.find(
    ({ code, codes }) => code === raw || codes.some(({ text }) => text === raw),
  );
  return known?.code ?? explainUnknownAgency(raw, directory.records).suggestion;
}
