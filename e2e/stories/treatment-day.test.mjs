// A treatment day: what refuses it says so and offers no session; what permits it ends in one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { askTheDay, openChart, press } from '../visit.mjs';

let clinic, browser, page;
before(async () => {
  clinic = await founded();
  browser = await launch();
  page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

/** Somebody who was seen a week ago, has a plan and consented. */
async function someoneToTreat(number) {
  await clinic.chart(number, `Patient ${number}`, 'consultation.toml', 7, '--adopt');
  await clinic.consent(number, 7);
  return openChart(page, clinic.base, `Patient ${number}`);
}

const pregnant = 'Is the patient pregnant, or could the patient be?';
const REFUSED = {
  'somebody is pregnant': [{ [pregnant]: 'Yes' }, /Pregnancy/],
  'nobody knows whether somebody is pregnant': [{ [pregnant]: 'Not known' }, /Not answered: .*pregnan/i],
  'the training of whoever treats is over': [{ 'Who treats': 'Otto Overdue' }, /Who treats: .*training/i],
  'the cartridge was used before': [{ 'Was the cartridge used before, on anyone?': 'Yes', 'Is the sterile pack intact?': 'No' }, /Cartridge: .*used/i],
};

for (const [at, [when, [but, why]]] of Object.entries(REFUSED).entries()) {
  test(`nobody is needled when ${when}: the reason is said, and no session is offered`, async () => {
    // given somebody whose session is due
    const chart = await someoneToTreat(`R-${at}`);
    // when the day is asked about
    await askTheDay(page, chart, but);
    // then it is refused with its reason, and there is no way to a session
    const verdict = page.getByRole('region', { name: 'Refused' });
    assert.match(await verdict.innerText(), why);
    assert.equal(await page.getByRole('link', { name: 'Record the session' }).count(), 0);
    await noSession(chart);
  });
}

test('nobody is needled on a day that was not asked about', async () => noSession(await someoneToTreat('R-9')));

test('a day that is permitted ends in a session, once', async () => {
  // given somebody whose session is due
  const chart = await someoneToTreat('P-1');
  // when everything is as it should be
  await askTheDay(page, chart);
  // then the session is recorded as it was given
  await page.getByRole('link', { name: 'Record the session' }).click();
  for (const passes of await page.getByLabel('Passes').all()) await passes.fill('4');
  for (const zone of await page.getByRole('group', { name: 'Endpoint reached' }).all()) await zone.getByLabel('Pinpoint bleeding').check();
  await page.getByLabel('Product 1', { exact: true }).fill('Hyaluronic acid gel');
  await page.getByLabel('Lot of product 1').fill('GEL-7');
  await page.getByLabel('Note').fill('Calm throughout');
  await press(page, 'Record the session');
  assert.equal(page.url(), chart);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  assert.match(await timeline.getByRole('listitem').first().innerText(), /Session[\s\S]*lot L-2711/);
  assert.match(await timeline.getByRole('listitem').first().innerText(), /Hyaluronic acid gel[\s\S]*Calm throughout/);
  // a recall finds who was treated with the gel, and nobody for a lot that nobody had
  await page.goto(`${clinic.base}/recall`);
  for (const [lot, found] of [['gel-7', /Patient P-1/], ['GEL-8', /Nobody was treated/]]) {
    await page.getByLabel('Lot number').fill(lot);
    await press(page, 'Find');
    assert.match(await page.locator('main').innerText(), found);
  }
  // and not a second time
  await page.goto(`${chart}/session`);
  assert.match(await page.locator('main').innerText(), /The session of today is already recorded/);
  assert.equal(await page.getByRole('button', { name: 'Record the session' }).count(), 0);
});

/** No form by address, and nothing is written when one is made up. */
async function noSession(chart) {
  await page.goto(`${chart}/session`);
  assert.match(await page.locator('main').innerText(), /There is no session to record/);
  assert.equal(await page.locator('main form').count(), 0);
  const seal = await page.locator('input[name=_form]').first().inputValue();
  const form = {
    _form: seal, _entry: randomUUID(), _seen: '9', 'sessions.0.zones.0.zone:id': 'cheek_left',
    'sessions.0.zones.0.depth_um:n': '1000', 'sessions.0.zones.0.passes:n': '4', 'sessions.0.zones.0.endpoint': 'pinpoint_bleeding',
  };
  const made = await page.context().request.post(`${chart}/session`, { form, headers: { Origin: clinic.base } });
  assert.match(await made.text(), /There is no session to record|Refused|May the session begin/);
  await page.goto(chart);
  assert.equal(await page.getByRole('region', { name: 'Timeline' }).getByRole('link', { name: 'Session', exact: true }).count(), 0);
}
