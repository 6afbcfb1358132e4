import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BROWSER = join(dirname(fileURLToPath(import.meta.url)), 'browser');

/** Each knows of the others only by the event `report-shown`, which the last one sends. */
const SCRIPTS = ['filter.js', 'picture-viewer.js', 'tensor-view.js', 'live.js', 'start.js'];
const STYLES = ['page.css', 'check.css', 'evidence.css'];

/** Browsers hash what they read, in which every line ends in `\n`. */
const read = (name: string): string => readFileSync(join(BROWSER, name), 'utf8').replaceAll('\r\n', '\n');

/** The look and the behaviour of a report's page, read from the files beside this module. */
export function pageAssets(): { readonly style: string; readonly script: string } {
  const blocks = SCRIPTS.map((name) => `{\n${read(name)}}\n`);
  return { style: STYLES.map(read).join(''), script: `'use strict';\n${blocks.join('')}` };
}
