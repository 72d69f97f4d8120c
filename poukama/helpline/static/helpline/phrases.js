// Suggested phrases, two at a time: the next one on a press, round and round. Without this file all of them are there.

const list = document.querySelector("#phrases");
const SHOWN = 2;

// In the caller's language; in the page's, where the page that stands without a server has them in every one.
const fitting = (all) => {
  const wanted = [document.querySelector("[name=language]")?.value, document.documentElement.lang];
  const found = wanted.map((language) => all.filter((phrase) => phrase.lang === language));
  return found.find((phrases) => phrases.length) ?? all;
};

let first = 0;

export function show() {
  const all = [...(list?.querySelectorAll("blockquote") ?? [])];
  const fit = fitting(all);
  const shown = Array.from({ length: SHOWN }, (_, place) => fit[(first + place) % fit.length]);
  for (const phrase of all) phrase.hidden = !shown.includes(phrase);
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
