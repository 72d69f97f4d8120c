// Suggested phrases, two at a time: the next one on a press, round and round. Without this file all of them are there.

const list = document.querySelector("#phrases");
const SHOWN = 2;

const inLanguage = () => {
  const all = [...(list?.querySelectorAll("blockquote") ?? [])];
  const spoken = document.querySelector("[name=language]")?.value;
  const own = all.filter((phrase) => phrase.lang === spoken);
  return [all, own.length ? own : all];
};

let first = 0;

export function show() {
  const [all, fit] = inLanguage();
  const shown = new Set([0, 1].slice(0, SHOWN).map((place) => fit[(first + place) % fit.length]));
  for (const phrase of all) phrase.hidden = !shown.has(phrase);
}

if (list) {
  list.setAttribute("aria-live", "polite");
  show();
  const next = document.querySelector("[data-next]");
  if (next) next.hidden = false;
  next?.addEventListener("click", () => {
    first += 1;
    show();
  });
}
