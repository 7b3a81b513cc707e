import type { EntityProgram, GatheredField } from '../compile/fetch-program';
import { prepareField, type PreparedField } from './prepare-field';
import type { ShardingContext } from './sharding-context';

/** The gathered fields of the entities of one request with their arguments read, or the client's mistakes in them. */
export class PreparedFields {
  private readonly ready = new Map<GatheredField, PreparedField>();
  private readonly refused = new Map<GatheredField, unknown>();

  constructor(
    context: ShardingContext,
    programs: Iterable<EntityProgram>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    for (const field of [...programs].flatMap((entity) => entity.gathers)) {
      try {
        this.ready.set(field, prepareField(field, variables, context));
      } catch (error) {
        this.refused.set(field, error);
      }
    }
  }

  find(field: GatheredField): PreparedField | undefined {
    return this.ready.get(field);
  }

  /** What was wrong with the arguments of a field that `find` does not know. */
  mistakeIn(field: GatheredField): unknown {
    return this.refused.get(field);
  }

  of(entity: EntityProgram): readonly PreparedField[] {
    return entity.gathers.flatMap((field) => this.ready.get(field) ?? []);
  }

  asksAnything(entity: EntityProgram): boolean {
    return entity.rows.length > 0 || this.of(entity).length > 0;
  }
}
