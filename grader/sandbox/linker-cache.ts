import { spawnSync } from 'node:child_process';

/** A shared library as the dynamic linker knows it. */
export interface KnownLibrary {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** `	libcuda.so.1 (libc6,x86-64) => /usr/lib/libcuda.so.1` */
const LINE = /^\s+(\S+) \([^)]*\) => (\/.+)$/;

/** The shared libraries that the dynamic linker knows; none where there is no `ldconfig`. */
export function knownLibraries(): readonly KnownLibrary[] {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return listed.split('\n').flatMap((line) => {
    const [, name, path] = LINE.exec(line) ?? [];
    return name !== undefined && path !== undefined ? [{ name, path }] : [];
  });
}
