// A second call beside the first, and back, without a server too: each lies under its own key.
import { begin } from "./begin.js";
import { HOME, contact } from "./places.js";

// Follows a button that only leads somewhere. Returns whether it did.
export async function follow(button, member) {
  const [word, value = ""] = button.split(":");
  if (word !== "second" && word !== "go") return false;
  const place = word === "go" ? contact(value) : await begin(member, "");
  if (navigator.serviceWorker?.controller) location.assign(place || HOME);
  return true;
}
