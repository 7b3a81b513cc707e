import type { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { DocumentNode } from 'graphql';
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
        // Our server makes the context of every operation (cold-lane.ts).
        await this.prepare(context as ColdContext, source, request.operationName ?? undefined, document);
        return {};
      },
    };
  }

  private async prepare(
    { operations, onPrepared }: ColdContext,
    query: string,
    /** As the client gave it: the warm lane looks the operation up by it. */
    operationName: string | undefined,
    document: DocumentNode,
  ): Promise<void> {
    const current = this.operations();
    if (current === null) throw new TypeError('No supergraph is adopted yet');
    // Another supergraph may have been adopted meanwhile: then it is parsed and validated again.
    const validated = current === operations ? document : undefined;
    await onPrepared(current.prepare(query, operationName, validated));
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
