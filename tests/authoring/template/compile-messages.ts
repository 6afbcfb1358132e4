import { join } from 'node:path';
import ts from 'typescript';

/**
 * What the compiler says of files of a folder, and of what they import, with the folder's own settings: messages by
 * path, only files with any.
 */
export function compileMessages(folder: string, paths: readonly string[]): Map<string, string[]> {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const messages = new Map<string, string[]>();
  for (const { file, messageText } of ts.getPreEmitDiagnostics(
    ts.createProgram(
      paths.map((path) => join(folder, path)),
      options,
    ),
  )) {
    const path = file ? file.fileName.slice(folder.length + 1) : 'tsconfig.json';
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    messages.set(path, [...(messages.get(path) ?? []), text]);
  }
  return messages;
}
