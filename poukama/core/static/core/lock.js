// Goes to the lock when nobody has done anything for a while. The server decides when; this asks it, and says so a
// minute before. A key or a touch counts; a page that only asks does not. What is typed is kept before the page goes.
import { keep } from "./typed.js";

const ALIVE = "/s/elossa";
const LOCK = "/s/lukko";
const WARNING = 60;
const PATIENCE = 1000;

const warning = document.getElementById("lock-warning");
let acted = false;
let left = Infinity;
let asked = Date.now();
let timer;

async function lock() {
  // Nothing keeps the screen open longer than this, not even what cannot be kept.
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  await Promise.race([keep().catch(() => {}), late]);
  location.assign(`${LOCK}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

addEventListener("click", (event) => {
  if (!event.target.closest?.(`a[href^="${LOCK}"]`) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  lock();
});

async function ask() {
  clearTimeout(timer);
  const headers = { Accept: "application/json", ...(acted ? {} : { "X-Quiet": "1" }) };
  acted = false;
  try {
    const answer = await fetch(ALIVE, { headers, cache: "no-store" });
    if (answer.status === 401) return lock();
    if (answer.ok) left = (await answer.json()).left;
    asked = Date.now();
  } catch {
    // No network: the minutes that were left go on running.
    left -= (Date.now() - asked) / 1000;
    asked = Date.now();
  }
  if (left <= 0) return lock();
  if (warning) warning.hidden = left > WARNING;
  timer = setTimeout(ask, Math.min(left > WARNING ? left - WARNING : left, WARNING) * 1000 + 500);
}

for (const kind of ["keydown", "pointerdown", "input"]) {
  addEventListener(kind, () => {
    acted = true;
    if (warning && !warning.hidden) ask();
  }, { capture: true, passive: true });
}
ask();
