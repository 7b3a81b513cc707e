import { type GraphQLSchema, isObjectType } from 'graphql';
import type { JsonObject } from '../json-object';
import { type DataPath, objectsAt } from './data-path';
import type { EntitySelection } from './entity-selection';
import type { RepresentationReader } from './representation-reader';
import type { Run } from './run';
import type { Step } from './step';

export interface EntityFetchOptions {
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

/** Asks a subgraph for more of the entities at a path of the data. */
export class EntityFetch implements Step {
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

  constructor(options: EntityFetchOptions) {
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

  start(run: Run, done: () => void): void {
    const objects = objectsAt(run.data, this.path);
    if (objects.length === 0) done();
    else run.queue({ fetch: this, objects, done });
  }

  /** A subgraph that has an interface as an object does not know the object's type: it never replaces one that is known. */
  mergeTypename(object: JsonObject, entity: JsonObject): void {
    const [known, given] = [object['__typename'], entity['__typename']];
    if (typeof given !== 'string') return;
    if (typeof known === 'string' && isObjectType(this.schema.getType(known))) return;
    object['__typename'] = given;
  }
}
