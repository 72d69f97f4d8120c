// Keeps one contact's copy in this browser, the newest last however fast they come, and says whether it could.
import { put, remove } from "../core/kept.js";
import { waitingLetters } from "./texts.js";

export class Keeper {
  #work = null;
  #again = false;
  kept = true;

  // copy() gives what to keep now, or null for nothing. When it lies there, done() is told how many letters wait.
  constructor(id, member, page) {
    Object.assign(this, { id, member, ...page });
  }

  keep() {
    this.#again = true;
    this.#work ??= this.#all().finally(() => {
      this.#work = null;
      if (this.#again) this.keep();
    });
    return this.#work;
  }

  async #all() {
    while (this.#again) {
      this.#again = false;
      const copy = this.copy();
      const count = copy ? waitingLetters(copy, this.isText) : 0;
      const done = copy ? put(this.id, this.member, copy) : remove(this.id);
      this.kept = await done.then(() => true, () => false);
      this.done(count);
    }
  }
}
