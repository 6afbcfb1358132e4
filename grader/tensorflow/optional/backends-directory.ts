import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importModule } from '../import-module.ts';

/** The backends that `npm run setup -- NAME` installs; npm's own install never does. */
export type OptionalBackendName = 'gpu' | 'native' | 'webgpu';

export const optionalBackendNames = [
  'gpu',
  'native',
  'webgpu',
] as const satisfies readonly OptionalBackendName[];

/** Whether npm's own install leaves it out. */
export function isOptional(backend: string): backend is OptionalBackendName {
  return optionalBackendNames.some((name) => name === backend);
}

/** Whether processes share a device of the machine to compute. */
export const usesDevice = (backend: string): boolean => isOptional(backend) && backend !== 'native';

/** The packages of each, as npm installs them. */
export const optionalPackages: Readonly<Record<OptionalBackendName, readonly string[]>> = {
  gpu: ['@tensorflow/tfjs-node-gpu@4.22.0'],
  native: ['@tensorflow/tfjs-node@4.22.0'],
  webgpu: ['@tensorflow/tfjs-backend-webgpu@4.22.0', 'webgpu@0.6.2'],
};

/**
 * Where the optional backends lie, absolute: one folder each, with `node_modules` of its own. It is beneath the
 * project's root, so that what they share with it, TensorFlow.js above all, is found there and loaded once.
 */
export function backendsDirectory(): string {
  const room = dirname(dirname(fileURLToPath(import.meta.url)));
  return join(dirname(dirname(room)), '.backends');
}

/** The name of a package without its version. */
function nameOf(spec: string): string {
  return spec.slice(0, spec.lastIndexOf('@'));
}

export function isInstalled(name: OptionalBackendName, directory: string): boolean {
  return optionalPackages[name].every((spec) =>
    existsSync(join(directory, name, 'node_modules', nameOf(spec))),
  );
}

/** The optional backends that are installed, the fastest first. */
export function installedBackends(directory: string = backendsDirectory()): OptionalBackendName[] {
  return optionalBackendNames.filter((name) => isInstalled(name, directory));
}

/** The version of a package that lies in an optional backend's folder. */
export function versionOf(backend: OptionalBackendName, packageName: string, directory: string): string {
  const path = join(directory, backend, 'node_modules', packageName, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Imports a package of an optional backend from that backend's folder. */
export async function importOptional(
  backend: OptionalBackendName,
  packageName: string,
  directory: string,
): Promise<Record<string, unknown>> {
  const resolve = createRequire(join(directory, backend, 'package.json')).resolve;
  return (await importModule(pathToFileURL(resolve(packageName)).href)) as Record<string, unknown>;
}
