import { type ASTVisitor, GraphQLError, type NameNode, type ValidationContext } from 'graphql';

/** Set on an object this is no key but its prototype: values under it are lost, in the planner and in many a client. */
const PROTOTYPE_NAME = '__proto__';

/** Refuses the one alias and the one variable that an answer cannot carry, instead of losing their values. */
export function refuseProtoNameRule(context: ValidationContext): ASTVisitor {
  const refuse = (name: NameNode | undefined, use: string): void => {
    if (name?.value !== PROTOTYPE_NAME) return;
    const message = `"${PROTOTYPE_NAME}" cannot be ${use}; choose another name`;
    context.reportError(new GraphQLError(message, { nodes: name }));
  };
  return {
    Field: ({ alias }) => refuse(alias, 'an alias'),
    VariableDefinition: ({ variable }) => refuse(variable.name, 'a variable'),
  };
}
