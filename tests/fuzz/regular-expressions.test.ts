import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../grader/source/deadline.ts';
import { ROOT } from '../../repository.ts';
import { seededRandom } from './random.ts';

/** A length at which quadratic time is seconds and linear time is nothing. */
const LENGTH = 100_000;
/** Quadratic: 10^10 steps, a minute. Linear with a generous factor: a tenth of this. */
const MOST_MS = 1000;

interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that is written down in a file. */
function patternsIn(path: string, text = readFileSync(join(ROOT, path), 'utf8')): Pattern[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({
        place: `${path}:${line + 1}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

const engine = readdirSync(join(ROOT, 'grader'), { recursive: true })
  .map((path) => `grader/${String(path).replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'))
  .sort();
const patterns = engine.flatMap((path) => patternsIn(path));

/** Characters that a pattern speaks of, and one of each kind that a class may stand for. */
function alphabetOf({ source }: Pattern): string[] {
  const escapes: Readonly<Record<string, string>> = {
    d: '1',
    w: 'a',
    s: ' ',
    t: '\t',
    n: '\n',
    r: '\r',
    p: 'é',
  };
  const written = [...source.matchAll(/\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\?([^])/g)].map(
    ([all, four, two, character]) =>
      four || two
        ? String.fromCharCode(Number.parseInt(four ?? two, 16))
        : all.startsWith('\\')
          ? (escapes[character] ?? character)
          : character,
  );
  return [...new Set([...written, 'a', '1', ' ', '\t', '\n', '!', '\u2028'])];
}

/** Starts that the pattern may need before its slow part: its own literal text, shorter and shorter. */
function prefixesOf({ source }: Pattern): string[] {
  const literal = source
    .replaceAll(/\(\?(?::|<?[=!])|[\^$()]|(?<!\\)[*+?]|\{\d+(?:,\d*)?\}/g, '')
    .replaceAll(/\\d/g, '1')
    .replaceAll(/\\w/g, 'a')
    .replaceAll(/\\s/g, ' ')
    .replaceAll('\\n', '\n')
    .replaceAll(/\[\^?(\\?[^])(?:\\?[^\]])*\]/g, '$1')
    .replaceAll(/\\(.)/g, '$1');
  const lengths = [
    ...new Set([0, 1, 2, 3, 4, 8, 12, 20, 30, literal.length].map((n) => Math.min(n, literal.length))),
  ];
  return lengths.map((length) => literal.slice(0, length));
}

/** Texts of one or two characters over and over, behind something that the pattern begins with, before something that it does not expect. */
function attacksOn(pattern: Pattern): string[] {
  const alphabet = alphabetOf(pattern);
  const random = seededRandom(7);
  const prefixes = prefixesOf(pattern);
  const attacks: string[] = [];
  for (const prefix of prefixes) {
    for (const one of alphabet) {
      for (const end of ['\u2028', '!', 'x']) attacks.push(prefix + one.repeat(LENGTH) + end);
      const other = alphabet[Math.floor(random() * alphabet.length)];
      attacks.push(`${prefix}${(one + other).repeat(LENGTH / 2)}\u2028`);
    }
  }
  const whole = prefixes.at(-1) ?? '';
  if (whole !== '') attacks.push(whole.repeat(LENGTH / whole.length));
  return attacks;
}

/** A text that takes a pattern too long, if there is one. */
function slowText({ source, flags, place }: Pattern): string | undefined {
  const pattern = new RegExp(source, flags.replace('y', ''));
  return attacksOn({ source, flags, place }).find((text) => {
    const ended = withDeadline(() => text.replace(pattern, ''), MOST_MS);
    return !ended.inTime;
  });
}

describe('regular expressions of the engine take linear time', { timeout: 300_000 }, () => {
  it('are found', () => {
    expect(patterns.length).toBeGreaterThan(40);
  });

  it.each(
    patterns.map((pattern) => [`${pattern.place} /${pattern.source}/${pattern.flags}`, pattern] as const),
  )('%s', (_, pattern) => {
    expect(slowText(pattern)?.slice(0, 40)).toBeUndefined();
  });

  it.each([
    String.raw`/^[ \t]*(?:-|(\d{1,3})[.)])?[ \t]*\[/`,
    String.raw`/\](?:[ \t]*)(.*)$/`,
    String.raw`/(a+)+b/`,
    String.raw`/\s+$/`,
    String.raw`/^(?:a|a)*$/`,
    String.raw`/(\d+),(\d+)+;/`,
  ])('and those that do not are noticed: %s', (literal) => {
    const [pattern] = patternsIn('example.ts', `${literal};`);
    expect(slowText(pattern)).toBeDefined();
  });
});
