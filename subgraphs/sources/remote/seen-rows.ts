import { hash } from 'node:crypto';

/** 64 bits of a row's content: two different rows of five million share one with a chance below one in a million. */
export interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

export function fingerprintOf(text: string): Fingerprint {
  const digest = hash('sha1', text, 'buffer');
  return { low: digest.readUInt32LE(0), high: digest.readUInt32LE(4) };
}

export function isSame(a: Fingerprint | undefined, b: Fingerprint | undefined): boolean {
  return a?.low === b?.low && a?.high === b?.high;
}

/** On which page a row was told: 12 bytes a row and at most 24 while it grows, where a Map of texts would be 150. */
export class SeenRows {
  #low = new Uint32Array(4_096);
  #high = new Uint32Array(4_096);
  /** 0: the place is free. */
  #page = new Uint32Array(4_096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** 0 when the row was not told. Pages count from 1. */
  pageOf(row: Fingerprint): number {
    return this.#page[this.#placeOf(row)] ?? 0;
  }

  add(row: Fingerprint, page: number): void {
    const place = this.#placeOf(row);
    if (this.#page[place] !== 0) return;
    this.#low[place] = row.low;
    this.#high[place] = row.high;
    this.#page[place] = page;
    this.#size += 1;
    if (this.#size * 3 > this.#page.length * 2) this.#grow();
  }

  #placeOf({ low, high }: Fingerprint): number {
    const mask = this.#page.length - 1;
    let place = low & mask;
    while (this.#page[place] !== 0 && (this.#low[place] !== low || this.#high[place] !== high)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #grow(): void {
    const [low, high, page] = [this.#low, this.#high, this.#page];
    const length = page.length * 2;
    this.#low = new Uint32Array(length);
    this.#high = new Uint32Array(length);
    this.#page = new Uint32Array(length);
    for (let i = 0; i < page.length; i += 1) {
      if (page[i] === 0) continue;
      // Each index is below the length of the old arrays.
      const row = { low: low[i] as number, high: high[i] as number };
      const place = this.#placeOf(row);
      this.#low[place] = row.low;
      this.#high[place] = row.high;
      this.#page[place] = page[i] as number;
    }
  }
}
