// A treatment day by somebody who uses no mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { enter, focus, tabTo, turnTo, type } from '../keyboard.mjs';

let clinic, browser;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Kim Keys', 'consultation.toml', 7, '--adopt');
  await clinic.consent('A-1', 7);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('a whole treatment day needs no mouse, and the focus is always seen', async () => {
  // given somebody at the door
  const page = await visitor(browser);
  await page.goto(`${clinic.base}/sign-in`);
  await type(page, 'Name', clinic.user);
  await type(page, 'Password', clinic.password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

  // when they skip to the list and open the chart whose session is due
  await page.keyboard.press('Tab');
  assert.equal((await focus(page)).text, 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await enter(page, 'Kim Keys');
  await enter(page, 'Session');

  // and answer the day question by question, but for one that is forgotten
  await answerTheDay(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'faults', 'the focus is on what has to be corrected');
  const forgotten = await tabTo(page, 'what was forgotten', at => at.tag === 'A');
  assert.match(forgotten.text, /confirm what is carried over/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'its field', at => at.name === '_carried[]', 1);
  await page.keyboard.press('Space');
  await enter(page, 'May the session begin?');
  assert.match(await page.getByRole('heading', { level: 2 }).first().innerText(), /^Permitted/);
  await enter(page, 'Record the session');

  // then the session is recorded as it was given
  for (let zone = 0; zone < 2; zone++) {
    await tabTo(page, 'passes', at => at.name === `sessions.0.zones.${zone}.passes:n`);
    await page.keyboard.type('4');
    await tabTo(page, 'endpoint', at => at.name === `sessions.0.zones.${zone}.endpoint`);
    await turnTo(page, 'pinpoint_bleeding');
  }
  await enter(page, 'Record the session');
  assert.match(await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().innerText(), /^.*\s*Session/);
});

/** Every question of the day in the order of the page, but whether what is carried over still holds; then its button. */
async function answerTheDay(page) {
  const TYPED = { 'day.cartridge.lot': 'L-2711', 'day.cartridge.expires': '11112099' }; // a day in every order of day and month
  const CHOSEN = { 'lesions.iga:n': '1', 'day.cartridge.sterile_pack_intact': 'yes', 'day.anaesthetic.product': 'none', 'day.anaesthetic.occluded': 'unknown' };
  for (;;) {
    const now = await tabTo(page, 'what comes next', () => true);
    if (now.text === 'May the session begin?') return Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    if (TYPED[now.name]) await page.keyboard.type(TYPED[now.name]);
    else if (CHOSEN[now.name]) await turnTo(page, CHOSEN[now.name]);
    else if (now.type === 'radio') await turnTo(page, 'no');
  }
}
