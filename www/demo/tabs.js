// Tabs, by the pattern of the ARIA Authoring Practices: one of them is in the order of the Tab key, and arrows lead to the others.

/** @param {HTMLElement} list of buttons, each of which names the panel it shows */
export function startTabs(list) {
  const tabs = [...list.querySelectorAll('[role=tab]')];
  list.addEventListener('click', ({ target }) => {
    if (tabs.includes(target)) select(target);
  });
  list.addEventListener('keydown', (event) => {
    const next = neighbour(event.key, tabs.indexOf(document.activeElement));
    if (!next) return;
    event.preventDefault();
    select(next);
    next.focus();
  });

  function neighbour(key, index) {
    const last = tabs.length - 1;
    const indexes = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last };
    return tabs[indexes[key]];
  }

  function select(selected) {
    for (const tab of tabs) {
      const isSelected = tab === selected;
      tab.setAttribute('aria-selected', isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !isSelected;
    }
  }
}
