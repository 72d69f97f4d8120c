// What is typed in the forms of a page and not sent yet: kept sealed while the screen is locked, and put back into the
// same form when its writer is in again. A form that saves itself is left to its own script; what is secret is not kept.
import { forget, one, put, remove } from "./kept.js";

const member = document.documentElement.dataset.member;
const LONGEST = 24 * 60 * 60 * 1000;
const SECRET = "[type=password], [type=hidden], [type=file], [autocomplete=one-time-code], [name^=password], [name^=code]";
const BOXES = "[type=radio], [type=checkbox]";

// A form is known by where it is sent to: no contact has such a name.
const nameOf = (form) => new URL(form.action).pathname;
const fields = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("input, select, textarea") && !field.matches(SECRET));

const forms = () =>
  [...document.querySelectorAll("form[method=post]:not([data-contact])")].filter((form) => fields(form).length);

function isTyped(field) {
  if (field.matches(BOXES)) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

const now = (field) => [field.name, field.value, field.matches(BOXES) ? field.checked : null];

function fill(form, typed) {
  for (const field of fields(form)) {
    for (const [name, value, checked] of typed) {
      if (field.name !== name) continue;
      if (!field.matches(BOXES)) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
  // What was put back is in sight.
  for (let part = form.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
}

// A form that the server has given back with its faults holds what was typed as if it had been made so.
export async function keep() {
  const given = document.querySelector(".error-summary");
  for (const form of forms()) {
    if (given || fields(form).some(isTyped)) await put(nameOf(form), member, { typed: fields(form).map(now), at: Date.now() });
  }
}

async function putBack() {
  await forget(member);
  for (const form of forms()) {
    const copy = await one(nameOf(form));
    if (!copy) continue;
    if (Date.now() - copy.at < LONGEST) fill(form, copy.typed);
    await remove(nameOf(form));
  }
}

putBack().catch(() => {});
