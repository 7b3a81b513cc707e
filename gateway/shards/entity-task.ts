import type { EntityProgram } from './fetch-program';
import { isRecord, type JsonObject } from './json-object';
import { teachIndex, type LookupItem } from './lookup-round';
import { scopeOfAgencies, scopeOfAll, type Scope } from './route';
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
    this.item = { key, asked: new Set(), lastAsked: [], isClosed: false };
    this.gathers = new Map(program.gathers.map((field) => [field.responseName, new Slot()]));
    this.result = Object.fromEntries(
      program.echoes.map(({ responseName, name }) => [
        responseName,
        name === '__typename' ? program.typeName : key,
      ]),
    );
  }

  get asksAnything(): boolean {
    return this.program.rows.length > 0 || this.gathers.size > 0;
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

  slots(): readonly Slot[] {
    return [...(this.program.rows.length > 0 ? [this.row] : []), ...this.gathers.values()];
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
    const agency = context.registry.directory.find(this.key);
    if (this.program.routes[0] === 'AGENCY')
      return scopeOfAgencies(context.subgraph, [agency?.code ?? this.key]);
    if (this.program.routes[0] === 'SCATTER') return scopeOfAll(context.subgraph);
    return { shards: [...this.item.asked].sort((a, b) => a - b), agencies: null, none: [] };
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
    const program = isRecord(representation) ? programs.get(String(representation['__typename'])) : undefined;
    if (!program || !isRecord(representation)) return null;
    const key = String(representation[program.key]);
    const id = JSON.stringify(representation);
    const task = unique.get(id) ?? new EntityTask(program, representation, key, index);
    unique.set(id, task);
    return task;
  });
  return { unique: [...unique.values()], ofRepresentation };
}

/** After the last round: the index learns where rows live, and which keys every system denied. */
export function finishEntityLookups(context: ShardingContext, tasks: readonly EntityTask[]): void {
  for (const program of new Set(tasks.map((task) => task.program))) {
    if (program.rows.length === 0) continue;
    const found = new Map<string, number>();
    const missing: string[] = [];
    for (const task of tasks.filter((one) => one.program === program)) {
      const winner = [...task.row.values].find(([, value]) => value !== null)?.[0];
      if (winner !== undefined) found.set(task.key, winner);
      else if (
        task.row.failures.size === 0 &&
        task.row.clientErrors.length === 0 &&
        task.item.asked.size === context.subgraph.shards.length
      )
        missing.push(task.key);
    }
    teachIndex(context, program.typeName, program.routes, found, missing);
  }
}
