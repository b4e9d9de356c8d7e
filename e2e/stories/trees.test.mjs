// What the pages say to whoever cannot see them: names, roles and order, kept in trees/. ACCEPT=1 e2e/run trees takes them as they are.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { openChart, patientsPhone } from '../visit.mjs';

let clinic, browser, page, chart;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Mira Example', 'consultation.toml', 7, '--adopt');
  await clinic.consent('A-1', 7);
  await clinic.chart('A-2', 'Paula Expecting', 'pregnant.toml', 3);
  await clinic.chart('A-3', 'Tom Treated', 'not_responding.toml', 0);
  browser = await launch();
  page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
  chart = await openChart(page, clinic.base, 'Mira Example');
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

for (const [name, address] of Object.entries({ worklist: '', chart: '/', intake: '/intake', screening: '/screening', plan: '/plan', treatment: '/treatment' })) {
  test(`the ${name} says the same as before to whoever cannot see it`, async () => {
    await page.goto(address === '' ? `${clinic.base}/worklist` : chart + address.replace(/^\/$/, ''));
    await asKept(name, page);
  });
}

test("the patient's plan says the same as before to whoever cannot see it", async () => {
  const phone = await patientsPhone(browser, page, chart, 'Read the plan, after-care and messages');
  await asKept('my-plan', phone);
  await phone.context().close();
});

/** Compares the tree of a page with the one that is kept, or keeps it. */
async function asKept(name, page) {
  const tree = lasting(await page.locator('body').ariaSnapshot());
  const file = new URL(`../trees/${name}.yml`, import.meta.url);
  if (process.env.ACCEPT === '1') {
    await mkdir(new URL('../trees/', import.meta.url), { recursive: true });
    await writeFile(file, tree);
  }
  const kept = await readFile(file, 'utf8').catch(() => '');
  assert.equal(tree, kept, `${name} has changed: look at the difference, then take it with ACCEPT=1 e2e/run trees`);
}

/** A tree without what is another one on every day, in every clinic and in every version. */
function lasting(tree) {
  const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
  return `${tree
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<id>')
    .replace(/\b[0-9a-f]{12,64}\b/g, '<hash>')
    .replace(/\/(l|set-up)\/[^\s"]+/g, '/$1/<link>')
    .replace(new RegExp(`\\b\\d{1,2} (?:${months}|[A-Z][a-z]{2,3}) \\d{4}\\b`, 'g'), '<day>')
    .replace(/\b\d{4}-\d\d-\d\d\b/g, '<day>')
    .replace(/\(\d+ years\)/g, '(<age> years)')
    .replace(/\.(\w{8,20})\.(css|js|svg)/g, '.<hash>.$2')
    .replace(/Resurface \d+\.\d+\.\d+/g, 'Resurface <version>')}\n`;
}
