import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  parse,
  print,
} from 'graphql';
import { subgraphNames } from './subgraph-facts';

/** A field of a subgraph under the name that the planner knows it by. */
export interface NamedField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

/** Fields with arguments that some `@requires` asks for. */
export interface RequiredFields {
  /** By the name that stands for them in the planner's supergraph. */
  readonly byName: ReadonlyMap<string, NamedField>;
  /** The names that a field of a type requires in a subgraph. */
  of(subgraph: string, typeName: string, fieldName: string): ReadonlySet<string>;
}

interface Named {
  readonly document: DocumentNode;
  readonly requiredFields: RequiredFields;
}

type FieldsType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Gives every field with arguments that a `@requires` asks for a name of its own in the supergraph, as an inaccessible field
 * without arguments: `price(currency: "USD")` becomes `price__requires1`.
 *
 * The planner writes a required field under its plain name, wherever it needs it, and so it collides with the client's
 * `price(currency: "EUR")`, and with the `price` of another `@requires`: a plan that subgraphs refuse, or that answers with the
 * wrong currency. Under names of their own they are different fields; the executor writes them back
 * (execution/plan/required-fields.ts).
 */
export function nameRequiredFields(document: DocumentNode): Named {
  const naming = new Naming(document);
  const definitions = document.definitions.map((definition) => naming.rewriteRequires(definition));
  const requiredFields = naming.requiredFields();
  if (requiredFields.byName.size === 0) return { document, requiredFields };
  return {
    document: withInaccessible({ ...document, definitions: definitions.map((one) => naming.addFields(one)) }),
    requiredFields,
  };
}

class Naming {
  private readonly fields = new Map<string, NamedField>();
  /** By subgraph and coordinate: what is required there. */
  private readonly requires = new Map<string, Set<string>>();
  private readonly subgraphs: ReadonlyMap<string, string>;
  private readonly types: ReadonlyMap<string, FieldsType>;
  /** By type name and new name: the field it stands for, and the subgraphs that require it. */
  private readonly added = new Map<string, Map<string, Added>>();
  /** Fields that some `@provides` speaks of stay as they are. */
  private readonly provided = new Set<string>();
  private readonly names = new Map<string, string>();

  constructor(document: DocumentNode) {
    this.subgraphs = subgraphNames(document);
    this.types = new Map(
      document.definitions.filter(isFieldsType).map((definition) => [definition.name.value, definition]),
    );
    for (const { fields } of this.types.values()) {
      for (const join of fields?.flatMap(joinsOf) ?? [])
        for (const [name] of textOf(join, 'provides').matchAll(/\w+/g)) this.provided.add(name);
    }
  }

  requiredFields(): RequiredFields {
    const { requires, fields } = this;
    return {
      byName: fields,
      of: (subgraph, typeName, fieldName) => requires.get(`${subgraph} ${typeName}.${fieldName}`) ?? NOTHING,
    };
  }

  rewriteRequires(definition: DefinitionNode): DefinitionNode {
    if (!isFieldsType(definition)) return definition;
    const fields = definition.fields?.map((field) => ({
      ...field,
      directives: field.directives?.map((one) => this.rewriteDirective(definition, field, one)) ?? [],
    }));
    // A definition of the same kind, with fields of the same kind.
    return { ...definition, ...(fields !== undefined && { fields }) };
  }

  addFields(definition: DefinitionNode): DefinitionNode {
    if (!isFieldsType(definition)) return definition;
    const added = this.added.get(definition.name.value);
    if (added === undefined) return definition;
    const fields = (definition.fields ?? []).map((field) => this.withoutUnused(definition, field, added));
    return {
      ...definition,
      fields: [...fields, ...[...added].map(([name, one]) => toNamedField(name, one))],
    };
  }

  /** A field that a subgraph only had for its `@requires` is external there for nothing now, which composition forbids. */
  private withoutUnused(
    type: FieldsType,
    field: FieldDefinitionNode,
    added: ReadonlyMap<string, Added>,
  ): FieldDefinitionNode {
    const graphs = [...added.values()]
      .filter((one) => one.field.name.value === field.name.value)
      .flatMap((one) => [...one.graphs]);
    const isUnused = (join: ConstDirectiveNode): boolean =>
      isExternal(join) && graphs.includes(textOf(join, 'graph')) && !this.isNeeded(type, field, join);
    return { ...field, directives: field.directives?.filter((directive) => !isUnused(directive)) ?? [] };
  }

  private isNeeded(type: FieldsType, field: FieldDefinitionNode, join: ConstDirectiveNode): boolean {
    const name = field.name.value;
    if (this.provided.has(name)) return true;
    const graph = textOf(join, 'graph');
    return (type.directives ?? []).some((directive) => {
      if (directive.name.value !== 'join__implements' || textOf(directive, 'graph') !== graph) return false;
      const fields = this.types.get(textOf(directive, 'interface'))?.fields ?? [];
      return fields.some((one) => one.name.value === name);
    });
  }

  private rewriteDirective(
    type: FieldsType,
    field: FieldDefinitionNode,
    directive: ConstDirectiveNode,
  ): ConstDirectiveNode {
    if (directive.name.value !== 'join__field') return directive;
    const graph = textOf(directive, 'graph');
    const args = directive.arguments?.map((argument) => {
      if (argument.name.value !== 'requires' || argument.value.kind !== Kind.STRING) return argument;
      const text = this.rewriteFieldSet(graph, type, argument.value.value);
      const names = [...text.matchAll(/\w+/g)].flatMap(([name]) => (this.fields.has(name) ? [name] : []));
      const subgraph = this.subgraphs.get(graph) ?? graph;
      this.requires.set(`${subgraph} ${type.name.value}.${field.name.value}`, new Set(names));
      return { ...argument, value: { ...argument.value, value: text } };
    });
    return { ...directive, ...(args !== undefined && { arguments: args }) };
  }

  private rewriteFieldSet(graph: string, type: FieldsType, text: string): string {
    const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return text;
    const rewritten = this.rewriteSelections(graph, type, operation.selectionSet);
    return print(rewritten).replace(/\s+/g, ' ').slice(1, -1).trim();
  }

  private rewriteSelections(
    graph: string,
    type: FieldsType | undefined,
    set: SelectionSetNode,
  ): SelectionSetNode {
    return { ...set, selections: set.selections.map((one) => this.rewriteSelection(graph, type, one)) };
  }

  private rewriteSelection(
    graph: string,
    type: FieldsType | undefined,
    selection: SelectionNode,
  ): SelectionNode {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const inside = condition === undefined ? type : this.types.get(condition);
      return { ...selection, selectionSet: this.rewriteSelections(graph, inside, selection.selectionSet) };
    }
    const field = type?.fields?.find(({ name }) => name.value === selection.name.value);
    const below = field && this.types.get(namedTypeOf(field));
    const selectionSet =
      selection.selectionSet && this.rewriteSelections(graph, below, selection.selectionSet);
    const node = { ...selection, ...(selectionSet && { selectionSet }) };
    if (type === undefined || (field?.arguments ?? []).length === 0) return node;
    const name = this.nameOf({ name: selection.name.value, arguments: selection.arguments ?? [] });
    this.add(graph, type, selection.name.value, name);
    return { ...node, name: { kind: Kind.NAME, value: name }, arguments: [] };
  }

  private nameOf(field: NamedField): string {
    const id = [field.name, ...field.arguments.map((argument) => print(argument)).sort()].join(' ');
    const known = this.names.get(id);
    if (known !== undefined) return known;
    const name = `${field.name}__requires${this.names.size + 1}`;
    this.names.set(id, name);
    this.fields.set(name, field);
    return name;
  }

  /** The field goes to the type that is required of, and to every type that implements it. */
  private add(graph: string, type: FieldsType, fieldName: string, name: string): void {
    const implementing = [...this.types.values()].filter(({ interfaces }) =>
      interfaces?.some((one) => one.name.value === type.name.value),
    );
    for (const owner of [type, ...implementing]) {
      const field = owner.fields?.find((one) => one.name.value === fieldName);
      if (field === undefined) continue;
      const fields = this.added.get(owner.name.value) ?? new Map<string, Added>();
      const graphs = fields.get(name)?.graphs ?? new Set<string>();
      this.added.set(owner.name.value, fields.set(name, { field, graphs: graphs.add(graph) }));
    }
  }
}

const NOTHING: ReadonlySet<string> = new Set();

interface Added {
  readonly field: FieldDefinitionNode;
  readonly graphs: Set<string>;
}

/** Resolved where the field is, external where it is required; nobody but the planner sees it. */
function toNamedField(name: string, { field, graphs }: Added): FieldDefinitionNode {
  const { description: _description, ...rest } = field;
  const joins = joinsOf(field).filter((join) => !isExternal(join) || graphs.has(textOf(join, 'graph')));
  const inaccessible: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'inaccessible' },
  };
  return {
    ...rest,
    name: { kind: Kind.NAME, value: name },
    arguments: [],
    directives: [...joins, inaccessible],
  };
}

function joinsOf(field: FieldDefinitionNode): readonly ConstDirectiveNode[] {
  return field.directives?.filter((directive) => directive.name.value === 'join__field') ?? [];
}

function isExternal(directive: ConstDirectiveNode): boolean {
  return directive.name.value === 'join__field' && textOf(directive, 'external') === 'true';
}

/** An argument of a directive as text; empty when it is not there. */
function textOf(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value === undefined ? '' : 'value' in value ? String(value.value) : '';
}

const INACCESSIBLE_SPEC = 'https://specs.apollo.dev/inaccessible/v0.2';

/** Links the specification of `@inaccessible` where the supergraph does not use it yet. */
function withInaccessible(document: DocumentNode): DocumentNode {
  const isDefined = document.definitions.some(
    (definition) => definition.kind === Kind.DIRECTIVE_DEFINITION && definition.name.value === 'inaccessible',
  );
  if (isDefined) return document;
  const { definitions } = parse(
    `schema @link(url: "${INACCESSIBLE_SPEC}", for: SECURITY) { query: Query }
     directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
    { noLocation: true },
  );
  const [schema, directive] = definitions;
  const links = schema?.kind === Kind.SCHEMA_DEFINITION ? (schema.directives ?? []) : [];
  return {
    ...document,
    definitions: [
      ...document.definitions.map((definition) =>
        definition.kind === Kind.SCHEMA_DEFINITION
          ? { ...definition, directives: [...(definition.directives ?? []), ...links] }
          : definition,
      ),
      ...(directive === undefined ? [] : [directive]),
    ],
  };
}

function isFieldsType(definition: DefinitionNode): definition is FieldsType {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function namedTypeOf({ type }: FieldDefinitionNode): string {
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  return inner.name.value;
}
