// The desk between calls: a contact begins by one key, also without a server, and what lies in this browser is brought
// to it.
import { all, forget, remove } from "../core/kept.js";
import { begin } from "./begin.js";
import { settleAll } from "./catchup.js";
import { HOME, tokenIn } from "./places.js";
import { raise } from "./strip.js";
import { words } from "./words.js";
import "./clock.js";
import "./keys.js";
import "./worker-on.js";

const FIRST_WAIT = 1000;
const LAST_WAIT = 15000;
const member = document.documentElement.dataset.member;
const token = tokenIn(document);
let busy = false;
let wait = FIRST_WAIT;

for (const form of document.querySelectorAll("form[data-begin]")) {
  // One key a press of the button, however often it is sent.
  let key = crypto.randomUUID();
  addEventListener("pageshow", () => (key = crypto.randomUUID()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const place = await begin(member, token, key).finally(() => (busy = false));
    if (place) location.assign(place);
    else raise("not_begun");
  });
}

// What the server did not take is shown, to be read and copied, until somebody has done with it.
async function left() {
  const place = document.querySelector("[data-left]");
  const copies = await all();
  place?.replaceChildren(...copies.map(({ id, value }) => part(id, value)));
  if (place) place.hidden = !copies.length;
}

function part(id, { values, unsent }) {
  const texts = unsent.map((name) => values[name]).filter((value) => typeof value === "string" && value);
  const element = document.createElement("div");
  element.append(words("left"));
  element.querySelector("textarea").value = texts.join("\n");
  element.querySelector("a").href = `${HOME}/${id}`;
  element.querySelector("button").addEventListener("click", () => remove(id).then(left));
  return element;
}

async function catchUp() {
  const came = [...(await settleAll(token)).values()];
  if (came.includes("done")) return location.reload();
  if (came.includes("left")) await left();
  if (!came.includes("unreached") && !came.includes("busy")) return;
  setTimeout(catchUp, wait);
  wait = Math.min(wait * 2, LAST_WAIT);
}

forget(member).then(catchUp).catch(() => {});
addEventListener("online", catchUp);
