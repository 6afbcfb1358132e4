import ts from 'typescript';

/** A program of one parsed file and nothing else: no other file is looked at, not even TypeScript's own library. */
export function singleFileProgram(file: ts.SourceFile): ts.Program {
  const isIt = (name: string): boolean => name === file.fileName;
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (isIt(name) ? file : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: isIt,
    readFile: () => undefined,
  };
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    noLib: true,
    noResolve: true,
    types: [],
    allowImportingTsExtensions: true,
  };
  return ts.createProgram({ rootNames: [file.fileName], options, host });
}
