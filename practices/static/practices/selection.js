/* The selection of this browser: kept in localStorage, never sent by itself. Without this
   file, or where a browser keeps nothing, the link on the page of a practice still works. */
"use strict";

{
  const KEY = "parelkaart.selectie";
  const link = document.getElementById("selection-link");
  const status = document.getElementById("selection-status");
  const count = document.getElementById("selection-count");
  const maximum = Number(link?.dataset.maximum);
  let silence = 0;

  /* Whatever else is stored under our name: only names of practices, each once. */
  const read = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY) || "[]");
      const slugs = Array.isArray(stored) ? stored.filter((s) => /^[-\w]{1,120}$/.test(s)) : [];
      return [...new Set(slugs)].slice(0, maximum);
    } catch {
      return [];
    }
  };

  const write = (slugs) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(slugs.slice(0, maximum)));
    } catch {
      say("Deze browser kan niets bewaren.");
    }
    show();
  };

  const address = (path, slugs) => {
    const query = new URLSearchParams(slugs.map((slug) => ["praktijk", slug]));
    return slugs.length ? `${path}?${query}` : path;
  };

  const say = (text) => {
    clearTimeout(silence);
    status.textContent = text;
    silence = setTimeout(() => { status.textContent = ""; }, 6000);
  };

  const show = () => {
    const slugs = read();
    count.hidden = !slugs.length;
    count.textContent = slugs.length ? ` (${slugs.length})` : "";
    link.setAttribute("href", address(new URL(link.href).pathname, slugs));
    document.querySelectorAll("[data-save]").forEach((button) => {
      const saved = slugs.includes(button.dataset.save);
      button.hidden = false;
      button.setAttribute("aria-pressed", String(saved));
      button.querySelector("[data-save-word]").textContent = saved ? "Bewaard" : "Bewaar";
    });
    document.querySelectorAll("[data-save-instead]").forEach((other) => { other.hidden = true; });
  };

  const total = (number) => (number === 1 ? "1 praktijk" : `${number} praktijken`);

  const toggle = (slug) => {
    const slugs = read();
    if (slugs.includes(slug)) {
      const left = slugs.filter((other) => other !== slug);
      write(left);
      say(`Weggehaald. In uw selectie: ${total(left.length)}.`);
    } else if (slugs.length >= maximum) {
      say(`Uw selectie is vol (${maximum}). Haal er eerst een weg.`);
    } else {
      write([...slugs, slug]);
      say(`Bewaard. In uw selectie: ${total(slugs.length + 1)}.`);
    }
  };

  const works = () => {
    try {
      localStorage.setItem(`${KEY}.proef`, "1");
      localStorage.removeItem(`${KEY}.proef`);
      return true;
    } catch {
      return false;
    }
  };

  document.querySelectorAll("[data-print-item]").forEach((item) => { item.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save], [data-print]");
    if (button?.dataset.save) toggle(button.dataset.save);
    else if (button) window.print();
  });
  if (link && works()) {
    window.parelkaartSelection = { read, write, say, address, maximum };
    window.addEventListener("storage", (event) => { if (event.key === KEY) show(); });
    document.body.addEventListener("htmx:afterSettle", show);
    window.addEventListener("pageshow", show);
    show();
  }
}
