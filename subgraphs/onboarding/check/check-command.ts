import { renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../../schema/runtime/config-error';
import { readSystemMapping } from '../../sources/mapping/read-system-mapping';
import type { CommandIo } from '../terminal/command-io';
import type { OnboardCommand } from '../terminal/onboard-command';
import { createPaint } from '../terminal/colours';
import { startProgress } from '../terminal/progress';
import { readArguments } from '../terminal/read-arguments';
import { writeJson } from '../terminal/write-json';
import { exitCodeOf } from './check-report';
import { checkSystem } from './check-system';
import { openSystemFacts } from './open-system-facts';
import { readContext } from './read-context';
import { renderHtml } from './render-html';
import { renderText } from './render-text';

const HELP = `lienthong onboard check FILE [options]

Reads a system by its mapping FILE (YAML) and says what is wrong: agencies, statuses, procedures and channels that the
mapping does not know, rows without dates or with impossible ones, codes that stand twice, slow queries and the indexes
that would help. Nothing is written to the system. Examples are codes of dossiers; nothing personal is read.

  --json             the report as JSON on stdout, and nothing else there
  --html PAGE        also write the report as one HTML page, to be read, printed and sent on
  --strict           warnings count as errors
  --catalogue LIST   the province's procedures: a CSV with a column "code" or "Mã TTHC", a JSON list of codes, or "none".
                     Usually that of the embedded province; the system's own catalogue always counts too
  --directory LIST   the province's agencies, the JSON that systems.yaml names, or "none". Usually that of the data folder
                     (LIENTHONG_DATA, .lienthong), else of the embedded province
  --holidays DAYS    the working calendar: a CSV with the columns date and kind. Usually that of the embedded province
  --now INSTANT      the clock of the province, such as 2024-06-28T10:00:00+07:00. Usually LIENTHONG_NOW, else now

Exit codes: 0 no error, 1 errors (with --strict also warnings), 2 the mapping or the call is wrong, 3 the system cannot
be reached.

  lienthong onboard check so-tu-phap.yaml --html so-tu-phap.html
`;

const OPTIONS = {
  json: { type: 'boolean' },
  html: { type: 'string' },
  strict: { type: 'boolean' },
  catalogue: { type: 'string' },
  directory: { type: 'string' },
  holidays: { type: 'string' },
  now: { type: 'string' },
} as const;

export const command: OnboardCommand = {
  name: 'check',
  summary: 'read a system by its mapping and say what is wrong',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments(args, { options: OPTIONS, positionals: ['FILE'] });
    const file = resolve(io.cwd, positionals[0] ?? '');
    const mapping = readSystemMapping(file);
    const { catalogue, directory, holidays, now } = values;
    const context = readContext({
      sources: { catalogue, directory, holidays, now },
      env: io.env,
      cwd: io.cwd,
      clock: Date.now,
    });
    using progress = startProgress(io, mapping.system, 1);
    const report = await checkSystem({
      mapping,
      mappingFile: positionals[0] ?? '',
      context,
      clock: Date.now,
      signal: io.signal,
      onStep(done, total, next) {
        progress.update(done, total);
        progress.say(next);
      },
      open: () =>
        openSystemFacts({
          mapping,
          folder: dirname(file),
          env: io.env,
          holidays: context.holidays,
          provinceProcedures: context.catalogue?.procedures ?? [],
          nowMs: context.nowMs,
          signal: io.signal,
          onRows: (rows) => progress.say(`${rows.toLocaleString('en')} rows copied`),
        }),
    });
    progress[Symbol.dispose]();
    if (values.html !== undefined) writePage(io, values.html, renderHtml(report));
    if (values.json === true) writeJson(io, report);
    else io.stdout.write(renderText(report, createPaint(io.stdout, io.env)));
    return exitCodeOf(report, values.strict === true);
  },
};

/** Whoever opens the page sees the old one or the new. */
function writePage(io: CommandIo, name: string, page: string): void {
  const file = resolve(io.cwd, name);
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, page);
    renameSync(unfinished, file);
  } catch (cause) {
    throw new ConfigError(file, [
      `cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
}
