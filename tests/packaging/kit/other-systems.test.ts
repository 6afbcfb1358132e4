import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { executableName, installedCompiler } from '../../../grader/compile/installed-compiler.ts';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { openBySteps } from '../../../grader/ingest/open-beneath.ts';
import { nodeFlags } from '../../../grader/sandbox/node-flags.ts';
import { browserCommand } from '../../../packaging/kit/programs/browser-command.ts';
import { ROOT } from '../../../repository.ts';

// Windows itself is not here to try: what the kit makes of its paths, names and addresses is.
const folder = mkdtempSync(join(tmpdir(), 'kit of Zoë & co '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the kit on other systems', () => {
  it('opens a page without a shell, so that no character of its address is read by one', () => {
    const url = 'file:///C:/Users/Zo%C3%AB%20&%20co/report.html';
    expect(browserCommand(url, 'win32')).toEqual(['rundll32', 'url.dll,FileProtocolHandler', url]);
    expect(browserCommand(url, 'darwin')).toEqual(['open', url]);
    expect(browserCommand(url, 'linux')).toEqual(['xdg-open', url]);
  });

  it('names executables as each system does', () => {
    expect(executableName('tsc', 'win32')).toBe('tsc.exe');
    expect(executableName('tsc', 'darwin')).toBe('tsc');
  });

  it.each([
    { version: '7.0.2', platform: true, found: 'program' },
    { version: '6.0.1', platform: false, found: 'node' },
    { version: '7.0.2', platform: false, found: undefined },
  ] as const)(
    'finds TypeScript $version as it is installed, in a folder with blanks: $found',
    ({ version, platform, found }) => {
      const place = mkdtempSync(join(folder, 'in stalled '));
      const lay = (name: string): void => {
        mkdirSync(join(place, 'node_modules', name), { recursive: true });
        writeFileSync(join(place, 'node_modules', name, 'package.json'), JSON.stringify({ name, version }));
      };
      lay('typescript');
      if (platform) lay(`@typescript/typescript-${process.platform}-${process.arch}`);
      const from = pathToFileURL(join(place, 'engine.mjs')).href;
      if (found === undefined) {
        expect(() => installedCompiler(from)).toThrow(/not installed for this platform; run npm install/);
      } else {
        expect(installedCompiler(from)).toMatchObject({ kind: found });
        expect(installedCompiler(from).path.startsWith(join(place, 'node_modules'))).toBe(true);
      }
    },
  );

  it('reads files step by step where there is no /proc', async () => {
    mkdirSync(join(folder, 'a b'), { recursive: true });
    writeFileSync(join(folder, 'a b', 'ü.txt'), 'text');
    const opened = await openBySteps({ root: folder, path: 'a b/ü.txt' });
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.handle.close();
  });

  it('allows a child to read below a folder by the separator of the system', () => {
    const [, , flag] = nodeFlags({ readable: [folder] });
    expect(flag).toBe(`--allow-fs-read=${folder}${process.platform === 'win32' ? win32.sep : '/'}*`);
  });

  it('imports modules by address, never by path, and starts no shell', () => {
    const programs = join(ROOT, 'packaging/kit/programs');
    for (const name of filesBelow(programs)) {
      const text = readFileSync(join(programs, name), 'utf8');
      expect(text, name).not.toMatch(/shell:|execSync|exec\(|import\((?:join|resolve)/);
      expect(text, name).not.toMatch(/'\/(?:tmp|dev|usr|bin|proc)/);
    }
  });
});
