// npm test, and the tests that an editor shows: one for each check of `npm run check`.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { defineChecks } from 'introspection-kit/vitest';

defineChecks({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  vitest: { afterAll, beforeAll, describe, test },
});
