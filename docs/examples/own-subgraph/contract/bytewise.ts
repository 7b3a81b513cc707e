/**
 * Orders two strings as their UTF-8 bytes do: what SQLite BINARY and PostgreSQL "C" call text order, and what every
 * text comparison on the wire means. JavaScript's `<` compares UTF-16 units and differs once a character beyond U+FFFF
 * meets one between U+E000 and U+FFFF. A lone surrogate has no UTF-8 form; it sorts by its number.
 */
export function compareBytewise(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return byteRank(unitA) < byteRank(unitB) ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

/** UTF-8 puts the surrogates (characters beyond U+FFFF) after U+E000..U+FFFF; below U+D800 both encodings agree. */
function byteRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
