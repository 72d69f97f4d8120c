// A contact begins with a key of this browser's making, so that it begins once however often it is sent, and without a
// server too.
import { put } from "../core/kept.js";
import { HOME, act, contact } from "./places.js";

const fresh = () => ({ values: {}, unsent: [], base: {}, verbs: [], writer: "", number: 0, at: Date.now() });

// Where it is to be written in; "" if neither the server nor this browser can hold it.
export async function begin(member, token, id = crypto.randomUUID()) {
  const began = new Date().toISOString();
  const done = token ? await act(`${HOME}/uusi`, token, { contact: id, began }) : "unreached";
  if (done !== "unreached") return done === "done" ? contact(id) : HOME;
  if (!navigator.serviceWorker?.controller) return "";
  return put(id, member, { ...fresh(), began }).then(() => contact(id), () => "");
}
