import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { buildZip, type ZipEntrySpec } from '../ingest/build-zip.ts';
import type { Attack } from './attack.ts';

const LINK = 0o120777;
const FILE = 'style-modules/content-loss.ts';

/** A right submission as entries, but for the attacked file. */
function honest(folder: string): ZipEntrySpec[] {
  return ['style-modules/tv-loss.ts', 'style-modules/style-loss.ts'].map((name) => ({
    name,
    content: readFileSync(join(folder, name)),
  }));
}

/** A zip of the attacked kind around a right submission. */
export function hostileZip(kind: NonNullable<Attack['zip']>, folder: string, hidden: string): Uint8Array {
  const right = readFileSync(join(folder, FILE));
  const attacks: Record<NonNullable<Attack['zip']>, ZipEntrySpec[]> = {
    symlink: [{ name: FILE, content: join(hidden, 'canary.json'), mode: LINK }],
    slip: [
      { name: FILE, content: right },
      { name: '../../../../../../../../tmp/slipped', content: 'x' },
      { name: '/tmp/slipped', content: 'x' },
      { name: String.raw`..\..\tmp\slipped`, content: 'x' },
      { name: 'style-modules/../../../slipped.ts', content: 'x' },
    ],
    bomb: [
      {
        name: FILE,
        packed: deflateRawSync(new Uint8Array(200 * 1024 * 1024)),
        content: right,
        claim: { size: 400 },
      },
    ],
    'case-clash': [
      { name: FILE, content: right },
      { name: 'style-modules/Content-Loss.ts', content: 'export const other = 1;' },
      { name: FILE, content: 'export function contentLoss() { return 7; }' },
    ],
    'odd-names': [
      { name: FILE, content: right },
      { name: `${FILE}\0.png`, content: 'x' },
      { name: `style-modules/${'x'.repeat(5000)}.ts`, content: 'x' },
      { name: Uint8Array.of(0xff, 0xfe, 0x2e, 0x74, 0x73), content: 'x' },
    ],
    'link-directory': [
      { name: 'style-modules', content: hidden, mode: LINK },
      { name: FILE, content: right },
    ],
  };
  return buildZip([...attacks[kind], ...honest(folder)]);
}
