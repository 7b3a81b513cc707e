import {
  type AgencyMapping,
  type DateMapping,
  isSortable,
  SORTABLE_DATE_FORMATS,
} from '../dossiers/dossier-mapping';
import { foldedClashes } from '../values/coded-value';
import { findExpressionMistakes } from '../values/computed-columns';
import type { SoapSystem, SqlSystem, SystemMapping } from './system-mapping';

const SORTABLE = SORTABLE_DATE_FORMATS.join(', ');

/** What no single value shows: one sentence a mistake, with its path. */
export function checkSystemMapping(mapping: SystemMapping): readonly string[] {
  const { dossiers, procedures } = mapping;
  return [
    ...(dossiers === undefined && procedures === undefined
      ? ['(top): a system serves dossiers, procedures or both, and neither is described']
      : []),
    ...(dossiers === undefined ? [] : foreign(mapping, 'dossiers.receivingAgency', dossiers.receivingAgency)),
    ...(procedures?.publishedBy === undefined
      ? unsaidPublisher(mapping)
      : foreign(mapping, 'procedures.publishedBy', procedures.publishedBy)),
    ...(mapping.kind === 'sql' && mapping.mode === 'live' ? unsortable(mapping) : []),
    ...(mapping.kind === 'sql' && mapping.figures.keep ? unkeepable(mapping) : []),
    ...(mapping.kind === 'soap' ? logInNowhere(mapping) : []),
    ...(mapping.kind === 'sql' ? [] : followed(mapping)),
    ...badExpressions(mapping),
    ...clashes(mapping),
  ];
}

/** Only a database has tables of its own to follow a value into. */
function followed({ dossiers }: Exclude<SystemMapping, SqlSystem>): readonly string[] {
  return (['procedure', 'field'] as const)
    .filter((name) => (dossiers?.[name]?.through.length ?? 0) > 0)
    .map(
      (name) => `dossiers.${name}.through: only a system of the kind "sql" has tables to look a value up in`,
    );
}

function badExpressions({ dossiers, procedures }: SystemMapping): readonly string[] {
  const ofDossiers = dossiers !== undefined && 'computed' in dossiers ? dossiers.computed : {};
  return [
    ...findExpressionMistakes(ofDossiers, 'dossiers.computed'),
    ...(procedures === undefined ? [] : findExpressionMistakes(procedures.computed, 'procedures.computed')),
  ];
}

function clashes({ dossiers, procedures }: SystemMapping): readonly string[] {
  const coded = {
    'dossiers.receivingAgency': dossiers?.receivingAgency,
    'dossiers.handlingAgency': dossiers?.handlingAgency,
    'dossiers.channel': dossiers?.channel,
    'procedures.publishedBy': procedures?.publishedBy,
  };
  return Object.entries(coded).flatMap(([path, mapping]) =>
    foldedClashes(mapping ?? null).map((mistake) => `${path}.values: ${mistake}`),
  );
}

/** Rows of an agency that the system does not hold would be refused by every gateway. */
function foreign({ agencies }: SystemMapping, path: string, mapping: AgencyMapping): readonly string[] {
  const named = 'constant' in mapping ? [mapping.constant] : Object.values(mapping.values);
  return [...new Set(named)]
    .filter((code) => !agencies.includes(code))
    .map((code) => `${path}: "${code}" is not among the agencies of this system (${agencies.join(', ')})`);
}

function unsaidPublisher({ agencies, procedures }: SystemMapping): readonly string[] {
  if (procedures === undefined || agencies.length === 1) return [];
  return ['procedures.publishedBy: must say who publishes a row, as this system holds several agencies'];
}

function unsortable({ dossiers }: SqlSystem): readonly string[] {
  if (dossiers === undefined) return [];
  const { dates, supplements, steps } = dossiers;
  const asked: Readonly<Record<string, DateMapping | null | undefined>> = {
    ...prefixed('dates', dates),
    'supplements.requestedAt': supplements?.requestedAt,
    'supplements.completedAt': supplements?.completedAt,
    'supplements.dueBefore': supplements?.dueBefore,
    'supplements.dueAfter': supplements?.dueAfter,
    'steps.at': steps?.at,
    'steps.dueAt': steps?.dueAt,
  };
  return Object.entries(asked).flatMap(([path, date]) =>
    date == null || isSortable(date)
      ? []
      : [
          `dossiers.${path}.format: "${date.format}" does not sort in time, so the database cannot be asked by it; use one of ${SORTABLE}, or mode: copy`,
        ],
  );
}

function prefixed<Value>(prefix: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** Figures are kept of dossiers that are asked live, by what the database itself can tell. */
function unkeepable({ mode, dossiers }: SqlSystem): readonly string[] {
  if (mode === 'copy')
    return ['figures.keep: a copy is asked for its figures itself; leave it out, or say mode: live'];
  if (dossiers === undefined) return ['figures.keep: this system has no dossiers'];
  const { updatedAt } = dossiers;
  if (updatedAt === null || isSortable(updatedAt)) return [];
  return [
    `dossiers.updatedAt.format: "${updatedAt.format}" does not sort in time, so what changed cannot be asked for; use one of ${SORTABLE}, or leave updatedAt out, and all is read every time`,
  ];
}

/** The path of a log-in is relative to the service, which a file does not tell before it is read. */
function logInNowhere({ connection: { auth, endpoint, wsdl } }: SoapSystem): readonly string[] {
  if (auth?.scheme !== 'login' || endpoint !== undefined || /^https?:\/\//i.test(wsdl)) return [];
  return [
    'connection.endpoint: must be named, as the path of the log-in is relative to it and the WSDL is a file',
  ];
}
