/** A gateway that speaks as much of Twilio's message API as the channel asks of it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeSms {
  readonly port: number;
  readonly messages: { readonly to: string; readonly body: string; readonly from: string }[];
  /** Decides the next answers. `cut`: the connection ends without one. */
  fault: ((to: string) => { status: number; code?: number } | 'cut' | undefined) | undefined;
  stop(): Promise<void>;
}

/** Account and token that it takes; everybody else gets 401. */
export const SMS_ACCOUNT = { sid: 'AC0123456789', token: 'a-token-of-the-test' };

export async function startFakeSms(): Promise<FakeSms> {
  const basic = Buffer.from(`${SMS_ACCOUNT.sid}:${SMS_ACCOUNT.token}`).toString('base64');
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    request.on('end', () => {
      const answer = (status: number, body: object) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
      const form = new URLSearchParams(text);
      const [to = '', body = '', from = ''] = ['To', 'Body', 'From'].map(
        (key) => form.get(key) ?? '',
      );
      const path = `/2010-04-01/Accounts/${SMS_ACCOUNT.sid}/Messages.json`;
      if (request.url !== path) return answer(404, {});
      if (request.headers.authorization !== `Basic ${basic}`) return answer(401, { code: 20003 });
      const fault = fake.fault?.(to);
      if (fault === 'cut') return request.socket.destroy();
      if (fault) return answer(fault.status, { code: fault.code, message: 'refused' });
      fake.messages.push({ to, body, from });
      return answer(201, { sid: `SM${fake.messages.length}`, status: 'queued' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeSms = {
    port,
    messages: [],
    fault: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}
