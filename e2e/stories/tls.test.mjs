// Over TLS: the program speaks it itself, with a certificate that the story makes. Skipped where the program was built without it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { accessible, launch, signIn, visitor } from '../browser.mjs';
import { serve } from '../clinic.mjs';
import { founded } from '../founded.mjs';

let plain, clinic, browser;
before(async () => {
  plain = await founded();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.end();
  await plain?.stop();
});

test('a clinic that is served over TLS keeps its sign-in to TLS', async context => {
  // given a clinic served with a certificate of its own
  const file = name => path.join(plain.folder, name);
  const [key, certificate] = [file('key.pem'), file('certificate.pem')];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...made, '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
  try {
    clinic = await serve(plain.folder, plain.dir, ['--tls-cert', certificate, '--tls-key', key]);
  } catch (error) {
    if (/built without TLS/.test(error.message)) return context.skip('this program was built without TLS: build it with --features tls');
    throw error;
  }
  assert.match(clinic.base, /^https:/);

  // a browser that does not know the certificate goes no further
  const stranger = await visitor(browser);
  await assert.rejects(stranger.goto(`${clinic.base}/sign-in`), /ERR_CERT_AUTHORITY_INVALID/);

  // when somebody signs in who knows it
  const page = await visitor(browser, { ignoreHTTPSErrors: true });
  await signIn(page, clinic.base, plain.user, plain.password);
  await accessible(page);

  // then the browser sends the sign-in over TLS alone, and comes back over TLS alone
  const cookie = (await page.context().cookies()).find(({ name }) => name.endsWith('resurface-desk'));
  assert.ok(cookie.secure && cookie.httpOnly, JSON.stringify(cookie));
  assert.match(cookie.sameSite, /Strict|Lax/);
  const reply = await page.goto(`${clinic.base}/worklist`);
  assert.equal(reply.status(), 200);
  assert.match(reply.headers()['strict-transport-security'] ?? '', /max-age=\d{7,}/);
  assert.match((await reply.securityDetails()).protocol, /TLS 1\.[23]/);
  // and a clinic without TLS says neither
  const without = await (await visitor(browser)).goto(`${plain.base}/sign-in`);
  assert.equal(without.headers()['strict-transport-security'], undefined);
});
