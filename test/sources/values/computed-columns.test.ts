import { compileComputed, findExpressionMistakes } from '../../../subgraphs/sources/values/computed-columns';
import { RowProblems } from '../../../subgraphs/sources/values/shown-value';
import { plainMapping } from '../../support/copied-system';

function compute(expression: string, record: Parameters<ReturnType<typeof compileComputed>['addTo']>[0]) {
  const problems = new RowProblems('row 1');
  return { value: compileComputed({ X: expression }).addTo(record, problems)['X'], problems: problems.list };
}

describe('a computed column', () => {
  it.each<[string, Parameters<typeof compute>[1], string]>([
    ['row.LOAI + "/" + row.MUC', { LOAI: 1, MUC: 'a' }, '1/a'],
    ['row["Mã hồ sơ"].trim()', { 'Mã hồ sơ': ' x ' }, 'x'],
    ['row.A == "" ? "none" : row.A', { A: null }, 'none'],
    ['int(row.N) * 2 + 1', { N: '20' }, '41'],
    ['row.F == "true"', { F: true }, 'true'],
    ['row.S.split("-")[1]', { S: 'a-b' }, 'b'],
  ])('is %s', (expression, record, value) => {
    expect(compute(expression, record)).toEqual({ value, problems: [] });
  });

  it('is empty where its expression fails on a row, and says so without the value', () => {
    expect(compute('int(row.N)', { N: 'Nguyễn Văn A' })).toEqual({
      value: null,
      problems: [{ code: 'ROW_BAD_EXPRESSION', place: 'row 1', column: 'X', value: null }],
    });
  });

  it('knows what it reads', () => {
    expect(compileComputed({ X: 'row.A + row["b.c"]' }).reads).toEqual(['A', 'b.c']);
  });

  it.each([
    ['row.A +', 'Unexpected token: EOF'],
    ['row.A + 1', 'no such overload'],
    ['row', 'must read single columns'],
    ['row[row.A]', 'must name the column itself'],
    ['other.A', 'Unknown variable'],
    ['row.A.matches("(a+)+$")', '"matches" is not among the functions allowed'],
    ['[1, 2].map(x, x * 2)', '"map" is not among the functions allowed'],
    ['cel.bind(t, row.A, t + t)', '"bind" is not among the functions allowed'],
    ['[row.A]', 'must give a text, a number or true or false'],
    [`${'('.repeat(40)}row.A${')'.repeat(40)}`, 'maxDepth'],
    [Array(400).fill('row.A').join(' + '), 'maxAstNodes'],
  ])('may not be %.40s', (expression, mistake) => {
    const [found] = findExpressionMistakes({ X: expression }, 'dossiers.computed');
    expect(found).toContain('dossiers.computed.X: ');
    expect(found).toContain(mistake);
  });

  it('is checked with its path when the mapping is read', () => {
    expect(() => plainMapping("  computed: { X: 'row.A +' }")).toThrow(
      'dossiers.computed.X: Unexpected token',
    );
    expect(() => plainMapping('  field: { column: a, through: [{ table: t, match: m, value: v }] }')).toThrow(
      'dossiers.field.through: only a system of the kind "sql"',
    );
  });
});
