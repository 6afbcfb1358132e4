import ts from 'typescript';
import { printable } from '../../format/printable.ts';
import type { FunctionNode } from '../exported-functions.ts';
import { exportsOf } from '../exported-functions.ts';
import type { Objection } from '../finding.ts';

/** Exported functions of the template that are gone, or have other parameters. Types are not looked at. */
export function findChangedSignatures(options: {
  file: ts.SourceFile;
  template: ts.SourceFile;
}): Objection[] {
  const { file, template } = options;
  const exported = exportsOf(file);
  const given = exportsOf(template);
  const added = [...exported.keys()].filter((name) => !given.has(name));
  return [...given].flatMap(([name, expected]) => {
    if (!expected) return [];
    if (!exported.has(name)) {
      const instead = added.length > 0 ? ` (found \`${printable(added.slice(0, 3).join('`, `'))}\`)` : '';
      return [
        {
          position: 0,
          message: `the exported function \`${name}\` is missing; it is called by this name${instead}`,
        },
      ];
    }
    const received = exported.get(name);
    const change = received && changeOf({ expected, received });
    return change === undefined
      ? []
      : [{ position: received?.getStart(file) ?? 0, message: `\`${name}\` ${change}` }];
  });
}

function changeOf({
  expected,
  received,
}: {
  expected: FunctionNode;
  received: FunctionNode;
}): string | undefined {
  const [wanted, found] = [namesOf(expected), namesOf(received)];
  if (wanted.length !== found.length) {
    return `takes ${countText(found)}, but the template's takes ${countText(wanted)}`;
  }
  const renamed = wanted.findIndex(
    (name, i) => name !== undefined && found[i] !== undefined && name !== found[i],
  );
  if (renamed >= 0) {
    return `has \`${printable(found[renamed] ?? '', 40)}\` as parameter ${renamed + 1}; the template has \`${wanted[renamed]}\``;
  }
  const keywords = { expected: keywordsOf(expected), received: keywordsOf(received) };
  if (keywords.expected !== keywords.received) {
    return `is ${keywords.received || 'an ordinary function'}; the template's is ${keywords.expected || 'an ordinary function'}`;
  }
  return undefined;
}

/** A leading underscore only says that a parameter is not used; undefined for one taken apart by a pattern. */
function namesOf({ parameters }: FunctionNode): (string | undefined)[] {
  return parameters
    .map(({ name }) => (ts.isIdentifier(name) ? name.text.replace(/^_/, '') : undefined))
    .filter((name) => name !== 'this');
}

function keywordsOf(node: FunctionNode): string {
  const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
  return [isAsync ? 'async' : '', node.asteriskToken ? 'a generator' : ''].filter(Boolean).join(' and ');
}

function countText(names: readonly (string | undefined)[]): string {
  if (names.length === 0) return 'no parameters';
  const list = printable(names.map((name) => name ?? '{...}').join(', '), 80);
  return `${names.length} ${names.length === 1 ? 'parameter' : 'parameters'} (${list})`;
}
