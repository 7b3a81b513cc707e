import type { Logger } from '../../schema/runtime/logger';
import type { SubgraphCaller } from './call-subgraph';
import { Cancellation } from '../../schema/runtime/cancellation';

export interface ProbedSystem {
  readonly name: string;
  /** Any one that answers is enough. */
  readonly urls: readonly string[];
}

export interface SystemProbe extends AsyncDisposable {
  /** From the last look at each; never waits. */
  state(): { readonly total: number; readonly answering: number };
}

export interface SystemProbeOptions {
  readonly systems: () => readonly ProbedSystem[];
  readonly caller: SubgraphCaller;
  readonly timeoutMs?: number;
  /** Between looks while nobody answers, and once somebody does. */
  readonly impatientMs?: number;
  readonly patientMs?: number;
  readonly logger: Logger;
  /** Called when a system begins to answer. */
  readonly onAnswering?: (name: string) => void;
}

/** Looks in the background, at all systems at once, whether they answer; says in the log when one comes or goes. */
export function startSystemProbe(options: SystemProbeOptions): SystemProbe {
  const { systems, logger, impatientMs = 50, patientMs = 5000 } = options;
  let answering = new Set<string>();
  const stop = new Cancellation();
  const look = async (): Promise<void> => {
    const seen = await Promise.all(
      systems().map(async (system) => ((await answers(system, options, stop)) ? [system.name] : [])),
    );
    if (stop.isCancelled) return;
    const now = new Set(seen.flat());
    for (const name of now) {
      if (answering.has(name)) continue;
      logger.info('A system answers', { system: name });
      options.onAnswering?.(name);
    }
    for (const name of answering)
      if (!now.has(name)) logger.warn('A system no longer answers', { system: name });
    answering = now;
  };
  const loop = async (): Promise<void> => {
    while (!stop.isCancelled) {
      await look();
      await pause(answering.size === 0 ? impatientMs : patientMs, stop);
    }
  };
  const done = loop();
  return {
    state: () => {
      const names = systems().map(({ name }) => name);
      return { total: names.length, answering: names.filter((name) => answering.has(name)).length };
    },
    [Symbol.asyncDispose]: async () => {
      stop.cancel();
      await done;
    },
  };
}

const LOOK = JSON.stringify({ query: '{ __typename }' });

async function answers(
  { urls }: ProbedSystem,
  options: SystemProbeOptions,
  cancellation: Cancellation,
): Promise<boolean> {
  const { caller, timeoutMs = 1000 } = options;
  const call = { body: LOOK, headers: {}, timeoutMs, isMutation: false, viewerClass: null, cancellation };
  const calls = urls.map((url) => caller.call({ ...call, url }));
  return Promise.any(calls).then(
    () => true,
    () => false,
  );
}

function pause(ms: number, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stopListening();
      resolve();
    }, ms);
    timer.unref();
    const stopListening = cancellation.onCancel(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
