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
const heading = /^(?:#{1,6}[ \t]*)?\*{0,2}([A-Za-z]\d{1,2})\\?[.:)]/;
/** `- [x] text`, `1. [ ] text`. */
const answer = /^(?:(?:[-*+\u2022\u2013]|(\d{1,3})\\?[.)])[ \t]*)?\\?\[([^[\]\\]{0,8})\\?\]/;

/** Longer than any line of a quiz, a student's remark behind an answer included; what comes after is not read. */
const MAX_LINE = 2000;

/** Spaces that are none to a program, and characters that have no width. */
function plainSpaces(line: string): string {
  return line
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replaceAll(/[\u200b-\u200d\ufeff\u00ad]/g, '');
}

/** Reads a quiz line by line, whatever its line ends, in time linear in its length; lines are counted from 1. */
export function quizLines(text: string): QuizLine[] {
  return linesOf(text).map((raw, i) => {
    const content = plainSpaces(raw.slice(0, MAX_LINE)).trim();
    const line = i + 1;
    const question = heading.exec(content);
    if (question) {
      const title = content.slice(question[0].length).replaceAll('*', '').trim();
      return { kind: 'question', label: question[1].toUpperCase(), title, line };
    }
    const choice = answer.exec(content);
    if (choice) {
      const [all, number, mark] = choice;
      const words = content.slice(all.length).trim();
      return { kind: 'answer', mark: mark.trim(), text: words, numbered: number !== undefined, line };
    }
    return content.startsWith('>')
      ? { kind: 'remark', text: content.slice(1).trim(), line }
      : { kind: 'other', text: content, line };
  });
}

/** A text as lines, whatever its line ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
