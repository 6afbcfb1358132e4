import { markup, type Markup } from './markup.ts';

/** Lines under a heading, plain text. */
export interface Block {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Code and values, which may be long: set apart, and scrolled rather than shown in full. */
  readonly isCode?: boolean;
}

/** What a page says beside the usual of the checks that somebody asked about; it shows no other checks. */
export interface Explanation {
  /** What concerns a part as a whole, by its id. */
  readonly parts: ReadonlyMap<string, readonly Block[]>;
  /** By `part/check`: the checks to show. */
  readonly checks: ReadonlyMap<string, readonly Block[]>;
  /** They were asked for by name: all are open at first, however they ended. */
  readonly isByName: boolean;
}

const block = ({ heading, lines, isCode = false }: Block): Markup =>
  markup`<figure class="explained"><figcaption>${heading}</figcaption><pre ${isCode ? markup`class="code" ` : ``}tabindex="0">${lines.join('\n')}</pre></figure>`;

/** Blocks of an explanation, one below the other; undefined where there are none. */
export const explanationBlocks = (blocks: readonly Block[] | undefined): Markup | undefined =>
  blocks && blocks.length > 0 ? markup`${blocks.map(block)}` : undefined;
