import type { Thrown } from '../format/messages.ts';

/** The call could not be made, or what came back cannot be used. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly reason: Thrown['reason'];
  constructor(reason: Thrown['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
