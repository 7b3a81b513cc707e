import type { FetchDocument, FetchInput } from './subgraph-fetcher';

/** Writes the JSON text of one request: what is the same for all stands ready, only variables are filled in. */
export type BodyWriter = (input: FetchInput) => string;

export function compileBody({ text, operationName, variables, entities }: FetchDocument): BodyWriter {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const start = `{"query":${JSON.stringify(text)}${name},"variables":{`;
  if (variables.length === 0 && entities.length === 0) return () => `${start}}}`;
  const lists = entities.map(({ variable }, place) => `${place === 0 ? '' : ','}"${variable}":[`);
  const names = variables.map((variable) => ({ variable, key: `${JSON.stringify(variable)}:` }));
  return (input) => {
    let body = start;
    for (let place = 0; place < lists.length; place++)
      body += `${lists[place] ?? ''}${input.representations[place]?.join(',') ?? ''}]`;
    let isFirst = lists.length === 0;
    for (const { variable, key } of names) {
      // A variable that was not given is left to its default.
      if (!Object.hasOwn(input.variables, variable)) continue;
      const value = input.variables[variable];
      if (value === undefined) continue;
      body += `${isFirst ? '' : ','}${key}${JSON.stringify(value)}`;
      isFirst = false;
    }
    return `${body}}}`;
  };
}
