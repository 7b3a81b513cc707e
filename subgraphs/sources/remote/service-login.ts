import type { Secret } from '../mapping/secret';
import { SourceProblem } from '../source-problem';
import { parseJsonAnswer } from './json-answer';
import { readEnvelope } from './envelope';
import { requireGoodStatus } from './http-status';
import { serviceAddress } from './service-address';
import type { AuthMapping, AuthParts, Headers, ServiceAuth } from './service-auth';
import type { ServiceAnswer } from './service-http';
import { valueAt } from './value-at';
import { withoutSecrets } from './without-secrets';

type LoginMapping = Extract<AuthMapping, { scheme: 'login' }>;

interface Session {
  readonly headers: Headers;
  /** When to log in again, before the token ends; Infinity when that is not told. */
  readonly renewAt: number;
}

/** A tenth of a token's life, and half a minute at most, for requests that are under way when it ends. */
const MARGIN_MS = 30_000;

/** A session by user and password, shared by all passes over the system. */
export function createLogin(
  auth: LoginMapping,
  parts: AuthParts,
  secretOf: (secret: Secret) => string,
): ServiceAuth {
  let session: Session | null = null;
  let opening: Promise<Session> | null = null;

  const open = async (signal: AbortSignal): Promise<Session> => {
    const answer = await sendLogin(auth, parts, secretOf, signal);
    return (session = readSession(auth, answer, parts.clock()));
  };

  return {
    async credentials(signal) {
      for (;;) {
        if (session !== null && parts.clock() < session.renewAt) return session.headers;
        // Two passes that find the token old log in once.
        const isMine = opening === null;
        opening ??= open(signal).finally(() => (opening = null));
        try {
          return (await opening).headers;
        } catch (error) {
          if (isMine || error instanceof SourceProblem) throw error;
          // The other pass was given up in the middle of it.
          signal.throwIfAborted();
        }
      }
    },
    renew(refused) {
      if (session?.headers === refused) session = null;
      return true;
    },
  };
}

type Fields = Readonly<Record<string, string>>;

async function sendLogin(
  auth: LoginMapping,
  parts: AuthParts,
  secretOf: (secret: Secret) => string,
  signal: AbortSignal,
): Promise<unknown> {
  const secrets: string[] = [];
  const kept = (secret: Secret) => {
    const value = secretOf(secret);
    secrets.push(value);
    return value;
  };
  const fields = Object.fromEntries(
    Object.entries(auth.body).map(([name, value]) => [name, typeof value === 'string' ? value : kept(value)]),
  );
  try {
    return await askForSession(auth, parts, fields, signal);
  } catch (error) {
    throw withoutSecrets(error, secrets);
  }
}

async function askForSession(
  auth: LoginMapping,
  { http, baseUrl, envelope }: AuthParts,
  fields: Fields,
  signal: AbortSignal,
): Promise<unknown> {
  const place = `log-in ${auth.path}`;
  const isPost = auth.method === 'POST';
  const answer = await http.send({
    method: auth.method,
    url: serviceAddress(baseUrl, auth.path, isPost ? {} : fields),
    headers: { accept: 'application/json', ...(isPost ? { 'content-type': CONTENT_TYPES[auth.as] } : {}) },
    ...(isPost ? { body: bodyOf(auth, fields) } : {}),
    place,
    signal,
  });
  requireLoggedIn(answer, place);
  const parsed = parseJsonAnswer(answer, place);
  const verdict = readEnvelope(parsed, envelope, place);
  if (verdict.kind === 'good') return parsed;
  throw new SourceProblem(
    'SOURCE_REFUSED',
    `${place}: the service refuses the log-in with ${verdict.said}`,
    place,
  );
}

function bodyOf({ as }: LoginMapping, fields: Fields): string {
  return as === 'form' ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
}

const CONTENT_TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function requireLoggedIn({ status }: ServiceAnswer, place: string): void {
  // 400 is what OAuth's token endpoints say to a wrong password.
  if (status !== 400) return requireGoodStatus(status, place);
  throw new SourceProblem(
    'SOURCE_REFUSED',
    `${place}: the service refuses the log-in with HTTP 400; check the fields and secrets of connection.auth.body`,
    place,
  );
}

function readSession(auth: LoginMapping, answer: unknown, now: number): Session {
  const token = valueAt(answer, auth.tokenPath);
  if ((typeof token !== 'string' && typeof token !== 'number') || token === '') {
    throw new SourceProblem(
      'SOURCE_BAD_ANSWER',
      `log-in ${auth.path}: the answer has no token at "${auth.tokenPath}"`,
      `log-in ${auth.path}`,
    );
  }
  const lifeMs =
    auth.expiresInPath === undefined ? Number.NaN : Number(valueAt(answer, auth.expiresInPath)) * 1_000;
  return {
    headers: { [auth.header.toLowerCase()]: auth.format.replaceAll('{token}', () => String(token)) },
    renewAt: lifeMs > 0 ? now + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) : Infinity,
  };
}
