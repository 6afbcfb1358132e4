import { InvalidArgumentError } from 'commander';

/** Takes a value of the command line, or throws with the rule that it breaks. */
export type ValueParser<T> = (text: string) => T;

/** A whole number in [min, max]. */
export function wholeNumber({ min, max }: { min: number; max: number }): ValueParser<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** A number in [min, max], written with or without a fraction. */
export function number({ min, max }: { min: number; max: number }): ValueParser<number> {
  return (text) => {
    const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

/** The word `auto`, or what another parser takes. */
export function autoOr<T>(parse: ValueParser<T>): ValueParser<T | 'auto'> {
  return (text) => {
    if (text === 'auto') return text;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw new InvalidArgumentError(error.message.replace('It must be', 'It must be auto or'));
    }
  };
}
