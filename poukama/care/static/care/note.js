// Saves a note as it is typed: one save at a time, numbered, again and again until it is acknowledged. What the server
// has not lies sealed in this browser. Two windows never write over each other: the second stops, and both texts stay.
import { one, put, remove } from "../core/kept.js";

const SOON = 400;
const MANY = 8;
const FIRST_WAIT = 1000;
const LAST_WAIT = 15000;
const PATIENCE = 10000;

const form = document.querySelector("form[data-note]");
const { words: area, writer, number, seen, csrfmiddlewaretoken: token } = form.elements;
const { member } = document.documentElement.dataset;
const id = form.dataset.save;
const theirs = form.querySelector("[data-theirs]");
// What the server has, as far as this page knows.
let has = theirs.hidden ? area.defaultValue : theirs.querySelector("[data-theirs-words]").textContent;
let stopped = !theirs.hidden;
let flying = false;
let away = false;
let wait = 0;
let timer = 0;
let strokes = 0;
let sure = false;
let keeping = null;
let again = false;

function say(name, given = {}) {
  const part = document.querySelector(`template[data-words="${name}"]`).content.cloneNode(true);
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (whole, key) => given[key] ?? whole);
  form.querySelector("[data-saved]").replaceChildren(part);
}

// One at a time, the newest last however fast they come; whether it could be kept.
function keep() {
  again = true;
  keeping ??= written().finally(() => {
    keeping = null;
    if (again) keep();
  });
  return keeping;
}

async function written() {
  let done = true;
  while (again) {
    again = false;
    const copy = { words: area.value, has };
    done = await (area.value === has ? remove(id) : put(id, member, copy)).then(() => true, () => false);
  }
  return done;
}

function later(milliseconds) {
  if (timer && milliseconds >= SOON) return;
  clearTimeout(timer);
  timer = setTimeout(() => send(), milliseconds);
}

function next() {
  number.value = Number(number.value) + 1;
  return Number(number.value);
}

async function once(body, more) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value };
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", headers, body, redirect: "manual", ...more });
    return [answer.type === "opaqueredirect" ? 403 : answer.status, await answer.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}

// Whoever has signed in since the page was opened has another token: the server gives it, and the same goes again.
async function post(words, more) {
  const body = JSON.stringify({ words, writer: writer.value, number: next(), seen: Number(seen.value) });
  const [status, told] = await once(body, more);
  if (told.kind !== "stale") return [status, told];
  token.value = told.token;
  return once(body, more);
}

async function send() {
  clearTimeout(timer);
  timer = 0;
  if (flying || stopped || area.value === has) return;
  flying = true;
  strokes = 0;
  const words = area.value;
  const [status, told] = await post(words, { signal: AbortSignal.timeout(PATIENCE) });
  flying = false;
  if (status === 200) {
    has = words;
    away = false;
    wait = 0;
    await keep();
    say("saved", { time: told.saved });
    if (area.value !== has) later(SOON);
  } else if (status === 0 || status >= 500) {
    away = true;
    wait = Math.min(wait * 2 || FIRST_WAIT, LAST_WAIT);
    say((await keep()) ? "waiting" : "lost");
    later(wait * (0.8 + 0.4 * Math.random()));
  } else await stop(told);
}

// Nothing more goes from here by itself. Where another window wrote, the next press of Save has seen what it wrote.
async function stop({ words = "", theirs: other, seen: newest }) {
  stopped = true;
  if (other !== undefined) {
    has = other;
    seen.value = newest;
    theirs.querySelector("[data-theirs-words]").textContent = other;
    theirs.hidden = false;
  }
  say((await keep()) ? "stopped" : "lost", { words });
}

form.addEventListener("input", () => {
  strokes += 1;
  keep();
  if (!away) later(strokes < MANY ? SOON : 0);
});
// The whole form goes when the server has been heard; without it the text stays where it is.
form.addEventListener("submit", async (event) => {
  if (sure || stopped) {
    number.value = Number(number.value) + 1;
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  // At least once: while its own event goes on, a form does not send itself.
  do await new Promise((done) => setTimeout(done, 20));
  while (flying);
  await send();
  if (stopped || area.value !== has) return;
  sure = true;
  form.requestSubmit(submitter);
});
addEventListener("online", () => {
  wait = 0;
  send();
});
document.addEventListener("visibilitychange", () => document.hidden && send());
addEventListener("pagehide", () => {
  if (!stopped && !sure && area.value !== has) post(area.value, { keepalive: true });
});

// What was typed before this page was opened, and never reached the server.
const copy = await one(id).catch(() => undefined);
if (copy && copy.words !== area.value && area.value === area.defaultValue) {
  area.value = copy.words;
  if (copy.has === has || copy.words.startsWith(has)) send();
  else await stop({ theirs: has, seen: seen.value, words: form.dataset.elsewhere });
} else if (copy) await keep();
