import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../schema/runtime/project-root';

const root = projectRoot();

/** The command as a person types it, run from source. */
async function lienthong(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['-r', '@swc-node/register', join(root, 'lienthong.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code: child.exitCode };
}

describe('the command lienthong', () => {
  it('says what it can do', async () => {
    const { out, code } = await lienthong(['--help']);

    expect(code).toBe(0);
    expect(out).toContain('lienthong province stop <system>');
  });

  it.each([
    [['serve'], '"serve" is not known; there are start, gateway, province, system, onboard'],
    [['province', 'halt'], '"province halt" is not known; there are generate, serve, list, stop, start'],
  ])('names the commands there are for %j', async (args, message) => {
    const { err, code } = await lienthong(args);

    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('names the systems there are when none is named', async () => {
    const { err, code } = await lienthong(['province', 'stop']);

    expect(code).toBe(1);
    expect(err).toContain('one of: mot-cua, tu-phap,');
  });

  it('refuses a wrong setting before anything starts', async () => {
    const { err, code } = await lienthong(['start'], { LIENTHONG_DOSSIERS: 'lots', PORT: 'http' });

    expect(code).toBe(1);
    expect(err).toContain('PORT must be a whole number from 0 to 65535, got "http"');
    expect(err).toContain('LIENTHONG_DOSSIERS must be a whole number, at least 1, got "lots"');
  });
});
