import { localDay } from '../../schema/calendar-day';
import { createProcedureLoaders, type ProcedureLoaders } from './procedure-loader';
import type { ProcedureStore } from './procedure-store';

export interface ProceduresContext {
  /** The one instant of the request, ISO UTC. */
  readonly now: string;
  readonly loaders: ProcedureLoaders;
}

export function createProceduresContext(
  deps: { readonly store: ProcedureStore },
  { now }: { readonly now: string },
): ProceduresContext {
  return { now, loaders: createProcedureLoaders(deps.store) };
}

/** The day validity is asked for: the argument, else the day of the request's one instant. */
export function dayAsked(asOf: string | null | undefined, { now }: ProceduresContext): string {
  return asOf ?? localDay(now);
}
