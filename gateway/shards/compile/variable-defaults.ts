import { Kind, valueFromASTUntyped, type DocumentNode } from 'graphql';

/** The defaults that an operation gives its own variables: a gateway that reads a variable must read them too. */
export function variableDefaults(document: DocumentNode): Readonly<Record<string, unknown>> {
  const defaults: Record<string, unknown> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, defaultValue } of definition.variableDefinitions ?? [])
      if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  return defaults;
}
