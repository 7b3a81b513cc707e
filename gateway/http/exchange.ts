import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../schema/runtime/logger';
import { BadInputError } from '../../schema/runtime/coded-error';
import type { Answer } from './answer';
import { internalError } from './internal-error';
import { RequestError } from './request-error';

/** One request and the one answer it gets. */
export class Exchange {
  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly requestId: string,
    /** Headers that every answer to this request carries: name, value, name, value. */
    private readonly headers: readonly string[],
  ) {}

  send({ status, contentType, body, headers = [] }: Answer): void {
    const { response } = this;
    if (response.headersSent || response.destroyed) return;
    // One list and one write: several times cheaper than setHeader for each.
    response.writeHead(status, [
      'content-type',
      contentType,
      'content-length',
      String(typeof body === 'string' ? Buffer.byteLength(body) : body.length),
      ...this.commonHeaders(),
      ...headers,
    ]);
    response.end(body);
  }

  sendJson(status: number, value: unknown, headers: readonly string[] = []): void {
    this.send({
      status,
      contentType: 'application/json; charset=utf-8',
      body: `${JSON.stringify(value)}\n`,
      headers: ['cache-control', 'no-store', ...headers],
    });
  }

  /** For what writes its own head and body. */
  sendBy(write: (response: ServerResponse) => void): void {
    const headers = this.commonHeaders();
    for (let at = 0; at + 1 < headers.length; at += 2) {
      const [name = '', value = ''] = headers.slice(at, at + 2);
      this.response.setHeader(name, value);
    }
    write(this.response);
  }

  /** Answers whatever was thrown: the client's mistakes as they are, all else as a fault of ours. */
  fail(error: unknown, logger: Logger): void {
    if (error instanceof BadInputError) return this.refuse(error);
    logger.error('A request failed inside', { requestId: this.requestId, error });
    if (this.response.headersSent) this.response.destroy();
    else this.sendJson(500, { errors: [internalError(this.requestId)] });
  }

  private refuse(error: BadInputError): void {
    if (this.response.headersSent) return void this.response.destroy();
    if (!this.request.complete) letGo(this.request);
    const status = error instanceof RequestError ? error.status : 400;
    const { message, code } = error;
    const headers = status === 405 ? ['allow', 'GET, POST'] : [];
    this.sendJson(status, { errors: [{ message, extensions: { code } }] }, headers);
  }

  private commonHeaders(): readonly string[] {
    return ['x-request-id', this.requestId, 'x-content-type-options', 'nosniff', ...this.headers];
  }
}

const LINGER_MS = 2000;

/**
 * The rest of a refused body is thrown away for a moment, because a connection closed while the client still writes takes our
 * answer with it (so no `connection: close` either: Node would close as soon as the answer is out); then it is cut.
 */
function letGo(request: IncomingMessage): void {
  request.resume();
  const cut = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(cut));
}
