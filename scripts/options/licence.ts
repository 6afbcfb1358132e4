import { InvalidArgumentError } from 'commander';

/** A licence in words; none is not said by saying nothing. */
export function licenceText(text: string): string {
  const licence = text.trim();
  if (licence !== '') return licence;
  throw new InvalidArgumentError('It must name a licence, such as Apache-2.0, or say who allowed what.');
}
