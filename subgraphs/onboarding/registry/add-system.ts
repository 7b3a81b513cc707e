import { isDeepStrictEqual } from 'node:util';
import type { SystemsFile } from '../../../schema/systems-file';
import { UsageError } from '../terminal/usage-error';
import { SystemsEdit } from './edit-systems';
import { canonicalCodes, type OpenedSystems } from './opened-systems';
import { findSystem, requireSystem } from './registered-entry';
import type { ToldPlan } from './tell-change';
import type { WantedSystem } from './wanted-system';

export interface AddOptions {
  /** The system that it is to stand before; null: last, or where it stands already. */
  readonly before: string | null;
  /** Whether another content may take the place of what is there. */
  readonly replaces: boolean;
  /** Whether its agencies ought to have rows from now on. */
  readonly expects: boolean;
}

/** @throws UsageError when the name is taken by another content, or the place is none. */
export function addSystem(systems: OpenedSystems, wanted: WantedSystem, options: AddOptions): ToldPlan {
  const { name } = wanted;
  const { before } = options;
  const known = findSystem(systems, name);
  const isSame = known !== undefined && isDeepStrictEqual(shapeOf(systems, known), shapeOf(systems, wanted));
  requirePlace(systems, before, name);
  if (known !== undefined && !isSame && !options.replaces)
    throw new UsageError(
      `"${name}" stands in ${systems.file} with another content. --replace puts the new one in its place`,
    );
  const isMoved = isSame && before !== null && !standsBefore(systems, name, before);
  const edit = new SystemsEdit(systems.text);
  if (!isSame) edit.put(name, { name: wanted.label, subgraphs: wanted.subgraphs }, before);
  else if (isMoved) edit.move(name, before);
  const expected = options.expects ? newlyExpected(systems, wanted) : [];
  for (const { subgraph, codes } of expected) edit.expect(subgraph, codes);
  const isChanged = !isSame || isMoved || expected.length > 0;
  const change = !isChanged ? 'unchanged' : known === undefined ? 'added' : isSame ? 'completed' : 'replaced';
  const notes = [
    ...expected.map(({ subgraph, codes }) => `expected to have ${subgraph} from now on: ${codes.join(', ')}`),
    ...alsoHeld(systems, wanted),
    ...(!isSame && known?.draining === true ? ['it was draining, and is asked again'] : []),
    ...(isSame && known.draining === true ? [`it is draining; "drain ${name} --undo" ends that`] : []),
  ];
  return {
    text: isChanged ? edit.toString() : null,
    told: { system: name, change, sentence: SENTENCES[change](name), notes },
  };
}

const SENTENCES = {
  added: (name: string) => `${name} is in the registry`,
  replaced: (name: string) => `${name} has its new content in the registry`,
  completed: (name: string) => `${name} stood in the registry already, and stands there as asked now`,
  unchanged: (name: string) => `${name} stands in the registry like this already: nothing was changed`,
} as const;

function requirePlace(systems: OpenedSystems, before: string | null, name: string): void {
  if (before === null) return;
  if (before === name) throw new UsageError(`"${name}" cannot stand before itself`);
  requireSystem(systems, before);
}

function standsBefore({ content }: OpenedSystems, name: string, before: string): boolean {
  const names = Object.keys(content.systems);
  return names.indexOf(name) + 1 === names.indexOf(before);
}

/** What makes two entries the same, whatever the order and notation of codes. */
function shapeOf(
  { directory }: OpenedSystems,
  { subgraphs, ...system }: WantedSystem | SystemsFile['systems'][string],
): unknown {
  const label = 'label' in system ? system.label : 'name' in system ? system.name : undefined;
  const shares = Object.entries(subgraphs).map(([subgraph, { urls, agencies }]) => [
    subgraph,
    {
      urls: urls.map((url) => new URL(url).href).sort(),
      agencies: [...canonicalCodes(directory, agencies)].sort(),
    },
  ]);
  return { label, subgraphs: Object.fromEntries(shares) as unknown };
}

function newlyExpected(
  { content, directory }: OpenedSystems,
  { subgraphs }: WantedSystem,
): readonly { readonly subgraph: string; readonly codes: readonly string[] }[] {
  return Object.entries(subgraphs).flatMap(([subgraph, { agencies }]) => {
    const declared = content.subgraphs[subgraph];
    const expected = declared !== undefined && 'expected' in declared ? declared.expected : [];
    const known = new Set(canonicalCodes(directory, expected));
    const codes = agencies.filter((code) => !known.has(code));
    return codes.length === 0 ? [] : [{ subgraph, codes }];
  });
}

/** Not wrong: a ministry's system holds some dossiers of an agency, its one-stop system the others. */
function alsoHeld(
  { content, directory }: OpenedSystems,
  { name, subgraphs }: WantedSystem,
): readonly string[] {
  return Object.entries(content.systems)
    .filter(([other]) => other !== name)
    .flatMap(([other, system]) =>
      Object.entries(subgraphs).flatMap(([subgraph, { agencies }]) => {
        const theirs = new Set(canonicalCodes(directory, system.subgraphs[subgraph]?.agencies ?? []));
        const both = agencies.filter((code) => theirs.has(code));
        return both.length === 0
          ? []
          : [
              `${other} holds ${subgraph} of ${both.join(', ')} too: of a row that both have, the one of the system that stands first is shown`,
            ];
      }),
    );
}
