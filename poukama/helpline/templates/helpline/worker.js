// Keeps the shell of the staff side: its style, its scripts, the page that stands without a server, and the form to
// print. It keeps no answer that holds data, and lets everything else pass.

const NAME = "poukama {{ version }}";
const SHELL = "{{ shell|escapejs }}";
const PAPER = "{{ paper|escapejs }}";
const FILES = new Set({{ files|safe }});
const PATIENCE = 10000;
// What stands before a server that is down says so.
const DOWN = new Set([502, 503, 504]);

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([...FILES]);
  for (const page of [SHELL, PAPER]) {
    const answer = await fetch(page, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error("the shell is not whole");
    await cache.put(page, answer);
  }
  await self.skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("poukama ") && name !== NAME).map((name) => caches.delete(name)));
  await self.clients.claim();
}

const late = () => new Promise((_, failed) => setTimeout(failed, PATIENCE));

async function page(request) {
  const answering = fetch(request);
  try {
    const answer = await (request.method === "GET" ? Promise.race([answering, late()]) : answering);
    if (!DOWN.has(answer.status)) return answer;
  } catch {
    // No server.
  }
  const kept = new URL(request.url).pathname === new URL(PAPER, location).pathname ? PAPER : SHELL;
  return (await (await caches.open(NAME)).match(kept)) ?? Response.error();
}

async function file(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(new URL(request.url).pathname)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && FILES.has(pathname)) event.respondWith(file(request));
});
