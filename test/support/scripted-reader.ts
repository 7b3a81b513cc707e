import type {
  LocatedRecord,
  PassRequest,
  RawRecord,
  ReaderEvent,
  RecordReader,
} from '../../subgraphs/sources/copy/record-reader';

/** A step of a pass: something that is told, something that is thrown, or something that is waited for. */
export type Step = ReaderEvent | Error | (() => Promise<void> | void);

/** Tells what a test puts into it, pass by pass, and remembers what it was asked. */
export class ScriptedReader implements RecordReader {
  readonly requests: PassRequest[] = [];
  #passes: (readonly Step[])[] = [];

  /** What the next passes tell, in order; afterwards nothing. */
  willTell(...passes: readonly (readonly Step[])[]): void {
    this.#passes.push(...passes);
  }

  async *read(request: PassRequest): AsyncGenerator<ReaderEvent> {
    this.requests.push({ ...request, marks: new Map(request.marks) });
    for (const step of this.#passes.shift() ?? []) {
      if (step instanceof Error) throw step;
      if (typeof step === 'function') await step();
      else yield step;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#passes = [];
  }
}

export function rows(
  scope: string,
  records: readonly RawRecord[],
  mark: string | null = null,
): Extract<ReaderEvent, { kind: 'rows' }> {
  const located: LocatedRecord[] = records.map((record, i) => ({
    record,
    place: `${scope || 'list'}, item ${i + 1}`,
  }));
  return { kind: 'rows', scope, records: located, problems: [], mark };
}

export function complete(scope: string, mark: string | null = null): ReaderEvent {
  return { kind: 'complete', scope, mark };
}
