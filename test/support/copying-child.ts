import { sqlRecordReader } from '../../subgraphs/sources/copy/sql-record-reader';
import type { RecordReader } from '../../subgraphs/sources/copy/record-reader';
import { openSqlDatabase } from '../../subgraphs/sources/sql/open-sql-database';
import { changingTableMapping } from './changing-table';
import { openTestCopy } from './copied-system';

/** A process that copies a table and is killed while it does. Arguments: source, folder of the store, the instant, kind of pass. */
async function main([source = '', folder = '', now = '', pass = '']: readonly string[]): Promise<void> {
  const mapping = changingTableMapping();
  const database = await openSqlDatabase({ dialect: 'sqlite', file: source }, { env: {}, baseFolder: '/' });
  const clock = () => new Date(now);
  const reader = telling(sqlRecordReader({ mapping, database, clock }));
  const copy = await openTestCopy({ mapping, reader, folder, clock });
  const kind = pass === 'full' ? 'full' : 'changes';
  const finished = await copy.copier.copyOnce({ signal: new AbortController().signal, pass: kind });
  await copy[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  process.stdout.write(finished[0]?.pass === kind ? 'done\n' : `took up a ${finished[0]?.pass} pass\n`);
}

/** Says each event before it is written, so that whoever kills can choose one. */
function telling(reader: RecordReader): RecordReader {
  return {
    async *read(request) {
      for await (const event of reader.read(request)) {
        process.stdout.write('event\n');
        yield event;
      }
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

void main(process.argv.slice(2));
