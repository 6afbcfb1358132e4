import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash, type SubmissionAllowList } from '../../collect_submission.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import { ENGINE_NAME, enginePackage } from './engine-package.ts';
import type { KitSource } from './kit-version.ts';
import { tarballOf } from './tarball.ts';

/** A student's kit. */
export interface Kit {
  /** As it stands in the engine's `package.json`, and in what the kit packs. */
  readonly version: string;
  /** All files by path, in order. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What is in the engine's tarball among them, by path. */
  readonly engine: ReadonlyMap<string, Uint8Array>;
}

/** The template with the engine as a package beside it; the same input gives the same bytes. */
export async function kitContents(source: KitSource): Promise<Kit> {
  const { version, files: engine } = await enginePackage(source);
  const tarball = `engine/${ENGINE_NAME}-${version}.tgz`;
  const files = new Map<string, Uint8Array>();
  for (const path of filesBelow(source.template, { skip: ['node_modules'] })) {
    files.set(path, readFileSync(join(source.template, path)));
  }
  const manifest = withEngine(parse(files, 'package.json'), tarball);
  files.set('package.json', Buffer.from(manifest));
  const allowed = parse(files, 'submission.json') as SubmissionAllowList;
  const bytes = await tarballOf(engine);
  const given = {
    ...allowed.given,
    'package.json': contentHash(manifest),
    [tarball]: contentHash(bytes),
  };
  files.set('submission.json', Buffer.from(jsonText({ ...allowed, given })));
  files.set(tarball, bytes);
  return { version, engine, files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function parse(files: ReadonlyMap<string, Uint8Array>, path: string): unknown {
  return JSON.parse(Buffer.from(files.get(path)!).toString('utf8')) as unknown;
}

/** The template's manifest with one dependency more. */
function withEngine(manifest: unknown, tarball: string): string {
  const { dependencies, ...rest } = manifest as { dependencies: Record<string, string> };
  return jsonText({ ...rest, dependencies: { [ENGINE_NAME]: `file:${tarball}`, ...dependencies } });
}
