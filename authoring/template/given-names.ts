import ts from 'typescript';

/** Something that given code exports, as a page may speak of it. */
export interface GivenName {
  readonly name: string;
  /** Of the template. */
  readonly path: string;
  /** From 1: that of the declaration, not of its comment. */
  readonly line: number;
  /** The first sentence of its doc comment; empty where it has none. */
  readonly summary: string;
}

/** Where the code lies that students call but do not write. */
const GIVEN = /^(?:contract|lib)\/.*\.ts$/;

function firstSentence(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find((one) => ts.isJSDoc(one));
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? '';
  const [paragraph] = text.split(/\n\s*\n/);
  const line = paragraph.replaceAll(/\s+/g, ' ').trim();
  const sentence = /^.*?\.(?= [A-Z]|$)/.exec(line)?.[0] ?? line;
  return sentence.replace(/[.:]$/, '').replaceAll(/\{@link (?:\w+\.)?(\w+)\}/g, '`$1`');
}

function declaredNames(statement: ts.Statement): { name: ts.Identifier; node: ts.Node }[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [{ name, node: statement }] : [],
    );
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [{ name: statement.name, node: statement }] : [];
}

/** What a module exports where it declares it, types included, in the order of the file. */
export function declarationsOf(path: string, text: string): GivenName[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter(
      (statement) =>
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
    )
    .flatMap(declaredNames)
    .map(({ name, node }) => ({
      name: name.text,
      path,
      line: source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1,
      summary: firstSentence(node),
    }));
}

/** The exports of all given code of a template, by name; two files may export the same one. */
export function givenNames(content: ReadonlyMap<string, string | Uint8Array>): Map<string, GivenName[]> {
  const all = [...content].flatMap(([path, text]) =>
    typeof text === 'string' && GIVEN.test(path) ? declarationsOf(path, text) : [],
  );
  const byName = new Map<string, GivenName[]>();
  for (const one of all) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return byName;
}
