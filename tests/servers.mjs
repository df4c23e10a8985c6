// Runs the class with options against servers that people use: node tests/servers.mjs [--server x] [--scenario x] [--client x]
// Each may be given more than once. Every scenario (servers/scenarios.js) is run with every server (servers/servers.mjs) by every client;
// what a server can't do stands with its reason in servers/exclusions.json.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { axumProgram, pythonProgram } from '../scripts/servers.mjs';
import { makeCertificate } from './servers/certificate.mjs';
import { CLIENTS, startClients } from './servers/clients.mjs';
import { SCENARIOS } from './servers/scenarios.js';
import { startServers } from './servers/servers.mjs';

// Each says which `server` it speaks of (one, several, or 'any'), which `scenario` (one or several) and why.
const EXCLUSIONS = JSON.parse(readFileSync(new URL('servers/exclusions.json', import.meta.url), 'utf8'));

const several = { type: 'string', multiple: true };
const { values: options } = parseArgs({ options: { server: several, scenario: several, client: several } });

const problems = [];
let passed = 0;
const used = new Set();
const rows = [];
const certificate = await makeCertificate();
const { servers, close } = await startServers({ axum: axumProgram(), python: pythonProgram() }, certificate);
const wantedServers = chosen('server', Object.keys(servers));
const scenarios = chosen('scenario', Object.keys(SCENARIOS));
const wantedClients = chosen('client', CLIENTS);
const clients = await startClients(wantedClients, certificate);
try {
  for (const server of wantedServers) await runServer(server);
} finally {
  await clients.close();
  await close();
  await certificate.remove();
}
summarize();

/** Runs its scenarios by all clients at once. */
async function runServer(server) {
  const names = scenarios.filter((scenario) => {
    const exclusion = EXCLUSIONS.find((each) => speaksOf(each, server, scenario));
    if (exclusion) used.add(exclusion);
    return !exclusion;
  });
  const cells = new Map(names.map((scenario) => [scenario, 0]));
  await clients.run(servers[server], names, (client, scenario, problem) => {
    if (problem) problems.push(`${server}: ${scenario}: ${client}: ${problem.slice(0, 500)}`);
    else {
      passed++;
      cells.set(scenario, cells.get(scenario) + 1);
    }
  });
  rows.push([server, ...scenarios.map((scenario) => (cells.has(scenario) ? `${cells.get(scenario)}/${wantedClients.length}` : '-'))]);
}

function speaksOf(exclusion, server, scenario) {
  const { server: whose, not = [] } = exclusion;
  return (whose === 'any' || [].concat(whose).includes(server)) && ![].concat(not).includes(server) && [].concat(exclusion.scenario).includes(scenario);
}

function summarize() {
  if (!options.server && !options.scenario) {
    for (const exclusion of EXCLUSIONS.filter((each) => !used.has(each))) problems.push(`exclusions.json: nothing of that kind for ${JSON.stringify(exclusion)}`);
  }
  const heads = [`passed by (${wantedClients.join(', ')})`, ...scenarios];
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index].length)));
  for (const row of [heads, ...rows]) console.log(row.map((text, index) => text.padEnd(widths[index])).join('   ').trimEnd());
  for (const problem of problems) console.log(`  ${problem}`);
  console.log(`servers: ${passed} passed, ${problems.length} failed`);
  process.exitCode = problems.length ? 1 : 0;
}

function chosen(option, all) {
  const values = options[option] ?? all;
  const wrong = values.find((value) => !all.includes(value));
  if (wrong !== undefined) throw new Error(`there is no ${option} ${wrong}; there are ${all.join(', ')}`);
  return all.filter((value) => values.includes(value));
}
