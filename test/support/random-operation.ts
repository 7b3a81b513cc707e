import {
  getNamedType,
  isLeafType,
  isListType,
  getNullableType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../../subgraphs/province/random';
import { pickOne, type Samples } from './operation-samples';
import { TYPENAME, type Condition, type FieldSelection, type Selection } from './operation-tree';
import { RandomArguments } from './random-arguments';

type Field = GraphQLField<unknown, unknown>;

const FIGURES = 'PerformanceFigures';
/** Root fields that reach shards are asked more often. */
const ROOTS = [
  'dossiers',
  'dossiers',
  'dossier',
  'dossier',
  'procedures',
  'procedures',
  'procedure',
  'performance',
  'performance',
  'agencies',
  'agency',
  'agency',
  'agency',
  'componentSite',
  'componentSites',
  'place',
  'places',
];

export interface RandomOperation {
  readonly selections: readonly Selection[];
  /** Path to the end of a page that the operation can turn; null for most operations. */
  readonly turns: readonly string[] | null;
  /** The instant it is asked at; null is the province's own. */
  readonly now: string | null;
}

/** Before and after the reorganisations of 2025, and an evening that is tomorrow in Việt Nam. */
const INSTANTS = ['2025-03-15T02:00:00Z', '2025-07-15T02:00:00Z', '2022-12-31T17:30:00Z'];

/** One random operation over an API schema; the same for the same random stream. */
export function randomOperation(schema: GraphQLSchema, samples: Samples, random: Random): RandomOperation {
  const query = schema.getQueryType();
  if (!query) throw new TypeError('The API schema has a query type');
  const selections = new OperationWriter(random, samples).root(query);
  const now = random.chance(0.15) ? pickOne(random, INSTANTS) : null;
  for (const [place, field] of selections.entries()) {
    if (!random.chance(0.5)) continue;
    const turned = turnable(query, field);
    if (turned) return { selections: selections.with(place, turned.field), turns: turned.path, now };
  }
  return { selections, turns: null, now };
}

interface Turnable {
  readonly field: FieldSelection;
  readonly path: readonly string[];
}

/** The field with a page that can be turned: itself, or a list right below it. */
function turnable(parent: GraphQLObjectType, field: FieldSelection): Turnable | null {
  const of = parent.getFields()[field.name];
  const type = of && getNamedType(of.type);
  if (!of || !isObjectType(type) || field.condition || isListType(getNullableType(of.type))) return null;
  const name = field.alias ?? field.name;
  const after = of.args.find((argument) => argument.name === 'after');
  if (after) {
    const cursor = { name: 'after', type: after.type, value: null, as: 'page', lifted: [] } as const;
    const args = [...field.args.filter((argument) => argument.name !== 'after'), cursor];
    return {
      field: { ...field, args, selections: [...field.selections, TURN] },
      path: [name, 'turn', 'endCursor'],
    };
  }
  for (const [place, below] of field.selections.entries()) {
    const turned = below.kind === 'field' ? turnable(type, below) : null;
    if (turned)
      return {
        field: { ...field, selections: field.selections.with(place, turned.field) },
        path: [name, ...turned.path],
      };
  }
  return null;
}

const TURN: FieldSelection = {
  ...TYPENAME,
  alias: 'turn',
  name: 'pageInfo',
  selections: [{ ...TYPENAME, name: 'endCursor' }],
};

class OperationWriter {
  private readonly args: RandomArguments;
  private fieldsLeft: number;
  /** How many rows may be multiplied on the way down before lists are no longer opened. */
  private count = 0;
  private readonly plainNames = new Set<string>();

  constructor(
    private readonly random: Random,
    samples: Samples,
  ) {
    this.args = new RandomArguments(random, samples);
    this.fieldsLeft = 5 + random.below(15);
  }

  root(query: GraphQLObjectType): readonly FieldSelection[] {
    const count = this.random.chance(0.7) ? 1 : 2 + this.random.below(2);
    const fields = Array.from({ length: count }, () => query.getFields()[pickOne(this.random, ROOTS)]);
    return fields.flatMap((field) => (field ? [this.field(query, field, 0, 1)] : []));
  }

  /** @param rows about how many objects this selection will be asked of. */
  private selections(type: GraphQLObjectType, depth: number, rows: number): readonly Selection[] {
    const { random } = this;
    const fields = Object.values(type.getFields());
    const leaves = fields.filter(({ type: of }) => isLeafType(getNamedType(of)));
    const links = fields.filter(({ type: of }) => !isLeafType(getNamedType(of)));
    const chosen: Field[] = [];
    if (leaves.length > 0) for (let i = 0; i <= random.below(4); i++) chosen.push(pickOne(random, leaves));
    for (const link of links) if (this.opens(type, link, depth, rows)) chosen.push(link);
    if (chosen.length === 0) chosen.push(pickOne(random, leaves.length > 0 ? leaves : links));
    const written: Selection[] = [...new Set(chosen)].map((field) => this.field(type, field, depth, rows));
    for (const link of links)
      if (link.args.length > 0 && chosen.includes(link) && this.fieldsLeft > 0 && random.chance(0.15))
        written.push(this.field(type, link, depth, rows));
    if (random.chance(0.08)) written.push(TYPENAME);
    return this.inFragments(type, written);
  }

  private opens(type: GraphQLObjectType, link: Field, depth: number, rows: number): boolean {
    const { random } = this;
    if (type.name.endsWith('Edge') && link.name === 'node') return random.chance(0.95);
    if (link.name === 'edges') return random.chance(0.85);
    if (this.fieldsLeft <= 0 || depth > 9) return false;
    const grows =
      isListType(getNullableType(link.type)) || link.name === 'dossiers' || link.name === 'procedures';
    if (grows && rows > 40) return false;
    if (rows > 120) return false;
    return random.chance(
      link.name === 'pageInfo' ? 0.4 : 0.75 / (1 + depth / 4) / (type.name === 'Performance' ? 2 : 1),
    );
  }

  private field(parent: GraphQLObjectType, field: Field, depth: number, rows: number): FieldSelection {
    const { random } = this;
    this.fieldsLeft -= 1;
    const args = this.args.choose(parent.name, field.name, field.args);
    const named = getNamedType(field.type);
    const below = isObjectType(named)
      ? this.selections(named, depth + 1, rows * growthOf(parent, field, args))
      : [];
    // Equal response names must agree: a field that takes arguments stands under its own name once.
    const isFree = field.args.length === 0 || !this.plainNames.has(field.name);
    this.plainNames.add(field.name);
    const alias = isFree && !random.chance(0.15) ? null : `${field.name}_${(this.count += 1)}`;
    return { kind: 'field', alias, name: field.name, args, condition: this.condition(), selections: below };
  }

  private condition(): Condition | null {
    const { random } = this;
    if (!random.chance(0.06)) return null;
    return {
      directive: pickOne(random, ['include', 'skip'] as const),
      value: random.chance(0.5),
      as: pickOne(random, ['literal', 'variable', 'default'] as const),
    };
  }

  /** Puts some selections into a fragment, now and then one of them twice. */
  private inFragments(type: GraphQLObjectType, selections: readonly Selection[]): readonly Selection[] {
    const { random } = this;
    if (!random.chance(0.2)) return selections;
    const cut = random.below(selections.length + 1);
    const inside = selections.slice(cut);
    if (inside.length === 0) return selections;
    const figures = type.getInterfaces().some(({ name }) => name === FIGURES);
    const isFigures =
      figures &&
      inside.every(
        (one) =>
          one.kind === 'field' &&
          one.selections.length === 0 &&
          !['field', 'month', 'channel'].includes(one.name),
      );
    const isNamed = random.chance(0.4);
    const on = isFigures ? FIGURES : isNamed || random.chance(0.6) ? type.name : null;
    const repeated = random.chance(0.3) ? inside.filter(isLeafWithoutCondition) : [];
    return [
      ...selections.slice(0, cut),
      ...repeated,
      {
        kind: 'fragment',
        name: isNamed ? `F${(this.count += 1)}` : null,
        on,
        condition: this.condition(),
        selections: inside,
      },
    ];
  }
}

function growthOf(parent: GraphQLObjectType, field: Field, args: FieldSelection['args']): number {
  if (field.name === 'dossiers' || field.name === 'procedures') {
    const first = args.find(({ name, as }) => name === 'first' && as !== 'absent')?.value;
    return typeof first === 'number' ? first : 20;
  }
  if (field.name === 'edges' || !isListType(getNullableType(field.type))) return 1;
  if (parent.name === 'Query' && field.name === 'agencies') return 3;
  return field.name === 'children' || parent.name === 'Query' || parent.name === 'Performance' ? 30 : 2;
}

function isLeafWithoutCondition(selection: Selection): boolean {
  return (
    selection.kind === 'field' &&
    selection.selections.length === 0 &&
    selection.args.length === 0 &&
    selection.condition === null
  );
}
