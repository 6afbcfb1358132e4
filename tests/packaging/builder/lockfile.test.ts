import { expect, it } from 'vitest';
import { narrowLockfile } from '../../../packaging/builder/lockfile.ts';

const lockfile = {
  name: 'project',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '^1.0.0' } },
    'node_modules/a/node_modules/b': { version: '1.5.0', dependencies: { c: '*' } },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/c': { version: '3.0.0', optionalDependencies: { windows: '*', linux: '*' } },
    'node_modules/linux': { version: '4.0.0', os: ['linux'] },
    'node_modules/unwanted': { version: '1.0.0' },
  },
};

it('keeps what the packages need, from the nearest place, and nothing else', () => {
  const { manifest, lockfile: narrowed } = narrowLockfile(lockfile, ['a']);
  expect(manifest.dependencies).toEqual({ a: '1.0.0' });
  const { packages } = narrowed as typeof lockfile;
  expect(Object.keys(packages)).toEqual([
    '',
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/linux',
  ]);
  expect(packages['node_modules/a'].integrity).toBe('sha512-a');
});

it('a package that is installed by another name keeps it', () => {
  const packages = {
    ...lockfile.packages,
    'node_modules/a-7': { name: 'a', version: '7.0.0' },
  };
  const { manifest } = narrowLockfile({ ...lockfile, packages }, ['a', 'a-7']);
  expect(manifest.dependencies).toEqual({ a: '1.0.0', 'a-7': 'npm:a@7.0.0' });
});

it('a package that is not locked is an error', () => {
  expect(() => narrowLockfile(lockfile, ['d'])).toThrow(/d is not locked; run npm install/);
  const broken = {
    ...lockfile,
    packages: { 'node_modules/a': { version: '1', dependencies: { gone: '*' } } },
  };
  expect(() => narrowLockfile(broken, ['a'])).toThrow(/needs gone, which is not locked/);
});
