// The suggestion follows the answers while the server can be asked; without it the last one stays, grey, with its hour.
import { hour, words } from "./words.js";

const region = document.querySelector("#suggestion");
let from = hour();

export function suggest(html) {
  if (!region || html === undefined) return;
  from = hour();
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const inside = region.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  if (fresh.innerHTML.trim() !== region.innerHTML.trim()) region.replaceChildren(fresh.content);
  if (inside) region.querySelector(`[data-key="${CSS.escape(inside)}"]`)?.focus();
  age(false);
}

export function age(old) {
  if (!region) return;
  region.toggleAttribute("data-old", old);
  const place = document.querySelector("[data-suggested]");
  place?.replaceChildren(...(old ? [words("old", { time: from })] : []));
}

// As it is, for a page without a server.
export const shown = () => ({
  from,
  suggestion: region?.innerHTML ?? "",
  on_call: document.querySelector("[data-on-call]")?.innerHTML ?? "",
});
