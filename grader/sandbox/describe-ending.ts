import type { Ending } from './sandbox.ts';

/** In a few words for staff: `exit 1`, `signal SIGABRT`, `memory`. */
export function describeEnding(ending: Ending): string {
  if (ending.how === 'exit') return `exit ${ending.code}`;
  return ending.how === 'signal' ? `signal ${ending.signal}` : ending.how;
}
