import { createAnswerer } from '../subgraphs/answer-body';
import type { Row } from '../subgraphs/rows';
import { serve } from '../subgraphs/serve';

/** Shards of one subgraph, a server each in one process. `node main.js COUNT` prints one line when all listen: their URLs as JSON. */
async function main(count: number): Promise<void> {
  const urls: string[] = [];
  for (let place = 0; place < count; place++) urls.push(await serve(createAnswerer(shard(place))));
  process.stdout.write(`${JSON.stringify(urls)}\n`);
}

const FIELDS = ['Hộ tịch', 'Đất đai', 'Xây dựng', 'Lao động', 'Y tế', 'Giáo dục'];

function shard(place: number): Row {
  const finished = 100 + (place % 17);
  const performance = {
    __typename: 'Performance',
    received: finished + 20,
    finished,
    days: finished * 4,
    meanDays: 4,
    mostDays: 10 + (place % 9),
  };
  const byField = FIELDS.map((field, at) => ({
    __typename: 'FieldFigures',
    field,
    received: 10 + at,
    finished: 5 + at,
  }));
  return { __typename: 'Query', received: finished + 20, performance, byField };
}

void main(Number(process.argv[2]));
