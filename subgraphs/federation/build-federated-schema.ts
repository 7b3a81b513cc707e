import { entitiesField, EntityType, serviceField } from '@apollo/subgraph/dist/types';
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isObjectType,
} from 'graphql';
import type { ContainerType } from 'type-graphql';
import { buildPlainSchema, type FederatedClasses, toFederatedSdl } from './print-federated-sdl';

/** Answers one representation of `_entities`; null when no such row exists. The context is the subgraph's own. */
export type ReferenceResolver<Context> = (
  reference: Readonly<Record<string, unknown>>,
  context: Context,
) => object | null | Promise<object | null>;

export interface FederatedSchemaOptions<Context> extends FederatedClasses {
  /** One instance of every class in `resolvers`, in any order. */
  readonly instances: readonly object[];
  /** By type name. An entity that is left out answers with its representation, as a bare reference does. */
  readonly references?: Readonly<Record<string, ReferenceResolver<Context>>>;
}

/**
 * The executable subgraph schema of decorated classes: `_service`, `_entities` and the subgraph's own fields.
 *
 * @example
 * ```ts
 * @ObjectType('Book', { description: 'Sách. A book.', simpleResolvers: true })
 * @Directive('@key(fields: "isbn")')
 * @Directive('@shardBy(graph: "books", key: "isbn", route: [INDEX, SCATTER])')
 * class Book {
 *   @Field(() => ID, { description: 'Mã sách. Its ISBN.' }) readonly isbn!: string;
 *   @Field(() => Int, { nullable: true, description: '…' }) @Directive('@gather(by: SUM)') readonly copies!: number | null;
 * }
 *
 * @InputType('BookFilter', { description: '…' })
 * class BookFilter {
 *   @Field(() => [ID], { nullable: true, description: '…' })      // [ID!]
 *   @Directive('@shardArg(route: AGENCY)')
 *   readonly libraries?: readonly string[] | null;
 * }
 *
 * @Resolver(() => Book)
 * class BookResolver {
 *   constructor(private readonly books: BookStore) {}
 *
 *   @Query(() => Book, { nullable: true, description: '…' })
 *   @Directive('@gather(by: FIRST)')
 *   book(
 *     @Arg('isbn', () => ID, { description: '…' }) @Directive('@shardArg(route: INDEX)') isbn: string,
 *     @Ctx() context: BooksContext,
 *   ): Promise<Book | null> {
 *     return context.loaders.book.load(isbn);
 *   }
 * }
 *
 * const classes = { resolvers: [BookResolver], orphanedTypes: [] } as const;
 * export const printBooksSdl = (): string => printFederatedSdl(classes);
 * export function buildBooksSchema(deps: BooksDeps): GraphQLSchema {
 *   return buildFederatedSchema<BooksContext>({
 *     ...classes,
 *     instances: [new BookResolver(deps.books)],
 *     references: { Book: ({ isbn }, { loaders }) => loaders.book.load(String(isbn)) },
 *   });
 * }
 * ```
 *
 * Five things that surprise:
 * - Inline arguments print in the reverse order of the parameters (that is how decorators run); the fields of an @ArgsType class
 *   print in their own order.
 * - A @FieldResolver of a field that is also declared with @Field on the type must be a method of the field's own name, else it
 *   is silently not called (`simpleResolvers` on the type does not hinder it).
 * - @Directive on an inline @Arg reaches the SDL on a @Query or @Mutation. On a @FieldResolver whose field is not also declared
 *   with @Field on the type it is lost (type-graphql files it under the resolver, the field under the type): put such arguments
 *   in an @ArgsType class, where @Directive on the property always works.
 * - Two directives on one element stand in the SDL in the order written.
 * - An object from a reference or a resolver may be a plain object with the type's properties; it need not be an instance,
 *   but it must not be frozen when it is answered by a reference (`@apollo/subgraph` writes `__typename` on it).
 */
export function buildFederatedSchema<Context>(options: FederatedSchemaOptions<Context>): GraphQLSchema {
  const plain = buildPlainSchema(options, containerOf(options));
  for (const [name, resolve] of Object.entries(options.references ?? {})) {
    const type = plain.getType(name);
    // Where the resolver of `_entities` looks for it.
    if (type !== undefined)
      type.extensions = {
        ...type.extensions,
        apollo: { subgraph: { resolveReference: settleEach(resolve) } },
      };
  }
  return withFederationFields(plain);
}

/**
 * What `buildSubgraphSchema` would add to the schema, from the same library's parts. It would print the schema, read it back,
 * validate it as a subgraph and build it a second time, which takes ten times as long, and every system's thread does it at
 * start. Composition validates the printed schema all the same.
 */
function withFederationFields(plain: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = plain.toConfig();
  if (!query) throw new Error('A subgraph needs a root field');
  const entities = types
    .filter(isObjectType)
    .filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'key'));
  const { fields, ...root } = query.toConfig();
  let sdl: string | undefined;
  const federationFields = {
    ...(entities.length > 0 && {
      _entities: { ...entitiesField, type: entitiesOf(entities) },
    }),
    _service: { ...serviceField, resolve: () => ({ sdl: (sdl ??= toFederatedSdl(plain)) }) },
  };
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...root, fields: { ...fields, ...federationFields } }),
    types: types.filter((type) => type !== query),
  });
}

function entitiesOf(types: readonly GraphQLObjectType[]): GraphQLNonNull<GraphQLList<GraphQLUnionType>> {
  const entity = new GraphQLUnionType({ ...EntityType.toConfig(), types: [...types] });
  return new GraphQLNonNull(new GraphQLList(entity));
}

/** `@apollo/subgraph` calls references in a plain loop: one that throws instead of rejecting would lose all the others. */
function settleEach<Context>(resolve: ReferenceResolver<Context>) {
  return async (reference: Readonly<Record<string, unknown>>, context: Context): Promise<object | null> =>
    resolve(reference, context);
}

function containerOf<Context>(options: FederatedSchemaOptions<Context>): ContainerType {
  const instances = new Map<unknown, object>(
    options.instances.map((instance) => [instance.constructor, instance]),
  );
  const missing = options.resolvers.filter((resolver) => !instances.has(resolver));
  if (missing.length > 0) {
    throw new Error(`No instance was given for the resolvers ${missing.map(({ name }) => name).join(', ')}`);
  }
  return { get: (resolver: unknown) => instances.get(resolver) };
}
