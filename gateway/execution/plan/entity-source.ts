import { type GraphQLSchema, isObjectType } from 'graphql';
import type { JsonObject } from '../json-object';
import type { DataPath } from './data-path';
import type { EntitySelection } from './entity-selection';
import type { RepresentationReader } from './representation-reader';

export interface EntitySourceOptions {
  /** Its number in the plan. */
  readonly id: number;
  readonly subgraph: string;
  readonly path: DataPath;
  readonly operationName: string | undefined;
  readonly selection: EntitySelection;
  readonly reader: RepresentationReader;
  readonly rewriteOutput: ((value: unknown) => void) | null;
  readonly schema: GraphQLSchema;
  readonly openTypes: ReadonlySet<string>;
}

/** What one fetch of a plan asks of entities, and how its answers join the data. */
export class EntitySource {
  readonly id: number;
  readonly subgraph: string;
  readonly path: DataPath;
  readonly operationName: string | undefined;
  readonly selection: EntitySelection;
  readonly rewriteOutput: ((value: unknown) => void) | null;
  /** Keys that an answer may give to an entity; `__typename` has a rule of its own. */
  readonly keys: readonly string[];
  readonly givesTypename: boolean;
  /** See mergeKeys. */
  readonly openTypes: ReadonlySet<string>;
  readonly reader: RepresentationReader;
  private readonly schema: GraphQLSchema;

  constructor(options: EntitySourceOptions) {
    const { selection } = options;
    this.id = options.id;
    this.subgraph = options.subgraph;
    this.path = options.path;
    this.operationName = options.operationName;
    this.selection = selection;
    this.reader = options.reader;
    this.rewriteOutput = options.rewriteOutput;
    this.schema = options.schema;
    this.openTypes = options.openTypes;
    this.keys = selection.keys.filter((key) => key !== '__typename');
    this.givesTypename = selection.keys.includes('__typename');
  }

  /** A subgraph that has an interface as an object does not know the object's type: it never replaces one that is known. */
  mergeTypename(object: JsonObject, entity: JsonObject): void {
    const [known, given] = [object['__typename'], entity['__typename']];
    if (typeof given !== 'string') return;
    if (typeof known === 'string' && isObjectType(this.schema.getType(known))) return;
    object['__typename'] = given;
  }
}

/** What one fetch may ask for now: objects of the data. */
export interface EntityBatch {
  readonly fetch: EntitySource;
  readonly objects: readonly JsonObject[];
  readonly done: () => void;
}
