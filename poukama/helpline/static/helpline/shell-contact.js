// A contact that is written without a server: from what lies in this browser, and into it.
import { start } from "./clock.js";
import { follow } from "./dock.js";
import { fill, isText, values } from "./fields.js";
import { Keeper } from "./keeper.js";
import { HOME } from "./places.js";
import { age, comes } from "./suggestion.js";
import { tell, waits } from "./strip.js";
import { same, waitingLetters } from "./texts.js";
import { meant } from "./verbs.js";

const form = document.querySelector("form[data-contact]");
const text = (name) => isText(form, name);

class Opened {
  touched = -Infinity;

  constructor(id, member, copy) {
    Object.assign(this, { id, copy });
    const done = (count) => tell({ kind: "waiting", count, kept: this.keeper.kept });
    this.keeper = new Keeper(id, member, { copy: () => copy, isText: text, done });
  }

  look() {
    const { copy } = this;
    this.touched = performance.now();
    for (const [name, value] of Object.entries(values(form))) {
      if (same(value, copy.values[name])) continue;
      copy.values[name] = value;
      if (!copy.unsent.includes(name)) copy.unsent.push(name);
    }
    copy.at = Date.now();
    this.keeper.keep();
  }

  async press(button) {
    if (button?.value === "save") return;
    const verb = meant(form, this.id, button);
    if (!verb) return follow(button?.value ?? "", this.keeper.member);
    this.copy.verbs.push(verb);
    await this.keeper.keep();
    if (verb.ends) location.assign(HOME);
    else seen(verb);
  }
}

function seen(verb) {
  waits(verb.name);
  if (verb.fields.door === "come_now") comes();
}

// What else of the page was worth having without a server.
function restore({ shown = {}, began = "" }) {
  for (const [place, html] of [["#suggestion", shown.suggestion], ["[data-on-call]", shown.on_call]]) {
    if (html) document.querySelector(place).innerHTML = html;
  }
  const template = document.querySelector("template[data-words=tell]");
  if (shown.tell) template.innerHTML = shown.tell;
  if (shown.from) age(true, shown.from);
  const clock = form.querySelector("[data-clock]");
  clock.dataset.since = shown.began || began;
  if (clock.dataset.since) start(clock);
}

// Writes on from a copy, or from nothing. Gives the copy, its keeper, and when it was last `touched`.
export function open(id, member, found) {
  const copy = { values: {}, unsent: [], base: {}, verbs: [], writer: "", number: 0, ...found };
  const opened = new Opened(id, member, copy);
  fill(form, copy.values);
  copy.values = { ...values(form), ...copy.values };
  restore(copy);
  form.querySelector("[name=do][value=save]").hidden = true;
  copy.verbs.forEach(seen);
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => opened.look());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    opened.press(event.submitter);
  });
  tell({ kind: "waiting", count: waitingLetters(copy, text), kept: true });
  const { note } = form.elements;
  note.focus();
  note.setSelectionRange(note.value.length, note.value.length);
  return opened;
}
