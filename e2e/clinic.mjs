// A clinic of its own for each story file, served on a free port, and removed at the end.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = process.env.RESURFACE;

/** Password of every user that a story adds. */
export const PASSWORD = 'three lamps under the quiet bridge';

/** Runs the program to its end; what it printed. */
export async function resurface(args, env = {}) {
  return (await run(program, args, { env: { ...process.env, ...env } })).stdout;
}

/** A demonstration clinic with this many patients, served. */
export async function demonstration(patients = 12) {
  const folder = await mkdtemp(path.join(tmpdir(), 'resurface-e2e-'));
  const dir = path.join(folder, 'clinic');
  const made = JSON.parse(await resurface(['demo-data', dir, '--patients', String(patients), '--seed', '1', '--json']));
  const clinic = await serve(folder, dir);
  return { ...clinic, user: made.answer?.sign_in ?? 'demo', password: made.answer?.password ?? made.password };
}

/** Serves the clinic in a folder. */
export async function serve(folder, dir, more = []) {
  const env = { ...process.env, RESURFACE_SIGN_IN_FILE: path.join(folder, 'sign-in') };
  const child = spawn(program, ['serve', dir, '--listen', '127.0.0.1:0', ...more], { stdio: ['ignore', 'pipe', 'pipe'], env });
  // a story that is broken off leaves nobody serving
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(child.kill() ? 130 : 1));
  let said = '';
  const base = await new Promise((resolve, reject) => {
    const listen = chunk => {
      said += chunk;
      const address = said.match(/Resurface is at (https?:\/\/127\.0\.0\.1:\d+)/);
      if (address) resolve(address[1]);
    };
    child.stderr.on('data', listen);
    child.stdout.on('data', listen);
    child.on('exit', code => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  const end = async () => {
    child.kill('SIGTERM');
    await new Promise(resolve => (child.exitCode === null ? child.on('exit', resolve) : resolve()));
  };
  const stop = async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  return { base, dir, folder, env, said: () => said, end, stop };
}
