// Between calls without a server: what lies in this browser, and a contact that begins here.
import { begin } from "./begin.js";
import { HOME, contact } from "./places.js";
import { hour, words } from "./words.js";

export const ended = ({ verbs = [] }) => verbs.some((verb) => verb.ends);

function line({ id, value }) {
  const part = words(ended(value) ? "kept_ended" : "kept", { time: hour(new Date(value.began || value.at)) });
  for (const link of part.querySelectorAll("a")) link.href = contact(id);
  return part;
}

export function between(member, copies) {
  document.querySelector("[data-kept]").append(...copies.map(line));
  document.querySelector("[data-kept-none]").hidden = copies.length > 0;
  document.querySelector("[data-begin]").addEventListener("submit", async (event) => {
    event.preventDefault();
    location.assign((await begin(member, "")) || HOME);
  });
}
