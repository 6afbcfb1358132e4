/** A package of a lock file of version 3, by its place such as `node_modules/typescript`. */
interface LockedPackage {
  /** Its name in the registry, where it is installed by another one. */
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
}

export interface Lockfile {
  readonly name: string;
  readonly version: string;
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private: true;
  readonly type: 'module';
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Where Node.js finds a package that the one at `from` requires: in the nearest `node_modules` on the way up. */
function resolvePlace(packages: Lockfile['packages'], from: string, name: string): string | undefined {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const nested = `${at}/node_modules/${name}`;
    if (nested in packages) return nested;
  }
  const top = `node_modules/${name}`;
  return top in packages ? top : undefined;
}

/**
 * The part of a lock file that some of its packages need, with the manifest that goes with it: the same versions and
 * checksums, and nothing else.
 * @param names packages at the root of the lock file
 * @throws Error when one is missing
 */
export function narrowLockfile(
  lockfile: Lockfile,
  names: readonly string[],
): { manifest: Manifest; lockfile: object } {
  const kept = new Set<string>();
  const visit = (place: string): void => {
    if (kept.has(place)) return;
    kept.add(place);
    const { dependencies = {}, optionalDependencies = {} } = lockfile.packages[place];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = resolvePlace(lockfile.packages, place, name);
      if (found) visit(found);
      else if (name in dependencies && !(name in optionalDependencies)) {
        throw new Error(`package-lock.json: ${place} needs ${name}, which is not locked; run npm install`);
      }
    }
  };
  const dependencies: Record<string, string> = {};
  for (const name of names.toSorted()) {
    const place = `node_modules/${name}`;
    const { name: registered, version } = lockfile.packages[place] ?? {};
    if (!version) throw new Error(`package-lock.json: ${name} is not locked; run npm install`);
    dependencies[name] = registered ? `npm:${registered}@${version}` : version;
    visit(place);
  }
  const manifest: Manifest = {
    name: `${lockfile.name}-image`,
    version: lockfile.version,
    private: true,
    type: 'module',
    dependencies,
  };
  const places = [...kept].toSorted().map((place) => [place, lockfile.packages[place]] as const);
  return {
    manifest,
    lockfile: {
      name: manifest.name,
      version: manifest.version,
      lockfileVersion: lockfile.lockfileVersion,
      requires: true,
      packages: {
        '': { name: manifest.name, version: manifest.version, dependencies },
        ...Object.fromEntries(places),
      },
    },
  };
}
