// Saves what is written, every few keystrokes: one save at a time, numbered, repeated until it is acknowledged. What is
// not acknowledged lies sealed in this browser.
import { Keeper } from "./keeper.js";
import { post } from "./send.js";
import { waitingLetters } from "./texts.js";
import { Unsent } from "./unsent.js";

const SOON = 400;
const MANY = 8;
const FIRST_WAIT = 1000;
const LAST_WAIT = 15000;
const PATIENCE = 10000;
const STOPS = { 401: "signed_out", 403: "refused", 404: "refused", 409: "pen" };

export class Saver {
  #unsent;
  #flying = false;
  #away = false;
  #wait = 0;
  #timer = 0;
  #strokes = 0;
  #keeper;
  stopped = "";
  verbs = [];

  // contact: {id, member, url, token, writer, number}; `made` is every field as the server gave it, values() as it is
  // now, shown() what else of the page is worth having without a server; isText(name), and tell(state).
  constructor(contact, { made, ...page }) {
    Object.assign(this, { contact, ...page });
    this.#unsent = new Unsent(made);
    this.#keeper = new Keeper(contact.id, contact.member, {
      copy: () => this.#needed && this.copy(),
      isText: this.isText,
      done: (count) => this.#say(count),
    });
    addEventListener("online", () => this.#onLine());
    addEventListener("offline", () => this.#later());
    addEventListener("pagehide", () => this.#last());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
  }

  get #needed() {
    return this.#unsent.names.length > 0 || this.#away || this.verbs.length > 0;
  }

  // What lies in this browser: all fields, which of them wait, and what the server had of those.
  copy() {
    const { names: unsent, base } = this.#unsent;
    const { writer, number } = this.contact;
    const shown = this.#away ? this.shown() : {};
    return { values: this.values(), unsent, base, verbs: this.verbs, writer, number, shown, at: Date.now() };
  }

  changed(name, value) {
    this.#unsent.changed(name, value);
    this.#keeper.keep();
    this.#strokes += 1;
    if (this.#wait === 0) this.#in(this.#strokes < MANY ? SOON : 0);
  }

  // The presses that the server has not seen are done now, or are not to be.
  async cleared(verbs) {
    this.verbs = verbs;
    await this.#keeper.keep();
  }

  // A press that the server has not seen: it lies with the text.
  async pressed(verb) {
    this.verbs.push(verb);
    this.#later();
    await this.#keeper.keep();
  }

  // `asking` sends even nothing, to know whether the server is there.
  async send(asking = false) {
    if (this.#flying || this.stopped) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    const sent = this.#unsent.next;
    if (!sent.size && !asking) return;
    this.#flying = true;
    this.#strokes = 0;
    const number = this.next();
    const [status, told] = await post(this.contact, sent, number, { signal: AbortSignal.timeout(PATIENCE) });
    this.#flying = false;
    if ((status === 200 || status === 422) && told.number === number) this.#acknowledged(sent, told);
    else if (status === 200 && told.number > number) this.#behind(told.number);
    else if (STOPS[status]) this.stop(STOPS[status], told.words);
    else this.#later();
  }

  // Send what waits and say whether the server has everything.
  async flush(asking = false) {
    while (this.#flying) await new Promise((done) => setTimeout(done, 20));
    await this.send(asking);
    await this.#keeper.keep();
    return !this.#away && !this.stopped && !this.verbs.length && !this.#unsent.next.size;
  }

  // Higher than any before it, of this page and of those before it in this tab: they may still be on their way.
  next() {
    this.contact.number = Math.max(this.contact.number + 1, Date.now());
    return this.contact.number;
  }

  #acknowledged(sent, told) {
    this.#unsent.acknowledged(sent, told.errors);
    this.#away = false;
    this.#wait = 0;
    this.#keeper.keep();
    const { errors } = this.#unsent;
    this.tell({ ...told, kind: Object.keys(errors).length ? "errors" : "saved", errors });
    if (this.#unsent.next.size) this.#in(SOON);
  }

  // This writer has saved more than this page knows of: nothing was taken, so the same goes again, higher.
  #behind(number) {
    this.contact.number = number;
    this.send();
  }

  // Nothing more is sent from here; what waits stays in this browser.
  async stop(kind, words) {
    this.stopped = kind;
    await this.#keeper.keep();
    this.tell({ kind, words, count: waitingLetters(this.copy(), this.isText), kept: this.#keeper.kept });
  }

  #later() {
    this.#away = true;
    this.#wait = Math.min(this.#wait * 2 || FIRST_WAIT, LAST_WAIT);
    this.#keeper.keep();
    this.#in(this.#wait * (0.8 + 0.4 * Math.random()));
  }

  #onLine() {
    this.#wait = 0;
    this.send(true);
  }

  // The page goes: what waits is handed to the browser, beside what may be on its way.
  #last() {
    const sent = this.#unsent.next;
    if (!this.stopped && sent.size) post(this.contact, sent, this.next(), { keepalive: true });
  }

  #in(milliseconds) {
    if (this.#timer && milliseconds >= SOON) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.send(this.#away);
    }, milliseconds);
  }

  #say(count) {
    if (!this.stopped && this.#away) this.tell({ kind: "waiting", count, kept: this.#keeper.kept });
  }
}
