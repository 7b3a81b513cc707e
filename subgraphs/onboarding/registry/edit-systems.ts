import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UsageError } from '../terminal/usage-error';
import { keepSpelling } from './keep-spelling';

/** One system as the file writes it. */
export interface SystemEntry {
  readonly name?: string | undefined;
  readonly subgraphs: Readonly<
    Record<string, { readonly urls: readonly string[]; readonly agencies: readonly string[] }>
  >;
}

/** Longer lists stand one item a line. */
const LONGEST_ROW = 6;

/**
 * Changes of the registry's text. Comments, order and spelling of everything else stay as they are. Texts must be valid
 * registry files: where a path leads is known then.
 */
export class SystemsEdit {
  private readonly document: Document;

  constructor(private readonly text: string) {
    this.document = parseDocument(text);
  }

  /** Adds a system, or gives the one of that name another content at the place where it stands. */
  put(name: string, entry: SystemEntry, before: string | null): void {
    const systems = this.systems();
    const node = this.entryNode(entry);
    const known = systems.get(name, true);
    if (isMap(known)) {
      for (const key of ['name', 'draining', 'subgraphs']) known.delete(key);
      for (const pair of node.items) known.add(pair);
      if (before !== null) this.move(name, before);
      return;
    }
    // An empty map is written {}, and one of its systems is not to stand in it on one line.
    if (systems.items.length === 0) systems.flow = false;
    this.giveFirstItsComment(systems);
    const pair = this.document.createPair(name, node);
    const place = before === null ? -1 : placeOf(systems, before);
    if (place < 0) systems.items.push(pair);
    else systems.items.splice(place, 0, pair);
  }

  take(name: string): void {
    this.giveFirstItsComment(this.systems());
    this.systems().delete(name);
  }

  move(name: string, before: string | null): void {
    this.giveFirstItsComment(this.systems());
    const { items } = this.systems();
    const [pair] = items.splice(placeOf(this.systems(), name), 1);
    if (pair === undefined) return;
    const place = before === null ? -1 : placeOf(this.systems(), before);
    items.splice(place < 0 ? items.length : place, 0, pair);
  }

  setDraining(name: string, isDraining: boolean): void {
    const system = this.map(['systems', name]);
    if (isDraining) system.set('draining', true);
    else system.delete('draining');
  }

  setDrainingUrls(name: string, subgraph: string, urls: readonly string[]): void {
    this.setList(this.map(['systems', name, 'subgraphs', subgraph]), 'draining', urls);
  }

  setUrls(name: string, subgraph: string, urls: readonly string[]): void {
    this.setList(this.map(['systems', name, 'subgraphs', subgraph]), 'urls', urls);
  }

  expect(subgraph: string, codes: readonly string[]): void {
    const list = this.expected(subgraph);
    for (const code of codes) list.add(this.document.createNode(code));
  }

  /** @param isForgotten of a code as it is written. */
  forget(subgraph: string, isForgotten: (code: string) => boolean): void {
    const list = this.expected(subgraph);
    list.items = list.items.filter((item) => !isScalar(item) || !isForgotten(String(item.value)));
  }

  toString(): string {
    return keepSpelling(this.text, this.document);
  }

  /** The parser gives the comment above the first system to the whole list; the one beside `systems:` does stand for all. */
  private giveFirstItsComment(systems: YAMLMap): void {
    const [first] = systems.items;
    const lines = systems.commentBefore?.split('\n') ?? [];
    if (!isScalar(first?.key) || lines.length === 0) return;
    const ofAll = /^systems:[ \t]*#/m.test(this.text) ? 1 : 0;
    const start = Math.max(ofAll, lines.lastIndexOf('') + 1);
    if (start >= lines.length) return;
    first.key.commentBefore = lines.slice(start).join('\n');
    first.key.spaceBefore = lines[start - 1] === '';
    systems.commentBefore = start === 0 ? null : lines.slice(0, start).join('\n').trimEnd();
  }

  private systems(): YAMLMap {
    return this.map(['systems']);
  }

  private expected(subgraph: string): YAMLSeq {
    const list = this.document.getIn(['subgraphs', subgraph, 'expected'], true);
    if (isSeq(list)) return list;
    throw notWrittenOut(`subgraphs.${subgraph}.expected`);
  }

  private map(path: readonly string[]): YAMLMap {
    const node = this.document.getIn(path, true);
    if (isMap(node)) return node;
    throw notWrittenOut(path.join('.'));
  }

  private setList(map: YAMLMap, key: string, values: readonly string[]): void {
    if (values.length === 0) map.delete(key);
    else map.set(key, this.listNode(values));
  }

  /** The node of an object is a map. */
  private entryNode({ name, subgraphs }: SystemEntry): YAMLMap {
    const map = this.document.createNode({ ...(name !== undefined && { name }), subgraphs }) as YAMLMap;
    for (const [subgraph, held] of Object.entries(subgraphs)) {
      map.setIn(['subgraphs', subgraph, 'urls'], this.listNode(held.urls));
      map.setIn(['subgraphs', subgraph, 'agencies'], this.listNode(held.agencies));
    }
    return map;
  }

  private listNode(values: readonly string[]): YAMLSeq {
    // The node of a list is a sequence.
    return this.document.createNode([...values], { flow: values.length <= LONGEST_ROW });
  }
}

/** The file is valid, so something is there: an alias of another place, and a change here would change that too. */
function notWrittenOut(path: string): UsageError {
  return new UsageError(
    `${path} is written as an alias (*name) in the registry: write it out, then try again`,
  );
}

function placeOf({ items }: YAMLMap, name: string): number {
  return items.findIndex((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === name);
}
