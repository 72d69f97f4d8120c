// Which window writes: this tab knows its own by a key that it keeps as long as it is open.
import { act, verb } from "./places.js";

const place = (id) => `writer ${id}`;

// The key to write under. Where another window, of this member on whatever machine, has written since, the pen is taken
// from it, so that it stops: there are never two.
export async function writerHere(id, { writer, number }, token) {
  const own = sessionStorage.getItem(place(id));
  const mine = own === writer || number === 0 ? writer : crypto.randomUUID();
  sessionStorage.setItem(place(id), mine);
  if (mine !== writer) await act(verb(id, "ota"), token, { writer: mine, key: crypto.randomUUID() });
  return mine;
}
