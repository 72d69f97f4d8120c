// Comparing and joining what is written.

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// How many letters of a text differ from the text before it; any change is at least one.
export function changedLetters(before, now) {
  let start = 0;
  while (start < now.length && now[start] === before[start]) start += 1;
  let end = 0;
  while (end < Math.min(now.length, before.length) - start && now.at(-1 - end) === before.at(-1 - end)) end += 1;
  return Math.max(1, now.length - start - end);
}

// How many letters of a copy wait to be sent; an answer is one.
export function waitingLetters({ unsent, base, values }, isText) {
  const letters = (name) => (isText(name) ? changedLetters(base[name] ?? "", values[name]) : 1);
  return unsent.reduce((sum, name) => sum + letters(name), 0);
}

// Where two have written on from the same words: what the one added goes after what the other has.
export function joined(base, theirs, mine) {
  if (theirs === base || mine.startsWith(theirs)) return mine;
  if (mine === base || theirs.endsWith(mine)) return theirs;
  return `${theirs}\n${mine.startsWith(base) ? mine.slice(base.length).trimStart() : mine}`;
}
