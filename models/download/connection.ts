import { request as plainRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:tls';
import type { Socket } from 'node:net';

/** The proxy that the environment names for an address (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`). */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const setting = (name: string): string => environment[name] || environment[name.toLowerCase()] || '';
  const excepted = setting('NO_PROXY')
    .split(',')
    .map((entry) => entry.trim().replace(/^\*?\./, ''))
    .filter((entry) => entry !== '');
  const bypass = excepted.some((entry) => {
    const [host, port] = entry.split(':');
    const hostFits = entry === '*' || url.hostname === host || url.hostname.endsWith(`.${host}`);
    return hostFits && (port === undefined || port === portOf(url));
  });
  const proxy = setting(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || setting('ALL_PROXY');
  if (bypass || proxy === '') return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}

/** How long a connection may stay silent, in milliseconds. */
const maxSilence = 30_000;

/**
 * Sends a GET request, by way of the environment's proxy where there is one, and returns the response's head; the
 * body is for the caller to read.
 */
export async function get(
  url: URL,
  headers: Record<string, string>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<IncomingMessage> {
  const proxy = proxyFor(url, environment);
  const secure = url.protocol === 'https:';
  if (proxy === undefined) {
    return response((secure ? secureRequest : plainRequest)(url, { headers }));
  }
  const authorization: Record<string, string> =
    proxy.username === ''
      ? {}
      : { 'proxy-authorization': `Basic ${Buffer.from(credentials(proxy)).toString('base64')}` };
  const toProxy: RequestOptions = { host: proxy.hostname, port: proxy.port || 80 };
  if (!secure) {
    const all = { ...headers, ...authorization, host: url.host };
    return response(plainRequest({ ...toProxy, path: url.href, headers: all }));
  }
  const target = `${url.hostname}:${portOf(url)}`;
  const tunnel = plainRequest({
    ...toProxy,
    method: 'CONNECT',
    path: target,
    headers: { ...authorization, host: target },
  });
  const socket = await tunnelSocket(tunnel, proxy);
  const createConnection = (): Socket => connect({ socket, servername: url.hostname });
  return response(secureRequest(url, { headers, createConnection, agent: false }));
}

function credentials({ username, password }: URL): string {
  return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
}

function response(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.setTimeout(maxSilence, () =>
      request.destroy(new Error(`no response for ${maxSilence / 1000} s`)),
    );
    request.once('response', resolve);
    request.once('error', reject);
    request.end();
  });
}

function tunnelSocket(request: ClientRequest, proxy: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    request.setTimeout(maxSilence, () =>
      request.destroy(new Error(`no response for ${maxSilence / 1000} s`)),
    );
    request.once('connect', ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answered ${statusCode}`));
    });
    request.once('error', reject);
    request.end();
  });
}
