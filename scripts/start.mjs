// `npm start`: sets up what is missing, builds, and serves the demo.

import { run } from './run.mjs';
import { BUILD_NEEDS, setUp } from './setup.mjs';

try {
  await setUp(BUILD_NEEDS);
  console.log('Building dist/ (a minute the first time) ...');
  await run(process.execPath, ['scripts/build.mjs']);
} catch (error) {
  console.error(`npm start: ${error.message}`);
  process.exit(1);
}
// It says itself why it can't serve.
await run(process.execPath, ['www/server.mjs']).catch(() => process.exit(1));
