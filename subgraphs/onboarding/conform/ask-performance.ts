import { NOW_HEADER } from '../../../schema/wire-headers';
import type { DossierClock } from '../../sources/dossiers/dossier-query';
import { inParentheses } from './ask-page';
import type { Filter } from './collection';
import { requireThat } from './conformance-check';
import { COUNTED_FIGURES, type Figures } from './count-performance';
import { type Endpoint, type GraphqlQuestion, isJsonObject, type JsonObject } from './endpoint';

export const GROUPINGS = ['agency', 'field', 'procedure', 'month', 'channel'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface PerformanceAsked {
  readonly filter?: Filter;
  readonly clock?: DossierClock;
  readonly now?: string;
  readonly groupBy?: Grouping;
}

export interface Group {
  readonly key: string | null;
  readonly figures: Figures;
  readonly whole: JsonObject;
}

/** Every figure that belongs to a total or a group. */
export const ALL_FIGURES = [...COUNTED_FIGURES, 'onTimeRate', 'workingDays', 'meanWorkingDays'].join(' ');

export function performanceQuestion({ filter, clock, now, groupBy }: PerformanceAsked): GraphqlQuestion {
  const given = Object.entries({ filter, clock }).filter(([, value]) => value !== undefined);
  const declared = given.map(([name]) => `$${name}: ${name === 'filter' ? 'PerformanceFilter' : 'Clock!'}`);
  const passed = inParentheses(given.map(([name]) => `${name}: $${name}`).join(', '));
  const selection = groupBy === undefined ? ALL_FIGURES : groupSelection(groupBy);
  return {
    query: `query${inParentheses(declared.join(', '))} { performance${passed} { ${selection} } }`,
    variables: Object.fromEntries(given),
    ...(now !== undefined && { headers: { [NOW_HEADER]: now } }),
  };
}

/** Throws CheckFailure when a figure is no number. */
export async function askTotal(endpoint: Endpoint, asked: PerformanceAsked): Promise<Group> {
  const question = performanceQuestion(asked);
  const value = (await endpoint.data(question))['performance'];
  requireThat(isJsonObject(value), question, 'performance', value);
  return { key: null, figures: readFigures(question, value), whole: value };
}

export async function askGroups(
  endpoint: Endpoint,
  asked: PerformanceAsked & { readonly groupBy: Grouping },
): Promise<readonly Group[]> {
  const question = performanceQuestion(asked);
  const performance = (await endpoint.data(question))['performance'];
  const groups = isJsonObject(performance) ? performance[groupField(asked.groupBy)] : undefined;
  requireThat(Array.isArray(groups), question, `a list ${groupField(asked.groupBy)}`, performance);
  return groups.map((group: unknown) => {
    requireThat(isJsonObject(group), question, 'a group', group);
    return { key: readKey(group[asked.groupBy]), figures: readFigures(question, group), whole: group };
  });
}

function groupField(groupBy: Grouping): string {
  return `by${groupBy.slice(0, 1).toUpperCase()}${groupBy.slice(1)}`;
}

function groupSelection(groupBy: Grouping): string {
  const isEntity = groupBy === 'agency' || groupBy === 'procedure';
  return `${groupField(groupBy)} { ${groupBy}${isEntity ? ' { code }' : ''} ${ALL_FIGURES} }`;
}

function readKey(value: unknown): string | null {
  const key = isJsonObject(value) ? value['code'] : value;
  return typeof key === 'string' ? key : null;
}

function readFigures(question: GraphqlQuestion, value: JsonObject): Figures {
  const figures = COUNTED_FIGURES.map((name) => {
    const figure = value[name];
    requireThat(typeof figure === 'number', question, `a number for ${name}`, figure);
    return [name, figure];
  });
  return Object.fromEntries(figures) as Figures; // It has every key of COUNTED_FIGURES.
}
