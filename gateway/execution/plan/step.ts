import type { Run } from './run';

/** A node of a plan, compiled. `done` is called once, also when there was nothing to do or something failed. */
export interface Step {
  start(run: Run, done: () => void): void;
}

export function sequence(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  return {
    start: (run, done) => {
      let place = 0;
      const next = (): void => {
        const step = steps[place++];
        if (step === undefined || run.context.cancellation.isCancelled) done();
        else step.start(run, next);
      };
      next();
    },
  };
}

export function parallel(steps: readonly Step[]): Step {
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  return {
    start: (run, done) => {
      let open = steps.length;
      const oneDone = (): void => {
        open -= 1;
        if (open === 0) done();
      };
      if (open === 0) done();
      else for (const step of steps) step.start(run, oneDone);
    },
  };
}
