// What changed, measured: two visits, numbers with their error, and a practitioner who accepts some of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { day, founded } from '../founded.mjs';
import { photograph, scan } from '../phantoms.mjs';
import { openChart, press } from '../visit.mjs';

let clinic, browser, chart, page;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Mia Measured', 'consultation.toml', 70, '--adopt');
  await clinic.consent('A-1', 70, 'pictures_for_care');
  browser = await launch();
  page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
  chart = await openChart(page, clinic.base, 'Mia Measured');
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

test('two photographs are measured, and the redness that is accepted stands in the chart', async () => {
  // given the same face twice, its marks paler the second time
  const drawing = await visitor(browser);
  await drawing.goto('about:blank');
  await take(day(-60), await photograph(drawing, 1, 1));
  await take(day(), await photograph(drawing, 0.3, 2));
  await page.goto(`${chart}/pictures/compare`);
  await accessible(page);
  // when they are measured, with the keyboard alone
  await page.getByRole('button', { name: 'Measure', exact: true }).focus();
  await page.keyboard.press('Enter');
  await measured();
  // then each number has its error and a verdict, and the maps stand beside the pictures
  await accessible(page);
  await fits(page);
  const redness = page.getByRole('row', { name: /Redness, scars minus skin/ });
  assert.match(await redness.innerText(), /Larger than the error/);
  await loaded();
  await page.screenshot({ path: process.env.SHOTS && `${process.env.SHOTS}/photographs.png`, fullPage: true });
  // and only what is ticked is accepted
  await redness.getByRole('checkbox').check();
  await press(page, 'Accept the ticked numbers');
  const said = await page.locator('main').innerText();
  assert.equal(said.match(/Redness, scars minus skin/g)?.length, 2, said);
  assert.doesNotMatch(said, /Pigment, skin minus scars/);
});

test('two scans are measured scar by scar, without a script as well, and the volume feeds the forecast', async () => {
  await keep(day(-60), scan(1, 1));
  await keep(day(), scan(0.5, 2));
  await accessible(page);
  // given a browser that runs no scripts
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const without = await plain.newPage();
  await without.goto(`${chart}/pictures`);
  await press(without, 'Measure');
  for (let tries = 0; tries < 90 && !(await without.getByRole('heading', { name: 'Scar by scar' }).count()); tries += 1) {
    await without.waitForURL(/measured/);
    await without.getByRole('link', { name: 'Look again now' }).click({ timeout: 3000 }).catch(() => {});
  }
  // then everything is said there
  assert.match(await without.locator('main').innerText(), /Scar volume[\s\S]*Larger than the error/);
  const address = without.url();
  await plain.close();
  // and with scripts both scans turn together
  await page.goto(address);
  await page.getByRole('button', { name: 'Left', exact: true }).waitFor();
  await loaded();
  await accessible(page);
  await page.screenshot({ path: process.env.SHOTS && `${process.env.SHOTS}/scans.png`, fullPage: true });
  const across = () => page.locator('.viewer').getAttribute('data-across');
  const first = await across();
  await page.locator('canvas').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(first => document.querySelector('.viewer').dataset.across !== first, first);
  // when the volume is accepted
  await page.getByRole('row', { name: /Scar volume mm/ }).getByRole('checkbox').check();
  await press(page, 'Accept the ticked numbers');
  const said = await page.locator('main').innerText();
  assert.equal(said.match(/Scar volume, measured/g)?.length, 2, said);
});

/** Takes a picture of the front. */
async function take(on, buffer) {
  await page.goto(`${chart}/pictures`);
  if (!(await page.locator('#f-on').isVisible())) await page.getByText('Take pictures').click();
  await page.locator('#f-on').fill(on);
  await page.getByLabel('File or camera: Front').setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer });
  await press(page, 'Keep these pictures');
}

/** Keeps a scan. */
async function keep(on, buffer) {
  await page.goto(`${chart}/pictures`);
  await page.getByText('Take a scan in').click();
  await page.locator('#f-scan').setInputFiles({ name: 'cheek.ply', mimeType: 'application/octet-stream', buffer });
  await page.locator('#f-scan_on').fill(on);
  await page.getByLabel('Instrument').selectOption({ label: 'structured light or laser' });
  await page.getByLabel('Region').fill('left cheek');
  await press(page, 'Keep this scan');
}

/** Waits for the result: the page looks again by itself. */
async function measured() {
  await page.getByRole('heading', { name: 'Numbers' }).waitFor({ timeout: 120_000 });
}

/** Every picture of the page is there. */
async function loaded() {
  for (const image of await page.locator('main img').all()) {
    await image.scrollIntoViewIfNeeded();
    await page.waitForFunction(image => image.complete && image.naturalWidth > 0, await image.elementHandle());
  }
}
