/**
 * One line of a quiz in quizdown's Markdown, as far as answering it goes: the heading of a question, an answer with
 * its mark, a remark (a quotation, which follows the answer it is about), or anything else.
 */
export type QuizLine =
  | { readonly kind: 'question'; readonly label: string; readonly title: string; readonly line: number }
  | {
      readonly kind: 'answer';
      readonly mark: string;
      readonly text: string;
      /** The list is numbered: exactly one answer is right. */
      readonly numbered: boolean;
      readonly line: number;
    }
  | { readonly kind: 'remark'; readonly text: string; readonly line: number }
  | { readonly kind: 'other'; readonly text: string; readonly line: number };

/**
 * `### S1. The saliency map uses the`: a capital letter and a number make the label. Editors that show Markdown as
 * it will look may turn the heading into bold or plain text, and put backslashes before dots and brackets.
 */
const heading = /^[ \t]*(?:#{1,6}[ \t]*)?\*{0,2}([A-Za-z]\d{1,2})\\?[.:)][ \t]*(.*)$/;
/** `- [x] text`, `1. [ ] text`. */
const answer = /^[ \t]*(?:[-*+\u2022\u2013]|(\d{1,3})\\?[.)])?[ \t]*\\?\[([^[\]\\]{0,8})\\?\][ \t]*(.*)$/;
const remark = /^[ \t]*>(.*)$/;

/** Spaces that are none to a program, and characters that have no width. */
function plainSpaces(line: string): string {
  return line
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replaceAll(/[\u200b-\u200d\ufeff\u00ad]/g, '');
}

/** Reads a quiz line by line, whatever its line ends; lines are counted from 1. */
export function quizLines(text: string): QuizLine[] {
  return text.split(/\r\n|\r|\n/).map((raw, i) => {
    const content = plainSpaces(raw).trimEnd();
    const line = i + 1;
    const question = heading.exec(content);
    if (question) {
      const [, label, title] = question;
      return { kind: 'question', label: label.toUpperCase(), title: title.replaceAll('*', '').trim(), line };
    }
    const choice = answer.exec(content);
    if (choice) {
      const [, number, mark, words] = choice;
      return { kind: 'answer', mark: mark.trim(), text: words.trim(), numbered: number !== undefined, line };
    }
    const quoted = remark.exec(content);
    return quoted ? { kind: 'remark', text: quoted[1].trim(), line } : { kind: 'other', text: content, line };
  });
}
