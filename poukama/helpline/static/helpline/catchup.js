// Brings what lies in this browser to the server: the contact if it began without one, then the fields, then what was
// pressed, each under its own key. What is done is crossed off the copy at once, so that it may stop at any point.
import { all, put, remove } from "../core/kept.js";
import { isText, values } from "./fields.js";
import { added } from "./merge.js";
import { HOME, act, contact, read, tokenIn, verb } from "./places.js";
import { post } from "./send.js";
import { ifFree } from "./tabs.js";

export async function beginKept(id, copy, token) {
  if (!copy.began) return "done";
  const done = await act(`${HOME}/uusi`, token, { contact: id, began: copy.began });
  if (done === "done") copy.began = "";
  return done;
}

async function save(copy, page) {
  const form = page.querySelector("form[data-contact]");
  if (!form) return copy.unsent.length ? "left" : "done";
  const { save: url, writer, number } = form.dataset;
  const fields = added(copy, values(form), { writer, isText: (name) => isText(form, name) });
  const sent = new Map(Object.entries(fields));
  if (sent.size) {
    const [status, told] = await post({ url, token: tokenIn(page), writer }, sent, Number(number) + 1);
    if (status !== 200 && status !== 422) return status === 401 ? "signed_out" : status === 409 ? "left" : "unreached";
    copy.unsent = copy.unsent.filter((name) => told.errors?.[name]);
  } else copy.unsent = [];
  return copy.unsent.length ? "left" : "done";
}

async function press(id, copy, token) {
  while (copy.verbs?.length) {
    const [{ name, fields }] = copy.verbs;
    const done = await act(verb(id, name), token, fields);
    if (done === "unreached" || done === "signed_out") return done;
    if (done === "refused") return "left";
    copy.verbs.shift();
  }
  return "done";
}

// "done" and the copy is gone, "left" if the server does not take it, or why it could not be told.
export async function settle({ id, member, value: copy }, token) {
  const kept = async (done) => {
    await put(id, member, copy);
    return done;
  };
  const began = await beginKept(id, copy, token);
  if (began !== "done") return kept(began);
  const [found, page] = await read(contact(id));
  if (found !== "done") return kept(found === "refused" ? "left" : found);
  const saved = await save(copy, page);
  if (saved === "unreached" || saved === "signed_out") return kept(saved);
  const pressed = await press(id, copy, tokenIn(page) || token);
  if (pressed !== "done") return kept(pressed);
  if (saved === "left") return kept(saved);
  await remove(id);
  return "done";
}

// Everything that lies here: what came of each, by its contact; "busy" for what a tab is writing, or still lets go of.
export async function settleAll(token) {
  const found = new Map();
  for (const copy of await all()) {
    const done = (await ifFree(copy.id, () => settle(copy, token))) ?? "busy";
    found.set(copy.id, done);
    if (done === "unreached" || done === "signed_out") break;
  }
  return found;
}
