import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../grader/format/sha256.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { download } from '../../models/download/download.ts';
import { cut, give, serve } from './file-server.ts';
import type { Answer, FileServer } from './file-server.ts';

const content = Uint8Array.from({ length: 300_000 }, () => 0);
const random = randomStream('file');
for (let i = 0; i < content.length; i++) content[i] = random.integer(0, 255);
const other = content.map((byte, i) => (i === 1000 ? byte ^ 1 : byte));
const hash = sha256(content);

let folder: string;
let server: FileServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'kept', 'file.onnx');
const run = (url: string, more: { onProgress?: (received: number) => void } = {}): Promise<void> =>
  download({ url, path: path(), bytes: content.length, sha256: hash, pause: 1, ...more });
const start = async (...answers: Answer[]): Promise<FileServer> => {
  server = await serve((request, response, nth) =>
    answers[Math.min(nth, answers.length - 1)](request, response, nth),
  );
  return server;
};
const expectWhole = (): void => {
  expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  expect(readdirSync(join(folder, 'kept'))).toEqual(['file.onnx']);
};
const expectNothing = (): void => expect(readdirSync(join(folder, 'kept'))).toEqual([]);

describe('downloading', () => {
  it('keeps the file, tells how far it is, and does not ask for it again', async () => {
    const { url, requests } = await start(give(content));
    const progress: number[] = [];
    await run(url, { onProgress: (received) => progress.push(received) });
    expectWhole();
    expect(progress.at(-1)).toBe(content.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await run(url);
    expect(requests).toHaveLength(1);
  });

  it('continues where the connection was cut, as often as it takes', async () => {
    const { url, requests } = await start(cut(content, 100_000), cut(content, 50_000), give(content));
    await run(url);
    expectWhole();
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  });

  it('continues what an earlier run left', async () => {
    const always = await start(cut(content, 60_000));
    await expect(run(always.url)).rejects.toThrow('run the command again to go on');
    await always.close();
    const { url, requests } = await start(give(content));
    await run(url);
    expectWhole();
    expect(requests.map(({ range }) => range)).toEqual(['bytes=240000-']);
  });

  it('starts over where the server does not support ranges', async () => {
    const whole: Answer = (_request, response) => void response.end(content);
    const { url, requests } = await start(cut(content, 100_000), whole);
    await run(url);
    expectWhole();
    expect(requests[1].range).toBe('bytes=100000-');
  });

  it('starts over where the server cannot give the rest', async () => {
    const refuse: Answer = (_request, response) => void response.writeHead(416).end();
    const { url, requests } = await start(cut(content, 100_000), refuse, give(content));
    await run(url);
    expectWhole();
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', undefined]);
  });

  it('starts over when the parts of two files make neither', async () => {
    const { url, requests } = await start(cut(other, 100_000), give(content), give(content));
    await run(url);
    expectWhole();
    expect(requests).toHaveLength(3);
    expect(requests[2].range).toBeUndefined();
  });

  it.each([
    ['one flipped bit', give(other), 'is not the expected file: its SHA-256 is'],
    [
      'a file that is too long',
      give(Buffer.concat([content, content])),
      'sends more than the 300000 bytes expected',
    ],
    ['a page instead', give(content.subarray(0, 500)), 'the connection ended after 500 of 300000 bytes'],
  ])('refuses %s', async (_name, answer, message) => {
    const { url } = await start(answer);
    await expect(run(url)).rejects.toThrow(message);
    expect(existsSync(path())).toBe(false);
  });

  it('keeps nothing of a file with the wrong hash', async () => {
    const { url } = await start(give(other));
    await expect(run(url)).rejects.toThrow('Nothing was kept');
    expectNothing();
  });

  it('replaces a damaged file in the cache', async () => {
    const { url } = await start(give(content));
    await run(url);
    writeFileSync(path(), other);
    await run(url);
    expectWhole();
  });

  it('tries again after a server error, and not after a refusal', async () => {
    const answer =
      (status: number): Answer =>
      (_request, response) =>
        void response.writeHead(status).end();
    const passing = await start(answer(503), give(content));
    await run(passing.url);
    expectWhole();
    await passing.close();
    rmSync(path());
    const { url, requests } = await start(answer(404));
    await expect(run(`${url}/model.onnx`)).rejects.toThrow('/model.onnx answered 404 Not Found');
    expect(requests).toHaveLength(1);
  });

  it('follows redirects, range and all, but not forever', async () => {
    const redirecting: Answer = (request, response, nth) => {
      if (request.url === '/file')
        return (nth < 3 ? cut(content, 1000) : give(content))(request, response, nth);
      return void response.writeHead(302, { location: request.url === '/round' ? '/round' : '/file' }).end();
    };
    const { url, requests } = await start(redirecting);
    await run(`${url}/start`);
    expectWhole();
    expect(requests.at(-1)).toEqual({ method: 'GET', url: '/file', range: 'bytes=1000-' });
    rmSync(path());
    await expect(run(`${url}/round`)).rejects.toThrow('redirects more than 5 times');
  });

  it('does not follow redirects to other kinds of addresses', async () => {
    const { url } = await start((_request, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });
    await expect(run(url)).rejects.toThrow('redirects to a file: address');
  });

  it('says what to do without a network', async () => {
    const { url } = await start(give(content));
    await server!.close();
    server = undefined;
    await expect(run(`${url}/m.onnx`)).rejects.toThrow(
      new RegExp(
        `cannot reach 127.0.0.1:\\d+ \\(ECONNREFUSED\\)[^]*HTTPS_PROXY[^]*MODEL_MIRROR[^]*${path()}`,
      ),
    );
  });
});
