import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { Cut, EntityProgram } from './fetch-program';
import { ASKED } from './gather-node';
import type { EntityRoute, ShardedGraph } from './shard-spec';

/**
 * The cut rule: a gathered field of an entity that stands below a row is taken out of what the row's shard is asked, and the
 * row's key is asked instead, so that the field can be routed to every shard on its own.
 */
export class CutCollector {
  private readonly found = new Map<
    string,
    { path: readonly string[]; entity: EntityRoute; fields: FieldNode[] }
  >();

  constructor(
    private readonly graph: ShardedGraph,
    private readonly compileEntity: (entity: EntityRoute, fields: readonly FieldNode[]) => EntityProgram,
  ) {}

  cuts(): readonly Cut[] {
    return [...this.found.values()].map(({ path, entity, fields }) => ({
      path,
      program: this.compileEntity(entity, fields),
    }));
  }

  /** The field with everything gathered below it cut out. `typeName` is the type it stands on; `valueType` may say its own type instead. */
  cutField(
    field: FieldNode,
    typeName: string | null,
    path: readonly string[],
    valueType?: string,
  ): FieldNode {
    if (!field.selectionSet) return field;
    const target =
      valueType ??
      (typeName === null
        ? undefined
        : this.graph.types.get(typeName)?.fields.get(field.name.value)?.typeName);
    const below = [...path, field.alias?.value ?? field.name.value];
    return {
      ...field,
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: this.cutSelections(field.selectionSet.selections, target, below),
      },
    };
  }

  private cutSelections(
    selections: readonly SelectionNode[],
    typeName: string | undefined,
    path: readonly string[],
  ): readonly SelectionNode[] {
    const kept: SelectionNode[] = [];
    let entity: EntityRoute | undefined;
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? typeName;
        kept.push({
          ...selection,
          selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: this.cutSelections(selection.selectionSet.selections, condition, path),
          },
        });
      } else if (selection.kind === Kind.FIELD) {
        const route = typeName === undefined ? undefined : this.graph.entities.get(typeName);
        if (route && this.graph.types.get(route.typeName)?.fields.get(selection.name.value)?.gather) {
          entity = route;
          this.collect(route, path, selection);
        } else {
          kept.push(this.cutField(selection, typeName ?? null, path));
        }
      }
    }
    if (entity) kept.push(keyOf(ASKED.typename, '__typename'), keyOf(ASKED.key, entity.key));
    return kept;
  }

  private collect(entity: EntityRoute, path: readonly string[], field: FieldNode): void {
    const id = JSON.stringify([entity.typeName, path]);
    const known = this.found.get(id) ?? { path, entity, fields: [] };
    known.fields.push(field);
    this.found.set(id, known);
  }
}

function keyOf(alias: string, name: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: name },
  };
}
