import type { Outcome } from '../grade-report.ts';
import { markup, Markup } from './markup.ts';

/** What a page tells apart: the outcomes of checks, and `info` for what earns no points. */
export type Status = Outcome | 'info';

/** Worst first: the order in which pages tell of them. */
export const STATUSES: readonly Status[] = [
  'failed',
  'errored',
  'skipped',
  'not-attempted',
  'passed',
  'info',
];

export const WORD: Readonly<Record<Status, string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  errored: 'not judged',
  'not-attempted': 'not attempted',
  info: 'note',
};

/** A shape each, so that nobody needs to tell colours apart. */
const SHAPES: Readonly<Record<Status, string>> = {
  passed: '<circle cx="8" cy="8" r="7" class="fill"/><path d="M4.5 8.3l2.4 2.4 4.6-5" class="sign"/>',
  failed:
    '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" class="fill"/><path d="M5.3 5.3l5.4 5.4m0-5.4l-5.4 5.4" class="sign"/>',
  skipped: '<circle cx="8" cy="8" r="6.3" class="dashes"/><path d="M4.8 8h6.4" class="line"/>',
  errored: '<path d="M8 1l7.5 14H.5z" class="fill"/><path d="M8 6v4.2m0 1.8v.9" class="sign"/>',
  'not-attempted': '<circle cx="8" cy="8" r="6.3" class="line"/>',
  info: '<rect x="1.5" y="1.5" width="13" height="13" rx="2" class="line"/><path d="M8 7v4.5m0-7v.9" class="line"/>',
};

/** The shapes, once a page; {@link statusIcon} points at them. */
export const STATUS_SHAPES = new Markup(
  `<svg hidden>${STATUSES.map((status) => `<symbol id="shape-${status}" viewBox="0 0 16 16">${SHAPES[status]}</symbol>`).join('')}</svg>`,
);

/** A picture beside a word, which says the same. */
export const statusIcon = (status: Status): Markup =>
  markup`<svg class="icon ${status}" aria-hidden="true"><use href="#shape-${status}"/></svg>`;
