// Pictures are shown while the patient wants it, and not a moment longer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, launch, signIn, visitor } from '../browser.mjs';
import { day, founded } from '../founded.mjs';
import { openChart, press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Pia Pictured', 'consultation.toml', 7, '--adopt');
  await clinic.consent('A-1', 7, 'pictures_for_care');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('no picture is shown once its consent was taken back, on no page and at no address', async () => {
  // given two pictures of a face, a day apart
  const page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
  const chart = await openChart(page, clinic.base, 'Pia Pictured');
  await take(page, chart, day(-1));
  await take(page, chart, day());
  const before = await shown(page, [chart, `${chart}/pictures`, `${chart}/pictures/compare`]);
  assert.equal(before.size, 4, 'a thumbnail and a display of each');
  for (const address of before) assert.equal((await page.request.get(address)).status(), 200, address);
  await page.goto(`${chart}/pictures/compare`);
  await accessible(page);

  // when the consent to pictures is taken back
  await page.goto(`${chart}/consent/withdrawal`);
  await page.getByLabel('Pictures for the chart').check();
  await press(page, 'Record that it is taken back');

  // then they are gone, and it is said why; treatment is still consented to
  assert.equal((await shown(page, [chart, `${chart}/pictures`, `${chart}/pictures/compare`])).size, 0);
  assert.match(await page.locator('main').innerText(), /Consent to pictures was taken back on .*: 2 pictures are kept sealed and are not shown/);
  for (const address of before) {
    const refused = await page.request.get(address);
    assert.ok(refused.status() >= 400 && refused.status() < 500, `${address}: ${refused.status()}`);
    assert.doesNotMatch(refused.headers()['content-type'], /image/);
  }
  await page.goto(`${chart}/consent`);
  assert.match(await page.locator('.consents').innerText(), /Treatment.*: yes, since/);
});

/** Takes a picture of the front: the page itself serves as a face. */
async function take(page, chart, on) {
  const buffer = await page.screenshot({ type: 'jpeg' });
  await page.goto(`${chart}/pictures`);
  if (!(await page.getByLabel('Taken on').isVisible())) await page.getByText('Take pictures').click();
  await page.getByLabel('Taken on').fill(on);
  await page.getByLabel('File or camera: Front').setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer });
  await press(page, 'Keep these pictures');
}

/** The addresses of all pictures that these pages show, and that can be seen there. */
async function shown(page, addresses) {
  const seen = new Set();
  for (const address of addresses) {
    await page.goto(address);
    for (const image of await page.locator('main img[src*="/pictures/"]').filter({ visible: true }).all()) {
      await image.scrollIntoViewIfNeeded();
      await page.waitForFunction(image => image.complete && image.naturalWidth > 0, await image.elementHandle());
      seen.add(await image.evaluate(image => image.src));
    }
  }
  return seen;
}
