import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';

export type FilesServer = {
  /** 'http://127.0.0.1:<port>' */
  origin: string;
  /** Every request, in order of arrival. */
  requests: IncomingMessage[];
  close: () => Promise<void>;
};

/** A real HTTP server on a free local port. `routes`: path without query → listener; other paths answer 404. */
export async function startFilesServer(routes: Record<string, RequestListener>): Promise<FilesServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests.push(request);
    const route = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end('not found');
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** `responses[n]` answers the n-th request; the last one all later ones. */
export function inTurn(...responses: [RequestListener, ...RequestListener[]]): RequestListener {
  let next = 0;
  return (request, response) => {
    const listener = responses[Math.min(next++, responses.length - 1)] ?? responses[0];
    listener(request, response);
  };
}

export function answer(
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}
