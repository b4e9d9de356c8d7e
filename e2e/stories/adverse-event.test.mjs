// Something goes wrong at home: the clinic sees it first of all, and sees it to its end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { answer, openChart, patientsPhone, press } from '../visit.mjs';

let clinic, browser, page;
before(async () => {
  clinic = await founded();
  // one whose session is overdue, and two with four sessions behind them
  await clinic.chart('A-1', 'Mira Overdue', 'consultation.toml', 30, '--adopt');
  await clinic.consent('A-1', 30);
  await clinic.chart('A-2', 'Tom Treated', 'not_responding.toml', 0);
  await clinic.chart('A-3', 'Sven Severe', 'not_responding.toml', 0);
  browser = await launch();
  page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

const ofChart = name => page.getByRole('table').getByRole('row', { name });

test('a problem that a patient reports is on the worklist at once, and seen to its end', async () => {
  // given a patient at home with a link
  const chart = await openChart(page, clinic.base, 'Tom Treated');
  const phone = await patientsPhone(browser, page, chart, 'Report a problem');
  await accessible(phone);
  await fits(phone);

  // when he reports it, forgetting at first to say how bad it is
  await phone.getByLabel('What is wrong?').fill('Blisters on the left cheek since this morning');
  assert.equal((await press(phone, 'Send to the clinic')).status(), 422);
  assert.match(await phone.getByRole('alert').innerText(), /Choose how bad it is/);
  assert.match(await phone.getByLabel('What is wrong?').inputValue(), /Blisters/);
  await answer(phone, 'How bad is it?', 'It is very bad, or I am worried');
  const session = phone.getByLabel('After which session?');
  const third = await session.getByRole('option').nth(1).getAttribute('value');
  await session.selectOption(third);
  await phone.getByLabel('Picture 1').setInputFiles({ name: 'cheek.jpg', mimeType: 'image/jpeg', buffer: await phone.screenshot({ type: 'jpeg' }) });
  await phone.getByLabel(/Yes, the clinic may keep these pictures/).check();
  await press(phone, 'Send to the clinic');
  assert.match(await phone.locator('main').innerText(), /please call your clinic now as well/);

  // then the worklist leads to it, and it belongs to the session that he named
  await page.goto(`${clinic.base}/worklist`);
  assert.match(await ofChart('Tom Treated').innerText(), /See to an adverse event[\s\S]*severe/);
  await ofChart('Tom Treated').getByRole('link').click();
  await page.getByRole('link', { name: 'See to an adverse event' }).click();
  const event = page.getByRole('row', { name: /Blisters/ });
  const named = new Date(third).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).replace('Sept', 'Sep');
  assert.match(await event.innerText(), new RegExp(`severe[\\s\\S]*the patient[\\s\\S]*${named}, \\d+ days before`));

  // and when it is judged and followed up to its end, nothing is left of it there
  await event.getByRole('link').click();
  const picture = page.getByRole('img', { name: /Close-up/ });
  await picture.scrollIntoViewIfNeeded();
  assert.ok(await picture.evaluate(image => image.decode().then(() => image.naturalWidth > 0)), 'the picture that he sent is shown');
  await page.getByRole('region', { name: 'What is it?' }).getByLabel('What it is', { exact: true }).selectOption('herpes');
  await press(page, 'Keep the judgement');
  await accessible(page);
  await page.getByLabel('What became of it').fill('Antiviral tablets; healed without marks.');
  await answer(page, 'Where it stands', 'It is over');
  await press(page, 'Write it down');
  await page.goto(`${chart}/events`);
  assert.match(await page.getByRole('region', { name: 'Open, worst first' }).innerText(), /Nothing is open/);
  await page.goto(`${clinic.base}/worklist`);
  assert.doesNotMatch(await ofChart('Tom Treated').innerText(), /adverse event/);

  // and the picture that he sent is hidden as soon as he takes his yes to it back
  await page.goto(`${chart}/consent/withdrawal`);
  await page.getByLabel('Pictures for the chart').check();
  await press(page, 'Record that it is taken back');
  await page.goto(`${chart}/events`);
  await page.locator('main details summary').first().click();
  await page.getByRole('row', { name: /Blisters/ }).getByRole('link').click();
  assert.equal(await page.getByRole('img', { name: /Close-up/ }).count(), 0);
});

test('an adverse event that is not over comes before everything that is overdue', async () => {
  // given a session that has been overdue for weeks, when somebody is not well today
  await clinic.entry('A-3', 'adverse_event', 0, { severity: 'severe', reported_by: 'clinic', text: 'Fever and pus' });
  // then that is what the worklist begins with
  await page.goto(`${clinic.base}/worklist`);
  const first = await page.getByRole('table').getByRole('row').nth(1).innerText();
  assert.match(first, /Sven Severe[\s\S]*See to an adverse event/);
});
