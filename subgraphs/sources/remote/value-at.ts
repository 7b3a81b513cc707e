/** A value inside an answer, by a dotted path. A key that has dots itself is found first; the empty path is the whole. Never looks into prototypes. */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (isKeyed(value) && Object.hasOwn(value, path)) return withoutAttributes(value[path]);
  return withoutAttributes(path.split('.').reduce(ownValue, value));
}

/** An XML element with attributes (xsi:type) has its text beside them. */
function withoutAttributes(value: unknown): unknown {
  return isKeyed(value) && Object.hasOwn(value, '$value') ? value['$value'] : value;
}

export type Keyed = Readonly<Record<string, unknown>>;

export function isKeyed(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownValue(value: unknown, key: string): unknown {
  return isKeyed(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether the path is there at all, be it with nothing in it. */
export function hasPath(value: unknown, path: string): boolean {
  return valueAt(value, path) !== undefined;
}

/** The names at the top of an answer, for a message; never the values. */
export function namesIn(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (!isKeyed(value)) return value === null || value === undefined ? 'nothing' : `a ${typeof value}`;
  const names = Object.keys(value);
  if (names.length === 0) return 'nothing';
  return names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
}
