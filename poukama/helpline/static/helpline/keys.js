// Shortcuts press buttons that are in sight and show them. None is on where the member has turned them off, and no
// single letter is one while something is written.

import { written } from "./fields.js";

const TWICE = 1000;
const TYPED = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const on = () => document.documentElement.dataset.shortcuts !== "off";

// A press as the page writes it: "alt+1", "mod+enter", "f", "esc". The right-hand Alt writes letters, so it is none.
function named(event) {
  if (event.getModifierState("AltGraph")) return "";
  const mod = event.ctrlKey || event.metaKey;
  if (event.shiftKey || (mod && event.altKey)) return "";
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (event.altKey) return digit ? `alt+${digit}` : `alt+${event.key.toLowerCase()}`;
  const key = event.key === "Escape" ? "esc" : event.key.toLowerCase();
  return mod ? `mod+${key}` : key;
}

const inSight = (element) => element.getClientRects().length > 0 && !element.disabled && element.ariaDisabled !== "true";

export const buttons = () => [...document.querySelectorAll("[data-key]")].filter(inSight);

const find = (key) => buttons().find((button) => button.dataset.key === key);

// A digit answers the question that is in focus: the first answer by 1, and so on.
function answered(event) {
  const box = event.target.closest?.("input[type=radio], input[type=checkbox]");
  if (!box || !/^[1-9]$/.test(event.key)) return false;
  const group = box.closest("fieldset")?.querySelectorAll(`input[name="${CSS.escape(box.name)}"]:not([type=hidden])`);
  const chosen = group?.[event.key - 1];
  if (!chosen) return false;
  chosen.focus();
  chosen.click();
  return true;
}

let escaped = -TWICE;

addEventListener("keydown", (event) => {
  if (!on() || event.isComposing || event.repeat || event.defaultPrevented) return;
  if (document.querySelector("dialog:modal")) return;
  const key = named(event);
  if (!key) return;
  if (key === "esc") {
    const button = event.timeStamp - escaped < TWICE && find("esc esc");
    escaped = button ? -TWICE : event.timeStamp;
    if (button) press(event, button);
    return;
  }
  const typing = event.target.closest?.(TYPED);
  if (typing && key.length === 1) return;
  if (key.length === 1 && answered(event)) return event.preventDefault();
  const button = find(key);
  if (button) press(event, button);
});

function press(event, button) {
  event.preventDefault();
  // What was written is not ended as empty by a slip: that button is gone to, and pressed by whoever means it.
  if ("hold" in button.dataset && written(button.form)) button.focus();
  else button.click();
}
