// What a script says comes from the page: a <template data-words="name">, its {places} filled in.

export function words(name, given = {}) {
  const part = document.querySelector(`template[data-words="${name}"]`)?.content.cloneNode(true);
  if (!part) return document.createTextNode("");
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (whole, key) => given[key] ?? whole);
  return part;
}

// The hour as the page writes it: the machine's own.
export const hour = (at = new Date()) =>
  [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(document.documentElement.lang === "en" ? ":" : ".");

// Said to whoever listens to the page, and not shown.
export function hear(text) {
  const spoken = document.querySelector("[data-heard]");
  if (spoken) spoken.textContent = text.replace(/\s+/g, " ").trim();
}
