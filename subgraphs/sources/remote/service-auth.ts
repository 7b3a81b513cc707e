import { resolve } from 'node:path';
import type { Environment } from '../../../schema/runtime/environment';
import type { RestConnection } from '../mapping/connections';
import { MissingSecretError, readSecret, type Secret } from '../mapping/secret';
import { SourceProblem } from '../source-problem';
import { createLogin } from './service-login';
import type { EnvelopeMapping } from './envelope';
import type { ServiceHttp } from './service-http';
import { secretsIn, withoutSecrets } from './without-secrets';

export type AuthMapping = NonNullable<RestConnection['auth']>;

export type Headers = Readonly<Record<string, string>>;

/** How a system is told who asks. */
export interface ServiceAuth {
  /** @throws SourceProblem SOURCE_REFUSED, when a secret is missing or a log-in is refused */
  credentials(signal: AbortSignal): Promise<Headers>;
  /** These were refused. True when others can be had, which the next `credentials` gives. */
  renew(refused: Headers): boolean;
}

export interface AuthParts {
  readonly auth: AuthMapping | undefined;
  readonly http: ServiceHttp;
  readonly baseUrl: string;
  readonly envelope: EnvelopeMapping | undefined;
  readonly env: Environment;
  /** Secret files are relative to it. */
  readonly baseFolder: string;
  readonly clock: () => number;
}

export function createServiceAuth(parts: AuthParts): ServiceAuth {
  const { auth } = parts;
  const secretOf = (secret: Secret): string => requireSecret(secret, parts);
  switch (auth?.scheme) {
    case undefined:
      return fixed(() => ({}));
    case 'basic':
      return fixed(() => ({
        authorization: `Basic ${Buffer.from(`${auth.user}:${secretOf(auth.password)}`).toString('base64')}`,
      }));
    case 'bearer':
      return fixed(() => ({ authorization: `Bearer ${secretOf(auth.token)}` }));
    case 'header':
      return fixed(() => ({ [auth.name.toLowerCase()]: secretOf(auth.value) }));
    case 'login':
      return createLogin(auth, parts, secretOf);
  }
}

/** Secrets are read anew for each request, so that a rotated one needs no restart. */
function fixed(headers: () => Headers): ServiceAuth {
  return { credentials: async () => headers(), renew: () => false };
}

function requireSecret(secret: Secret, { env, baseFolder }: AuthParts): string {
  try {
    return readSecret('file' in secret ? { file: resolve(baseFolder, secret.file) } : secret, env);
  } catch (error) {
    if (!(error instanceof MissingSecretError)) throw error;
    throw new SourceProblem('SOURCE_REFUSED', error.message, 'connection.auth', error);
  }
}

/** What one try with some credentials gave. */
export type Attempt<Answer> = { readonly answer: Answer } | { readonly refusal: SourceProblem };

/** Tries once more with new credentials when the first are refused. @throws SourceProblem the second refusal. */
export async function withCredentials<Answer>(
  auth: ServiceAuth,
  signal: AbortSignal,
  attempt: (headers: Headers) => Promise<Attempt<Answer>>,
): Promise<Answer> {
  const headers = await auth.credentials(signal);
  const first = await attempted(headers, attempt);
  if ('answer' in first) return first.answer;
  if (!auth.renew(headers)) throw first.refusal;
  const second = await attempted(await auth.credentials(signal), attempt);
  if ('answer' in second) return second.answer;
  throw second.refusal;
}

async function attempted<Answer>(
  headers: Headers,
  attempt: (headers: Headers) => Promise<Attempt<Answer>>,
): Promise<Attempt<Answer>> {
  const secrets = secretsIn(headers);
  try {
    const outcome = await attempt(headers);
    return 'answer' in outcome ? outcome : { refusal: withoutSecrets(outcome.refusal, secrets) };
  } catch (error) {
    throw withoutSecrets(error, secrets);
  }
}
