import type { Answer } from '../child/child.ts';
import { describeEnding } from '../sandbox/describe-ending.ts';
import { hostFault } from '../sandbox/host-fault.ts';

/** What the runner says of a backend that does not load; libraries may have said more before. */
const OF_BACKEND = /^The backend .*/m;

/** Why a child was never ready, for staff. No submitted line has run yet, so that what it says is the truth. */
export function whyNotReady(answer: Answer, output: string): string {
  const [ofBackend] = OF_BACKEND.exec(output) ?? [];
  return ofBackend ?? hostFault(process.execPath, reasonIn(answer, output));
}

function reasonIn(answer: Answer, output: string): string {
  if (answer.kind !== 'ended') return `${answer.kind} before it was ready. ${output}`;
  const { ending } = answer;
  return ending.how === 'not-started' ? ending.reason : `${describeEnding(ending)}. ${output}`;
}
