import type { Logger } from '../../schema/runtime/logger';
import type { OperationResult } from '../execution/operation-result';
import { type Answer, hideFaults, isInternal, toAnswer, writeBody } from './answer';
import type { AnswerMediaType } from './media-type';

/** A result whose text is written once, however many wait for it. */
export class WrittenResult {
  private body: string | Buffer | null = null;

  /** @param isShared several take it: bytes then, because a text is encoded anew each time it is sent. */
  constructor(
    private readonly result: OperationResult,
    private readonly isShared: boolean,
  ) {}

  toAnswer(mediaType: AnswerMediaType, requestId: string, logger: Logger): Answer {
    const { result } = this;
    if (result.errors?.some(isInternal) !== true) return toAnswer(result, this.write(), mediaType);
    // It tells each client the id of its own request.
    const hidden = hideFaults(result, requestId, logger);
    return toAnswer(hidden, writeBody(hidden), mediaType);
  }

  private write(): string | Buffer {
    if (this.body !== null) return this.body;
    const body = writeBody(this.result);
    return (this.body = this.isShared && typeof body === 'string' ? Buffer.from(body) : body);
  }
}
