import { createRequire } from 'node:module';

/**
 * Puts back what tfjs-node 4.22 calls of `node:util` and Node 23 removed; its own repair is merged but unreleased.
 * Does nothing where Node still has it.
 */
export function restoreUtil(
  util: Record<string, unknown> = createRequire(import.meta.url)('node:util') as Record<string, unknown>,
): void {
  util['isNullOrUndefined'] ??= (value: unknown): boolean => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
