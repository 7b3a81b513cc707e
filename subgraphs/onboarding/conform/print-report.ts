import type { Paint } from '../terminal/colours';
import type { Evidence } from './conformance-check';
import type { CheckResult, ConformanceReport } from './conformance-report';

const MARKS = { pass: '✓', fail: '✗', skipped: '–' } as const;
const COLOURS = { pass: 'green', fail: 'red', skipped: 'yellow' } as const;

/** The report for people: every check a line, and below what fails the request that shows it. */
export function printReport(report: ConformanceReport, paint: Paint): string {
  const { url, subgraph, now, agencies, sample, requests, passed, failed, skipped, checks } = report;
  const verdict =
    failed === 0
      ? paint('green', `Đạt. ${url} keeps to the contract of ${subgraph}`)
      : paint('red', `Không đạt. ${url} breaks the contract of ${subgraph}`);
  return [
    paint('bold', `${url} · ${subgraph}`),
    `Thời điểm xét · judged at: ${now} (lienthong-now)`,
    `Cơ quan · agencies: ${agencies.length === 0 ? 'không khai báo (none declared)' : agencies.join(', ')}`,
    `Dữ liệu mẫu · sample: ${sample ?? 'không đọc được (could not be read)'}`,
    '',
    ...checks.flatMap((check) => printCheck(check, paint)),
    '',
    `${verdict}: ${passed} đạt (passed), ${failed} không đạt (failed), ${skipped} bỏ qua (skipped), ${requests} yêu cầu (requests).`,
    '',
  ].join('\n');
}

function printCheck(check: CheckResult, paint: Paint): readonly string[] {
  const { id, title, status, why, evidence, notes } = check;
  return [
    `${paint(COLOURS[status], MARKS[status])} ${paint('bold', id)}  ${title.vi}`,
    `    ${paint('dim', title.en)}`,
    ...(why === undefined ? [] : [`    bỏ qua · skipped: ${why}`]),
    ...(evidence === undefined ? [] : printEvidence(evidence, paint)),
    ...notes.map((note) => `    ghi chú · note: ${note}`),
  ];
}

function printEvidence({ request, expected, got }: Evidence, paint: Paint): readonly string[] {
  return [
    `    mong đợi · expected: ${expected}`,
    `    ${paint('red', `nhận được · got: ${got}`)}`,
    ...(request === null ? [] : [`    truy vấn · query: ${request.query}`]),
    ...(request?.variables === undefined
      ? []
      : [`    biến · variables: ${JSON.stringify(request.variables)}`]),
    ...(request?.headers === undefined ? [] : [`    tiêu đề · headers: ${JSON.stringify(request.headers)}`]),
  ];
}
