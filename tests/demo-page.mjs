// The demo's page, as its tests use it.

import { until } from './until.mjs';

/** @param {import('selenium-webdriver').WebDriver} driver a browser that shows the page */
export function demoPage(driver) {
  return { click, choose, panel, shown, ask, chat };

  function click(selector) {
    return driver.executeScript((selector) => document.querySelector(selector).click(), selector);
  }

  /** Chooses a stream by its title, and opens it. */
  function choose(title) {
    return driver.executeScript((title) => {
      const select = document.querySelector('#endpoint');
      select.value = [...select.options].find(({ text }) => text === title).value;
      select.dispatchEvent(new Event('change'));
      document.querySelector('#controls [type=submit]').click();
    }, title);
  }

  /** Asks a question in the tab of the chat, as soon as it lets one. */
  async function ask(question) {
    await until(() => driver.executeScript(() => !document.querySelector('#chat [name=send]').disabled));
    await driver.executeScript((question) => {
      document.querySelector('#chat-tab').click();
      document.querySelector('#question').value = question;
      document.querySelector('#chat [name=send]').click();
    }, question);
  }

  /** Waits until the conversation shows what is expected. */
  async function chat(expected) {
    let lines;
    try {
      await until(async () => {
        lines = await driver.executeScript(() => [...document.querySelectorAll('#chat .line')]
          .map((line) => Object.fromEntries(['who', 'words', 'meta'].map((name) => [name, line.querySelector(`.${name}`).textContent]))));
        return expected(lines);
      });
    } catch (error) {
      throw new Error(`waited for ${expected}\nthe conversation is ${JSON.stringify(lines, null, 2)}`, { cause: error });
    }
    return lines;
  }

  /** What a panel shows. */
  function panel(id) {
    return driver.executeScript((id) => {
      const panel = document.getElementById(id);
      const read = (selector) => panel.querySelector(selector).textContent;
      return {
        ...Object.fromEntries([...panel.querySelectorAll('[data-count]')].map((element) => [element.dataset.count, element.textContent])),
        state: read('[data-part=state]'),
        url: read('[data-part=url]'),
        credentials: read('[data-part=credentials]'),
        notice: read('[data-part=notice]'),
        check: read('[data-part=check]'),
        log: panel.querySelector('[data-part=log]').textContent,
        plots: panel.querySelector('[data-part=plots]').innerText,
        rows: panel.querySelectorAll('[data-part=log] li').length,
      };
    }, id);
  }

  /** Waits until a panel shows what is expected. */
  async function shown(id, expected) {
    let last;
    try {
      await until(async () => {
        last = await panel(id).catch(() => undefined); // not drawn yet
        return last && expected(last);
      });
    } catch (error) {
      throw new Error(`${id}: waited for ${expected}\nit shows ${JSON.stringify(last, null, 2)}`, { cause: error });
    }
    return last;
  }
}
