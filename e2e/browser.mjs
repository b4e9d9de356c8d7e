// A browser, and what every story does with it.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// three dimensions are drawn without a graphics card
const DRAWN = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** A browser without a window. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...QUIET, ...DRAWN] });

/** A page of its own, without anybody signed in. Whatever the browser complains about fails the story. */
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    const refusedOnPurpose = /status of (401|403|404|409|413|422|429)/.test(message.text());
    if (message.type() === 'error' && !refusedOnPurpose) complaints.push(message.text());
  });
  page.complaints = complaints;
  return page;
}

/** Signs in at the door. */
export async function signIn(page, base, name, password) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
}

const WCAG = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** No violation of WCAG 2.2 AA that a machine can see, and nothing that the browser complains about; `rules` are those to ask, else all. */
export async function accessible(page, about = page.url(), rules = []) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const runOnly = rules.length ? { type: 'rule', values: rules } : WCAG;
  const { violations } = await page.evaluate(runOnly => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }), runOnly);
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}\n    ${node.target} ${node.failureSummary}`));
  assert.deepEqual(found, [], `${about} (${await page.title()})`);
  assert.deepEqual(page.complaints ?? [], [], about);
}

/** Whether a page can be scrolled sideways: at no width and no zoom it may. */
export async function fits(page, about = page.url()) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(inner <= outer + 1, `${about}: ${inner} px wide in ${outer}`);
}
