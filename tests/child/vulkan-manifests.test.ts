import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vulkanManifests } from '../../grader/child/vulkan-manifests.ts';
import { ROOT } from '../../repository.ts';

let place: string;
beforeEach(() => (place = realpathSync(mkdtempSync(join(tmpdir(), 'introspection-manifests-')))));
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('what a child reads to find the drivers of Vulkan', () => {
  it('is the folders that name them, and the files that these link to', () => {
    const [share, apart] = [join(place, 'share'), join(place, 'nvidia')];
    mkdirSync(join(share, 'icd.d'), { recursive: true });
    mkdirSync(apart);
    writeFileSync(join(share, 'icd.d', 'own.json'), '{}');
    writeFileSync(join(apart, 'nvidia_icd.json'), '{}');
    symlinkSync(join('nvidia', 'nvidia_icd.json'), join(place, 'step.json'));
    symlinkSync(join('..', '..', 'step.json'), join(share, 'icd.d', 'nvidia_icd.json'));
    symlinkSync(join(apart, 'gone.json'), join(share, 'icd.d', 'gone.json'));
    const nowhere = join(place, 'nowhere');
    expect(vulkanManifests([share, nowhere])).toEqual([
      share,
      nowhere,
      join(place, 'step.json'),
      join(apart, 'nvidia_icd.json'),
    ]);
  });

  it('is no folder that is linked there, and no file of the repository', () => {
    symlinkSync(homedir(), join(place, 'home'));
    symlinkSync(join(ROOT, 'package.json'), join(place, 'file.json'));
    expect(vulkanManifests([place])).toEqual([place]);
  });
});
