import type { GatherNode } from '../compile/gather-node';
import { isJsonObject } from '../../execution/json-object';
import type { Completeness } from '../spec/shard-spec';

const STRICTNESS: Readonly<Record<Completeness, number>> = { ANY: 0, QUORUM: 1, ALL: 2 };

export function strictest(a: Completeness, b: Completeness): Completeness {
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

/** Whether `answered` of `total` systems are enough. Nothing to ask is complete. */
export function suffices(completeness: Completeness, answered: number, total: number): boolean {
  if (total === 0) return true;
  switch (completeness) {
    case 'ANY':
      return answered > 0;
    case 'QUORUM':
      return answered * 2 > total;
    case 'ALL':
      return answered === total;
  }
}

/** Nulls the fields of a gathered object that demand more systems than answered for them. */
export function nullIncompleteFields(
  node: GatherNode,
  value: unknown,
  isEnough: (field: string, completeness: Completeness) => boolean,
): void {
  if (node.by !== 'OBJECT' && node.by !== 'GROUP' && node.by !== 'MERGE') return;
  for (const object of [value].flat().filter(isJsonObject)) {
    for (const child of node.shape.fields) {
      const name = child.responseName;
      if (isEnough(name, child.completeness))
        nullIncompleteFields(child, object[name], (_, completeness) => isEnough(name, completeness));
      else object[name] = null;
    }
  }
}
