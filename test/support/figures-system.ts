import { eventually } from './eventually';
import { type FakeSystem, readText, startFakeSystem } from './fake-system';

/** A system whose dossiers subgraph answers `{ performance { received } }` alone, over HTTP. */
export class FiguresSystem implements AsyncDisposable {
  /** How often it was asked for its figures; whether it lives is asked of it too. */
  asked = 0;
  /** What its answers carry beside the data. */
  extensions: unknown = undefined;
  private gate: Promise<void> = Promise.resolve();

  private constructor(private readonly server: FakeSystem) {}

  static async start(received: number): Promise<FiguresSystem> {
    const system: FiguresSystem = new FiguresSystem(
      await startFakeSystem(async (request, response) => {
        const body = await readText(request);
        response.setHeader('content-type', 'application/json');
        if (!body.includes('performance')) return void response.end('{"data":{"__typename":"Query"}}');
        system.asked += 1;
        const { extensions } = system;
        await system.gate;
        response.end(JSON.stringify({ data: { performance: { received } }, extensions }));
      }),
    );
    return system;
  }

  get url(): string {
    return this.server.url;
  }

  /** Answers wait from now on, until the function given back is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gate = promise;
    return resolve;
  }

  async untilAsked(count: number): Promise<void> {
    await eventually(
      () => this.asked,
      (asked) => asked >= count,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}
