import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BROWSER = join(dirname(fileURLToPath(import.meta.url)), 'browser');

/** Modules, each after those that it imports: joined in this order they are one script. */
const MODULES = [
  'numbers.js',
  'colours.js',
  'draw-map.js',
  'draw-scatter.js',
  'tensor-view.js',
  'picture-viewer.js',
  'filter.js',
  'live.js',
  'start.js',
];
const THEME = 'theme.css';
const STYLES = [THEME, 'page.css', 'check.css', 'evidence.css'];

/** Browsers hash what they read, in which every line ends in `\n`. */
const read = (name: string): string => readFileSync(join(BROWSER, name), 'utf8').replaceAll('\r\n', '\n');

/** The look and the behaviour of a report's page, read from the files beside this module. */
export function pageAssets(): { readonly style: string; readonly script: string } {
  const joined = MODULES.map(read)
    .join('')
    .replaceAll(/^import [^;]+;\n/gm, '')
    .replaceAll(/^export /gm, '');
  return { style: STYLES.map(read).join(''), script: `'use strict';\n{\n${joined}}\n` };
}

/** The colours, letters and controls that all pages of ours have in common. */
export function themeStyle(): string {
  return read(THEME);
}
