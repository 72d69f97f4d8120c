// What is pressed: first what is written goes to the server, then the press, under its own key. Without a server the
// press is kept with its hour, and done when there is one.
import { HOME, act, contact, verb } from "./places.js";

// The form's buttons are named `do`. These act: at an address, with the word after the colon as a field, with another
// field beside the button, and in the end they lead back to the contact or to the list.
const VERBS = {
  door: ["ovi", "door", "", contact],
  told: ["kerrottu", "duty", "told_at", contact],
  end: ["paata", "", "", () => HOME],
  empty: ["tyhja", "", "", () => HOME],
  pass: ["siirra", "", "to", () => HOME],
};

// Pressed twice in a row, a button is pressed once.
let last = { value: "", key: "" };
function keyOf(value) {
  if (last.value !== value) last = { value, key: crypto.randomUUID() };
  return last.key;
}

// What a button means, with what goes with it: {name, fields, then}; null for one that the browser follows itself.
export function meant(form, id, button) {
  const [word, value = ""] = (button?.value ?? "").split(":");
  if (button?.name !== "do" || !VERBS[word]) return null;
  const [name, field, beside, then] = VERBS[word];
  const now = new Date().toISOString();
  const fields = { key: keyOf(button.value), at: now, ...(field && { [field]: value }) };
  if (word === "end" || word === "empty") fields.ended = now;
  if (beside && form.elements[beside]?.value) fields[beside] = form.elements[beside].value;
  return { name, fields, then: then(id), ends: name !== "ovi" && name !== "kerrottu" };
}

// Listens to a form whose saver knows what waits; off(pressed) is told of a press that the server has not seen.
export function verbs(form, id, saver, off) {
  let busy = false;
  let native = false;

  async function press(button) {
    const pressed = meant(form, id, button);
    const there = await saver.flush(button?.value !== "save");
    if (button?.value === "save") return;
    if (there && pressed) {
      const done = await act(verb(id, pressed.name), saver.contact.token, pressed.fields);
      if (done === "done") return location.assign(pressed.then);
      if (done === "refused") return follow(button);
    } else if (there || saver.stopped) return follow(button);
    if (pressed) {
      await saver.pressed(pressed);
      off(pressed);
    } else off({ name: button.value });
  }

  // The browser's own way, with the whole form: for what leads elsewhere, and for what the server has words about.
  function follow(button) {
    form.elements.csrfmiddlewaretoken.value = saver.contact.token;
    form.elements.writer.value = saver.contact.writer;
    form.elements.number.value = saver.next();
    native = true;
    form.requestSubmit(button);
    native = false;
  }

  // What was pressed without a server, in its order; then the page is made anew.
  async function again() {
    if (busy || !saver.verbs.length || saver.stopped) return;
    busy = true;
    const [...left] = saver.verbs;
    let then = "";
    while (left.length && (await act(verb(id, left[0].name), saver.contact.token, left[0].fields)) !== "unreached") {
      ({ then } = left.shift());
      await saver.cleared([...left]);
    }
    busy = false;
    if (then && !left.length) location.assign(then);
  }

  form.addEventListener("submit", (event) => {
    if (native) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    press(event.submitter).finally(() => (busy = false));
  });

  return again;
}
