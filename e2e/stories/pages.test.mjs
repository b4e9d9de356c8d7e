// Every page, for everybody: seen by axe as it is, and in light, dark and forced colours, on a phone, on a tablet and at twice the size.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { demonstration } from '../clinic.mjs';
import { patientsPhone, press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  clinic = await demonstration();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

/** Pages of the clinic as a whole. */
const CLINIC = ['/worklist', '/charts/new', '/recall', '/outcomes', '/users', '/users/new', '/settings', '/audit', '/audit/emergencies', '/break-glass', '/account'];
/** Pages of one chart. */
const CHART = ['', '/intake', '/examination', '/screening', '/plan', '/consent', '/consent/withdrawal', '/treatment', '/session', '/events', '/pictures', '/pictures/compare', '/review', '/links', '/messages', '/documents'];
/** Links of a patient, each with its page. */
const MY = { 'Answer the questions before the visit': '/my/intake', 'Read the plan, after-care and messages': '/my/plan', 'Report a problem': '/my/report' };

async function chartsOf(page, most) {
  await page.goto(`${clinic.base}/worklist`);
  const charts = await page.getByRole('table').getByRole('rowheader').getByRole('link').evaluateAll(links => links.map(link => link.getAttribute('href')));
  return charts.slice(0, most);
}

/** How a page is looked at besides, and what can be another one there: then only that is asked. */
const DESKTOP = { width: 1280, height: 900 };
const LOOKS = {
  'in the dark': [{ colorScheme: 'dark' }, DESKTOP, ['color-contrast', 'link-in-text-block']],
  'in forced colours': [{ forcedColors: 'active' }, DESKTOP, ['color-contrast']],
  'on a tablet': [{}, { width: 820, height: 1180 }, ['target-size', 'scrollable-region-focusable']],
  'at twice the size': [{}, { width: 640, height: 450 }, ['target-size', 'scrollable-region-focusable']],
  'on a phone': [{}, { width: 360, height: 740 }, ['target-size', 'scrollable-region-focusable']],
};

/** No way of the header stands under another, on the narrowest screens of a desk. */
async function oneLine(page) {
  for (const language of ['de', 'en']) {
    await page.goto(`${clinic.base}/language/${language}?next=/outcomes`);
    for (const width of [1200, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const tops = await page.locator('header.top :is(a, button)').evaluateAll(ways => ways.map(way => way.getBoundingClientRect().top));
      assert.ok(Math.max(...tops) - Math.min(...tops) < 24, `${language} at ${width} px: ${tops}`);
    }
  }
}

/** Looks at pages as they are, and in these ways. */
async function look(page, addresses, about, looks = {}) {
  const size = page.viewportSize();
  for (const address of addresses) {
    assert.equal((await page.goto(clinic.base + address)).status(), 200, address);
    await accessible(page, `${address} ${about}`);
    await fits(page, `${address} ${about}`);
    for (const [how, [media, window, rules]] of Object.entries(looks)) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
      await page.setViewportSize(window);
      await accessible(page, `${address} ${how}`, rules);
      await fits(page, `${address} ${how}`);
    }
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    await page.setViewportSize(size);
  }
}

async function inside(options = {}) {
  const page = await visitor(browser, options);
  await page.goto(`${clinic.base}/sign-in`);
  await accessible(page);
  await signIn(page, clinic.base, clinic.user, clinic.password);
  return page;
}

test('every page can be used by everybody, however they look at it', async () => {
  const page = await inside();
  const [chart, ...others] = await chartsOf(page, 3);
  await look(page, [...CLINIC, ...CHART.map(part => chart + part)], 'on a desktop', LOOKS);
  for (const [list, link] of [[chart, 'main .timeline a'], ['/users', 'main a[href^="/users/"]:not([href$="/new"])'], ['/settings', 'main a[href^="/settings/"]']]) {
    await page.goto(clinic.base + list);
    await look(page, [await page.locator(link).first().getAttribute('href')], `first of ${list}`);
  }
  await look(page, others.flatMap(chart => CHART.map(part => chart + part)), 'on a desktop');
  await page.context().close();
});

test('the ways through the program stand in one line, in every language', async () => {
  const page = await inside();
  await oneLine(page);
  await page.context().close();
});

test('every page can be used by everybody, in German', async () => {
  const page = await inside({ viewport: { width: 360, height: 740 } });
  await page.goto(`${clinic.base}/language/de`);
  const [chart] = await chartsOf(page, 1);
  for (const address of [...CLINIC, ...CHART.map(part => chart + part)]) {
    await page.goto(clinic.base + address);
    assert.equal(await page.locator('html').getAttribute('lang'), 'de', address);
    await fits(page, `${address} in German`);
  }
  await page.context().close();
});

test('what a patient opens can be used by everybody, on a phone', async () => {
  const page = await inside();
  const [chart] = await chartsOf(page, 1);
  for (const [purpose, address] of Object.entries(MY)) {
    const phone = await patientsPhone(browser, page, clinic.base + chart, purpose, { viewport: { width: 360, height: 740 } });
    assert.ok(phone.url().endsWith(address), phone.url());
    await look(phone, [address], purpose);
    if (address === '/my/plan') {
      await look(phone, [await phone.locator('.topics a').first().getAttribute('href')], purpose);
      await phone.goto(`${clinic.base}/no/such/page`);
      await accessible(phone);
    }
    if (address === '/my/report') await wrong(phone, 'Send to the clinic', purpose);
    await phone.context().close();
  }
  await page.context().close();
});

test('a form that comes back can be used by everybody', async () => {
  const page = await inside();
  const [chart] = await chartsOf(page, 1);
  const EMPTY = {
    '/charts/new': ['Register'], [`${chart}/messages`]: ['Write it'], [`${chart}/events`]: ['Report it'], [`${chart}/links`]: ['Make the link'],
    [`${chart}/consent`]: ['Record consent'], [`${chart}/review`]: ['Add the outcome'], [`${chart}/pictures`]: ['Keep these pictures'],
  };
  for (const [address, [button]] of Object.entries(EMPTY)) {
    await page.goto(clinic.base + address);
    await wrong(page, button, address);
  }
  await page.context().close();
});

/** Sends a form as it is, which is not enough. */
async function wrong(page, button, about) {
  const send = page.getByRole('button', { name: button, exact: true });
  if (!(await send.isVisible())) await page.getByRole('group').getByText('Take pictures').click();
  assert.equal((await press(page, button)).status(), 422, about);
  assert.equal(await page.getByRole('alert').count(), 1, about);
  await accessible(page, `${about}, with faults`);
  await fits(page, `${about}, with faults`);
}
