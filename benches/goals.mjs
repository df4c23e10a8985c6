// What the numbers are to reach, and whether they do.

import { ratio, short } from './browser/numbers.mjs';
import { SUBJECTS } from './browser/page/subjects.js';
import { table } from './browser/table.mjs';
import { CORE_PARSER } from './core.mjs';

const BUILDS = ['esm', 'script'];
const PEERS_WITH_EVENTS = Object.keys(SUBJECTS).filter((name) => SUBJECTS[name].kind === 'peer' && SUBJECTS[name].events === 'DOM');
const FASTER = { small: 2.5, named: 2.5, crlf: 2.5, tiny: 1.8, llm: 2, utf8: 2, comments: 2, multiline: 2, big: 1.3 };
const CHUNK = 64 * 1024;

/**
 * @typedef {object} Goal
 * @property {string} what
 * @property {number} value
 * @property {number} least the goal, when it is that or more
 * @property {number} most the goal, when it is that or less
 */

/**
 * @param {object} results of one browser, with what was measured of it
 * @param {object | null} host the parsers' results
 * @returns {Goal[]} those that were measured
 */
export function goals(results, host) {
  return [...BUILDS.flatMap((build) => [...speed(results, build), ...others(results, build)]), ...parsers(host)];
}

/** @param {Goal} goal */
export function isReached({ value, least = -Infinity, most = Infinity }) {
  return value >= least && value <= most;
}

/** Of `goals`, as the console shows it; nothing where there are none. */
export function goalsTable(results, host) {
  const rows = goals(results, host).map((goal) => {
    const { what, value, least, most } = goal;
    return [what, short(value), least === undefined ? `<= ${most}` : `>= ${least}`, isReached(goal) ? 'ok' : 'below'];
  });
  return rows.length ? table(['', 'measured', 'goal', ''], rows) : '';
}

function speed({ throughput = [], titles }, build) {
  const rates = (payload, subject) => throughput.find((result) => result.payload === payload && result.subject === subject && !result.wrong)?.eventsPerSecond;
  return Object.entries(FASTER).flatMap(([payload, least]) => {
    const own = rates(payload, build);
    if (!own) return [];
    const beside = (subjects, name, goal) => {
      const others = subjects.map((subject) => rates(payload, subject)).filter(Boolean);
      if (!others.length) return [];
      return [{ what: `${titles[build]}, ${payload}: times ${name}`, value: Math.min(...others.map((other) => ratio(own, other))), least: goal }];
    };
    return [
      ...beside(['native'], 'native', least),
      ...beside(PEERS_WITH_EVENTS, 'the fastest peer with DOM events', 1),
      ...(payload === 'big' ? beside(['limit'], 'fetch + decode', 0.75) : []),
      ...(payload === 'tiny' ? [] : beside(['event-source-polyfill'], 'event-source-polyfill', 1)),
    ];
  });
}

function others({ latency = [], idle = [], growth = [], memory = [], titles }, build) {
  const of = (list, subject, filter = () => true) => list.find((result) => result.subject === subject && !result.wrong && filter(result));
  const compared = (list, what, value, most) => {
    const [own, native] = [of(list, build), of(list, 'native')];
    if (!own || !native) return [];
    return [{ what: `${titles[build]}, ${what}: times native`, value: ratio(own.values.map(value), native.values.map(value)), most }];
  };
  const kept = of(memory, build)?.values[0];
  return [
    ...compared(latency, 'latency p50', ({ p50 }) => p50, 1.2),
    // Where the browser itself takes more without streams than with them, nothing is reached.
    ...compared(idle, 'CPU of a heartbeat', ({ added }) => Math.max(0, added), 2),
    ...growth.filter(({ subject, wrong }) => subject === build && !wrong).map(({ series, exponents }) => (
      { what: `${titles[build]}, growth, ${series}: exponent`, value: exponents.time, most: 1.1 }
    )),
    ...compared(memory, 'heap with data kept', ({ kept: { heap } }) => heap, 4),
    ...(kept ? [
      { what: `${titles[build]}, heap after a million events: MiB more`, value: kept.open.heap / 1024 ** 2, most: 1 },
      { what: `${titles[build]}, WebAssembly memory after a huge event: times before`, value: kept.wasm.closed / kept.wasm.first, most: 1 },
    ] : []),
  ];
}

function parsers(host) {
  const speedOf = (payload, parser) =>
    host?.parsers.find((each) => each.payload === payload && each.parser === parser && each.chunk === CHUNK)?.megabytesPerSecond;
  const own = (payload) => speedOf(payload, 'eventsource-wasm');
  return [
    ...['small', 'named', 'utf8', 'comments', 'tiny'].filter(own).map((payload) => (
      { what: `parser on the host, ${payload}: times sse-stream`, value: own(payload) / speedOf(payload, 'sse-stream'), least: 1 }
    )),
    ...[['llm', 2000], ['big', 4000]].filter(([payload]) => own(payload)).map(([payload, least]) => (
      { what: `parser on the host, ${payload}: MB/s`, value: own(payload), least }
    )),
    ...['llm', 'big'].filter((payload) => speedOf(payload, CORE_PARSER)).map((payload) => (
      { what: `parser in WebAssembly, ${payload}: MB/s`, value: speedOf(payload, CORE_PARSER), least: 500 }
    )),
  ];
}
