/* Suggestions under the search box: a combobox with a list, by the ARIA pattern. Choosing
   one goes to its page. Without this file the box is an ordinary search field. */
"use strict";

const PAUSE = 150;
const SHORTEST = 2;
const KINDS = {
  praktijk: "Praktijk", gemeente: "Gemeente", regio: "Regio", thema: "Thema",
  doelgroep: "Doelgroep", knelpunt: "Knelpunt", instrument: "Instrument",
};

class Suggestions {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggesties");
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.closest(".search-box__row").append(this.list, this.status);
    const attributes = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE));
    // A click must not take the focus away before it counts.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed.length < SHORTEST) {
      this.close();
      return;
    }
    try {
      const url = `${this.input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      const answer = await (await fetch(url)).json();
      // An answer that comes late is about something else.
      if (typed === this.input.value.trim()) this.show(answer.suggesties);
    } catch {
      this.close();
    }
  }

  show(lines) {
    this.options = lines.map((line, index) => this.option(line, index));
    this.list.replaceChildren(...this.options);
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    const open = lines.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.status.textContent = open ? `${lines.length} suggesties` : "";
  }

  option(line, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.className = "suggestions__option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = line.url;
    const text = document.createElement("span");
    text.textContent = line.text;
    const kind = document.createElement("span");
    kind.className = "suggestions__kind";
    kind.textContent = KINDS[line.kind] || "";
    option.append(text, " ", kind);
    return option;
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && this.options.length) {
      event.preventDefault();
      if (this.list.hidden) this.reopen();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    }
  }

  reopen() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  move(step) {
    const places = this.options.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    this.options.forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.active));
    });
    if (this.active < 0) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      const option = this.options[this.active];
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  choose(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

document.querySelectorAll("[data-suggestions]").forEach((input) => new Suggestions(input));
