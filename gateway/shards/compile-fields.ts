import {
  Kind,
  parseType,
  type ArgumentNode,
  type FieldNode,
  type SelectionNode,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileArguments } from './compile-arguments';
import { CutCollector } from './cut-rows';
import type { Cut, EntityProgram, GatheredField, Lookup, RootField } from './fetch-program';
import {
  ASKED,
  type ConnectionNode,
  type EdgesAsked,
  type FieldArguments,
  type GatherNode,
  type ObjectShape,
  type PageInfoAsked,
} from './gather-node';
import { flattenSelections } from './normalize-selections';
import type { EntityRoute, FieldShape, ShardedGraph, TypeShape } from './shard-spec';

/** A gathered field compiled: the node that joins, what to ask of the shards for it, and what was cut out below it. */
interface Compiled {
  readonly node: GatherNode;
  readonly asks: readonly FieldNode[];
  readonly cuts: readonly Cut[];
}

/** Compiles the fields of one fetch. One object per fetch, because lifted variables are numbered through. */
export class FetchCompiler {
  /** The variables of ours, to be added to the fetch's own. */
  readonly lifted: VariableDefinitionNode[] = [];
  private count = 0;

  constructor(private readonly graph: ShardedGraph) {}

  compileRootField(rootType: string, field: FieldNode): RootField {
    return {
      ...this.compileGatheredField(rootType, field),
      lookup: this.lookupOf(this.shapeOf(rootType, field)),
    };
  }

  compileEntity(entity: EntityRoute, selections: readonly FieldNode[]): EntityProgram {
    const type = this.graph.types.get(entity.typeName);
    const fields = flattenSelections(this.graph, selections, entity.typeName);
    const collector = new CutCollector(this.graph, (route, cutFields) =>
      this.compileEntity(route, cutFields),
    );
    const echoes = fields
      .filter((field) => isEcho(field, entity.key))
      .map((field) => ({ responseName: responseNameOf(field), name: field.name.value }));
    const gathers: GatheredField[] = [];
    const rows: FieldNode[] = [];
    for (const field of fields) {
      if (isEcho(field, entity.key)) continue;
      const shape = type?.fields.get(field.name.value);
      if (shape?.gather) gathers.push(this.compileGatheredField(entity.typeName, field));
      else rows.push(collector.cutField(field, entity.typeName, []));
    }
    return {
      id: ++this.count,
      typeName: entity.typeName,
      key: entity.key,
      routes: entity.routes,
      rows,
      rowNames: rows.map(responseNameOf),
      rowCuts: collector.cuts(),
      gathers,
      echoes,
    };
  }

  private compileGatheredField(typeName: string, field: FieldNode): GatheredField {
    const shape = this.shapeOf(typeName, field);
    const { fieldArguments, ask } = this.liftArguments(shape, field);
    const compiled = this.compileNode(typeName, shape, ask);
    return {
      responseName: responseNameOf(field),
      coordinate: `${typeName}.${shape.name}`,
      asks: compiled.asks,
      arguments: fieldArguments,
      afterVariable: afterVariableOf(ask),
      node: compiled.node,
      cuts: compiled.cuts,
    };
  }

  private compileNode(typeName: string, shape: FieldShape, field: FieldNode): Compiled {
    const rule = shape.gather;
    const responseName = responseNameOf(field);
    // A mutation's root field has no rule: exactly one shard answers it.
    const base = { responseName, completeness: rule?.completeness ?? ('ALL' as const) };
    switch (rule?.by ?? 'FIRST') {
      case 'SUM':
      case 'MIN':
      case 'MAX':
        return { node: { ...base, by: rule?.by as 'SUM' | 'MIN' | 'MAX' }, asks: [field], cuts: [] };
      case 'MEAN': {
        const [askedSum, askedWeight] = [`__lt_sum_${responseName}`, `__lt_weight_${responseName}`];
        return {
          node: { ...base, by: 'MEAN', askedSum, askedWeight },
          asks: [aliased(askedSum, rule?.sum ?? ''), aliased(askedWeight, rule?.weight ?? '')],
          cuts: [],
        };
      }
      case 'CONCAT':
        return this.compileConcat(base, shape, field, rule?.key ?? []);
      case 'GROUP':
        return this.compileGroup(base, shape, field, rule?.key ?? []);
      case 'OBJECT': {
        const object = this.compileObject(shape.typeName, field);
        return {
          node: { ...base, by: 'OBJECT', shape: object.shape },
          // __typename is ours to write, but an object must be asked for something.
          asks: [
            withSelections(
              field,
              object.asks.length > 0 ? object.asks : [aliased(ASKED.typename, '__typename')],
            ),
          ],
          cuts: under(responseName, object.cuts),
        };
      }
      case 'MERGE':
        return this.compileConnection(base, shape, field);
      case 'FIRST': {
        const collector = new CutCollector(this.graph, (route, fields) => this.compileEntity(route, fields));
        const ask = collector.cutField(field, typeName, []);
        return { node: { ...base, by: 'FIRST' }, asks: [ask], cuts: collector.cuts() };
      }
    }
  }

  private compileConcat(base: Base, shape: FieldShape, field: FieldNode, key: readonly string[]): Compiled {
    const collector = new CutCollector(this.graph, (route, fields) => this.compileEntity(route, fields));
    const ask = collector.cutField(field, null, [], shape.typeName);
    const selections = [...(ask.selectionSet?.selections ?? []), keyField(key)];
    return {
      node: { ...base, by: 'CONCAT', keyPath: [ASKED.order, ...key.slice(1)] },
      asks: [withSelections(ask, selections)],
      cuts: collector.cuts(),
    };
  }

  private compileGroup(base: Base, shape: FieldShape, field: FieldNode, key: readonly string[]): Compiled {
    const object = this.compileObject(shape.typeName, field);
    return {
      node: { ...base, by: 'GROUP', keyPath: [ASKED.order, ...key.slice(1)], shape: object.shape },
      asks: [withSelections(field, [...object.asks, keyField(key)])],
      cuts: under(base.responseName, object.cuts),
    };
  }

  /** The fields of a gathered object; each has a rule (checkShardSpec). */
  private compileObject(
    typeName: string,
    field: FieldNode,
    skip: ReadonlySet<string> = new Set(),
  ): { shape: ObjectShape; asks: readonly FieldNode[]; cuts: readonly Cut[] } {
    const typenames: string[] = [];
    const compiled: Compiled[] = [];
    for (const selection of flattenSelections(this.graph, field.selectionSet?.selections ?? [], typeName)) {
      const name = selection.name.value;
      if (name === '__typename') {
        if (responseNameOf(selection) !== ASKED.typename) typenames.push(responseNameOf(selection));
      } else if (!skip.has(name))
        compiled.push(this.compileNode(typeName, this.shapeOf(typeName, selection), selection));
    }
    return {
      shape: { typeName, typenames, fields: compiled.map((one) => one.node) },
      asks: compiled.flatMap((one) => one.asks),
      cuts: compiled.flatMap((one) => one.cuts),
    };
  }

  private compileConnection(base: Base, shape: FieldShape, field: FieldNode): Compiled {
    const connection = this.graph.types.get(shape.typeName);
    const object = this.compileObject(shape.typeName, field, new Set(['edges', 'pageInfo', 'totalCount']));
    const collector = new CutCollector(this.graph, (route, fields) => this.compileEntity(route, fields));
    const edges: EdgesAsked[] = [];
    const pageInfos: PageInfoAsked[] = [];
    const totalCounts: string[] = [];
    const asks: SelectionNode[] = [...object.asks];
    for (const selection of flattenSelections(
      this.graph,
      field.selectionSet?.selections ?? [],
      shape.typeName,
    )) {
      const responseName = responseNameOf(selection);
      if (selection.name.value === 'edges') {
        const edgeType = connection?.fields.get('edges')?.typeName ?? '';
        const edgeFields = flattenSelections(this.graph, selection.selectionSet?.selections ?? [], edgeType);
        edges.push({
          responseName,
          isHidden: false,
          cursors: edgeFields.filter((one) => one.name.value === 'cursor').map(responseNameOf),
        });
        const ask = collector.cutField(selection, shape.typeName, []);
        asks.push(
          withSelections(ask, [...(ask.selectionSet?.selections ?? []), aliased(ASKED.cursor, 'cursor')]),
        );
      } else if (selection.name.value === 'pageInfo') {
        pageInfos.push({
          responseName,
          fields: flattenSelections(this.graph, selection.selectionSet?.selections ?? [], 'PageInfo').map(
            (one) => ({ responseName: responseNameOf(one), name: one.name.value }),
          ),
        });
      } else if (selection.name.value === 'totalCount') totalCounts.push(responseName);
    }
    if (edges.length === 0) {
      edges.push({ responseName: ASKED.edges, isHidden: true, cursors: [] });
      asks.push({
        ...aliased(ASKED.edges, 'edges'),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [aliased(ASKED.cursor, 'cursor')] },
      });
    }
    asks.push({
      ...aliased(ASKED.pageInfo, 'pageInfo'),
      selectionSet: { kind: Kind.SELECTION_SET, selections: [aliased(ASKED.hasNextPage, 'hasNextPage')] },
    });
    if (totalCounts.length > 0) asks.push(aliased(ASKED.totalCount, 'totalCount'));
    const node: ConnectionNode = {
      ...base,
      by: 'MERGE',
      shape: object.shape,
      edges,
      pageInfos,
      totalCounts,
      indexedType: this.indexedTypeOf(connection),
    };
    return {
      node,
      asks: [withSelections(field, asks)],
      cuts: [...under(base.responseName, object.cuts), ...under(base.responseName, collector.cuts())],
    };
  }

  /** Arguments that differ by shard become variables of ours. */
  private liftArguments(
    shape: FieldShape,
    field: FieldNode,
  ): { fieldArguments: FieldArguments; ask: FieldNode } {
    const number = ++this.count;
    const { fieldArguments, replaced } = compileArguments(this.graph, shape, field, number);
    const given = (field.arguments ?? []).filter((argument) => !replaced.has(argument.name.value));
    const ours: ArgumentNode[] = [...replaced].map(([name, variable]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: name },
      value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    }));
    for (const [name, variable] of replaced)
      this.lifted.push(variableDefinition(variable, shape.arguments.get(name)?.type ?? 'String'));
    return { fieldArguments, ask: { ...field, arguments: [...given, ...ours] } };
  }

  private lookupOf(shape: FieldShape): Lookup | null {
    for (const argument of shape.arguments.values()) {
      if (argument.route === null || argument.route === 'AGENCY' || argument.route === 'SCATTER') continue;
      const routes = this.graph.entities.get(shape.typeName)?.routes ?? [];
      const start = routes.indexOf(argument.route);
      return {
        typeName: shape.typeName,
        argument: argument.name,
        routes: start < 0 ? [argument.route, 'SCATTER'] : routes.slice(start),
      };
    }
    return null;
  }

  /** A page of rows teaches the index only where the index is how such rows are found first. */
  private indexedTypeOf(connection: TypeShape | undefined): string | null {
    const edge = this.graph.types.get(connection?.fields.get('edges')?.typeName ?? '');
    const rowType = edge?.fields.get('node')?.typeName;
    const entity = rowType === undefined ? undefined : this.graph.entities.get(rowType);
    return entity?.routes[0] === 'INDEX' ? entity.typeName : null;
  }

  private shapeOf(typeName: string, field: FieldNode): FieldShape {
    const shape = this.graph.types.get(typeName)?.fields.get(field.name.value);
    if (!shape)
      throw new TypeError(`The graph "${this.graph.name}" has no field "${typeName}.${field.name.value}"`);
    return shape;
  }
}

type Base = Pick<GatherNode, 'responseName' | 'completeness'>;

function under(responseName: string, cuts: readonly Cut[]): readonly Cut[] {
  return cuts.map((cut) => ({ ...cut, path: [responseName, ...cut.path] }));
}

function isEcho(field: FieldNode, key: string): boolean {
  return field.name.value === '__typename' || field.name.value === key;
}

function responseNameOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function aliased(alias: string, name: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: name },
  };
}

/** `key: "agency.code"` becomes `__lt_order: agency { code }`. */
function keyField(path: readonly string[]): FieldNode {
  const [head = '', ...rest] = path;
  const nested = (names: readonly string[]): SelectionNode[] => {
    const [name, ...deeper] = names;
    if (name === undefined) return [];
    const field: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
    return [deeper.length === 0 ? field : withSelections(field, nested(deeper))];
  };
  return rest.length === 0
    ? aliased(ASKED.order, head)
    : withSelections(aliased(ASKED.order, head), nested(rest));
}

function withSelections(field: FieldNode, selections: readonly SelectionNode[]): FieldNode {
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function afterVariableOf(field: FieldNode): string | null {
  const after = field.arguments?.find((argument) => argument.name.value === 'after')?.value;
  return after?.kind === Kind.VARIABLE && after.name.value.startsWith('__lt_') ? after.name.value : null;
}

function variableDefinition(name: string, type: string): VariableDefinitionNode {
  const node: TypeNode = parseType(type, { noLocation: true });
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type: node,
  };
}
