// A contact in progress, with everything that helps to write in it.
import { all, forget } from "../core/kept.js";
import { settleAll } from "./catchup.js";
import { follow } from "./dock.js";
import { mark } from "./errors.js";
import { close, fill, isText, values, valuesMade } from "./fields.js";
import { added } from "./merge.js";
import { writerHere } from "./pen.js";
import { HOME, tokenIn } from "./places.js";
import { Saver } from "./save.js";
import { raise, tell, waits } from "./strip.js";
import { age, comes, shown, suggest } from "./suggestion.js";
import { alone, take } from "./tabs.js";
import { same } from "./texts.js";
import { verbs } from "./verbs.js";
import "./clock.js";
import "./find.js";
import "./keys.js";
import "./worker-on.js";

const form = document.querySelector("form[data-contact]");
const member = document.documentElement.dataset.member;
const { contact: id, save: url, writer, number } = form.dataset;
const token = tokenIn(form);
const before = valuesMade(form);
const contact = { id, member, url, writer, token, number: Number(number) };
const saver = new Saver(
  contact,
  { made: { ...before }, values: () => values(form), isText: (name) => isText(form, name), shown, tell: told },
);
const again = verbs(form, id, saver, off);

function told(state) {
  tell(state);
  age(state.kind === "waiting");
  if (state.kind === "saved" || state.kind === "errors") {
    suggest(state);
    mark(state.errors ?? {});
    again();
  } else if (state.kind === "pen") close(form);
}

// Whatever is other than it was goes on its way. A field may have been typed in before this file had come.
function look() {
  for (const [name, value] of Object.entries(values(form))) {
    if (same(value, before[name])) continue;
    before[name] = value;
    saver.changed(name, value);
  }
}

// Pressed without a server: what ends the contact leads to the list, the rest stays in sight.
async function off(pressed) {
  if (await follow(pressed.name, member)) return;
  if (pressed.ends && navigator.serviceWorker?.controller) location.assign(HOME);
  else {
    waits(pressed.name);
    if (pressed.fields?.door === "come_now") comes();
  }
}

// Another tab writes here now: what was written goes on its way first.
function lose() {
  saver.flush().finally(() => saver.stop("elsewhere"));
  close(form);
  raise("elsewhere");
}

async function start() {
  contact.writer = await writerHere(id, contact, token);
  await forget(member).catch(() => {});
  const kept = (await all().catch(() => [])).find((copy) => copy.id === id);
  if (kept) {
    fill(form, added(kept.value, values(form), { writer, isText: (name) => isText(form, name) }));
    saver.verbs = kept.value.verbs ?? [];
  }
  look();
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  if (kept) saver.send(true);
  settleAll(token);
}

document.querySelector("[data-banner]")?.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-write-here]")) return;
  await take(id);
  // Time for the other tab to send what it had.
  setTimeout(() => location.reload(), 800);
});

// It saves itself, so that the button for it is one stop less on the way to the note.
form.querySelector("[name=do][value=save]").hidden = true;
// One writes on where the text ends.
const { note } = form.elements;
note.setSelectionRange(note.value.length, note.value.length);
if (await alone(id, lose)) start();
else lose();
