// Words beside the fields that were not kept, and away again when they are.
import { words } from "./words.js";

export function mark(errors) {
  for (const old of document.querySelectorAll("[data-error]")) {
    if (old.dataset.error in errors) continue;
    for (const field of document.querySelectorAll(`[name="${old.dataset.error}"]`)) field.removeAttribute("aria-invalid");
    old.remove();
  }
  for (const [name, said] of Object.entries(errors)) {
    const field = document.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
    if (!field || document.querySelector(`[data-error="${CSS.escape(name)}"]`)) continue;
    const place = Object.assign(document.createElement("div"), { id: `${name}-unkept` });
    place.dataset.error = name;
    place.append(words("error", { words: said }));
    (field.closest("fieldset") ?? field.closest(".field, .inline-field") ?? field).append(place);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", place.id);
  }
}
