/** Some systems keep neither steps nor supplements; null says so. */
const NOT_KEPT = /^(?:steps|supplements)(?:_\d+)?$/;

/** The answer of one that keeps everything, as systems that keep less give it: what they answered null for is null. */
export function asKept(expected: unknown, got: unknown, name = ''): unknown {
  if (got === null && NOT_KEPT.test(name)) return null;
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length)
    return expected.map((item, place) => asKept(item, got[place]));
  if (isRecord(expected) && isRecord(got))
    return Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [key, asKept(value, got[key], key)]),
    );
  return expected;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
