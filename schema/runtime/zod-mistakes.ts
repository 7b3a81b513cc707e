import { z } from 'zod';

const MAX_SHOWN = 80;
const SECRET_NAME = /secret|password|passwd|token|credential/i;

/** One sentence for each mistake zod found: where (`systems[2].port`), what is wrong, what is allowed, what was got. */
export function describeZodMistakes(
  error: z.ZodError,
  schema: z.ZodType,
  whereIs: (path: readonly PropertyKey[]) => string = formatPath,
): readonly string[] {
  return error.issues.map((issue) => `${whereIs(issue.path)}: ${describe(issue, schema)}`);
}

/** `systems[2].port`; the top itself is `(top)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(top)';
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const allowed = known.length === 0 ? '' : `; known here: ${known.join(', ')}`;
    return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}${allowed}`;
  }
  return `${issue.message.replace(/, received .*$/, '')}, got ${got(issue)}${alternatives(issue)}`;
}

/** A union fails with the mistakes of every branch. */
function alternatives(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return '';
  const branches = issue.errors.map((mistakes) =>
    mistakes
      .map(
        (mistake) => `${mistake.path.length === 0 ? '' : `${formatPath(mistake.path)}: `}${mistake.message}`,
      )
      .join('; '),
  );
  return branches.length === 0 ? '' : ` (allowed is one of: ${branches.join(' | ')})`;
}

function got(issue: z.core.$ZodIssue): string {
  if (issue.path.some((step) => SECRET_NAME.test(String(step)))) return 'a value that is not shown';
  if (issue.input === undefined) return 'nothing';
  const text = (JSON.stringify(issue.input) ?? typeof issue.input).replace(
    /(:\/\/[^\s/:@]*:)[^\s/@]*@/g,
    '$1…@',
  );
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** The keys an object schema takes at a path; none where the path leaves plain objects, arrays and records. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const inner = unwrap(schema);
  const [step, ...rest] = path;
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const next = schemaBelow(inner, step);
  return next === undefined ? [] : keysAt(next, rest);
}

function schemaBelow(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (!(schema instanceof z.ZodObject)) return undefined;
  // A shape is a plain record of schemas; zod types its values loosely.
  return (schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>)[step];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly;
  return isWrapped ? unwrap(schema.unwrap()) : schema;
}
