import type { Dispatcher } from 'undici';
import type { Environment } from '../../../schema/runtime/environment';
import { realPause, type Pause } from './try-again';
import type { ListTimes } from './read-list';

/** What a reader of a service is given. */
export interface ServiceParts {
  /** Where secrets are. */
  readonly env: Environment;
  /** The mapping's own folder: files that it names are relative to it. */
  readonly baseFolder: string;
  /** Milliseconds; the system's clock unless told otherwise. */
  readonly clock?: () => number;
  /** Instead of the reader's own connections; not closed with the reader. */
  readonly dispatcher?: Dispatcher;
  /** How pauses before another try are waited for. */
  readonly pause?: Pause;
  /** A list that gives more rows is taken to have no end. */
  readonly maxRows?: number;
}

const MAX_ROWS = 20_000_000;

export function listTimes({
  clock = Date.now,
  pause = realPause,
  maxRows = MAX_ROWS,
}: ServiceParts): ListTimes {
  return { clock, pause, maxRows };
}
