import { transform, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../../repository.ts';

const GRADER = join(ROOT, 'grader');

/** For bundles of ES modules: packages that are CommonJS inside ask for node:'s own modules by require. */
export const REQUIRE_BANNER = {
  js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
};

/**
 * Lets each module believe that it still lies at its own place below `grader/`, so that the files it looks for beside
 * itself are found in the package at the same places.
 */
export const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/grader\/.*\.ts$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const { code } = await transform(text, {
        loader: 'ts',
        target: 'node20',
        define: { 'import.meta.url': 'placeOfThisModule' },
      });
      const place = JSON.stringify(`./${relative(GRADER, path).split(sep).join('/')}`);
      const declaration = `const placeOfThisModule = new URL(${place}, import.meta.url).href;\n`;
      return { contents: declaration + code, loader: 'js' };
    });
  },
};
