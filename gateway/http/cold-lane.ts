import type { ApolloServer } from '@apollo/server';
import type { OperationResult } from '../execution/operation-result';
import type { Operations } from '../operation/operations';
import type { Preparation } from '../operation/prepared-operation';
import { refuseDeepNesting } from './refuse-deep-nesting';

/** What Apollo Server carries through its pipeline for us. */
export interface ColdContext {
  readonly requestId: string;
  readonly isGet: boolean;
  /** What was in force when the operation began to be validated. */
  readonly operations: Operations | null;
  /** Called with the operation once it is valid and prepared; whatever comes of it does not go through Apollo Server again. */
  readonly onPrepared: (prepared: Preparation) => Promise<void>;
}

export interface ColdAsk {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly requestId: string;
  readonly isGet: boolean;
  readonly operations: Operations | null;
}

/**
 * An operation that is seen for the first time: Apollo Server parses and validates it. Gives what `answer` makes of it, or the
 * client's mistakes.
 *
 * @throws RequestError for brackets nested too deeply.
 */
export async function answerCold<Answered>(
  server: ApolloServer<ColdContext>,
  { query, operationName, ...context }: ColdAsk,
  answer: (prepared: Preparation) => Promise<Answered>,
): Promise<{ readonly answered: Answered } | { readonly refused: OperationResult }> {
  refuseDeepNesting(query);
  const answers: Promise<Answered>[] = [];
  const onPrepared = async (prepared: Preparation): Promise<void> => {
    const answered = answer(prepared);
    answers.push(answered);
    // What goes wrong is told below; Apollo Server has no part in it.
    await answered.catch(() => undefined);
  };
  const { body } = await server.executeOperation(
    { query, ...(operationName !== undefined && { operationName }) },
    { contextValue: { ...context, onPrepared } },
  );
  const [answered] = answers;
  if (answered !== undefined) return { answered: await answered };
  if (body.kind !== 'single') throw new TypeError('Nothing is delivered in parts here');
  return { refused: { ...(body.singleResult.errors && { errors: body.singleResult.errors }) } };
}
