// The way out, and an answer that nobody else sees. The page is whole without this file.

const PRESSES = 3;
const WINDOW = 5000;

function leave(event) {
  event.preventDefault();
  // Blank first: the next page may be slow to come.
  document.title = "\u200b";
  document.body.hidden = true;
  location.replace(document.querySelector("[data-leave]").href);
}

for (const way of document.querySelectorAll("[data-leave]")) way.addEventListener("click", leave);

// Shift three times within five seconds of each other. A keyboard on the screen sends no code, and a field may need capitals.
let presses = 0;
let last = 0;
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  if (event.key !== "Shift" || !event.code || event.ctrlKey || event.altKey || event.metaKey || typing) {
    presses = 0;
    return;
  }
  if (event.repeat) return;
  presses = event.timeStamp - last < WINDOW ? presses + 1 : 1;
  last = event.timeStamp;
  if (presses === PRESSES) leave(event);
});

// Nothing that was chosen is there for whoever comes back to the page.
const form = document.querySelector("form");
const spoken = document.querySelector("[role=status]");
function forget() {
  form?.reset();
  if (spoken) spoken.textContent = "";
}
addEventListener("pagehide", forget);
addEventListener("pageshow", () => {
  document.body.hidden = false;
  forget();
});

// A screen reader hears the heading of the new answer, and only that.
form?.addEventListener("change", () => {
  const headings = [...document.querySelectorAll(".answer [data-door] > h3")].filter((heading) => heading.getClientRects().length);
  spoken.textContent = headings.map((heading) => heading.textContent).join(". ");
});
