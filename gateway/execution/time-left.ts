/** Kept back from every call, for joining and writing what came. */
const MERGE_MS = 20;

/** What one call may take of the time that a request has left; zero or less when there is none. */
export function timeLeftMs(deadlineAt: number): number {
  return deadlineAt - performance.now() - MERGE_MS;
}
