/** Is a mail server there? It speaks first; its greeting is enough to know. Nothing is sent. */
import net from 'node:net';
import tls from 'node:tls';

interface Address {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

export type Greeting =
  { readonly reachable: true } | { readonly reachable: false; readonly problem: string };

const WAIT_MS = 3000;

export function askForGreeting({ host, port, secure }: Address): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = secure
      ? tls.connect({ host, port, servername: host })
      : net.connect({ host, port });
    const settle = (greeting: Greeting) => {
      socket.destroy();
      resolve(greeting);
    };
    socket.setTimeout(WAIT_MS, () => settle({ reachable: false, problem: 'timeout' }));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle({ reachable: false, problem: error.code ?? error.message }),
    );
    socket.once('data', (data: Buffer) => {
      const line = data.toString('utf8').split('\r\n')[0] ?? '';
      settle(
        line.startsWith('220')
          ? { reachable: true }
          : { reachable: false, problem: line.slice(0, 200) },
      );
    });
  });
}
