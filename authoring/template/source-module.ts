import ts from 'typescript';
import { singleFileProgram } from '../../grader/source/single-file-program.ts';
import { findingAt, type Finding } from './findings.ts';

/** A parsed TypeScript file whose names are bound, on its own: other modules are not looked at. */
export interface SourceModule {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  readonly sourceFile: ts.SourceFile;
  /** The symbol an identifier stands for when it is declared in this file; otherwise undefined. */
  symbolOf(identifier: ts.Identifier): ts.Symbol | undefined;
  /** The symbol that a declaration's name introduces. */
  declaredSymbol(name: ts.Identifier): ts.Symbol | undefined;
  /** Syntax errors, each as a finding. */
  readonly syntaxErrors: readonly Finding[];
}

/** By path, as it was parsed last: an assignment's template is made several times of the same files. */
const parsed = new Map<string, SourceModule>();

/** Parses and binds one file; what was parsed before, where its text is still the same. */
export function parseModule(path: string, text: string): SourceModule {
  const before = parsed.get(path);
  if (before?.text === text) return before;
  const module = parseAndBind(path, text);
  parsed.set(path, module);
  return module;
}

function parse(path: string, text: string): { sourceFile: ts.SourceFile; program: ts.Program } {
  const sourceFile = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  return { sourceFile, program: singleFileProgram(sourceFile) };
}

/** The syntax errors of one file, each as a finding. */
export function syntaxErrors(path: string, text: string): readonly Finding[] {
  return syntaxErrorsOf(parse(path, text));
}

const syntaxErrorsOf = ({ sourceFile, program }: ReturnType<typeof parse>): Finding[] =>
  program.getSyntacticDiagnostics(sourceFile).map((diagnostic) =>
    findingAt(sourceFile, diagnostic.start, {
      problem: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
      remedy: 'correct the syntax',
    }),
  );

function parseAndBind(path: string, text: string): SourceModule {
  const { sourceFile, program } = parse(path, text);
  const checker = program.getTypeChecker();
  const symbolOf = (identifier: ts.Identifier): ts.Symbol | undefined => {
    const { parent } = identifier;
    if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
    return checker.getSymbolAtLocation(identifier);
  };
  return {
    path,
    text,
    sourceFile,
    symbolOf,
    declaredSymbol: (name) => checker.getSymbolAtLocation(name),
    syntaxErrors: syntaxErrorsOf({ sourceFile, program }),
  };
}

/** Calls `visit` on a node and everything below it; children of a node are left out when it returns false. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | void): void {
  if (visit(node) === false) return;
  ts.forEachChild(node, (child) => walk(child, visit));
}
