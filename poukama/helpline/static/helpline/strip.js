// The strip says what is saved and where: on the server at an hour, in this browser with so many letters waiting, or
// that we could not keep it. A change is heard once; the hour alone is not.
import { hear, hour, words } from "./words.js";

const strip = document.querySelector("[data-saved]");
const banner = document.querySelector("[data-banner]");
const PRESSED = new Set(["ovi", "kerrottu"]);
let last = "";
let cut = "";

function show(name, given) {
  const part = words(name, given);
  const text = part.textContent;
  if (!strip || (name === last && strip.textContent === text)) return;
  strip.replaceChildren(part);
  if (name !== last && last !== "") hear(text);
  last = name;
}

export function raise(name, given) {
  if (!banner) return;
  const part = name && words(name, given);
  if (part && banner.textContent !== part.textContent) banner.replaceChildren(part);
  banner.hidden = !name;
}

const waiting = (count) => (count === 1 ? "waiting_one" : count ? "waiting" : "waiting_none");

export function tell({ kind, count = 0, kept = true, saved = "", words: told = "" }) {
  if (kind === "waiting") {
    cut ||= hour();
    show(kept ? waiting(count) : "not_kept", { count });
    raise(kept ? "cut" : "cut_not_kept", { time: cut });
  } else if (kind === "saved" || kind === "errors") {
    cut = "";
    show(kind, { time: saved });
    raise("");
  } else {
    if (count || !kept) show(kept ? waiting(count) : "not_kept", { count });
    raise(kind, { words: told });
  }
}

// A press that waits for the server.
export const waits = (name) =>
  document.querySelector("[data-pressed]")?.append(words(PRESSED.has(name) ? `pressed_${name}` : "pressed_other", { time: hour() }));
