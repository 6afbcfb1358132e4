import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';
import { sha256OfFiles } from '../../grader/format/sha256.ts';
import { ROOT } from '../../repository.ts';

/** What decides what a kit says of a solution; absolute paths. */
export interface KitSource {
  /** Holds `public/`, and `private/`, of which the titles and points alone are read. */
  readonly fixtures: string;
  readonly template: string;
}

/** The rooms that decide a verdict. */
const ROOMS = [
  ...['assignment', 'checks', 'child', 'compile', 'format', 'ingest', 'mistakes', 'numeric', 'picture'],
  ...['pipeline', 'practice', 'protocol', 'source', 'tensorflow'],
];

/**
 * The version of the kit that these make, such as `0.2.0-a12bc3de4567f8`: that of the engine, six digits of a hash over
 * the assignment as students have it, and six over the engine's sources. The same sources have the same version, on
 * whatever machine they are packed.
 */
export function kitVersion({ fixtures, template }: KitSource): string {
  const assignment = new Map<string, Uint8Array>();
  const add = (prefix: string, folder: string, target: Map<string, Uint8Array>): void => {
    for (const path of filesBelow(folder, { skip: ['node_modules'] })) {
      target.set(prefix + path, readFileSync(join(folder, path)));
    }
  };
  add('public/', join(fixtures, 'public'), assignment);
  add('template/', template, assignment);
  const engine = new Map<string, Uint8Array>();
  for (const room of ROOMS) add(`grader/${room}/`, join(ROOT, 'grader', room), engine);
  add('kit/', join(ROOT, 'packaging', 'kit', 'programs'), engine);
  const short = (files: ReadonlyMap<string, Uint8Array>): string => sha256OfFiles(files).slice(0, 6);
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return `${root.version}-a${short(assignment)}e${short(engine)}`;
}
