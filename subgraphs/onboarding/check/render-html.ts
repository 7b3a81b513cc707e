import type { CheckReport, Finding } from './check-report';
import type { Severity } from './finding-codes';
import { html, Html } from './html';
import { vietnameseDay, vietnameseTime } from './local-time-text';
import { vietnameseName } from './speed-names';
import { PAGE_STYLE } from './page-style';

const SEVERITY_NAMES: Readonly<Record<Severity, readonly [vi: string, en: string]>> = {
  error: ['Lỗi', 'error'],
  warning: ['Cảnh báo', 'warning'],
  note: ['Ghi chú', 'note'],
};

/** One page without scripts, pictures or addresses: it can be opened, printed and sent on anywhere. Vietnamese, then English. */
export function renderHtml(report: CheckReport): string {
  const { system, dossiers, procedures, queries, findings } = report;
  return html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>Báo cáo kiểm tra: ${system.name}</title>
        <style>
          ${new Html(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <header>
          <p class="kicker">Liên Thông · Báo cáo kiểm tra hệ thống ${english('system check report')}</p>
          <h1>${system.name}</h1>
          ${verdict(report)}
        </header>
        <main>
          ${facts(report)}
          ${
            findings.length === 0
              ? html`<section>
                  <h2>Kết quả kiểm tra ${english('findings')}</h2>
                  <p>Không phát hiện vấn đề nào. ${english('Nothing was found.')}</p>
                </section>`
              : findingList(findings)
          }
          ${dossiers === null ? null : dossierSection(dossiers)}
          ${procedures === null ? null : procedureSection(procedures)}
          ${queries === null ? null : querySection(queries)} ${notChecked(report)}
        </main>
        <footer>
          <p>
            Báo cáo chỉ nêu mã hồ sơ và số lượng, không có dữ liệu cá nhân.
            ${english('The report shows codes of dossiers and counts, and nothing personal.')}
          </p>
        </footer>
      </body>
    </html> `.text;
}

function english(text: string): Html {
  return html`<span class="en" lang="en">${text}</span>`;
}

function verdict({ connection, summary: { errors, warnings, notes } }: CheckReport): Html {
  const counts = html`${number(errors)} lỗi, ${number(warnings)} cảnh báo, ${number(notes)} ghi chú`;
  if (connection === 'unreachable')
    return html`<p class="verdict error">
      <strong>Không kết nối được tới hệ thống.</strong> ${english('The system cannot be reached.')}
    </p>`;
  if (errors > 0)
    return html`<p class="verdict error">
      <strong>Chưa sẵn sàng kết nối:</strong> ${counts}. ${english('Not ready yet.')}
    </p>`;
  if (warnings > 0)
    return html`<p class="verdict warning">
      <strong>Có thể kết nối, cần xem các cảnh báo:</strong> ${counts}. ${english('Ready, with warnings.')}
    </p>`;
  return html`<p class="verdict good"><strong>Sẵn sàng kết nối:</strong> ${counts}. ${english('Ready.')}</p>`;
}

const CONNECTIONS: Readonly<Record<CheckReport['connection'], readonly [vi: string, en: string]>> = {
  ok: ['Tốt', 'good'],
  partial: ['Đọc được một phần', 'read in part'],
  unreachable: ['Không kết nối được', 'unreachable'],
};

function facts({ system, checkedAt, tookMs, now, connection, copy }: CheckReport): Html {
  const [vi, en] = CONNECTIONS[connection];
  const mode = system.mode === 'live' ? 'đọc trực tiếp' : 'bản sao';
  return html`<dl class="facts">
    ${fact('Hệ thống', 'system', html`${system.id} (${system.kind}, ${mode})`)}
    ${fact('Nguồn', 'source', html`<code>${system.source}</code>`)}
    ${fact('Kết nối', 'connection', html`${vi} ${english(en)}`)}
    ${fact('Kiểm tra lúc', 'checked at', html`${vietnameseTime(checkedAt)}, trong ${(tookMs / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} giây`)}
    ${fact('Đồng hồ của tỉnh', 'clock of the province', html`${vietnameseTime(now)}`)}
    ${copy === null ? null : fact('Bản sao', 'copy', html`${copy.asOf === null ? 'chưa hoàn thành' : `tính đến ${vietnameseTime(copy.asOf)}`}; ${number(copy.rows)} dòng, ${number(copy.problems)} dòng có vấn đề`)}
    ${fact('Tệp cấu hình', 'mapping', html`<code>${system.mapping}</code>`)}
  </dl>`;
}

function fact(vi: string, en: string, value: Html): Html {
  return html`<div>
    <dt>${vi} ${english(en)}</dt>
    <dd>${value}</dd>
  </div>`;
}

function findingList(findings: readonly Finding[]): Html {
  return html`<section>
    <h2>Kết quả kiểm tra ${english('findings')}</h2>
    ${findings.map(findingArticle)}
  </section>`;
}

function findingArticle(finding: Finding): Html {
  const { severity, code, place, message, remedy, examples, sql } = finding;
  const [vi, en] = SEVERITY_NAMES[severity];
  const where =
    place === null || sql !== null || message.en.includes(place) ? null : html` <code>${place}</code>`;
  return html`<article class="${severity}">
    <h3><span class="badge">${vi}</span> ${message.vi}${where}</h3>
    <p class="en" lang="en">${en}: ${message.en}</p>
    ${valueTable(finding)} ${rowTable(finding)}
    ${examples.length === 0 ? null : html`<p>Ví dụ ${english('examples')}: ${examples.map((example, i) => html`${i > 0 ? ', ' : ''}<code>${example}</code>`)}</p>`}
    ${sql === null ? null : html`<pre><code>${sql};</code></pre>`}
    <p class="do"><strong>Cách xử lý:</strong> ${remedy.vi} ${english(remedy.en)}</p>
    <p class="code">${code}</p>
  </article> `;
}

function valueTable({ values, moreValues }: Finding): Html | null {
  if (values.length === 0) return null;
  const hasCounts = values.some(({ count }) => count > 0);
  const hasSuggestions = values.some(({ suggestion }) => suggestion !== null);
  return html`${table(
    'Các giá trị',
    'values',
    [
      ['Giá trị', 'value'],
      ...(hasCounts ? ([['Số hồ sơ', 'rows']] as const) : []),
      ...(hasSuggestions ? ([['Có thể là', 'probably']] as const) : []),
    ],
    values.map(({ value, count, suggestion }) => [
      html`<code>${value}</code>`,
      ...(hasCounts ? [html`${number(count)}`] : []),
      ...(hasSuggestions ? [html`${suggestion ?? '–'}`] : []),
    ]),
    hasCounts ? [1] : [],
  )}${moreValues === 0 ? null : html`<p>và ${number(moreValues)} giá trị khác ${english('more values')}</p>`}`;
}

function rowTable({ rows }: Finding): Html | null {
  if (rows.length === 0) return null;
  return table(
    'Vị trí các dòng',
    'where the rows stand',
    [
      ['Vị trí', 'place'],
      ['Cột', 'column'],
      ['Giá trị', 'value'],
    ],
    rows.map(({ place, column, value }) => [
      html`${place}`,
      html`${column ?? '–'}`,
      html`<code>${value ?? ''}</code>`,
    ]),
  );
}

function dossierSection({
  rows,
  served,
  deleted,
  firstReceived,
  lastReceived,
  agencies,
}: NonNullable<CheckReport['dossiers']>): Html {
  return html`<section>
    <h2>Hồ sơ ${english('dossiers')}</h2>
    <p>
      ${number(rows)} hồ sơ, trong đó ${number(served)} được phục vụ, ${number(deleted)} đã đánh dấu xóa; tiếp
      nhận từ ${vietnameseDay(firstReceived)} đến ${vietnameseDay(lastReceived)}.
    </p>
    ${table(
      'Số hồ sơ theo cơ quan tiếp nhận',
      'dossiers by receiving agency',
      [
        ['Cơ quan', 'agency'],
        ['Số hồ sơ', 'dossiers'],
        ['Tiếp nhận đầu tiên', 'first'],
        ['Tiếp nhận gần nhất', 'last'],
      ],
      agencies.map((agency) => [
        html`<code>${agency.agency}</code>`,
        html`${number(agency.rows)}`,
        html`${vietnameseDay(agency.firstReceived)}`,
        html`${vietnameseDay(agency.lastReceived)}`,
      ]),
      [1],
    )}
  </section>`;
}

function procedureSection({ rows, agencies }: NonNullable<CheckReport['procedures']>): Html {
  return html`<section>
    <h2>Danh mục thủ tục ${english('catalogue')}</h2>
    <p>${number(rows)} thủ tục.</p>
    ${table(
      'Số thủ tục theo cơ quan công bố',
      'procedures by publishing agency',
      [
        ['Cơ quan', 'agency'],
        ['Số thủ tục', 'procedures'],
      ],
      agencies.map((agency) => [html`<code>${agency.agency}</code>`, html`${number(agency.rows)}`]),
      [1],
    )}
  </section>`;
}

const PLANS = { index: 'dùng chỉ mục', scan: 'đọc cả bảng', unknown: 'không rõ' } as const;

function querySection(queries: NonNullable<CheckReport['queries']>): Html {
  return html`<section>
    <h2>Tốc độ truy vấn ${english('speed')}</h2>
    ${table(
      'Các truy vấn thường gặp',
      'typical queries',
      [
        ['Truy vấn', 'query'],
        ['Thời gian (ms)', 'time'],
        ['Cách đọc', 'plan'],
        ['Chi tiết', 'detail'],
      ],
      queries.map(({ name, tookMs, plan, detail }) => [
        html`${vietnameseName(name)} ${english(name)}`,
        html`${tookMs === null ? 'lỗi' : tookMs.toLocaleString('vi-VN', { maximumFractionDigits: 1 })}`,
        html`${PLANS[plan]}`,
        html`${detail}`,
      ]),
      [1],
    )}
  </section>`;
}

function notChecked({ notChecked: parts }: CheckReport): Html | null {
  if (parts.length === 0) return null;
  return html`<section>
    <h2>Chưa kiểm tra được ${english('not checked')}</h2>
    <ul>
      ${parts.map(({ part, reason }) => html`<li>${part}: ${reason}</li>`)}
    </ul>
  </section>`;
}

/** `numeric` are the places of columns of numbers. */
function table(
  captionVi: string,
  captionEn: string,
  columns: readonly (readonly [vi: string, en: string])[],
  rows: readonly (readonly Html[])[],
  numeric: readonly number[] = [],
): Html {
  const kind = (i: number) => (numeric.includes(i) ? 'number' : 'text');
  return html`<div class="scroll">
    <table>
      <caption>
        ${captionVi} ${english(captionEn)}
      </caption>
      <thead>
        <tr>
          ${columns.map(([vi, en], i) => html`<th scope="col" class="${kind(i)}">${vi} ${english(en)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => html`<td class="${kind(i)}">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function number(value: number): string {
  return value.toLocaleString('vi-VN');
}
