import {
  comparePositions,
  decodeShardCursor,
  encodeShardCursor,
  type ShardPosition,
} from '../../../schema/shard-cursor';
import { askPage, pageQuestion } from './ask-page';
import type { SampledEdge, SampledRow } from './collection';
import {
  CheckFailure,
  CheckSkipped,
  type ConformanceCheck,
  requireSame,
  requireThat,
} from './conformance-check';
import type { RowContext } from './conformance-context';
import type { OrderedList } from './page-walks';

type Context = RowContext<SampledRow>;

/** What the gateway reads in a cursor: it merges the pages of many systems by nothing else. */
export const CURSOR_CHECKS: readonly ConformanceCheck<Context>[] = [
  {
    id: 'cursors.decode',
    title: {
      vi: 'Con trỏ là base64url của JSON `[thứ tự, giá trị, cơ quan, mã]`.',
      en: 'A cursor is base64url of the JSON `[order, value, agency, code]`.',
    },
    needsSample: true,
    async run(context) {
      for (const list of await context.walks.lists())
        for (const edge of list.edges) readPosition(context, list, edge);
    },
  },
  {
    id: 'cursors.values',
    title: {
      vi: 'Con trỏ mang đúng mã, cơ quan và giá trị sắp xếp của dòng: thời điểm UTC có mili giây, tên theo khóa sắp xếp tiếng Việt.',
      en: 'A cursor carries the row’s own code, agency and value: instants in UTC with milliseconds, names as their Vietnamese sort key.',
    },
    needsSample: true,
    async run(context) {
      const { collection, sample } = context;
      const rows = new Map(sample.rows.map((row) => [row.code, row]));
      for (const list of await context.walks.lists()) {
        for (const edge of list.edges) {
          const row = rows.get(edge.node.code);
          if (row === undefined) continue;
          const { values, agency, code } = readPosition(context, list, edge);
          requireSame(listQuestion(context, list), `the position of ${row.code}`, {
            expected: [collection.positionValue(row, list.order), collection.agencyOf(row), row.code],
            got: [...values, agency, code],
          });
        }
      }
    },
  },
  {
    id: 'cursors.sorted',
    title: {
      vi: 'Dòng đứng theo giá trị trong con trỏ; null ở cuối cả hai chiều; bằng nhau thì theo cơ quan rồi mã, so từng byte.',
      en: 'Rows stand by the value in their cursor; nulls last both ways; ties by agency, then code, bytewise.',
    },
    needsSample: true,
    async run(context) {
      for (const list of await context.walks.lists()) {
        const positions = list.edges.map((edge) => readPosition(context, list, edge));
        positions.forEach((position, i) => {
          const previous = positions[i - 1];
          if (previous === undefined) return;
          requireThat(
            previous.order === position.order && comparePositions(previous, position) < 0,
            smallest(context, list, i),
            `${inWords(position)} before ${inWords(previous)}`,
            'the other way round, or both at one place',
          );
        });
      }
    },
  },
  {
    id: 'cursors.vanished',
    title: {
      vi: 'Tiếp tục được sau vị trí của một dòng không có ở hệ thống này (dòng đã xóa, hoặc của hệ thống khác).',
      en: 'A page goes on after a position that no row here has: one deleted since, or one of another system.',
    },
    needsSample: true,
    async run(context) {
      const { endpoint, collection, sample } = context;
      if (sample.rows.length === 0) throw new CheckSkipped('there are no rows');
      for (const list of await context.walks.lists()) {
        const positions = list.edges.map((edge) => readPosition(context, list, edge));
        for (const vanished of vanishedPositions(positions)) {
          const after = encodeShardCursor(vanished);
          const page = await askPage(endpoint, collection, {
            filter: sample.filter,
            orderBy: list.order,
            first: 3,
            after,
          });
          const following = list.edges.filter((_, i) => isAfter(positions[i], vanished)).slice(0, 3);
          requireSame(page.question, `the rows after ${inWords(vanished)}`, {
            expected: following.map(({ node }) => node.code),
            got: page.edges.map(({ node }) => node.code),
          });
        }
      }
    },
  },
  {
    id: 'cursors.agencies',
    title: {
      vi: 'Chỉ có dòng của các cơ quan mà hệ thống khai báo ở `/holdings`.',
      en: 'There are rows only of agencies that the system declares at `/holdings`.',
    },
    needsSample: true,
    async run({ isDeclared, agencies, collection, sample }) {
      if (!isDeclared) throw new CheckSkipped('the endpoint declares no holdings');
      const question = pageQuestion(collection, { filter: sample.filter, first: 200 });
      for (const row of sample.rows) {
        const agency = collection.agencyOf(row);
        requireThat(
          agency !== null && agencies.includes(agency),
          question,
          `an agency among ${agencies.join(', ')} for ${row.code}`,
          agency,
        );
      }
    },
  },
];

function readPosition(
  context: Context,
  list: OrderedList,
  { cursor, node }: SampledEdge<SampledRow>,
): ShardPosition {
  const request = listQuestion(context, list);
  let position: ShardPosition;
  try {
    position = decodeShardCursor(cursor);
  } catch {
    throw new CheckFailure({
      request,
      expected: `a cursor of ${node.code} that is base64url of the JSON [order, value, agency, code]`,
      got: cursor,
    });
  }
  requireSame(request, `the name of the order in the cursor of ${node.code}`, {
    expected: list.order,
    got: position.order,
  });
  requireThat(
    position.values.length === 1,
    request,
    `one value in the cursor of ${node.code}`,
    position.values,
  );
  return position;
}

function listQuestion({ collection, sample }: Context, { order }: OrderedList) {
  return pageQuestion(collection, { filter: sample.filter, orderBy: order, first: 200 });
}

/** The page of two rows that stand wrong. */
function smallest({ collection, sample }: Context, { order, edges }: OrderedList, place: number) {
  const after = edges[place - 2]?.cursor;
  return pageQuestion(collection, {
    filter: sample.filter,
    orderBy: order,
    first: 2,
    ...(after !== undefined && { after }),
  });
}

/** After the first row, in the middle, at the end of the known and of all, and between two agencies. */
function vanishedPositions(positions: readonly ShardPosition[]): readonly ShardPosition[] {
  const lastKnown = positions.findLastIndex(({ values }) => values[0] !== null);
  const places = [0, Math.floor(positions.length / 2), lastKnown, positions.length - 1];
  const chosen = [...new Set(places)].flatMap((place) => positions[place] ?? []);
  const [first] = positions;
  return [
    ...chosen.map((position) => ({ ...position, code: `${position.code}~` })),
    ...chosen.slice(0, 2).map((position) => ({ ...position, agency: 'A00', code: '0' })),
    ...(first === undefined ? [] : [{ ...first, agency: 'Z99.Z99', code: '0' }]),
  ];
}

function isAfter(position: ShardPosition | undefined, place: ShardPosition): boolean {
  return position !== undefined && comparePositions(position, place) > 0;
}

function inWords({ values, agency, code }: ShardPosition): string {
  return JSON.stringify([...values, agency, code]);
}
