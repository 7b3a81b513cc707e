import type { ApolloServer } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Logger } from '../../schema/runtime/logger';
import type { OperationResult } from '../execution/operation-result';
import type { RequestContext } from '../execution/request-context';
import type { Operations } from '../operation/operations';
import type { Preparation, PreparedOperation } from '../operation/prepared-operation';
import type { Answer } from './answer';
import { answerCold, type ColdContext } from './cold-lane';
import type { AnswerMediaType } from './media-type';
import { notByGet } from './not-by-get';
import { type PersistedQueries, resolveQuery } from './persisted-queries';
import type { GraphqlRequest } from './read-graphql-request';
import type { SharedExecutions } from './shared-executions';
import { WrittenResult } from './written-result';

/** Who asks, and how the answer is to look. */
export interface Client {
  readonly context: RequestContext;
  readonly mediaType: AnswerMediaType;
  readonly isGet: boolean;
}

export interface OperationsInForce {
  /** Null until a supergraph is adopted. */
  readonly operations: () => Operations | null;
  readonly server: ApolloServer<ColdContext>;
  /** Null where whole operations are not shared. */
  readonly shared: SharedExecutions | null;
  /** Null where no query is known by its hash. */
  readonly persisted: PersistedQueries | null;
  readonly logger: Logger;
}

/** One operation of one client, from its text to its answer: by the warm lane if it is prepared, else by the cold one. */
export class OperationAnswerer {
  constructor(private readonly inForce: OperationsInForce) {}

  /** The answer of an execution that the same text has set off and that is not over; null when there is none to join. */
  join(identity: string, client: Client): Promise<Answer> | null {
    const { operations, shared, logger } = this.inForce;
    const scope = operations();
    if (shared === null || scope === null || client.context.viewerClass === null) return null;
    const joined = shared.join(keyOf(identity, client.context), scope, client.context);
    if (joined === null) return null;
    logger.debug('An operation is answered', {
      requestId: client.context.requestId,
      lane: 'warm',
      joins: true,
    });
    return joined.then((written) => this.toAnswer(written, client));
  }

  /**
   * @param identity texts that are equal ask the same.
   * @throws RequestError
   */
  async answer(request: GraphqlRequest, identity: string, client: Client): Promise<Answer> {
    const { operations, server, persisted, logger } = this.inForce;
    const { requestId } = client.context;
    const query = resolveQuery(request, persisted);
    if (typeof query !== 'string') return this.refuse([query], client);
    const onGood = (): void => {
      if (request.hash !== undefined) persisted?.keep(request.hash, query);
    };
    const ask = { variables: request.variables, identity, client, onGood };
    const current = operations();
    const warm = current?.find(query, request.operationName);
    logger.debug('An operation is answered', { requestId, lane: warm === undefined ? 'cold' : 'warm' });
    if (warm !== undefined) return this.run(warm, ask);
    const { operationName } = request;
    const cold = { query, operationName, requestId, isGet: client.isGet, operations: current };
    const answered = await answerCold(server, cold, (prepared) => this.runPrepared(prepared, ask));
    return 'answered' in answered ? answered.answered : this.give(answered.refused, client);
  }

  private async runPrepared(prepared: Preparation, ask: Ask): Promise<Answer> {
    return 'errors' in prepared ? this.refuse(prepared.errors, ask.client) : this.run(prepared, ask);
  }

  private async run(prepared: PreparedOperation, ask: Ask): Promise<Answer> {
    const { client } = ask;
    ask.onGood();
    if (client.isGet && prepared.kind !== 'query') return this.refuse([notByGet(prepared.kind)], client);
    const checked = prepared.coerceVariables(ask.variables);
    if ('errors' in checked) return this.refuse(checked.errors, client);
    const written = await this.execute(prepared, checked.variables, ask);
    return this.toAnswer(written, client);
  }

  private async execute(
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    { identity, client: { context } }: Ask,
  ): Promise<WrittenResult> {
    const { shared } = this.inForce;
    const scope = this.inForce.operations();
    const isQuery = prepared.kind === 'query';
    if (shared !== null && scope !== null && isQuery && context.viewerClass !== null)
      return shared.run(keyOf(identity, context), { scope, prepared, variables }, context);
    if (!isQuery) shared?.endJoining();
    try {
      return new WrittenResult(await prepared.execute(variables, context), false);
    } finally {
      // What was read while it ran may not show what it changed.
      if (!isQuery) shared?.endJoining();
    }
  }

  private refuse(errors: readonly GraphQLError[], client: Client): Answer {
    return this.give({ errors: errors.map((error) => error.toJSON()) }, client);
  }

  private give(result: OperationResult, client: Client): Answer {
    return this.toAnswer(new WrittenResult(result, false), client);
  }

  private toAnswer(written: WrittenResult, { context, mediaType }: Client): Answer {
    return written.toAnswer(mediaType, context.requestId, this.inForce.logger);
  }
}

interface Ask {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly identity: string;
  readonly client: Client;
  /** Called when the text is known to be good. */
  readonly onGood: () => void;
}

/** Everything that an answer depends on. No header holds the character between the parts. */
function keyOf(identity: string, { now, completeness, viewerClass }: RequestContext): string {
  return `${now}\0${completeness}\0${viewerClass ?? ''}\0${identity}`;
}
