// The form: which stream, with what, and the buttons. It knows nothing of sources and panels.

const CUSTOM = 'custom';

export class Controls {
  #form;
  #actions;
  #list = [];

  /**
   * @param {HTMLFormElement} form
   * @param {{open: (choice: {url: string, withCredentials: boolean, pretend: boolean}) => void, close: () => void, clear: () => void}} actions
   */
  constructor(form, actions) {
    this.#form = form;
    this.#actions = actions;
    const { endpoint, url, pretend, close, clear } = form.elements;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#open();
    });
    endpoint.addEventListener('change', () => this.#chosen());
    url.addEventListener('input', () => {
      endpoint.value = CUSTOM;
      this.#describe();
    });
    pretend.addEventListener('change', () => this.#open());
    close.addEventListener('click', actions.close);
    clear.addEventListener('click', actions.clear);
  }

  /**
   * Fills the list and opens its first entry, so that a visitor sees events at once.
   * @param {{list: import('./endpoints.js').Endpoint[]}} endpoints
   */
  offer({ list }) {
    this.#list = list;
    const groups = new Map(list.map(({ group }) => [group, document.createElement('optgroup')]));
    for (const [name, element] of groups) element.label = name;
    list.forEach(({ group, title }, index) => groups.get(group).append(new Option(title, index)));
    this.#form.elements.endpoint.append(...groups.values(), new Option('A URL of your own', CUSTOM));
    this.#chosen();
    this.#open();
  }

  #open() {
    const { url, credentials, pretend } = this.#form.elements;
    this.#actions.open({ url: url.value, withCredentials: credentials.checked, pretend: pretend.checked });
  }

  #chosen() {
    const { endpoint, url, credentials } = this.#form.elements;
    const entry = this.#list[endpoint.value];
    if (entry) {
      url.value = entry.url;
      credentials.checked = entry.withCredentials;
    } else {
      url.focus();
      url.select();
    }
    this.#describe();
  }

  #describe() {
    const entry = this.#list[this.#form.elements.endpoint.value];
    this.#form.querySelector('#shows').textContent = entry?.shows ?? 'A path here, or a URL anywhere else; events by other names than those of the list are not shown.';
  }
}
