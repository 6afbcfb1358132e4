import type { Argument, Call } from '../../grader/format/call-plan.ts';

/** What a call may ask for besides the result. */
export type CallOptions = Pick<Call, 'gradient' | 'observe' | 'timeLimit'>;

/** A module of the template as call plans name it; `Exports` is its type, so that a wrong name fails to compile. */
export interface TemplateModule<Exports> {
  /** Relative to the template's root. */
  readonly path: string;
  /** A call of one of its functions. */
  call(id: string, name: keyof Exports & string, args: readonly Argument[], options?: CallOptions): Call;
  /** What one of its functions returns as an argument, made in the process that makes the call. */
  given(name: keyof Exports & string, args: readonly Argument[]): Argument;
}

export function templateModule<Exports>(path: string): TemplateModule<Exports> {
  return {
    path,
    call: (id, name, args, options) => ({ id, module: path, export: name, args: [...args], ...options }),
    given: (name, args) => ({ given: { module: path, export: name, args } }),
  };
}

/** A loss, observed, and the gradient of the same loss. */
export function lossAndGradient<Exports>(
  module: TemplateModule<Exports>,
  name: keyof Exports & string,
  args: readonly Argument[],
  gradient: NonNullable<Call['gradient']>,
): Call[] {
  return [
    module.call('loss', name, args, { observe: true }),
    module.call('gradient', name, args, { gradient }),
  ];
}
