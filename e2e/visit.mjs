// What is done on the pages of a visit, in the words that stand there; several stories share it.
import { visitor } from './browser.mjs';

/** Answers every question of a part of the page that still says "Not known". */
export async function answerAll(part, answer) {
  for (const radio of await part.getByRole('radio', { name: answer, exact: true }).all()) await radio.check();
}

/** Answers one question, by its words. */
export const answer = (page, question, says) => page.getByRole('group', { name: question }).getByRole('radio', { name: says, exact: true }).check();

/** Presses a button and waits for the page that it leads to. */
export async function press(page, name) {
  const [response] = await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
  return response;
}

/** The way to a patient's chart, through the worklist. */
export async function openChart(page, base, name) {
  await page.goto(`${base}/worklist`);
  await page.getByRole('table').getByRole('link', { name, exact: true }).click();
  await page.waitForURL(/\/charts\/[^/]+$/);
  return page.url();
}

/** Makes a link for a patient and opens it on a telephone of their own. */
export async function patientsPhone(browser, page, chart, purpose, options = {}) {
  await page.goto(`${chart}/links`);
  await answer(page, 'What for', purpose);
  await press(page, 'Make the link');
  const address = await page.locator('.address a').getAttribute('href');
  const phone = await visitor(browser, { viewport: { width: 390, height: 844 }, ...options });
  phone.link = address;
  await phone.goto(address);
  return phone;
}

/** What a treatment day is asked with when nothing speaks against it; `but` takes the place of single answers and fields. */
export async function askTheDay(page, chart, but = {}) {
  await page.goto(`${chart}/treatment?again=1`);
  await answerAll(page.getByRole('region', { name: 'Asked again today' }), 'No');
  await page.getByLabel('I have gone through these answers with the patient').check();
  const fields = {
    'Acne today (IGA)': '1: almost clear', 'Any pustule or nodule in the treatment area?': 'No', 'Who treats': 'Dr Ada Example',
    'Lot': 'L-2711', 'Last day of use': '2099-11-30', 'Is the sterile pack intact?': 'Yes', 'Was the cartridge used before, on anyone?': 'No',
    'Product': 'None is used', ...but,
  };
  for (const [label, value] of Object.entries(fields)) await fill(page, label, value);
  await press(page, 'May the session begin?');
}

/** Fills a field of any kind, by its label. */
export async function fill(page, label, value) {
  const group = page.getByRole('group', { name: label, exact: true });
  if (await group.count()) return group.getByRole('radio', { name: value, exact: true }).check();
  const field = page.getByLabel(label, { exact: true });
  if (await field.evaluate(element => element.tagName === 'SELECT')) return field.selectOption({ label: value });
  return field.fill(value);
}
