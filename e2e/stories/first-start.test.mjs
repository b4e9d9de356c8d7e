// The first start of all: one command founds a clinic, and a link that counts once makes its first user.
import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { PASSWORD, serve } from '../clinic.mjs';
import { press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'resurface-e2e-'));
  clinic = await serve(folder, path.join(folder, 'clinic'), ['--found', 'Harbour Skin']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('whoever starts the program makes the first user with a link that counts once', async () => {
  // given a clinic that was founded by starting the program, and the link that it printed
  const link = clinic.said().match(/http:\/\/\S+\/set-up\/\S+/)?.[0];
  assert.ok(link, clinic.said());
  const page = await visitor(browser);
  await page.goto(link);
  await accessible(page);
  await fits(page);

  // when two passwords differ, nothing is made and the names are kept
  await name(page, 'not the same at all');
  assert.equal((await press(page, 'Make the account')).status(), 422);
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Dr Lea Lead');

  // when they are the same
  await name(page, PASSWORD);
  await press(page, 'Make the account');
  // then the lead is in, and can see to the clinic
  assert.match(page.url(), /\/account$/);
  assert.equal((await page.goto(`${clinic.base}/users`)).status(), 200);
  assert.match(await page.locator('main').innerText(), /Dr Lea Lead/);

  // and the link makes nobody else
  const second = await visitor(browser);
  assert.equal((await second.goto(link)).status(), 404);
  assert.equal(await second.getByRole('button', { name: 'Make the account' }).count(), 0);
  await signIn(second, clinic.base, 'lea', PASSWORD);
});

async function name(page, again) {
  await page.getByLabel('Your name').fill('Dr Lea Lead');
  await page.locator('[name=name]').fill('lea');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password, once more').fill(again);
  await page.locator('form').getByLabel(/practitioner/i).check();
}
