// What a kept copy adds to the page that the server has: {name: value} for what is other than there.
import { same, joined } from "./texts.js";

export function added({ values, unsent, base, writer }, theirs, { writer: theirWriter, isText }) {
  const found = {};
  for (const name of unsent) {
    if (!(name in theirs)) continue;
    const ours = writer === theirWriter || !isText(name);
    const value = ours ? values[name] : joined(base[name] ?? "", theirs[name], values[name]);
    if (!same(value, theirs[name])) found[name] = value;
  }
  return found;
}
