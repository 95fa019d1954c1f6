// A broadcast on ws: each event is made once, and its bytes are given to each socket's send.
const { readFileSync } = require('node:fs');
const { WebSocketServer } = require('ws');

const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const fill = (pieces, gaps) => Buffer.from(pieces.map((piece) => gaps[piece] ?? piece).join(''));
const text = { binary: false };
let seq = 0;

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws', perMessageDeflate: false });
server.on('connection', (socket) =>
  socket.on('message', (data) => {
    const asked = JSON.parse(data);
    if (asked.method !== 'messages.post') {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: { seq } }));
      return;
    }
    const gaps = { '#id': asked.id, '#seq': ++seq, '#content': asked.params.content };
    const event = fill(script.event, gaps);
    for (const one of server.clients) one.send(event, text);
    socket.send(fill(script.reply, gaps), text);
  }),
);
server.on('listening', () => console.log(server.address().port));
