import { SourceProblem } from '../source-problem';

/** Shorter ones would blot out half of every sentence, and are no secrets. */
const MIN_LENGTH = 4;

/** A problem as it may be shown: some services repeat in an error the token or password that they refuse. */
export function withoutSecrets<Failure>(error: Failure, secrets: readonly string[]): Failure | SourceProblem {
  if (!(error instanceof SourceProblem)) return error;
  const message = secrets
    .filter((secret) => secret.length >= MIN_LENGTH)
    .reduce((text, secret) => text.replaceAll(secret, '…'), error.message);
  return message === error.message ? error : new SourceProblem(error.code, message, error.place);
}

/** What is secret in headers: their values, what follows the word for the scheme, and what a basic authentication packs. */
export function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).flatMap((value) => {
    const [scheme = '', packed = ''] = value.split(' ', 2);
    const password =
      scheme === 'Basic' ? Buffer.from(packed, 'base64').toString('utf8').split(':').slice(1).join(':') : '';
    return [value, packed, password];
  });
}
