// The fields of the contact's form as plain values: a text, or a list for several boxes of one name.

// Fields that say how the form is sent, and fields that go with a button.
const OURS = new Set(["csrfmiddlewaretoken", "key", "writer", "number", "told_at", "to"]);
const BOXES = "[type=radio], [type=checkbox]";
const APART = "button, fieldset, output, object, [type=hidden]";

function named(form) {
  const groups = new Map();
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || field.matches(APART)) continue;
    groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
  }
  return groups;
}

// As the page was made, before anybody touched it.
const initial = (field) => {
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
};

function valueOf(fields, made) {
  const [first] = fields;
  if (!first.matches(BOXES)) return made ? initial(first) : first.value;
  const chosen = fields.filter((box) => (made ? box.defaultChecked : box.checked)).map((box) => box.value);
  return first.type === "checkbox" && fields.length > 1 ? chosen : (chosen[0] ?? "");
}

const each = (form, made) => Object.fromEntries([...named(form)].map(([name, fields]) => [name, valueOf(fields, made)]));

export const values = (form) => each(form, false);
export const valuesMade = (form) => each(form, true);

// Whether its letters are counted when they wait to be sent.
export const isText = (form, name) => !named(form).get(name)?.[0].matches(`select, ${BOXES}`);

export function fill(form, given) {
  for (const [name, fields] of named(form)) {
    if (!(name in given)) continue;
    const chosen = [given[name]].flat();
    for (const field of fields) {
      if (field.matches(BOXES)) field.checked = chosen.includes(field.value);
      else field.value = chosen[0] ?? "";
    }
  }
}

// To be read and copied, and not written in.
export function close(form) {
  for (const field of form.elements) {
    if (field.matches("textarea, input:not([type=radio], [type=checkbox])")) field.readOnly = true;
    else if (!field.matches("fieldset, output, [type=button]")) field.disabled = true;
  }
  // What scrolls is reached by keys also where nothing in it is.
  for (const region of form.querySelectorAll("[data-region]")) region.tabIndex = 0;
}

// Whether anything is written in words.
export const written = (form) =>
  ["note", "called_name", "phone", "hours", "name_to_say"].some((name) => form.elements[name]?.value);
