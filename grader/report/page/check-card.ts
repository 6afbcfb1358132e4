import { markup, type Markup } from './markup.ts';
import { statusIcon, WORD, type Status } from './status.ts';

export interface Card {
  /** Unique on the page, the same in the next version of it. */
  readonly id: string;
  readonly status: Status;
  readonly title: string | Markup;
  /** Short words beside the title, such as `private`. */
  readonly tags: readonly string[];
  readonly points: string;
  /** What there is to read; without it the card does not open. */
  readonly body: Markup | undefined;
  readonly open: boolean;
}

/** One check: a line with its status, which opens. */
export function checkCard({ id, status, title, tags, points, body, open }: Card): Markup {
  const line = markup`${statusIcon(status)}<span class="word">${WORD[status]}</span><h3>${title}</h3>${tags.map((tag) => markup`<span class="tag">${tag}</span>`)}<span class="points">${points}</span>`;
  if (!body)
    return markup`<div class="check ${status}" id="${id}" data-status="${status}"><div class="head">${line}</div></div>`;
  return markup`<details class="check ${status}" id="${id}" data-status="${status}"${open ? markup` open` : ''}><summary class="head">${line}</summary><div class="body">${body}</div></details>`;
}
