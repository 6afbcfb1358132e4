import { compileFilter, toHex } from './bpf.ts';
import { hasGraphics } from '../system-files.ts';
import { policy, type AddonKind } from './policy.ts';
import { MACHINES } from './syscalls.ts';

const programs = new Map<AddonKind | undefined, string>();

/**
 * The filter for this machine as the launcher takes it; empty where there is none for its processor.
 * @param addon that the process loads
 */
export function filterFor(addon?: AddonKind): string {
  const machine = MACHINES[process.arch];
  if (!machine) return '';
  const known =
    programs.get(addon) ?? toHex(compileFilter(policy(addon, addon !== undefined && hasGraphics()), machine));
  programs.set(addon, known);
  return known;
}
