/** How an answer is written for one client. */
export interface AnswerMediaType {
  readonly contentType: string;
  /**
   * The status of an answer without data to a request that was read well: GraphQL over HTTP has 200 for `application/json` and 400
   * for `application/graphql-response+json`. A client that names neither gets 400 too, so that nobody takes a mistake for an answer.
   */
  readonly mistakeStatus: 200 | 400;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const NAMED_JSON: AnswerMediaType = { contentType: JSON_TYPE, mistakeStatus: 200 };
const ANY_JSON: AnswerMediaType = { contentType: JSON_TYPE, mistakeStatus: 400 };
const GRAPHQL_RESPONSE: AnswerMediaType = {
  contentType: 'application/graphql-response+json; charset=utf-8',
  mistakeStatus: 400,
};

/** The media type that a client likes best of those we write, by its header `accept`; null when it takes none of them. */
export function chooseMediaType(accept: string | undefined): AnswerMediaType | null {
  if (accept === undefined || accept === '' || accept === '*/*') return ANY_JSON;
  if (accept === 'application/json') return NAMED_JSON;
  if (accept === 'application/graphql-response+json') return GRAPHQL_RESPONSE;
  const ranges = accept.toLowerCase().split(',').map(readRange);
  const json = weigh(ranges, 'application/json');
  const graphql = weigh(ranges, 'application/graphql-response+json');
  if (json.quality <= 0 && graphql.quality <= 0) return null;
  if (isLikedMore(graphql, json)) return GRAPHQL_RESPONSE;
  return json.precision === NAMED ? NAMED_JSON : ANY_JSON;
}

interface Range {
  readonly name: string;
  readonly quality: number;
}

function readRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => /^q\s*=/.test(parameter));
  const value = quality === undefined ? 1 : Number(quality.slice(quality.indexOf('=') + 1));
  return { name, quality: Number.isNaN(value) ? 0 : value };
}

interface Weight {
  readonly quality: number;
  /** How exactly the range that decides names the type. */
  readonly precision: number;
  /** Where in the header that range stands. */
  readonly place: number;
}

const NAMED = 2;

function weigh(ranges: readonly Range[], type: string): Weight {
  let weight: Weight = { quality: 0, precision: -1, place: ranges.length };
  for (const [place, { name, quality }] of ranges.entries()) {
    const precision = name === type ? NAMED : name === 'application/*' ? 1 : name === '*/*' ? 0 : -1;
    if (precision > weight.precision) weight = { quality, precision, place };
  }
  return weight;
}

function isLikedMore(one: Weight, other: Weight): boolean {
  if (one.quality !== other.quality) return one.quality > other.quality;
  if (one.precision !== other.precision) return one.precision > other.precision;
  return one.place < other.place;
}
