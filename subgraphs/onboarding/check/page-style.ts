/** For screen and for A4. Fonts are those of the reader's machine: all of them have Vietnamese letters. */
export const PAGE_STYLE = `
:root { color-scheme: light; --ink: #1b2330; --soft: #5a6475; --line: #d8dde6; --paper: #fff;
  --error: #a81e1e; --warning: #8a5a00; --note: #1f5f99; --good: #1b6b3a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.25rem; border-bottom: 2px solid var(--line); padding-bottom: .3rem; }
h3 { margin: 0 0 .25rem; font-size: 1.05rem; line-height: 1.4; }
p { margin: .4rem 0; }
.kicker { margin: 0 0 .25rem; color: var(--soft); font-size: .9rem; }
.en { color: var(--soft); font-size: .85em; font-weight: normal; }
.verdict { padding: .75rem 1rem; border: 1px solid; border-left-width: .4rem; border-radius: .3rem; }
.verdict.error { color: var(--error); background: #fdf1f1; }
.verdict.warning { color: var(--warning); background: #fdf7ea; }
.verdict.good { color: var(--good); background: #eff8f2; }
.verdict .en { color: inherit; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem 1.5rem; margin: 1.25rem 0 0; }
.facts dt { color: var(--soft); font-size: .85rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
article { margin: 0 0 1rem; padding: .8rem 1rem .6rem; border: 1px solid var(--line); border-left: .4rem solid var(--line); border-radius: .3rem; break-inside: avoid; }
article.error { border-left-color: var(--error); }
article.warning { border-left-color: var(--warning); }
article.note { border-left-color: var(--note); }
.badge { display: inline-block; margin-right: .4rem; padding: 0 .5rem; border: 1px solid; border-radius: .25rem; font-size: .8rem; }
.error .badge { color: var(--error); }
.warning .badge { color: var(--warning); }
.note .badge { color: var(--note); }
.do { padding-top: .3rem; }
.code { margin: 0; text-align: right; color: var(--soft); font-size: .75rem; letter-spacing: .03em; }
code, pre { font: .92em/1.45 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .6rem .8rem; background: #f4f6f9; border-radius: .3rem; white-space: pre-wrap; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .95rem; }
caption { text-align: left; color: var(--soft); font-size: .85rem; padding-bottom: .2rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: #f4f6f9; font-size: .88rem; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { font-size: 10pt; }
  body { padding: 0; max-width: none; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
