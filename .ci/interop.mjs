// The clients of others against a running server: the TypeScript SDK over HTTP, on a WebSocket and on
// standard input and output, and the Inspector in both eras.
//   node interop.mjs URL LAUNCHER     (with the packages in node_modules beside this file)

import { execFile } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';

const [url, launcher] = process.argv.slice(2);
const socketUrl = new URL(url.replace(/^http/, 'ws') + '/mcp');
const inspector = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json')),
  'clients/launcher/build/index.js',
);
const PATIENCE = 30_000;

async function post(where, body, token) {
  const answer = await fetch(url + where, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  assert.ok(answer.ok, `${where}: ${JSON.stringify(result)}`);
  return result;
}

const ada = { name: 'interop', password: 'correct horse battery' };
await post('/api/accounts', ada);
const { token } = await post('/api/sessions', ada);
const call = (name, params) => post(`/api/call/${name}`, params, token);
const room = (await call('conversations.create', { kind: 'room', title: 'Interop', visibility: 'private' })).conversation.id;
const uri = `parley://conversations/${room}`;
const authorization = { Authorization: `Bearer ${token}` };

// The SDK's transport has no place for a header; Node's own WebSocket has.
const PlainWebSocket = globalThis.WebSocket;
class WebSocketWithToken extends PlainWebSocket {
  constructor(address, protocols) {
    super(address, { protocols, headers: authorization });
  }
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} was waited for in vain`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function connected(transport, work, capabilities = {}) {
  const client = new Client({ name: 'interop', version: '1' }, { capabilities });
  await within(client.connect(transport), 'a welcome');
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

async function everything(client) {
  assert.equal(client.getServerVersion().name, 'parley');
  await client.ping();
  const { tools } = await client.listTools();
  assert.ok(tools.some((tool) => tool.name === 'messages_post' && tool.outputSchema));
  // The SDK checks the answer against the output schema.
  const posted = await client.callTool({ name: 'messages_post', arguments: { conversation: room, content: 'Hello' } });
  assert.equal(posted.structuredContent.message.content, 'Hello');
  const refused = await client.callTool({ name: 'messages_post', arguments: { conversation: 'nowhere', content: 'x' } });
  assert.ok(refused.isError);
  for (const name of ['conversations_list', 'personas_list']) {
    assert.ok(Array.isArray((await client.callTool({ name, arguments: {} })).structuredContent.items), name);
  }
  const read = await client.readResource({ uri });
  assert.ok(read.contents.some((part) => part.text.includes('Hello')));
  assert.ok((await client.listResources()).resources.some((resource) => resource.uri === uri));
  assert.ok((await client.listResourceTemplates()).resourceTemplates.length > 1);
  const name = (await client.complete({ ref: { type: 'ref/prompt', name: 'persona' }, argument: { name: 'name', value: 'Gui' } }))
    .completion.values[0];
  const prompt = await client.getPrompt({ name: 'persona', arguments: { name } });
  assert.ok(prompt.messages[0].content.text.includes(name));
  await client.setLoggingLevel('warning');
  const news = new Promise((heard) =>
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, (notice) => heard(notice.params.uri)),
  );
  await client.subscribeResource({ uri });
  await call('messages.post', { conversation: room, content: 'News' });
  assert.equal(await within(news, 'a notice'), uri);
  await client.unsubscribeResource({ uri });
}

/** What the server asks of a client, on a socket without a token, where the fixtures are. */
async function questions(client) {
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    role: 'assistant', model: 'none', content: { type: 'text', text: 'sampled' },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { username: 'ada', email: 'ada@example.org' } }));
  const logged = [];
  client.setNotificationHandler(LoggingMessageNotificationSchema, (notice) => logged.push(notice));
  const sampled = await client.callTool({ name: 'test_sampling', arguments: { prompt: 'Say it' } });
  assert.ok(JSON.stringify(sampled).includes('sampled'));
  const elicited = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } });
  assert.ok(JSON.stringify(elicited).includes('accept'));
  const steps = [];
  await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, undefined, { onprogress: (step) => steps.push(step.progress) });
  assert.ok(steps.length > 1 && steps.at(-1) > steps[0]);
  await client.callTool({ name: 'test_tool_with_logging', arguments: {} });
  assert.ok(logged.length > 0);
}

async function inspect(target, era, ...rest) {
  const command = [inspector, '--cli', ...target, '--protocol-era', era, ...rest];
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: PATIENCE });
  return JSON.parse(stdout);
}

async function inspected(target, era) {
  const { tools } = await inspect(target, era, '--method', 'tools/list');
  assert.ok(tools.some((tool) => tool.name === 'messages_post'));
  const posted = await inspect(
    target, era, '--method', 'tools/call', '--tool-name', 'messages_post', '--tool-arg', `conversation=${room}`, `content=by ${era}`,
  );
  assert.equal(posted.structuredContent.message.content, `by ${era}`);
  const read = await inspect(target, era, '--method', 'resources/read', '--uri', uri);
  assert.ok(JSON.stringify(read).includes(`by ${era}`));
  const prompt = await inspect(target, era, '--method', 'prompts/get', '--prompt-name', 'persona', '--prompt-args', 'name=Guide');
  assert.ok(JSON.stringify(prompt).includes('Guide'));
}

const http = [url + '/mcp', '--transport', 'http', '--header', `Authorization: Bearer ${token}`];
const variables = [`PARLEY_URL=${url}`, `PARLEY_TOKEN=${token}`, `JAVA_HOME=${process.env.JAVA_HOME}`];
const stdio = [launcher, 'mcp', ...variables.flatMap((one) => ['-e', one])];

const checks = {
  'TypeScript SDK over HTTP': () =>
    connected(new StreamableHTTPClientTransport(new URL(url + '/mcp'), { requestInit: { headers: authorization } }), everything),
  'TypeScript SDK on a WebSocket': async () => {
    globalThis.WebSocket = WebSocketWithToken;
    await connected(new WebSocketClientTransport(socketUrl), everything);
    globalThis.WebSocket = PlainWebSocket;
  },
  'TypeScript SDK on a WebSocket, asked by the server': () =>
    connected(new WebSocketClientTransport(socketUrl), questions, { sampling: {}, elicitation: {} }),
  'TypeScript SDK on standard input and output': () =>
    connected(new StdioClientTransport({ command: launcher, args: ['mcp'], env: { ...process.env, PARLEY_URL: url, PARLEY_TOKEN: token } }), everything),
  'Inspector over HTTP, legacy era': () => inspected(http, 'legacy'),
  'Inspector over HTTP, modern era': () => inspected(http, 'modern'),
  'Inspector over HTTP, the era of its choice': () => inspected(http, 'auto'),
  'Inspector over HTTP, schemas that every model takes': () => inspect(http, 'legacy', '--method', 'tools/list', '--strict'),
  'Inspector on standard input and output, legacy era': () => inspected(stdio, 'legacy'),
  'Inspector on standard input and output, modern era': () => inspected(stdio, 'modern'),
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`✓ ${name}`);
  } catch (wrong) {
    failed++;
    console.log(`✗ ${name}: ${wrong.stack ?? wrong}\n${wrong.stderr ?? ''}`);
  }
}
console.log(`\nClients: ${Object.keys(checks).length - failed} of ${Object.keys(checks).length} work`);
process.exit(failed ? 1 : 0);
