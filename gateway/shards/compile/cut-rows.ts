import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { Cut, EntityProgram } from './fetch-program';
import { aliased, fragmentOn, responseNameOf } from './field-nodes';
import { ASKED } from './gather-node';
import type { EntityRoute, ShardedGraph, TypeShape } from '../spec/shard-spec';

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
    const below = [...path, responseNameOf(field)];
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
    const cut = new Set<EntityRoute>();
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? typeName;
        const inner = this.cutSelections(selection.selectionSet.selections, condition, path);
        kept.push({ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } });
      } else if (selection.kind === Kind.FIELD) {
        const routes = typeName === undefined ? [] : this.routesOf(typeName, selection.name.value);
        for (const route of routes) {
          cut.add(route);
          this.collect(route, path, selection);
        }
        if (routes.length === 0) kept.push(this.cutField(selection, typeName ?? null, path));
        else kept.push(...this.keptBeside(routes, typeName ?? '', selection, path));
      }
    }
    for (const route of cut) kept.push(...this.keyOf(route, typeName ?? ''));
    return kept;
  }

  /** The entities on which a field of a type (itself, or an interface of theirs) is gathered and so routed on its own. */
  private routesOf(typeName: string, fieldName: string): readonly EntityRoute[] {
    return this.possibleTypes(typeName).flatMap((type) => {
      const route = this.graph.entities.get(type.name);
      return route && type.fields.get(fieldName)?.gather ? [route] : [];
    });
  }

  private possibleTypes(typeName: string): readonly TypeShape[] {
    const type = this.graph.types.get(typeName);
    if (!type) return [];
    if (type.kind === 'object') return [type];
    return [...this.graph.types.values()].filter(
      (one) => one.kind === 'object' && one.interfaces.includes(typeName),
    );
  }

  /** Rows of the other types that an interface stands for keep the field as it is. */
  private keptBeside(
    routes: readonly EntityRoute[],
    typeName: string,
    field: FieldNode,
    path: readonly string[],
  ): readonly SelectionNode[] {
    const others = this.possibleTypes(typeName).filter(
      (type) => type.fields.has(field.name.value) && !routes.some((route) => route.typeName === type.name),
    );
    return others.map((type) => fragmentOn(type.name, [this.cutField(field, type.name, path)]));
  }

  private keyOf(route: EntityRoute, typeName: string): readonly SelectionNode[] {
    const fields = [aliased(ASKED.typename, '__typename'), aliased(ASKED.key, route.key)];
    return route.typeName === typeName ? fields : [fragmentOn(route.typeName, fields)];
  }

  private collect(entity: EntityRoute, path: readonly string[], field: FieldNode): void {
    const id = JSON.stringify([entity.typeName, path]);
    const known = this.found.get(id) ?? { path, entity, fields: [] };
    known.fields.push(field);
    this.found.set(id, known);
  }
}
