// The suggestion follows the answers while the server can be asked, and so do the sentences and the duty; without a
// server the last suggestion stays, grey, with its hour.
import { show as phrases } from "./phrases.js";
import { hour, words } from "./words.js";

const region = document.querySelector("#suggestion");
let from = hour();

function put(place, html) {
  if (!place || html === undefined) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (fresh.innerHTML.trim() === place.innerHTML.trim()) return;
  const focus = place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  place.replaceChildren(fresh.content);
  if (focus) place.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}

// What the server says to a save: the parts of the page that hang on the answers.
export function suggest({ html, phrases: sentences, duty }) {
  if (html !== undefined) from = hour();
  put(region, html);
  put(document.querySelector("[data-duty-words]"), duty);
  put(document.querySelector("#phrases"), sentences);
  if (sentences !== undefined) phrases();
}

export function age(old, time = from) {
  region?.toggleAttribute("data-old", old);
  document.querySelector("[data-suggested]")?.replaceChildren(...(old ? [words("old", { time })] : []));
}

// As it is, for a page without a server.
export const shown = () => ({
  from,
  suggestion: region?.innerHTML ?? "",
  on_call: document.querySelector("[data-on-call]")?.innerHTML ?? "",
  tell: document.querySelector("template[data-words=tell]")?.innerHTML ?? "",
  began: document.querySelector("form[data-contact]").dataset.began,
});

// Coming now was chosen without a server: whom to tell, from what the page knew.
export const comes = () => document.querySelector("[data-tell]")?.replaceChildren(words("tell", { time: hour() }));
