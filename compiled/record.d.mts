/** What a compiled program is made of and where it lies. */
export interface Build {
  readonly hash: string;
  /** Below the root. */
  readonly inputs: readonly string[];
  /** The module to import, absolute. */
  readonly main: string;
}
export const ROOT: string;
export function hashOf(paths: readonly string[]): string | undefined;
export function recordOf(program: string): string;
