import { parse } from 'yaml';
import { SystemsEdit } from '../../subgraphs/onboarding/registry/edit-systems';

const TEXT = `version: 1
directory: agencies.json
subgraphs:
  dossiers: { expected: [ "H23.X01", H23.X02 ] }   # ought to have rows
systems: # the order decides
  # all of one agency

  # the first
  one:
    subgraphs: { dossiers: { urls: [ "http://a/" ], agencies: [H23.X01] } }

  # the second
  two:
    name: 'Hai'
    subgraphs:
        dossiers:
            urls:
                - http://b/   # main
                - http://c/
            agencies: [H23.X02]
`;
const ENTRY = { name: 'Ba', subgraphs: { dossiers: { urls: ['http://d/'], agencies: ['H23.X03'] } } };
const ADDED = `  three:
    name: Ba
    subgraphs:
      dossiers:
        urls: [http://d/]
        agencies: [H23.X03]
`;

function edited(change: (edit: SystemsEdit) => void, text = TEXT): string {
  const edit = new SystemsEdit(text);
  change(edit);
  return edit.toString();
}

it('leaves a text that nobody changes as it is, but for what is indented by more than the rest', () => {
  expect(parse(edited(() => undefined))).toEqual(parse(TEXT));
});

it('puts a system last with nothing else touched', () => {
  const head = TEXT.slice(0, TEXT.indexOf('    subgraphs:\n        dossiers'));

  const text = edited((edit) => edit.put('three', ENTRY, null));

  expect(text.slice(0, head.length)).toBe(head);
  expect(text.endsWith(ADDED)).toBe(true);
});

it('puts a system before the first, whose comment stays above it', () => {
  const text = edited((edit) => edit.put('three', ENTRY, 'one'));

  expect(text).toContain(`${ADDED}\n  # the first\n  one:`);
  expect(text).toContain('systems: # the order decides\n  # all of one agency\n');
});

it('takes out the first system with its comment, and none of another', () => {
  const text = edited((edit) => edit.take('one'));

  expect(text).not.toContain('# the first');
  expect(text).toContain('# the second\n  two:');
  expect(text).toContain('# all of one agency');
  expect(Object.keys((parse(text) as { systems: object }).systems)).toEqual(['two']);
});

it('adds an expected agency in the line where the others stand', () => {
  expect(edited((edit) => edit.expect('dossiers', ['H23.X03']))).toMatch(
    /dossiers: \{ ?expected: \[ ?"H23\.X01", H23\.X02, H23\.X03 ?\] ?\} +# ought to have rows/,
  );
});

it('does not touch what stands there as an alias of another place', () => {
  const text = `subgraphs: { a: { expected: &all [H23.X01] }, b: { expected: *all } }\nsystems: {}\n`;

  expect(() => edited((edit) => edit.expect('b', ['H23.X02']), text)).toThrow(
    'subgraphs.b.expected is written as an alias',
  );
});
