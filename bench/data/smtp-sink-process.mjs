// An SMTP server that takes everything as fast as a socket can: run as a process of its own, so
// that it does not share a thread with what is measured.
import net from 'node:net';

let mails = 0;
let people = new Set();

const REPLIES = {
  EHLO: '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10485760\r\n',
  HELO: '250 sink\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  RSET: '250 ok\r\n',
  NOOP: '250 ok\r\n',
  DATA: '354 go\r\n',
  QUIT: '221 bye\r\n',
};

class Session {
  rest = '';
  inData = false;
  recipient = '';

  constructor(socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.rest += chunk.toString('latin1');
      while (this.inData ? this.takeContent() : this.takeCommand());
    });
    socket.on('error', () => socket.destroy());
    socket.write('220 sink\r\n');
  }

  takeContent() {
    const end = this.rest.indexOf('\r\n.\r\n');
    if (end < 0) {
      // Only the last bytes can begin the end mark.
      this.rest = this.rest.slice(-4);
      return false;
    }
    this.rest = this.rest.slice(end + 5);
    this.inData = false;
    mails += 1;
    people.add(this.recipient);
    this.socket.write('250 taken\r\n');
    return true;
  }

  takeCommand() {
    const end = this.rest.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.rest.slice(0, end);
    this.rest = this.rest.slice(end + 2);
    const command = line.slice(0, 4).toUpperCase();
    if (command === 'RCPT') this.recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (command === 'DATA') this.inData = true;
    this.socket.write(REPLIES[command] ?? '500 unknown\r\n');
    if (command === 'QUIT') this.socket.end();
    return true;
  }
}

const server = net.createServer((socket) => new Session(socket));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', (message) => {
  if (message === 'reset') {
    mails = 0;
    people = new Set();
  }
  process.send({ mails, people: people.size });
});
process.on('disconnect', () => process.exit(0));
