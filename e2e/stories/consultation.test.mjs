// A first visit on a telephone: from a new patient to a plan, with scripts and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, fits, launch, signIn, visitor } from '../browser.mjs';
import { founded } from '../founded.mjs';
import { answer, answerAll, patientsPhone, press } from '../visit.mjs';

let clinic, browser;
before(async () => {
  clinic = await founded();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await clinic?.stop();
});

const PHONE = { viewport: { width: 390, height: 844 } };

for (const [how, javaScriptEnabled] of [['with scripts', true], ['without scripts', false]]) {
  test(`somebody new leaves the first visit with a plan, ${how}`, async () => {
    // given a practitioner with a telephone, and somebody who is not known yet
    const page = await visitor(browser, { ...PHONE, javaScriptEnabled });
    const look = javaScriptEnabled ? accessible : fits;
    await signIn(page, clinic.base, clinic.user, clinic.password);
    const chart = await register(page, `Nina ${how}`);
    await nextStep(page, chart, 'Ask history and wishes');

    // when they answer at home, and their answers are gone through together
    const phone = await patientsPhone(browser, page, chart, 'Answer the questions before the visit', { javaScriptEnabled });
    await answerAtHome(phone);
    await page.goto(`${chart}/intake`);
    assert.match(await page.locator('main').innerText(), /Taken over from what the patient answered at home/);
    assert.equal(await page.getByLabel('Improvement hoped for').inputValue(), '45');
    await look(page);
    await fits(page);
    await answerAll(page, 'No');
    await press(page, 'Save');
    await nextStep(page, chart, 'Examine the skin');

    // and the scars are counted, in the list and from the map
    await page.goto(`${chart}/examination`);
    await examine(page, javaScriptEnabled);
    await look(page);
    await fits(page);
    await press(page, 'Save');
    await nextStep(page, chart, 'Plan');

    // then screening says that needling is possible, and the plan that is adopted waits for consent
    await page.goto(`${chart}/screening`);
    assert.match(await page.getByRole('heading', { level: 2 }).first().innerText(), /^Suitable/);
    await press(page, 'Record this answer');
    await page.goto(`${chart}/plan`);
    await fits(page);
    await answer(page, 'Decision', 'Adopt as proposed');
    await press(page, 'Record the decision');
    await nextStep(page, chart, 'Discuss, ask for consent');
    await look(page);
    await page.context().close();
  });
}

async function register(page, name) {
  await page.goto(`${clinic.base}/charts/new`);
  await page.getByLabel('Number').fill(`N-${name.length}`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Date of birth').fill('1994-03-02');
  await answer(page, 'Sex', 'female');
  await press(page, 'Register');
  return page.url();
}

async function nextStep(page, chart, step) {
  await page.goto(chart);
  const next = page.getByRole('region', { name: 'What comes next' });
  assert.ok((await next.innerText()).includes(step), await next.innerText());
}

async function answerAtHome(phone) {
  await fits(phone);
  await phone.getByLabel('How much better should your scars become?').fill('45');
  await answerAll(phone, 'No');
  await press(phone, 'Send to the clinic');
  assert.match(await phone.locator('main').innerText(), /Your answers have arrived/);
  // the link counted once
  await phone.goto(phone.link);
  assert.ok(!(await phone.getByRole('button', { name: 'Send to the clinic' }).count()));
  await phone.context().close();
}

async function examine(page, scripted) {
  await answer(page, 'Is there any pustule or nodule in the area?', 'No');
  await page.getByRole('group', { name: 'Investigator' }).getByRole('radio', { name: /^1/ }).check();
  await answer(page, 'Fitzpatrick type, as judged', 'IV');
  await page.getByLabel('Age of the youngest scar, in months').fill('60');
  await answer(page, 'Obvious at 50 cm', 'Yes');
  await answer(page, 'Easily covered', 'No');
  await page.getByLabel('Left cheek: Rolling').fill('9');
  await page.getByLabel('Left cheek: Boxcar, shallow').fill('7');
  const scores = page.getByRole('complementary', { name: 'Scores so far' });
  if (!scripted) await press(page, 'Compute the scores');
  await scores.getByText('16 atrophic scars, by type').waitFor();
  // a zone of the map leads to its row, whether the page was loaded anew or not
  await scores.getByRole('link', { name: 'Right cheek: 0 atrophic scars' }).click();
  assert.match(page.url(), /#zone-cheek_right$/);
  await page.getByLabel('Right cheek: Rolling').fill('4');
  if (!scripted) await press(page, 'Compute the scores');
  await scores.getByText('20 atrophic scars, by type').waitFor();
  assert.ok(await scores.getByRole('link', { name: 'Right cheek: 4 atrophic scars' }).count());
}
