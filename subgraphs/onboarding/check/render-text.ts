import type { Paint, Style } from '../terminal/colours';
import { formatTable } from '../terminal/format-table';
import type { CheckReport, Finding } from './check-report';
import type { Severity } from './finding-codes';
import { plainTime } from './local-time-text';

const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', note: 'blue' };
const MAX_AGENCIES = 10;
const MAX_VALUES = 8;

/** The report for a terminal: short, what is worst first, with what to do. */
export function renderText(report: CheckReport, paint: Paint): string {
  return [
    heading(report, paint),
    figures(report),
    ...report.findings.map((finding) => findingText(finding, paint)),
    speed(report),
    verdict(report, paint),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function heading({ system, checkedAt, tookMs, now }: CheckReport, paint: Paint): string {
  const title = paint('bold', `${system.name} (${system.id})`);
  const took = (tookMs / 1_000).toFixed(1);
  return `${title}
${system.source}, ${system.mode}; checked ${plainTime(checkedAt)} in ${took} s; the province's clock says ${plainTime(now)}
`;
}

function figures({ dossiers, procedures, copy }: CheckReport): string {
  const lines: string[] = [];
  if (dossiers !== null) {
    const { rows, served, deleted, firstReceived, lastReceived } = dossiers;
    const days = firstReceived === null ? '' : `; received ${firstReceived} to ${lastReceived}`;
    lines.push(`${number(rows)} dossiers, ${number(served)} served, ${number(deleted)} deleted${days}\n`);
    lines.push(agencyTable(dossiers.agencies));
  }
  if (procedures !== null) {
    const agencies = procedures.agencies.map(({ agency, rows }) => `${agency} ${number(rows)}`);
    lines.push(`${number(procedures.rows)} procedures: ${agencies.join(', ')}\n`);
  }
  if (copy !== null) {
    const asOf = copy.asOf === null ? 'never completed' : `as of ${plainTime(copy.asOf)}`;
    lines.push(`Copy ${asOf}: ${number(copy.rows)} rows, ${number(copy.problems)} with a problem\n`);
  }
  return lines.join('');
}

function agencyTable(agencies: NonNullable<CheckReport['dossiers']>['agencies']): string {
  if (agencies.length === 0) return '';
  const shown = agencies.slice(0, MAX_AGENCIES);
  const more = agencies.length - shown.length;
  const table = formatTable(
    [
      { title: 'Agency' },
      { title: 'Dossiers', align: 'right' },
      { title: 'First received' },
      { title: 'Last received' },
    ],
    shown.map(({ agency, rows, firstReceived, lastReceived }) => [
      agency,
      number(rows),
      firstReceived ?? '–',
      lastReceived ?? '–',
    ]),
  );
  return `${table}${more > 0 ? `and ${more} more\n` : ''}`;
}

function findingText(finding: Finding, paint: Paint): string {
  const { severity, message, remedy, place, examples, sql } = finding;
  const label = paint(STYLES[severity], severity.toUpperCase().padEnd(8));
  const where = place === null || message.en.includes(place) ? '' : ` (${place})`;
  const lines = [
    ...valueLines(finding),
    ...finding.rows.slice(0, MAX_VALUES).map(rowLine),
    ...(examples.length === 0 ? [] : [`for example ${examples.join(', ')}`]),
    ...(sql === null ? [] : [paint('cyan', `${sql};`)]),
    paint('dim', remedy.en),
  ];
  return `${label}${message.en}${where}\n${lines.map((line) => `${' '.repeat(8)}${line}\n`).join('')}`;
}

function valueLines({ values, moreValues }: Finding): readonly string[] {
  const shown = values.slice(0, MAX_VALUES);
  const more = values.length - shown.length + moreValues;
  const table = formatTable(
    [{ title: '' }, { title: '', align: 'right' }, { title: '' }],
    shown.map(({ value, count, suggestion }) => [
      value,
      count === 0 ? '' : number(count),
      suggestion === null ? '' : `probably ${suggestion}`,
    ]),
  );
  const lines = table.split('\n').slice(1, -1);
  return more > 0 ? [...lines, `and ${number(more)} more`] : lines;
}

function rowLine({ place, column, value }: Finding['rows'][number]): string {
  return [place, column, value === null ? null : `"${value}"`].filter((part) => part !== null).join(': ');
}

function speed({ queries }: CheckReport): string {
  if (queries === null || queries.length === 0) return '';
  return formatTable(
    [{ title: 'Query' }, { title: 'Time', align: 'right' }, { title: 'Plan' }, { title: '' }],
    queries.map(({ name, tookMs, plan, detail }) => [
      name,
      tookMs === null ? 'failed' : `${tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms`,
      plan,
      detail,
    ]),
  );
}

function verdict({ connection, summary, notChecked }: CheckReport, paint: Paint): string {
  const { errors, warnings, notes } = summary;
  if (connection === 'unreachable') return paint('red', 'The system cannot be reached.\n');
  const left =
    notChecked.length === 0 ? '' : `; not checked: ${notChecked.map(({ part }) => part).join(', ')}`;
  const counts = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${plural(notes, 'note')}${left}`;
  if (errors > 0) return paint('red', `Not ready: ${counts}.\n`);
  return paint(warnings > 0 ? 'yellow' : 'green', `Ready: ${counts}.\n`);
}

function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
