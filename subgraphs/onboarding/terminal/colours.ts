import { styleText } from 'node:util';
import type { Environment } from '../../../schema/runtime/environment';
import type { OutputStream } from './command-io';

export type Style = Parameters<typeof styleText>[0];

/** Colours a text, or gives it back as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colours only for a terminal that shows them, and never against NO_COLOR (https://no-color.org). */
export function createPaint(output: OutputStream, env: Environment): Paint {
  const isPlain = output.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  if (isPlain) return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
