import type { Answer, Child } from '../../child/child.ts';
import { NO_TENSORS } from '../../protocol/answer-budget.ts';

/** For the answer of a runner that has nothing to do. */
export const END_SECONDS = 5;
export const STILL_BUSY = { kind: 'violation', message: 'at work after its answer' } as const;
/** An answer that does not fit the question: only submitted code that forges one gives it. */
export const OUT_OF_TURN = {
  kind: 'violation',
  message: 'an answer that does not fit the question',
} as const;
const UNASKED = { kind: 'violation', message: 'an answer that nothing asked for' } as const;

/**
 * How things stand with a child that is asked nothing more: what it did unasked, or else what it says to being asked
 * whether it is idle. A runner whose answers were its own waits for the next request and says so at once; one that
 * submitted code has answered for is still at the last.
 * @returns undefined for a child that is over
 */
export async function lookAtEnd(child: Child, seconds: number): Promise<Answer | undefined> {
  const { unasked } = child;
  if (unasked) return unasked.kind === 'reply' ? UNASKED : unasked;
  if (child.over) return undefined;
  const answer = await child.request((id) => ({ type: 'end', id }), {}, seconds, NO_TENSORS);
  if (answer.kind === 'time-out') return STILL_BUSY;
  // It has tensors where none was expected: it is the runner's own, to the call before.
  if (answer.kind === 'over-budget') return UNASKED;
  if (answer.kind === 'reply' && answer.reply.type !== 'idle') return OUT_OF_TURN;
  return answer;
}
