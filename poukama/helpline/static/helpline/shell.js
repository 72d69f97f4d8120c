// The page that stands where no server answers: what lies in this browser is opened and written on, a contact begins
// and ends, and when the server is there again the real page takes over.
import { all, shut, whose } from "../core/kept.js";
import { beginKept } from "./catchup.js";
import { HOME, contact, contactIn, read, tokenIn } from "./places.js";
import { between, ended } from "./shell-list.js";
import { open } from "./shell-contact.js";
import { raise } from "./strip.js";
import { alone, take } from "./tabs.js";
import "./find.js";
import "./keys.js";
import "./phrases.js";

const AGAIN = 2000;
const QUIET = 1200;
// Whoever is led here has locked the machine, or signed out.
const SHUTS = /^\/s\/(lukko|kirjaudu|ulos|vaihda)/;
const id = contactIn(location.pathname);
const inDesk = location.pathname.startsWith(HOME);
// The contact that is open here, if one is.
let opened = null;

const show = (name) => {
  for (const part of document.querySelectorAll("[data-shell]")) part.hidden = part.dataset.shell !== name;
};

// Once the server is there again the contact begins there too, and the real page goes on from what lies here.
async function back() {
  const [state, page] = await read(HOME);
  if (state === "signed_out") raise("signed_out");
  const quiet = !opened || performance.now() - opened.touched > QUIET;
  if (state !== "done" || !quiet) return setTimeout(back, state === "done" ? QUIET : AGAIN);
  if (opened && (await beginKept(id, opened.copy, tokenIn(page))) === "unreached") return setTimeout(back, AGAIN);
  await opened?.keeper.keep();
  return location.replace(id ? contact(id) : inDesk ? HOME : location.href);
}

async function main() {
  if (!inDesk) {
    if (SHUTS.test(location.pathname)) await shut().catch(() => {});
    return show((await whose().catch(() => "")) ? "desk" : "away");
  }
  const [member, copies] = await Promise.all([whose(), all()]).catch(() => ["", []]);
  if (!member) return show("shut");
  const found = copies.find((each) => each.id === id)?.value;
  if (!id || (found && ended(found))) {
    show("start");
    return between(member, copies);
  }
  if (!(await alone(id, () => show("elsewhere")))) return show("elsewhere");
  show("contact");
  opened = open(id, member, found);
}

document.querySelector("[data-write-here]")?.addEventListener("click", () => take(id).then(() => location.reload()));
addEventListener("online", back);
main().finally(() => setTimeout(back, AGAIN));
