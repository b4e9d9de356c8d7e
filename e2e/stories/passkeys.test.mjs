// A passkey from the page of the account to the door and back, with a device that Chromium plays; by keyboard, and seen by axe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { press } from '../visit.mjs';

let clinic, browser, base;
before(async () => {
  clinic = await founded();
  // a passkey is bound to a name, and 127.0.0.1 is none
  base = clinic.base.replace('127.0.0.1', 'localhost');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

/** A device in the browser, whose user is there and shows a finger. */
async function withDevice(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  return { verified: isUserVerified => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }) };
}

/** Types the password once more, where it is asked for. */
async function passwordAgain(page) {
  await page.getByLabel('Password').fill(clinic.password);
  await press(page, 'Go on');
}

test('a passkey is set up, signs in, is shown once more and removed', async () => {
  const page = await visitor(browser);
  const device = await withDevice(page);
  await signIn(page, base, clinic.user, clinic.password);

  // given the page of the account, which leads to the password once more before anything is added
  await page.goto(`${base}/account`);
  await accessible(page);
  await page.getByRole('link', { name: 'Set up a passkey' }).click();
  assert.match(page.url(), /\/step-up\?next=\/account\/passkeys$/);
  await passwordAgain(page);
  await accessible(page);
  await fits(page);

  // when one is named and added without a mouse
  await page.getByLabel('Name').focus();
  await page.keyboard.type('Blue telephone');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Add it with this browser');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  // then it is in the list, and was never used
  const kept = page.getByRole('listitem').filter({ hasText: 'Blue telephone' });
  assert.match(await kept.innerText(), /Never used/);
  await accessible(page);

  // when the same device is asked for another one, it says that it has one
  await page.getByLabel('Name').fill('The same again');
  await page.getByRole('button', { name: 'Add it with this browser' }).click();
  await page.getByRole('alert').filter({ hasText: 'there already' }).waitFor();
  await accessible(page);

  // when she signs out, the password alone is not enough any longer
  await press(page, 'Sign out');
  await accessible(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(clinic.user);
  await page.getByLabel('Password').fill(clinic.password);
  assert.equal((await press(page, 'Sign in')).status(), 422);
  assert.match(await page.locator('main').innerText(), /passkey is needed/);

  // and where the device does not find out who she is, she is told so, and nothing is sent
  await device.verified(false);
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await button.click();
  await page.getByRole('alert').filter({ hasText: 'Nothing was sent' }).waitFor();
  await accessible(page);

  // when she signs in with the passkey, without a mouse
  await device.verified(true);
  await button.focus();
  await Promise.all([page.waitForURL(/\/worklist$/), page.keyboard.press('Enter')]);

  // then the list says when, and the passkey opens the way to it as the password does
  await page.goto(`${base}/account/passkeys`);
  assert.match(page.url(), /\/step-up/);
  await accessible(page);
  await Promise.all([page.waitForURL(/\/account\/passkeys$/), page.getByRole('button', { name: 'Show your passkey instead' }).click()]);
  assert.match(await kept.innerText(), /Last used/);

  // and once it is removed, the password is enough again, and the passkey is unknown
  await press(page, 'Remove Blue telephone');
  assert.equal(await kept.count(), 0);
  await press(page, 'Sign out');
  await Promise.all([page.waitForNavigation(), button.click()]);
  assert.match(await page.locator('main').innerText(), /not known here/);
  await signIn(page, base, clinic.user, clinic.password);
});

test('where passkeys are of another address, or there are no scripts, the door is the one of the password', async () => {
  for (const [address, options] of [[clinic.base, {}], [base, { javaScriptEnabled: false }]]) {
    const page = await visitor(browser, options);
    await page.goto(`${address}/sign-in`);
    assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
    await signIn(page, address, clinic.user, clinic.password);
    await page.goto(`${address}/account/passkeys`);
    await passwordAgain(page);
    assert.equal(await page.getByRole('button', { name: 'Add it with this browser' }).count(), 0);
    assert.match(await page.locator('main').innerText(), new RegExp(`this address: ${base}`));
  }
});

test('everything is said in German as well', async () => {
  const page = await visitor(browser, { locale: 'de-DE' });
  const device = await withDevice(page);
  await device.verified(false);
  await page.goto(`${base}/sign-in`);
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
  await page.getByRole('alert').filter({ hasText: 'Es wurde nichts gesendet' }).waitFor();
  await accessible(page);
});
