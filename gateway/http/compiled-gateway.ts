import type { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Operations } from '../operation/operations';
import type { ColdContext } from './cold-lane';

export type GatewayInterface = ApolloServerOptionsWithGateway<ColdContext>['gateway'];

/** What Apollo Server runs operations by: ApolloGateway adopts the supergraph, our own engine executes. */
export class CompiledGateway implements GatewayInterface {
  constructor(
    private readonly apollo: ApolloGateway,
    private readonly operations: () => Operations | null,
  ) {}

  async load(options: Parameters<GatewayInterface['load']>[0]): ReturnType<GatewayInterface['load']> {
    await this.apollo.load(options);
    return {
      executor: async ({ document, source, request, context }) => {
        // The name that the client gave: the warm lane looks the operation up by it.
        const prepared = this.operations()?.prepare(source, request.operationName ?? undefined, document);
        if (prepared === undefined) throw new TypeError('No supergraph is adopted yet');
        // Our server makes the context of every operation (cold-lane.ts).
        await (context as ColdContext).onPrepared(prepared);
        return {};
      },
    };
  }

  onSchemaLoadOrUpdate(
    callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0],
  ): ReturnType<GatewayInterface['onSchemaLoadOrUpdate']> {
    return this.apollo.onSchemaLoadOrUpdate(callback);
  }

  stop(): Promise<void> {
    return this.apollo.stop();
  }
}
