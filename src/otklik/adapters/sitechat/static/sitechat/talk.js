// The list of what was said: one element for each line, whatever order and however often it comes.
import { built } from "./safe.js";

export class Talk {
  /** `words` are the texts of the page in its language. */
  constructor(list, words, language) {
    this.list = list;
    this.words = words;
    this.clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
    this.day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
    this.opens = new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit" });
    this.opensLater = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
    this.seen = 0;
  }

  /** A line that is known already is left as it is; one that takes the place of another replaces it. */
  show(line) {
    if (this.list.querySelector(`[data-line="${line.id}"]`)) return;
    const made = line.kind === "end" ? this.ended() : this.message(line);
    made.dataset.line = line.id;
    made.dataset.at = line.at;
    if (!line.mine) made.dataset.ours = "";
    if (line.instead_of) made.dataset.place = line.instead_of;
    const before = line.instead_of && this.list.querySelector(`[data-line="${line.instead_of}"], [data-place="${line.instead_of}"]`);
    const near = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 120;
    if (before) {
      const hadFocus = before.contains(document.activeElement);
      before.replaceWith(made);
      if (hadFocus) (made.querySelector("[aria-pressed=true]") ?? made).focus();
    } else {
      this.dated(line.at);
      this.list.append(made);
    }
    if (near || line.mine) this.toEnd();
  }

  message(line) {
    const made = document.createElement("article");
    made.className = line.mine ? "theirs" : "ours";
    made.tabIndex = -1;
    const head = document.createElement("header");
    head.append(this.named(line), this.time(line.at));
    const body = document.createElement("div");
    body.className = "words";
    body.dir = "auto";
    if (line.html) body.append(built(line.html));
    else body.textContent = line.text;
    made.append(head, ...(line.text || line.html ? [body] : []), ...line.files.map((file, place) => this.file(line, file, place)));
    if (line.choices.length) made.append(this.choices(line));
    return made;
  }

  named(line) {
    const name = document.createElement("b");
    name.textContent = line.mine ? this.words.you : line.by || this.words.brand;
    if (line.mine) name.className = "sr";
    return name;
  }

  time(at) {
    const time = document.createElement("time");
    time.dateTime = at;
    time.textContent = this.clock.format(new Date(at));
    return time;
  }

  file(line, file, place) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "file" });
    Object.assign(button.dataset, { file: `${line.id}/${place}`, name: file.name });
    const name = document.createElement("span");
    name.textContent = file.name;
    name.dir = "auto";
    const size = document.createElement("small");
    size.textContent = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} ${this.words.kilo}` : `${(file.size / 1048576).toFixed(1)} ${this.words.mega}`;
    button.append(name, size);
    return button;
  }

  choices(line) {
    const group = document.createElement("div");
    group.className = "choices";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.words.mark);
    for (const one of line.choices) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: one.label });
      button.dataset.choice = one.data;
      button.setAttribute("aria-pressed", String(one.is_chosen));
      group.append(button);
    }
    return group;
  }

  ended() {
    const made = document.createElement("p");
    made.className = "event";
    made.textContent = this.words.over;
    return made;
  }

  dated(at) {
    const said = this.day.format(new Date(at));
    if (this.list.dataset.day === said) return;
    this.list.dataset.day = said;
    const made = document.createElement("p");
    made.className = "event";
    made.textContent = said;
    this.list.append(made);
  }

  /** Whether somebody of ours writes, which passes by itself, and the place in the queue while nobody does. */
  standing({ typing, place }) {
    const said = document.getElementById("standing");
    clearTimeout(this.fading);
    said.textContent = typing ? this.words.writes : place ? this.words.place.replace("{place}", place) : "";
    said.hidden = !said.textContent;
    if (typing) this.fading = setTimeout(() => this.standing({ typing: false, place }), 20000);
  }

  /** The last word was theirs. */
  waits() {
    return [...this.list.querySelectorAll("article")].at(-1)?.classList.contains("theirs") ?? false;
  }

  stateWords({ open, opens, minutes }) {
    if (!open && !opens) return this.words.away;
    if (!open) {
      const isFar = new Date(opens) - Date.now() > 6 * 24 * 3600 * 1000;
      return this.words.back.replace("{when}", (isFar ? this.opensLater : this.opens).format(new Date(opens)));
    }
    return minutes ? this.words.usually.replace("{minutes}", minutes) : this.words.here;
  }

  /** Numbers of our lines that nobody has had before their eyes yet. */
  unseen() {
    return [...this.list.querySelectorAll("[data-ours]")].map((one) => Number(one.dataset.line)).filter((one) => one > this.seen);
  }

  sawAll() {
    this.seen = Math.max(this.seen, ...this.unseen());
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
