// Hands that never leave the keyboard, and eyes that follow the focus.
import assert from 'node:assert/strict';

/** Where the focus is: what it is on, whether that can be seen, and whether it shows that it is there. */
export const focus = page =>
  page.evaluate(() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    // a point of it that is in the window and covered by nothing else
    const points = [0.5, 0.1, 0.9].flatMap(x => [0.5, 0.1, 0.9].map(y => [box.left + x * box.width, box.top + y * box.height]));
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (at.contains(top) || top.contains(at));
    });
    return {
      tag: at.tagName, type: at.type ?? '', name: at.name ?? '', value: at.value ?? '', checked: at.checked ?? false,
      text: (at.innerText ?? '').trim(), label: at.labels?.[0]?.innerText.trim() ?? '', lost: at === document.body,
      // inside a date the browser shows its own focus on the button for the calendar
      outlined: (at.type === 'date' && !at.matches(':focus-visible')) || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0),
      seen,
    };
  });

/** Goes on with Tab until `there` says that the focus is where it is wanted; on the way it has to be seen everywhere. */
export async function tabTo(page, what, there, most = 400) {
  for (let at = 0; at < most; at++) {
    await page.keyboard.press('Tab');
    const now = await focus(page);
    if (now.lost) continue; // the end of the page: the browser's own bars come between
    assert.ok(now.outlined, `no outline on ${JSON.stringify(now)}`);
    assert.ok(now.seen, `not to be seen: ${JSON.stringify(now)}`);
    if (there(now)) return now;
  }
  throw new Error(`no way by Tab to ${what}`);
}

/** To what has this text, and presses Enter there. */
export async function enter(page, text) {
  await tabTo(page, text, at => at.text === text);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** To a field, and types. */
export async function type(page, label, text) {
  await tabTo(page, label, at => at.label === label);
  await page.keyboard.type(text);
}

/** With the arrows to one of the answers where the focus is. */
export async function turnTo(page, value) {
  for (let turns = 0; turns < 40; turns++) {
    const now = await focus(page);
    if (now.value === value && (now.type !== 'radio' || now.checked)) return;
    // where nothing was chosen yet, Space takes what the focus is on
    await page.keyboard.press(now.value === value ? 'Space' : 'ArrowDown');
  }
  throw new Error(`there is no ${value} among the answers`);
}
