import { compileFilter, toHex } from './bpf.ts';
import { policy } from './policy.ts';
import { MACHINES } from './syscalls.ts';

const programs = new Map<boolean, string>();

/**
 * The filter for this machine as the launcher takes it; empty where there is none for its processor.
 * @param native for backends that are native addons
 */
export function filterFor(native: boolean): string {
  const machine = MACHINES[process.arch];
  if (!machine) return '';
  const known = programs.get(native) ?? toHex(compileFilter(policy(native), machine));
  programs.set(native, known);
  return known;
}
