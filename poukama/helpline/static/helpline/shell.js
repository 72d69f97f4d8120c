// The page that stands where no server answers: what lies in this browser is opened and written on, a contact begins
// and ends, and when the server is there again the real page takes over.
import { all, put, shut, whose } from "../core/kept.js";
import { begin } from "./begin.js";
import { start } from "./clock.js";
import { beginKept } from "./catchup.js";
import { follow } from "./dock.js";
import { fill, isText, values } from "./fields.js";
import { Keeper } from "./keeper.js";
import { HOME, contact, contactIn, read, tokenIn } from "./places.js";
import { age, comes } from "./suggestion.js";
import { raise, tell, waits } from "./strip.js";
import { alone, take } from "./tabs.js";
import { changedLetters, same } from "./texts.js";
import { meant } from "./verbs.js";
import { hour, words } from "./words.js";
import "./find.js";
import "./keys.js";
import "./phrases.js";

const AGAIN = 2000;
const QUIET = 1200;
// Whoever is led here has locked the machine, or signed out.
const SHUTS = /^\/s\/(lukko|kirjaudu|ulos|vaihda)/;
const form = document.querySelector("form[data-contact]");
const id = contactIn(location.pathname);
const inDesk = location.pathname.startsWith(HOME);
let copy = null;
let keeper = null;
let touched = -QUIET;

const show = (name) => {
  for (const part of document.querySelectorAll("[data-shell]")) part.hidden = part.dataset.shell !== name;
};

const count = () =>
  copy.unsent.reduce(
    (sum, name) => sum + (isText(form, name) ? changedLetters(copy.base[name] ?? "", copy.values[name]) : 1),
    0,
  );

function look() {
  touched = performance.now();
  for (const [name, value] of Object.entries(values(form))) {
    if (same(value, copy.values[name])) continue;
    copy.values[name] = value;
    if (!copy.unsent.includes(name)) copy.unsent.push(name);
  }
  copy.at = Date.now();
  keeper.keep();
}

function seen(verb) {
  waits(verb.name);
  if (verb.fields.door === "come_now") comes();
}

async function pressed(event) {
  event.preventDefault();
  const button = event.submitter;
  if (button?.value === "save") return;
  const verb = meant(form, id, button);
  if (verb) {
    copy.verbs.push(verb);
    await keeper.keep();
    if (verb.ends) location.assign(HOME);
    else seen(verb);
  } else await follow(button?.value ?? "", keeper.member);
}

function restore({ shown = {} }) {
  for (const [place, html] of [["#suggestion", shown.suggestion], ["[data-on-call]", shown.on_call]]) {
    if (html) document.querySelector(place).innerHTML = html;
  }
  const template = document.querySelector("template[data-words=tell]");
  if (shown.tell) template.innerHTML = shown.tell;
  if (shown.from) age(true, shown.from);
}

async function open(member, found) {
  copy = { values: {}, unsent: [], base: {}, verbs: [], writer: "", number: 0, ...found };
  const done = (waiting) => tell({ kind: "waiting", count: waiting, kept: keeper.kept });
  keeper = new Keeper(id, member, { copy: () => copy, count, done });
  fill(form, copy.values);
  copy.values = { ...values(form), ...copy.values };
  restore(copy);
  show("contact");
  form.querySelector("[name=do][value=save]").hidden = true;
  copy.verbs.forEach(seen);
  const clock = form.querySelector("[data-clock]");
  clock.dataset.since = copy.shown?.began || copy.began || "";
  if (clock.dataset.since) start(clock);
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  form.addEventListener("submit", pressed);
  tell({ kind: "waiting", count: count(), kept: true });
  form.elements.note.focus();
  form.elements.note.setSelectionRange(form.elements.note.value.length, form.elements.note.value.length);
}

const ended = ({ verbs = [] }) => verbs.some((verb) => verb.ends);

function line({ id: other, value }) {
  const part = words(ended(value) ? "kept_ended" : "kept", { time: hour(new Date(value.began || value.at)) });
  for (const link of part.querySelectorAll("a")) link.href = contact(other);
  return part;
}

function between(member, copies) {
  show("start");
  document.querySelector("[data-kept]").append(...copies.map(line));
  document.querySelector("[data-kept-none]").hidden = copies.length > 0;
  document.querySelector("[data-begin]").addEventListener("submit", async (event) => {
    event.preventDefault();
    location.assign((await begin(member, "")) || HOME);
  });
}

// Once the server is there again the contact begins there too, and the real page goes on from what lies here.
async function back() {
  const [state, page] = await read(HOME);
  if (state === "signed_out") raise("signed_out");
  if (state !== "done" || performance.now() - touched < QUIET) return setTimeout(back, state === "done" ? QUIET : AGAIN);
  if (copy && (await beginKept(id, copy, tokenIn(page))) === "unreached") return setTimeout(back, AGAIN);
  if (copy) await keeper.keep();
  return location.replace(id ? contact(id) : inDesk ? HOME : location.href);
}

async function main() {
  if (!inDesk) {
    if (SHUTS.test(location.pathname)) await shut().catch(() => {});
    return show((await whose().catch(() => "")) ? "desk" : "away");
  }
  const [member, copies] = await Promise.all([whose(), all()]).catch(() => ["", []]);
  if (!member) return show("shut");
  const found = copies.find((each) => each.id === id);
  if (!id || (found && ended(found.value))) return between(member, copies);
  if (await alone(id, () => show("elsewhere"))) return open(member, found?.value);
  return show("elsewhere");
}

document.querySelector("[data-write-here]")?.addEventListener("click", () => take(id).then(() => location.reload()));
addEventListener("online", back);
main().finally(() => setTimeout(back, AGAIN));
