// Somebody does not respond: nobody goes on needling without a reason that stands in the chart.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch, signIn, visitor } from '../browser.mjs';
import { demonstration } from '../clinic.mjs';
import { answer, press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  clinic = await demonstration();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('a course that does not work is ended with its reason, and the worklist offers something else', async () => {
  // given somebody of the demonstration who does not respond
  const page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
  const chart = await notResponding(page);
  await accessible(page);
  const name = await page.locator('.banner a').innerText();

  // when the practitioner goes on against the advice without a word
  await page.getByRole('radio', { name: 'Continue', exact: true }).check();
  assert.equal((await press(page, 'Record the decision')).status(), 422);
  // then it is not taken
  assert.match(await page.getByRole('alert').innerText(), /Say why/);

  // when they stop, with the reason
  await page.getByRole('radio', { name: /^Stop and offer another treatment/ }).check();
  await page.getByLabel('Reason', { exact: true }).fill('Four sessions without a change: subcision instead.');
  await press(page, 'Record the decision');
  assert.equal(page.url(), chart);
  assert.match(await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().innerText(), /Not responding[\s\S]*subcision instead/);

  // then the worklist says what is offered, and why
  await page.goto(`${clinic.base}/worklist?q=${encodeURIComponent(name)}`);
  assert.match(await page.getByRole('row', { name }).innerText(), /Offer alternatives[\s\S]*Stopped at the review of .*, to offer something else/);
});

/** The review of the first chart whose verdict says so. */
async function notResponding(page) {
  await page.goto(`${clinic.base}/worklist`);
  const charts = await page.getByRole('table').getByRole('link').evaluateAll(links => links.map(link => link.href));
  for (const chart of charts) {
    await page.goto(`${chart}/review`);
    if (await page.getByRole('heading', { name: 'Not responding' }).count()) return chart;
  }
  throw new Error('the demonstration has nobody who does not respond');
}
