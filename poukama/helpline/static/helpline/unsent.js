// What the server has not acknowledged: the last word of each field, what the server had of it, and why it would not
// keep it.
import { same } from "./texts.js";

export class Unsent {
  #made;
  #values = new Map();
  #refused = new Map();

  // Every field as the server gave it.
  constructor(made) {
    this.#made = made;
  }

  get names() {
    return [...this.#values.keys()];
  }

  // What the server had of the fields that wait.
  get base() {
    return Object.fromEntries(this.names.map((name) => [name, this.#made[name] ?? ""]));
  }

  // What is worth sending: what was refused is not asked again until it is another.
  get next() {
    return new Map([...this.#values].filter(([name, value]) => !same(this.#refused.get(name)?.value, value)));
  }

  // Why fields that wait were refused, for as long as they are.
  get errors() {
    return Object.fromEntries([...this.#refused].map(([name, { words }]) => [name, words]));
  }

  changed(name, value) {
    this.#values.set(name, value);
    this.#refused.delete(name);
  }

  acknowledged(sent, errors = {}) {
    for (const [name, value] of sent) {
      if (errors[name]) this.#refused.set(name, { value, words: errors[name] });
      else {
        this.#made[name] = value;
        this.#refused.delete(name);
        if (same(this.#values.get(name), value)) this.#values.delete(name);
      }
    }
  }
}
