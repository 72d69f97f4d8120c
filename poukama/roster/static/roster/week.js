// The week by the arrow keys, and a button that prints it. Without this the page works by Tab, and the browser prints.

const table = document.querySelector("[data-week]");
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** What can be reached in a cell: its links, or the cell itself where it has none. */
function stops(cell) {
  const links = [...cell.querySelectorAll("a")];
  if (links.length) return links;
  cell.tabIndex = -1;
  return [cell];
}

/** Where an arrow leads from here: within the cell first, then to the next one; null at the edge. */
function next(here, down, right) {
  const cell = here.closest("td");
  if (!cell) return null;
  const within = stops(cell)[stops(cell).indexOf(here) + down];
  if (down && within) return within;
  const row = table.tBodies[0].rows[cell.parentElement.sectionRowIndex + down];
  const target = row?.cells[cell.cellIndex + right];
  if (target?.tagName !== "TD") return null;
  return stops(target).at(down < 0 ? -1 : 0);
}

table?.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const found = next(event.target, ...step);
  if (!found) return;
  event.preventDefault();
  found.focus();
});

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
