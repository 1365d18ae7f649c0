import { parseArgs } from 'node:util';
import { startLineEmulator } from './index';

const HELP = `LINE platform emulator

  npx tsx tools/line-emulator/cli.ts [options]

  --port N                    default 4010
  --webhook-url URL           where webhooks go
  --channel-id ID             Messaging API channel
  --channel-secret SECRET     signs webhooks
  --channel-token TOKEN       long-lived channel access token
  --channel-name NAME         name of the official account
  --login-channel-id ID       LINE Login channel
  --login-channel-secret S
  --state FILE                keep friends and chats between starts
  --request-log FILE          append every API request as a line of JSON
  --redelivery                send failed webhooks again
`;

const DEFAULT_PORT = 4010;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'webhook-url': { type: 'string' },
      'channel-id': { type: 'string' },
      'channel-secret': { type: 'string' },
      'channel-token': { type: 'string' },
      'channel-name': { type: 'string' },
      'login-channel-id': { type: 'string' },
      'login-channel-secret': { type: 'string' },
      state: { type: 'string' },
      'request-log': { type: 'string' },
      redelivery: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const emulator = await startLineEmulator({
    port: values.port === undefined ? DEFAULT_PORT : Number(values.port),
    webhookUrl: values['webhook-url'],
    channelId: values['channel-id'],
    channelSecret: values['channel-secret'],
    channelToken: values['channel-token'],
    channelName: values['channel-name'],
    loginChannelId: values['login-channel-id'],
    loginChannelSecret: values['login-channel-secret'],
    stateFile: values.state,
    requestLogFile: values['request-log'],
    redelivery: values.redelivery,
  });
  process.stdout.write(`LINE emulator: ${emulator.origin}\n`);
  const stop = () => {
    void emulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
