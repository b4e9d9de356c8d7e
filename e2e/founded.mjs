// A clinic that a story founds: with its staff, and with charts made of the examples.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PASSWORD, resurface, serve } from './clinic.mjs';

/** A day as a form takes it, so many days from today. */
export const day = (from = 0) => {
  const day = new Date();
  day.setDate(day.getDate() + from);
  return day.toLocaleDateString('sv-SE');
};

/** What the clinic knows of somebody who may treat. */
const treats = until => ['--profession', 'dermatologist', '--trained', 'yes', '--training-valid-until', until, '--depth-limit-um', '1500', '--premises-permitted', 'yes'];

/** Who works there besides Dr Ada Example (ada), who leads, prescribes and treats. All have the password of every story. */
const OTHERS = [
  ['otto', 'Otto Overdue', 'practitioner', ...treats(day(-1))],
  ['abe', 'Abe Assistant', 'assistant'],
];

/** A clinic without charts, served. */
export async function founded() {
  const folder = await mkdtemp(path.join(tmpdir(), 'resurface-e2e-'));
  const dir = path.join(folder, 'clinic');
  const env = { RESURFACE_SIGN_IN_FILE: path.join(folder, 'sign-in'), RESURFACE_PASSWORD: PASSWORD, RESURFACE_NEW_PASSWORD: PASSWORD };
  const run = (...args) => resurface(args, { ...env, RESURFACE_CLINIC: dir });
  await resurface(['clinic', 'init', dir, '--name', 'Harbour Skin', '--lead', 'ada', '--lead-name', 'Dr Ada Example', '--also', 'prescriber', ...treats(day(700))], env);
  await run('sign-in', '--user', 'ada');
  for (const [name, shown, role, ...more] of OTHERS) await run('user', 'add', name, '--display-name', shown, '--role', role, ...more);
  const add = async (number, name, text, ...decide) => {
    const file = path.join(folder, `${number}-${name}`);
    await writeFile(file, text);
    return run('chart', 'add', number, file, ...decide);
  };

  /** A chart of one of the examples as if it had been written so many days ago; what is decided is said as to `chart add`. */
  const chart = async (number, name, example, ago, ...decide) => {
    const text = await moved(example, number, ago);
    const file = path.join(folder, `new-${number}${path.extname(example)}`);
    await writeFile(file, text);
    await run('chart', 'new', file, '--name', name);
    await add(number, example, text, ...decide);
  };
  /** An entry of a chart, as of so many days ago. */
  const entry = (number, kind, ago, fields) =>
    add(number, `${kind}-${ago}.json`, JSON.stringify({ schema: 'resurface.entry/1', kind, on: day(-ago), ...fields }));
  const consent = (number, ago, ...purposes) =>
    entry(number, 'consented', ago, { purposes: ['treatment', ...purposes], document: 'consent 1', discussion: 'Benefits, risks, alternatives.' });
  const served = await serve(folder, dir);
  return { ...served, run, chart, entry, consent, user: 'ada', password: PASSWORD };
}

/** An example under another number, with every day in it moved. */
async function moved(example, number, ago) {
  const text = await readFile(new URL(`../examples/${example}`, import.meta.url), 'utf8');
  const written = text.match(/^\s*"?date"?\s*[=:]\s*"?(\d{4}-\d\d-\d\d)/m)[1];
  const by = Date.parse(day(-ago)) - Date.parse(written);
  const there = text.replace(/\b\d{4}-\d\d-\d\d\b/g, found => new Date(Date.parse(found) + by).toISOString().slice(0, 10));
  return there.replace(/\b[A-Z]-\d{4}\b/g, number);
}
