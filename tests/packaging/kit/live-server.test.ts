import { request } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LiveServer } from '../../../packaging/kit/programs/live-server.ts';

let server: LiveServer;
beforeEach(async () => {
  server = await LiveServer.start();
});
afterEach(() => server.close());

it('answers on the loopback interface with the newest page', async () => {
  server.show('one');
  server.show('two');
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  const response = await fetch(server.url);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await response.text()).toBe('two');
  expect((await fetch(`${server.url}other`)).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(403);
});

it('tells by events of what is at work and of a newer page', async () => {
  const events = await fetch(`${server.url}events`);
  expect(events.headers.get('content-type')).toBe('text/event-stream');
  server.say('checking\nTotal variation loss');
  server.show('page');
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('report')) heard += (await reader.read()).value ?? '';
  expect(heard).toBe('event: busy\ndata: checking Total variation loss\n\nevent: report\ndata: 1\n\n');
  await reader.cancel();
});

it('answers no page elsewhere that has its own name lead here', async () => {
  const { port } = new URL(server.url);
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers: { host: `evil.example:${port}` } }, (response) =>
      resolve(response.statusCode),
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});
