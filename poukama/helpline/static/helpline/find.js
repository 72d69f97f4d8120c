// Ctrl+K: every button of the page and every question, found by a few letters of its name.
import { buttons } from "./keys.js";
import { words } from "./words.js";

document.body.append(words("find"));
const dialog = document.querySelector("dialog[data-find]");
const field = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
let found = [];
let at = 0;
let opener = null;

const name = (element) => element.textContent.replace(/\s+/g, " ").trim();
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Questions are gone to, buttons are pressed.
function everything() {
  const questions = [...document.querySelectorAll("form[data-contact] :is(legend, label[for])")]
    .filter((label) => label.getClientRects().length)
    .map((label) => ({ name: name(label), go: () => focusOf(label)?.focus() }));
  const actions = buttons().filter((button) => button !== opener && !dialog.contains(button));
  return [...actions.map((button) => ({ name: name(button), go: () => button.click() })), ...questions];
}

const focusOf = (label) =>
  label.control ?? label.closest("fieldset").querySelector("input:checked, input, select, textarea");

function show() {
  const asked = plain(field.value).split(" ").filter(Boolean);
  found = everything().filter((each) => asked.every((part) => plain(each.name).includes(part)));
  at = 0;
  dialog.querySelector("[data-none]").hidden = found.length > 0;
  list.replaceChildren(...found.map(({ name: text }, place) => row(text, place)));
  mark();
}

function row(text, place) {
  const element = Object.assign(document.createElement("li"), { id: `found-${place}`, textContent: text, role: "option" });
  element.addEventListener("click", () => choose(place));
  return element;
}

function mark() {
  for (const [place, element] of [...list.children].entries()) element.ariaSelected = String(place === at);
  field.setAttribute("aria-activedescendant", found.length ? `found-${at}` : "");
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

function choose(place) {
  dialog.close();
  found[place]?.go();
}

function moved(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) at = (at + step + found.length) % found.length;
  else if (event.key === "Enter") choose(at);
  else return;
  event.preventDefault();
  mark();
}

if (dialog) {
  opener = document.querySelector('[data-key="mod+k"]');
  if (opener) opener.hidden = false;
  opener?.addEventListener("click", () => {
    field.value = "";
    dialog.showModal();
    show();
  });
  field.addEventListener("input", show);
  field.addEventListener("keydown", moved);
}
