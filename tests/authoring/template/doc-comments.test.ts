import ts from 'typescript';
import { expect, it } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { assignment } from '../../../reference/assignment.ts';
import { repository } from './stand-alone.ts';

/** What editors show on hover of given code: everything that students did not write themselves. */
const solutions = new Set(
  assignment.parts.flatMap(({ files }) =>
    Object.keys(files).filter((path) => files[path].role === 'solution'),
  ),
);
const given = [...generateTemplate({ root: repository, assignment })].filter(
  (file): file is [string, string] =>
    file[0].endsWith('.ts') && typeof file[1] === 'string' && !solutions.has(file[0]),
);

function commentOn(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter((one) => ts.isJSDoc(one));
  return comments.map((comment) => comment.getText()).join('\n');
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** Exported statements and, in `contract/`, the members of what they describe, each with its place. */
function documentable(path: string, text: string): { place: string; node: ts.Node }[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const at = (node: ts.Node): string =>
    `${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
  const members = (statement: ts.Statement): readonly ts.Node[] => {
    if (!path.startsWith('contract/')) return [];
    if (ts.isInterfaceDeclaration(statement)) return statement.members;
    const isRecord = ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type);
    return isRecord ? (statement.type as ts.TypeLiteralNode).members : [];
  };
  return source.statements
    .filter((statement) => isExported(statement))
    .flatMap((statement) => [statement, ...members(statement)])
    .map((node) => ({ place: at(node), node }));
}

const everything = given.flatMap(([path, text]) => documentable(path, text));

it('given code says on hover what each export is, and in contract/ each field', () => {
  expect(everything.length).toBeGreaterThan(200);
  expect(everything.filter(({ node }) => commentOn(node) === '').map(({ place }) => place)).toEqual([]);
});

it('functions of given code that take or return tensors say their shapes', () => {
  const functions = everything.filter(
    ({ node }) =>
      ts.isFunctionDeclaration(node) &&
      [...node.parameters.map(({ type }) => type), node.type].some((type) =>
        /\bTensor(?:\dD)?\b/.test(type?.getText() ?? ''),
      ),
  );
  expect(functions.length).toBeGreaterThan(20);
  const heading = (node: ts.Node): string => {
    const { body } = node as ts.FunctionDeclaration;
    return node.getFullText().slice(0, body ? body.pos - node.pos : undefined);
  };
  const shapeless = functions.filter(({ node }) => !/`\[[^\]`]*\]`|\bshape\b/.test(heading(node)));
  expect(
    shapeless.map(({ place, node }) => `${place} ${(node as ts.FunctionDeclaration).name?.text}`),
  ).toEqual([]);
});

it('functions of given code that throw say so', () => {
  const throwing = everything.filter(({ node }) => {
    if (!ts.isFunctionDeclaration(node) || !node.body) return false;
    return node.body.statements.some((statement) => {
      const inner = ts.isIfStatement(statement) ? statement.thenStatement : statement;
      const body = ts.isBlock(inner) ? inner.statements[0] : inner;
      return body !== undefined && ts.isThrowStatement(body);
    });
  });
  expect(throwing.length).toBeGreaterThan(5);
  const silent = throwing.filter(({ node }) => !/@throws/.test(commentOn(node)));
  expect(silent.map(({ place, node }) => `${place} ${(node as ts.FunctionDeclaration).name?.text}`)).toEqual(
    [],
  );
});
