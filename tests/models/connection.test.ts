import { afterEach, describe, expect, it } from 'vitest';
import { get, proxyFor } from '../../models/download/connection.ts';
import { progressBar } from '../../models/download/progress-bar.ts';
import { give, serve } from './file-server.ts';
import type { FileServer } from './file-server.ts';

const content = new Uint8Array(1000);
let server: FileServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('a proxy', () => {
  const proxied = {
    HTTP_PROXY: 'http://proxy:3128',
    https_proxy: 'secure:8080',
    NO_PROXY: 'a.org, .b.org,c.org:81',
  };
  it.each([
    ['http://example.org/x', 'http://proxy:3128/'],
    ['https://example.org/x', 'http://secure:8080/'],
    ['https://a.org/x', undefined],
    ['https://sub.b.org/x', undefined],
    ['https://nota.org/x', 'http://secure:8080/'],
    ['http://c.org:81/x', undefined],
    ['http://c.org/x', 'http://proxy:3128/'],
  ])('for %s is %s', (address, proxy) => {
    expect(proxyFor(new URL(address), proxied)?.href).toBe(proxy);
  });

  it('is not used where none is named, or none for anything', () => {
    expect(proxyFor(new URL('http://example.org'), {})).toBeUndefined();
    expect(proxyFor(new URL('http://example.org'), { ALL_PROXY: 'p:1', NO_PROXY: '*' })).toBeUndefined();
    expect(proxyFor(new URL('http://example.org'), { ALL_PROXY: 'p:1' })?.host).toBe('p:1');
  });

  it('is asked for the whole address', async () => {
    const { url, requests } = (server = await serve(give(content)));
    const answer = await get(new URL('http://models.invalid/file?x=1'), {}, { HTTP_PROXY: url });
    answer.destroy();
    expect(requests[0]).toMatchObject({ method: 'GET', url: 'http://models.invalid/file?x=1' });
  });

  it('opens a tunnel for a secure address, with its password', async () => {
    const asked: string[] = [];
    server = await serve(give(content), (plain) =>
      plain.on('connect', (request, socket) => {
        asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
        socket.end('HTTP/1.1 200 Connection established\r\n\r\n');
      }),
    );
    const proxy = server.url.replace('//', '//me:p%40ss@');
    await expect(get(new URL('https://models.invalid/file'), {}, { HTTPS_PROXY: proxy })).rejects.toThrow();
    expect(asked).toEqual([`models.invalid:443 Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
  });

  it('that refuses is named', async () => {
    server = await serve(give(content), (plain) =>
      plain.on('connect', (_request, socket) => {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      }),
    );
    const asking = get(new URL('https://models.invalid/'), {}, { HTTPS_PROXY: server.url });
    await expect(asking).rejects.toThrow(/the proxy 127\.0\.0\.1:\d+ answered 407/);
  });
});

describe('the progress bar', () => {
  const drawn = (isTTY: boolean, received: number[]): string[] => {
    const lines: string[] = [];
    const draw = progressBar({ isTTY, write: (text: unknown) => lines.push(String(text)) > 0 }, 8e6);
    for (const value of received) draw(value);
    return lines;
  };

  it('moves on a terminal and ends its line', () => {
    const lines = drawn(true, [4e6, 4e6 + 1, 8e6]);
    expect(lines).toEqual([
      `\r[${'#'.repeat(15)}${'.'.repeat(15)}] 4.0 of 8.0 MB`,
      `\r[${'#'.repeat(30)}] 8.0 of 8.0 MB\n`,
    ]);
  });

  it('is a line at each quarter elsewhere', () => {
    expect(drawn(false, [1e6, 2e6, 3e6, 4.5e6, 8e6])).toEqual([
      '2.0 of 8.0 MB\n',
      '4.5 of 8.0 MB\n',
      '8.0 of 8.0 MB\n',
    ]);
  });
});
