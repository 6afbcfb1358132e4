import { afterEach, describe, expect, it } from 'vitest';
import { get, proxyFor } from '../../models/download/connection.ts';
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
