// Two people write into one chart: neither overwrites the other, and nothing typed is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { openChart, press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Nora Shared', 'consultation.toml', 7, '--adopt');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('the second of two people learns what the first wrote, keeps what was typed, and sends it again', async () => {
  // given two people with the same form of the same chart before them
  const [first, second] = [await visitor(browser), await visitor(browser)];
  await signIn(first, clinic.base, 'ada', clinic.password);
  await signIn(second, clinic.base, 'abe', clinic.password);
  const chart = await openChart(first, clinic.base, 'Nora Shared');
  await first.goto(`${chart}/messages`);
  await second.goto(`${chart}/messages`);

  // when both write, one after the other
  await first.getByLabel('Words').fill('Please bring the name of your cream.');
  await press(first, 'Write it');
  await second.getByLabel('Words').fill('We have moved your appointment by a day.');
  const answer = await press(second, 'Write it');

  // then the second is told what came between, with the words still there
  assert.equal(answer.status(), 409);
  assert.match(await second.getByRole('alert').innerText(), /Somebody else has written into this chart meanwhile \(Message\)/);
  assert.equal(await second.getByLabel('Words').inputValue(), 'We have moved your appointment by a day.');

  // and when it is sent again, twice even, each message is in the chart once
  const again = await second.locator('form.card').evaluate(form => new URLSearchParams(new FormData(form)).toString());
  await press(second, 'Write it');
  const twice = await second.request.post(`${chart}/messages`, { data: again, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: clinic.base } });
  assert.equal(twice.status(), 200);
  await first.goto(chart);
  const timeline = await first.getByRole('region', { name: 'Timeline' }).innerText();
  for (const words of ['name of your cream', 'moved your appointment']) assert.equal(timeline.split(words).length, 2, words);
});
