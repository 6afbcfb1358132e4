import { marked } from 'marked';
import type { Token, Tokens } from 'marked';

/** An open question, and whether it is answered. */
export interface ReportQuestion {
  /** `3b` */
  readonly label: string;
  /** Its first sentence. */
  readonly text: string;
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly answered: boolean;
  /** It may be left out. */
  readonly bonus: boolean;
}

/** A part of the report that begins on a page of its own. */
export interface ReportSection {
  readonly title: string;
  /** All that belongs to it, its heading included. */
  readonly tokens: readonly Token[];
  readonly questions: readonly ReportQuestion[];
}

/** A report, taken apart. */
export interface Report {
  readonly title: string;
  /** What stands before the first section, the title left out. */
  readonly preamble: readonly Token[];
  readonly sections: readonly ReportSection[];
}

/** `> **3b.** How ...`: only quotations that begin with a label in bold are questions. */
const questionLabel = /^\*\*(\d{1,2}[a-z]?)\.\*\*( \(Bonus\))?/;
/** What the template has in place of an answer. */
const placeholder = /^[*_]Your .{1,60}[*_]$/;

function questionIn(token: Token): { label: string; text: string; bonus: boolean } | undefined {
  const { text } = token as Tokens.Blockquote;
  const found = token.type === 'blockquote' ? questionLabel.exec(text) : null;
  if (!found) return undefined;
  const words = text.slice(found[0].length).replaceAll(/\s+/g, ' ').trim();
  return {
    label: found[1],
    text: /^.*?[.?!](?= [A-Z]|$)/.exec(words)?.[0] ?? words,
    bonus: found[2] !== undefined,
  };
}

/** Words of the student's own: neither a heading nor a picture, a comment or the template's placeholder. */
function isAnswer(token: Token): boolean {
  if (['heading', 'space', 'hr', 'html', 'def'].includes(token.type)) return false;
  if (token.type !== 'paragraph') return questionIn(token) === undefined;
  const { tokens, text } = token as Tokens.Paragraph;
  return (
    !placeholder.test(text.trim()) && tokens.some(({ type, raw }) => type !== 'image' && raw.trim() !== '')
  );
}

function questionsOf(tokens: readonly Token[], lineOf: (token: Token) => number): ReportQuestion[] {
  const found: { label: string; text: string; line: number; answered: boolean; bonus: boolean }[] = [];
  for (const token of tokens) {
    const question = questionIn(token);
    const current = found.at(-1);
    if (question) found.push({ ...question, line: lineOf(token), answered: false });
    else if (current) current.answered ||= isAnswer(token);
  }
  return found;
}

/**
 * Takes a report in Markdown apart: a title (`#`), sections (`##`), and in them open questions, quotations that begin
 * with a label in bold, each followed by its answer.
 */
export function readReport(markdown: string): Report {
  const tokens = marked.lexer(markdown.replace(/^\ufeff/, ''));
  const title = tokens.find(
    (token): token is Tokens.Heading => token.type === 'heading' && token.depth === 1,
  );
  const lines = new Map<Token, number>();
  let line = 1;
  for (const token of tokens) {
    lines.set(token, line);
    line += token.raw.split('\n').length - 1;
  }
  const preamble: Token[] = [];
  const sections: { title: string; tokens: Token[] }[] = [];
  for (const token of tokens) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2) {
      sections.push({ title: (token as Tokens.Heading).text, tokens: [token] });
    } else if (token !== title) (sections.at(-1)?.tokens ?? preamble).push(token);
  }
  return {
    title: title?.text ?? 'Report',
    preamble,
    sections: sections.map((section) => ({
      ...section,
      questions: questionsOf(section.tokens, (token) => lines.get(token)!),
    })),
  };
}
