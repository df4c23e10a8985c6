// The second tab: a conversation, each answer of which is an event stream that a POST brings.

import { Log } from './log.js';
import { importOurs } from './sources.js';

const CLOSED = 2;

export class Chat {
  #element;
  #log;
  #EventSource;
  #messages = []; // the conversation, as it is sent
  #stop = () => {};

  /** @param {HTMLElement} element the tab's panel */
  constructor(element) {
    this.#element = element;
    this.#log = new Log(this.#part('log'));
    const form = this.#part('form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const { question } = form.elements;
      if (question.value.trim()) this.#ask(question.value.trim());
      question.value = '';
    });
    this.#part('stop').addEventListener('click', () => this.#stop());
  }

  /** Lets the visitor ask: somebody answers by now. */
  async offer() {
    try {
      ({ EventSource: this.#EventSource } = await importOurs('eventsource.options.js'));
      this.#part('form').elements.send.disabled = false;
    } catch (error) {
      this.notice = error.message;
    }
  }

  /** What is wrong, for all to see. */
  set notice(text) {
    this.#part('notice').textContent = text;
    this.#part('notice').hidden = false;
  }

  async #ask(question) {
    this.#stop();
    this.#messages.push({ role: 'user', content: question });
    this.#say('user', question);
    const source = new this.#EventSource('chat', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ stream: true, messages: this.#messages }),
    });
    const answer = { role: 'assistant', content: '' };
    this.#messages.push(answer);
    const line = this.#say('assistant', '');
    const talk = this.#part('talk');
    let events = 0;
    let end = 'The stream ended without [DONE]';
    this.#stop = () => {
      if (source.readyState === CLOSED) return;
      end = 'Stopped by close()';
      source.close();
    };

    this.#log.say('new EventSource(\'chat\', { method: \'POST\', … })');
    for (const type of ['open', 'error']) source.addEventListener(type, (event) => this.#note(event, source.readyState));
    // Read out when it is whole, not piece by piece.
    talk.ariaBusy = 'true';
    try {
      for await (const message of source) {
        events++;
        this.#note(message, source.readyState);
        if (message.data === '[DONE]') {
          end = 'Ended by [DONE]';
          break;
        }
        answer.content += JSON.parse(message.data).choices[0].delta.content;
        line.querySelector('.words').textContent = answer.content;
        talk.scrollTop = talk.scrollHeight;
      }
    } catch (error) {
      end = `Failed: ${error.message}`;
    }
    source.close();
    line.querySelector('.meta').textContent = `${end} · ${events} events`;
    talk.scrollTop = talk.scrollHeight;
    talk.ariaBusy = 'false';
  }

  #note(event, readyState) {
    this.#log.add(event, readyState);
    this.#part('log-hint').textContent = this.#log.paint();
  }

  /** Adds what somebody says. */
  #say(role, words) {
    const line = document.querySelector('#line').content.firstElementChild.cloneNode(true);
    line.dataset.role = role;
    line.querySelector('.who').textContent = role === 'user' ? 'You' : 'Answer';
    line.querySelector('.words').textContent = words;
    this.#part('talk').append(line);
    return line;
  }

  #part(name) {
    return this.#element.querySelector(`[data-part=${name}]`);
  }
}
