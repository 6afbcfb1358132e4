import type { Excerpt, Findings } from '../grade-report.ts';
import { markup, type Markup } from './markup.ts';
import { pictureViewer, type Addresses } from './picture-viewer.ts';
import { tensorView } from './tensor-view.ts';
import type { Whose } from './whose.ts';

const HINT = 'Hint: ';

/** The lines of a message as they are, a hint set apart. */
function messageLines(message: readonly string[]): Markup {
  const told = message.filter((line) => !line.startsWith(HINT));
  const hints = message.filter((line) => line.startsWith(HINT)).map((line) => line.slice(HINT.length));
  return markup`${told.length > 0 ? markup`<pre class="message">${told.join('\n')}</pre>` : ''}${hints.map((hint) => markup`<p class="hint"><strong>Hint</strong> ${hint}</p>`)}`;
}

function excerptOf({ path, line, first, lines }: Excerpt): Markup {
  const rows = lines.map((text, i) => {
    const number = String(first + i).padStart(4);
    return first + i === line ? markup`<mark>${number} > ${text}</mark>\n` : markup`${number}   ${text}\n`;
  });
  return markup`<figure class="excerpt"><figcaption>${path}, line ${line}</figcaption><pre tabindex="0">${rows}</pre></figure>`;
}

/** What a check found, with all there is to see. */
export function findings(
  { message, pictures, tensors }: Findings,
  options: {
    readonly name: string;
    readonly addresses: Addresses;
    readonly whose: Whose;
    readonly excerpt?: Excerpt | undefined;
  },
): Markup {
  const { name, addresses, whose, excerpt } = options;
  return markup`${messageLines(message)}${excerpt && excerptOf(excerpt)}${pictures && pictureViewer(pictures, { name, addresses, whose })}${tensors && tensorView(tensors, whose)}`;
}
