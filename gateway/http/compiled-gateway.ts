import type { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../execution/request-context';
import type { Operations } from '../operation/operations';

export type GatewayInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type Executor = Awaited<ReturnType<GatewayInterface['load']>>['executor'];
type ExecutorResult = Awaited<ReturnType<NonNullable<Executor>>>;

/** What Apollo Server runs operations by: ApolloGateway adopts the supergraph, our own engine executes. */
export class CompiledGateway implements GatewayInterface {
  constructor(
    private readonly apollo: ApolloGateway,
    private readonly operations: () => Operations | null,
  ) {}

  async load(options: Parameters<GatewayInterface['load']>[0]): ReturnType<GatewayInterface['load']> {
    await this.apollo.load(options);
    return {
      executor: ({ document, source, operationName, request, context }) =>
        this.execute(
          // Our server makes the context of every operation (graphql-endpoint.ts).
          context as RequestContext,
          { query: source, operationName: operationName ?? undefined, document },
          request.variables ?? {},
        ),
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

  private async execute(
    context: RequestContext,
    { query, operationName, document }: AskedOperation,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<ExecutorResult> {
    const prepared = this.operations()?.prepare(query, operationName, document);
    if (prepared === undefined) throw new TypeError('No supergraph is adopted yet');
    if ('errors' in prepared) return { errors: prepared.errors };
    const checked = prepared.coerceVariables(variables);
    if ('errors' in checked) return { errors: checked.errors };
    const { errors, ...rest } = await prepared.execute(checked.variables, context);
    return { ...rest, ...(errors !== undefined && { errors: errors.map(toGraphqlError) }) };
  }
}

interface AskedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly document: Parameters<NonNullable<Executor>>[0]['document'];
}

/** Apollo Server takes only these for errors with a path. */
function toGraphqlError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}
