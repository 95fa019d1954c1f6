// A broadcast on Socket.IO, by its own emit.
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const fill = (pieces, gaps) => JSON.parse(pieces.map((piece) => gaps[piece] ?? piece).join(''));
let seq = 0;

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) =>
  socket.on('call', (asked) => {
    if (asked.method !== 'messages.post') {
      socket.emit('reply', { jsonrpc: '2.0', id: asked.id, result: { seq } });
      return;
    }
    const gaps = { '#id': asked.id, '#seq': ++seq, '#content': asked.params.content };
    io.emit('event', fill(script.event, gaps));
    socket.emit('reply', fill(script.reply, gaps));
  }),
);
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
