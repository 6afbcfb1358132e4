/** One way to write a part, as far as it differs from the reference. */
export interface Style {
  readonly name: string;
  /** What a student writes, by the function that it belongs to; a function left out is the reference's. */
  readonly bodies?: Readonly<Record<string, string>>;
  /** Imports above, and functions and classes below. */
  readonly imports?: string;
  readonly helpers?: string;
  /** How an editor or a habit changes the whole file. */
  readonly rewrite?: (text: string) => string;
}

export const withCarriageReturns = (text: string): string => text.replaceAll('\n', '\r\n');
export const withByteOrderMark = (text: string): string => `\uFEFF${text}`;
