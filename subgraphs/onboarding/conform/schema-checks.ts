import { type DocumentNode, parse } from 'graphql';
import { CheckFailure, type ConformanceCheck, requireThat, shorten } from './conformance-check';
import type { ConformanceContext } from './conformance-context';
import { readContract } from './contract';
import { isJsonObject } from './endpoint';
import { compareTypes, missingDirectives } from './schema-differences';
import { readSdlTypes, type SdlType } from './sdl-types';

const SDL_QUESTION = { query: '{ _service { sdl } }' };

/** The schema, as the endpoint itself tells it: no introspection is needed. */
export const SCHEMA_CHECKS: readonly ConformanceCheck<ConformanceContext>[] = [
  {
    id: 'schema.sdl',
    title: {
      vi: '`_service { sdl }` trả về lược đồ GraphQL đọc được.',
      en: '`_service { sdl }` answers an SDL that parses.',
    },
    async run(context) {
      await readTheirs(context);
    },
  },
  {
    id: 'schema.types',
    title: {
      vi: 'Mọi kiểu, trường, đối số và giá trị enum của hợp đồng đều có, cùng kiểu và cùng tính bắt buộc.',
      en: 'Every type, field, argument and enum value of the contract is there, of the same type and nullability.',
    },
    async run(context) {
      const { errors, notes } = compareTypes(...(await readBoth(context)));
      requireNone(errors, 'every type and field of the contract');
      return notes;
    },
  },
  {
    id: 'schema.keys',
    title: {
      vi: 'Mỗi thực thể có @key đúng như hợp đồng.',
      en: 'Every entity has the @key of the contract.',
    },
    async run(context) {
      requireNone(missingDirectives(...(await readBoth(context)), 'keys'), 'the keys of the contract');
    },
  },
  {
    id: 'schema.shards',
    title: {
      vi: 'Các chỉ thị @shardBy, @shardArg, @gather đúng như hợp đồng.',
      en: 'The directives @shardBy, @shardArg and @gather are those of the contract.',
    },
    async run(context) {
      requireNone(
        missingDirectives(...(await readBoth(context)), 'shards'),
        'the shard directives of the contract',
      );
    },
  },
  {
    id: 'schema.entry',
    title: {
      vi: '`__typename` và `_entities` trả lời được.',
      en: '`__typename` and `_entities` answer.',
    },
    async run({ endpoint }) {
      const question = {
        query: 'query ($reps: [_Any!]!) { __typename _entities(representations: $reps) { __typename } }',
        variables: { reps: [] },
      };
      const data = await endpoint.data(question);
      requireThat(data['__typename'] === 'Query', question, '__typename "Query"', data['__typename']);
      requireThat(JSON.stringify(data['_entities']) === '[]', question, '_entities: []', data['_entities']);
    },
  },
];

type Types = ReadonlyMap<string, SdlType>;

async function readBoth(context: ConformanceContext): Promise<[contract: Types, theirs: Types]> {
  return [readSdlTypes(readContract(context.subgraph)), readSdlTypes(await readTheirs(context))];
}

async function readTheirs({ endpoint }: Pick<ConformanceContext, 'endpoint'>): Promise<DocumentNode> {
  const data = await endpoint.data(SDL_QUESTION);
  const service = data['_service'];
  const sdl = isJsonObject(service) ? service['sdl'] : undefined;
  requireThat(typeof sdl === 'string', SDL_QUESTION, 'the SDL as text', sdl);
  try {
    return parse(sdl);
  } catch (error) {
    throw new CheckFailure({
      request: SDL_QUESTION,
      expected: 'an SDL that parses',
      got: shorten(String(error)),
    });
  }
}

function requireNone(mistakes: readonly string[], expected: string): void {
  if (mistakes.length === 0) return;
  throw new CheckFailure({ request: SDL_QUESTION, expected, got: mistakes.join('; ') });
}
