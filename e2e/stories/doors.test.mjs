// Who is not to come in does not: forms of other sites, links of other patients, people without the role, whoever guesses.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { openChart, patientsPhone, press } from '../visit.mjs';

let clinic, browser, page;
before(async () => {
  clinic = await founded();
  await clinic.chart('A-1', 'Anna First', 'consultation.toml', 7, '--adopt');
  await clinic.chart('A-2', 'Berta Second', 'consultation.toml', 7, '--adopt');
  browser = await launch();
  page = await visitor(browser);
  await signIn(page, clinic.base, clinic.user, clinic.password);
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

const NEW = { number: 'X-1', name: 'Forged Patient', birth_date: '1990-01-01', sex: 'female' };

test('a form that another site sends changes nothing, not even with the right seal', async () => {
  // given a page of another site, which somebody who is signed in opens
  await page.goto(`${clinic.base}/charts/new`);
  const seal = await page.locator('form.card input[name=_form]').inputValue();
  const fields = Object.entries({ ...NEW, _form: seal }).map(([name, value]) => `<input type=hidden name=${name} value="${value}">`);
  const elsewhere = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end(`<form method=post action="${clinic.base}/charts/new">${fields.join('')}<button>Win a prize</button></form>`);
  });
  await new Promise(resolve => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    await page.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
    // when they press its button
    const response = await press(page, 'Win a prize');
    // then it is turned away, and nobody is registered
    assert.equal(response.status(), 403);
    await nobody('Forged Patient');
  } finally {
    await new Promise(resolve => elsewhere.close(resolve));
  }
});

test('a form whose seal was changed changes nothing', async () => {
  await page.goto(`${clinic.base}/charts/new`);
  for (const [name, value] of Object.entries(NEW)) {
    const field = page.locator(`form.card [name=${name}]`);
    await (name === 'sex' ? page.getByLabel('female', { exact: true }).check() : field.fill(value));
  }
  await page.locator('form.card input[name=_form]').evaluate(seal => (seal.value = seal.value.replace(/./g, '0')));
  assert.equal((await press(page, 'Register')).status(), 403);
  await nobody('Forged Patient');
});

test('a link opens the page of its own patient and purpose, and no other', async () => {
  // given a patient with a link to her plan
  const [first, second] = [await openChart(page, clinic.base, 'Anna First'), await openChart(page, clinic.base, 'Berta Second')];
  const phone = await patientsPhone(browser, page, first, 'Read the plan, after-care and messages');
  assert.match(await phone.getByRole('heading', { level: 1 }).innerText(), /Your plan/);
  const [patient, other] = [first, second].map(chart => chart.split('/').at(-1));
  const forged = { 'another patient': phone.link.replace(patient, other), 'another purpose': phone.link.replace('/plan/', '/report/') };
  for (const [what, link] of Object.entries(forged)) {
    // when the link is turned to something else, on a telephone of its own
    const thief = await visitor(browser);
    const response = await thief.goto(link);
    // then there is nothing to see, and nothing of anybody is named
    assert.ok([401, 403, 404].includes(response.status()), `${what}: ${response.status()}`);
    assert.doesNotMatch(await thief.locator('body').innerText(), /Anna|Berta|Your sessions|Send to the clinic/, what);
    await thief.context().close();
  }
  // and the patient herself gets into no chart with it
  const chart = await phone.goto(first);
  assert.match(phone.url() + chart.status(), /sign-in|40[13]/);
  assert.doesNotMatch(await phone.locator('body').innerText(), /Anna First/);
  // and when the link is revoked, it opens nothing any more
  await page.goto(`${first}/links`);
  await page.getByRole('button', { name: /^Revoke/ }).click();
  assert.ok((await phone.goto(phone.link)).status() >= 400);
  await phone.context().close();
});

const REFUSED = {
  'does not lead the clinic': () => ['/users', '/settings', '/audit', '/recall'].map(page => clinic.base + page),
  'does not decide about treatment': async () => {
    const chart = await openChart(page, clinic.base, 'Anna First');
    return ['/plan', '/treatment', '/session', '/review'].map(part => chart + part);
  },
};
for (const [what, addresses] of Object.entries(REFUSED)) {
  test(`an assistant ${what}`, async () => {
    const abe = await visitor(browser);
    await signIn(abe, clinic.base, 'abe', clinic.password);
    for (const address of await addresses()) {
      assert.equal((await abe.goto(address)).status(), 403, address);
      assert.equal(await abe.locator('main form[method=post]').count(), 0, address);
    }
    await abe.context().close();
  });
}

test('whoever guesses a password has to wait, also with the right one', async () => {
  // given somebody who guesses
  const thief = await visitor(browser);
  let response;
  for (let tries = 0; tries < 12 && response?.status() !== 429; tries++) response = await knock(thief, `guess ${tries}`);
  // then they are made to wait
  assert.equal(response.status(), 429);
  assert.equal((await knock(thief, clinic.password)).status(), 429);
  await thief.context().close();
});

test('no page holds a script or a style of its own, and the browser is told to run none', async () => {
  const chart = await openChart(page, clinic.base, 'Anna First');
  const parts = ['', '/intake', '/examination', '/screening', '/plan', '/consent', '/treatment', '/events', '/pictures', '/review', '/links', '/messages'];
  for (const address of [`${clinic.base}/worklist`, `${clinic.base}/charts/new`, `${clinic.base}/sign-in`, ...parts.map(part => chart + part)]) {
    const response = await page.goto(address);
    const policy = response.headers()['content-security-policy'];
    assert.match(policy, /default-src 'none'/, address);
    assert.match(policy, /frame-ancestors 'none'/, address);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/, address);
    assert.equal(response.headers()['cache-control'], 'no-store', address);
    const html = await response.text();
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>|<style|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|javascript:|hx-on|"js:/i, address);
  }
});

async function knock(thief, password) {
  await thief.goto(`${clinic.base}/sign-in`);
  await thief.getByLabel('Name').fill('otto');
  await thief.getByLabel('Password').fill(password);
  return press(thief, 'Sign in');
}

async function nobody(name) {
  await page.goto(`${clinic.base}/worklist?q=${encodeURIComponent(name)}`);
  assert.match(await page.getByRole('status').innerText(), /^0 of/);
}
