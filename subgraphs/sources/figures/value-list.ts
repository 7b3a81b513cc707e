/** Figures cannot be kept of this system: its questions go to its database. */
export class UnfitFiguresError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitFiguresError';
  }
}

/** The raw values of a column by number, in the order of their coming; the first is null. It only grows. */
export class ValueList {
  readonly #values: unknown[] = [null];
  readonly #numbers = new Map<unknown, number>([[null, 0]]);

  constructor(
    private readonly name: string,
    private readonly most: number,
  ) {}

  numberOf(raw: unknown): number {
    const value = raw ?? null;
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#values.length;
    if (number > this.most) {
      throw new UnfitFiguresError(`The system has more than ${this.most} different values of ${this.name}`);
    }
    this.#values.push(value);
    this.#numbers.set(value, number);
    return number;
  }

  get values(): readonly unknown[] {
    return this.#values;
  }
}

export interface FigureValues {
  readonly agency: ValueList;
  readonly procedure: ValueList;
  readonly field: ValueList;
  readonly channel: ValueList;
}

export function createFigureValues(): FigureValues {
  return {
    agency: new ValueList('agencies', 0xffff),
    procedure: new ValueList('procedures', 0xffff),
    field: new ValueList('fields', 0xffff),
    channel: new ValueList('channels', 0x7f),
  };
}
