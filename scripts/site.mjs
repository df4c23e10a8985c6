// `npm run site`: sets up what is missing, builds, and writes the site to site/.

import { run } from './run.mjs';
import { BUILD_NEEDS, setUp } from './setup.mjs';

try {
  await setUp(BUILD_NEEDS);
  console.log('Building dist/ (a minute the first time) ...');
  await run(process.execPath, ['scripts/build.mjs']);
  // Not before: it uses the npm packages.
  const { buildSite } = await import('./site/build.mjs');
  console.log(`site/: ${(await buildSite('site')).join(', ')}`);
} catch (error) {
  console.error(`npm run site: ${error.message}`);
  process.exit(1);
}
