import type { FastifyInstance } from 'fastify';

export interface Listening {
  /** 'http://127.0.0.1:3000' */
  url: string;
  /** Stops accepting, finishes what is being answered, stores given answers; resolves when all of it is done. */
  close(): Promise<void>;
}

/** Listens; port 0 takes a free one. Throws when the address is taken. */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<Listening> {
  const url = await app.listen({ host, port });
  return { url, close: () => app.close() };
}
