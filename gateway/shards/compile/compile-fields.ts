import { Kind, parseType, type ArgumentNode, type FieldNode, type VariableDefinitionNode } from 'graphql';
import { compileArguments } from './compile-arguments';
import { compilePage } from './compile-connection';
import { CutCollector } from './cut-rows';
import type { Cut, EntityProgram, GatheredField, Lookup, RootField } from './fetch-program';
import { aliased, aliasedPath, responseNameOf, selectionsOf, withSelections } from './field-nodes';
import { ASKED, type FieldArguments, type GatherNode, type ObjectShape } from './gather-node';
import { flattenSelections } from './flatten-selections';
import { CONNECTION_FIELDS, type EntityRoute, type FieldShape, type ShardedGraph } from '../spec/shard-spec';

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
    const collector = this.cutCollector();
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
    // A mutation's root field has no rule: exactly one shard answers it.
    const base = { responseName: responseNameOf(field), completeness: rule?.completeness ?? 'ALL' } as const;
    const by = rule?.by ?? 'FIRST';
    switch (by) {
      case 'SUM':
      case 'MIN':
      case 'MAX':
        return { node: { ...base, by }, asks: [field], cuts: [] };
      case 'MEAN':
        return this.compileMean(base, typeName, shape, field);
      case 'CONCAT':
        return this.compileConcat(base, shape, field, rule?.key ?? []);
      case 'GROUP':
        return this.compileGroup(base, shape, field, rule?.key ?? []);
      case 'OBJECT':
        return this.compileObjectField(base, shape, field);
      case 'MERGE':
        return this.compileConnection(base, shape, field);
      case 'FIRST': {
        const collector = this.cutCollector();
        const ask = collector.cutField(field, typeName, []);
        return { node: { ...base, by }, asks: [ask], cuts: collector.cuts() };
      }
    }
  }

  /** Its siblings are asked with the same arguments: a mean over other rows would be another mean. */
  private compileMean(base: Base, typeName: string, shape: FieldShape, field: FieldNode): Compiled {
    const askedSum = `__lt_sum_${base.responseName}`;
    const askedWeight = `__lt_weight_${base.responseName}`;
    const sibling = (alias: string, name: string): FieldNode => {
      const known = this.graph.types.get(typeName)?.fields.get(name)?.arguments;
      const given = (field.arguments ?? []).filter((argument) => known?.has(argument.name.value));
      return { ...aliased(alias, name), arguments: given };
    };
    return {
      node: { ...base, by: 'MEAN', askedSum, askedWeight },
      asks: [sibling(askedSum, shape.gather?.sum ?? ''), sibling(askedWeight, shape.gather?.weight ?? '')],
      cuts: [],
    };
  }

  private compileObjectField(base: Base, shape: FieldShape, field: FieldNode): Compiled {
    const object = this.compileObject(shape.typeName, field);
    // __typename is ours to write, but an object must be asked for something.
    const asks = object.asks.length > 0 ? object.asks : [aliased(ASKED.typename, '__typename')];
    return {
      node: { ...base, by: 'OBJECT', shape: object.shape },
      asks: [withSelections(field, asks)],
      cuts: under(base.responseName, object.cuts),
    };
  }

  private compileConcat(base: Base, shape: FieldShape, field: FieldNode, key: readonly string[]): Compiled {
    const collector = this.cutCollector();
    const ask = collector.cutField(field, null, [], shape.typeName);
    const selections = [...selectionsOf(ask), aliasedPath(ASKED.order, key)];
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
      asks: [withSelections(field, [...object.asks, aliasedPath(ASKED.order, key)])],
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
    for (const selection of flattenSelections(this.graph, selectionsOf(field), typeName)) {
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
    const object = this.compileObject(shape.typeName, field, CONNECTION_FIELDS);
    const { page, asks, cuts } = compilePage(this.graph, shape, field, this.cutCollector());
    return {
      node: { ...base, by: 'MERGE', shape: object.shape, ...page },
      asks: [withSelections(field, [...object.asks, ...asks])],
      cuts: under(base.responseName, [...object.cuts, ...cuts]),
    };
  }

  private cutCollector(): CutCollector {
    return new CutCollector(this.graph, (route, fields) => this.compileEntity(route, fields));
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

function afterVariableOf(field: FieldNode): string | null {
  const after = field.arguments?.find((argument) => argument.name.value === 'after')?.value;
  return after?.kind === Kind.VARIABLE && after.name.value.startsWith('__lt_') ? after.name.value : null;
}

function variableDefinition(name: string, type: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
    type: parseType(type, { noLocation: true }),
  };
}
