import { spawnSync } from 'node:child_process';

/** A shared library as the dynamic linker knows it. */
export interface KnownLibrary {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** `	libcuda.so.1 (libc6,x86-64) => /usr/lib/libcuda.so.1` */
const LINE = /^\s+(\S+) \([^)]*\) => (\/.+)$/;

/** What `ldconfig -p` prints. */
export function parseLinkerCache(text: string): KnownLibrary[] {
  return text.split('\n').flatMap((line) => {
    const [, name, path] = LINE.exec(line) ?? [];
    return name !== undefined && path !== undefined ? [{ name, path }] : [];
  });
}

let known: readonly KnownLibrary[] | undefined;

/** The shared libraries that the dynamic linker knows, asked once a process; none where there is no `ldconfig`. */
export function knownLibraries(): readonly KnownLibrary[] {
  return (known ??= parseLinkerCache(
    spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8', env: {}, timeout: 10_000 }).stdout ?? '',
  ));
}
