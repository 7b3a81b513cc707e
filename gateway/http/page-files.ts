import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

/** What sends the page's file at a path; null when the page has none there. */
export type PageFiles = (path: string) => ((response: ServerResponse) => void) | null;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/**
 * Everything from our own address, or not at all. Styles may stand in the page because the editor writes its colours there; its
 * workers and icons are blob: and data: URLs of our own making.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files of a folder as they are when the gateway starts: a path that is not among them is never looked up on the disk. */
export function createPageFiles(folder: string): PageFiles {
  const files = new Map(
    listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return (path) => {
    const file = files.get(path);
    return file === undefined ? null : (response) => sendFile(file, response);
  };
}

function sendFile(file: string, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
    // Only names that carry a hash of their content may be kept.
    'cache-control': /-[A-Z0-9]{8}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  const stream = createReadStream(file);
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
