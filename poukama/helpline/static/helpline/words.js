// What a script says comes from the page: a <template data-words="name">, its {places} filled in.

export function words(name, given = {}) {
  const part = document.querySelector(`template[data-words="${name}"]`)?.content.cloneNode(true);
  if (!part) return document.createTextNode("");
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (whole, key) => given[key] ?? whole);
  return part;
}

// The hour on the centre's wall, as the page writes it.
const zone = document.querySelector("meta[name=zone]")?.content;
const wall = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone || undefined });
const mark = document.documentElement.lang === "en" ? ":" : ".";

export const hour = (at = new Date()) => wall.format(at).replace(":", mark);

// Said to whoever listens to the page, and not shown.
export function hear(text) {
  const spoken = document.querySelector("[data-heard]");
  if (spoken) spoken.textContent = text.replace(/\s+/g, " ").trim();
}
