// Two small plots of the last minute: bars and a line, as SVG that takes its colours from the style sheet.

const HEIGHT = 40;
const SVG = 'http://www.w3.org/2000/svg';

/** A plot of bars. @param {HTMLElement} parent @param {string} title */
export function bars(parent, title) {
  return plot(parent, title, 'bars', (values, y) => values
    .map((value, x) => (value ? `M${x + 0.1} ${HEIGHT}V${y(value)}h.8V${HEIGHT}z` : ''))
    .join(''));
}

/** A plot of a line over the values that are not null. @param {HTMLElement} parent @param {string} title */
export function line(parent, title) {
  return plot(parent, title, 'line', (values, y) => {
    let path = '';
    values.forEach((value, x) => {
      if (value !== null) path += `${path ? 'L' : 'M'}${x + 0.5} ${y(value)}`;
    });
    // A line of no length is drawn as a dot: one value alone is to be seen, too.
    return path && `${path}h0`;
  });
}

/**
 * The upper ends that hold all the values, at a round number.
 * @param {{rate: number[], latency: (number | null)[]}[]} series
 */
export function scaleFor(series) {
  return {
    rate: round(Math.max(5, ...series.flatMap(({ rate }) => rate))),
    latency: round(Math.max(1, ...series.flatMap(({ latency }) => latency))),
  };
}

function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

function plot(parent, title, kind, shape) {
  const figure = document.createElement('figure');
  figure.innerHTML = `
    <figcaption><span>${title}</span> <b></b></figcaption>
    <div class="chart"><span class="top-value"></span><span class="empty"></span></div>
    <div class="ages" aria-hidden="true"><span>60 s ago</span><span>now</span></div>`;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', kind);
  svg.append(path);
  figure.querySelector('.chart').append(svg);
  parent.append(figure);

  return {
    /**
     * @param {(number | null)[]} values
     * @param {number} top the upper end of the scale
     * @param {string} latest the last value, in words; empty when there is none
     * @param {string} [why] there is none
     */
    draw(values, top, latest, why = '') {
      svg.setAttribute('viewBox', `0 0 ${values.length} ${HEIGHT}`);
      svg.setAttribute('aria-label', `${title} of the last minute, now ${latest || 'unknown'}`);
      path.setAttribute('d', shape(values, (value) => HEIGHT * (1 - value / top)));
      figure.querySelector('b').textContent = latest;
      figure.querySelector('.top-value').textContent = latest && top.toLocaleString('en');
      figure.querySelector('.empty').textContent = latest ? '' : why;
    },
  };
}
