// A plain static server on 127.0.0.1: what `scripts/serve` and the end-to-end tests serve dist/ with.
// It compresses, sends the right types, and answers nothing outside its folder.
//
//     node scripts/static-server.mjs FOLDER [PORT]
//
// PORT defaults to 8080; when it is taken, the next free one is used.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.go': 'text/plain; charset=utf-8',
};

/** Serves `folder` under `base` ("/" or "/some/path/"); resolves to { url, close }. */
export async function serve(folder, { port = 0, base = '/', attempts = 1 } = {}) {
  const server = createServer(async (request, response) => {
    const answer = await respond(folder, base, request);
    response.writeHead(answer.status, answer.headers);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
  const used = await listen(server, port, attempts);
  return {
    url: `http://127.0.0.1:${used}${base}`,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

async function respond(folder, base, request) {
  const plain = (status, text) => ({ status, headers: { 'content-type': 'text/plain' }, body: text });
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'only GET');
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    return plain(400, 'bad address');
  }
  if (!path.startsWith(base) || path.includes('\0')) return plain(404, 'not found');
  let file = normalize(join(folder, path.slice(base.length)));
  if (file !== normalize(folder) && !file.startsWith(normalize(folder + sep))) return plain(404, 'not found');
  try {
    if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
    const body = await readFile(file);
    const headers = {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      // A sandboxed frame has no origin of its own, so even the page's own files are foreign to it.
      'access-control-allow-origin': '*',
    };
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && extname(file) !== '.png') {
      headers['content-encoding'] = 'gzip';
      return { status: 200, headers, body: gzipSync(body) };
    }
    return { status: 200, headers, body };
  } catch {
    return plain(404, 'not found');
  }
}

/** Listens on `port`, or on one of the next `attempts - 1` when it is taken; resolves to the one used. */
function listen(server, port, attempts) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' && attempts > 1) resolve(listen(server, port + 1, attempts - 1));
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve(server.address().port);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', port = '8080'] = process.argv.slice(2);
  const { url, close } = await serve(folder, { port: Number(port), attempts: 100 });
  console.log(`\n  Lockstep is at ${url}\n  (Ctrl-C stops it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(0)));
}
