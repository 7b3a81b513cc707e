import type { EntityProgram } from '../compile/fetch-program';
import { isJsonObject, type JsonObject } from '../../execution/json-object';
import { learnOutcome, lookupItem, scopeOfLookup, type LookupItem } from './lookup-round';
import { scopeOfAgencies, scopeOfAll, type Scope } from '../registry/route';
import type { ShardingContext } from './sharding-context';
import { Slot } from './slot';

/** One entity under way: its key, what shards said of its row and of each gathered field, and the object that comes of it. */
export class EntityTask {
  readonly row = new Slot();
  readonly item: LookupItem;
  result: JsonObject | null;
  private readonly gathers: ReadonlyMap<string, Slot>;

  constructor(
    readonly program: EntityProgram,
    readonly representation: JsonObject,
    readonly key: string,
    /** Place of the first representation that asks for this entity. */
    readonly firstIndex: number,
  ) {
    this.item = lookupItem(key);
    this.gathers = new Map(program.gathers.map((field) => [field.responseName, new Slot()]));
    this.result = Object.fromEntries(
      program.echoes.map(({ responseName, name }) => [
        responseName,
        name === '__typename' ? program.typeName : key,
      ]),
    );
  }

  /** A row is found once; gathered fields alone are asked of every shard that a route names. */
  get isFound(): boolean {
    if (this.program.rows.length > 0) return this.row.hasValue;
    return [...this.gathers.values()].some((slot) => slot.hasValue);
  }

  slotOf(responseName: string): Slot {
    const slot = this.gathers.get(responseName);
    if (!slot) throw new TypeError(`"${responseName}" is not gathered on "${this.program.typeName}"`);
    return slot;
  }

  add(responseName: string, value: unknown): void {
    if (this.result) this.result[responseName] = value;
  }

  addRow(row: JsonObject): void {
    if (this.result) Object.assign(this.result, row);
  }

  loseRow(): void {
    this.result = null;
  }

  /** By agency code: every system of that agency, and nobody's when it is expected and nobody holds it. Else the shards asked. */
  scopeOf(context: ShardingContext): Scope {
    const asked = scopeOfLookup(context, this.item, this.isFound);
    const [route] = this.program.routes;
    if (route !== 'AGENCY' && route !== 'SCATTER') return asked;
    const agency = context.registry.directory.find(this.key)?.code ?? this.key;
    const scope =
      route === 'AGENCY' ? scopeOfAgencies(context.subgraph, [agency]) : scopeOfAll(context.subgraph);
    const shards = new Set([...scope.shards, ...asked.shards]);
    return { ...scope, shards: [...shards].sort((a, b) => a - b) };
  }
}

export interface EntityTasks {
  readonly unique: readonly EntityTask[];
  /** One place per representation; null where a representation names no type of this fetch. */
  readonly ofRepresentation: readonly (EntityTask | null)[];
}

/** One task per entity: representations of one key travel once. */
export function entityTasks({
  programs,
  representations,
}: {
  programs: ReadonlyMap<string, EntityProgram>;
  representations: readonly unknown[];
}): EntityTasks {
  const unique = new Map<string, EntityTask>();
  const ofRepresentation = representations.map((representation, index): EntityTask | null => {
    const program = isJsonObject(representation)
      ? programs.get(String(representation['__typename']))
      : undefined;
    if (!program || !isJsonObject(representation)) return null;
    const key = String(representation[program.key]);
    const id = JSON.stringify(representation);
    const task = unique.get(id) ?? new EntityTask(program, representation, key, index);
    unique.set(id, task);
    return task;
  });
  return { unique: [...unique.values()], ofRepresentation };
}

/** After the last round: the index learns where rows live, and which keys every system denied. */
export function learnEntities(context: ShardingContext, tasks: readonly EntityTask[]): void {
  for (const [program, some] of Map.groupBy(tasks, (task) => task.program)) {
    if (program.rows.length === 0) continue;
    learnOutcome(
      context,
      program,
      some.map(({ item, row }) => ({ item, slot: row })),
    );
  }
}
