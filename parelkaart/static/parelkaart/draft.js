/* In the admin: keeps what was typed in a long form and is not saved, in this tab only, so that
   it can be put back after signing in again. Never passwords or files. */
"use strict";

(function () {
  const PREFIX = "parelkaart.draft.";
  const SAVED = "parelkaart.sent";
  const WAIT = 500;
  const key = PREFIX + location.pathname;

  // What was on its way to the server is safe when the page after it says so; not when that
  // was the page to sign in, and a message there is about something else.
  const sent = sessionStorage.getItem(SAVED);
  const from = document.referrer && PREFIX + new URL(document.referrer).pathname;
  if (sent === from && document.querySelector(".messagelist .success")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SAVED);

  document.querySelectorAll("form#logout-form").forEach((form) => {
    form.addEventListener("submit", () => {
      Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))
        .forEach((name) => sessionStorage.removeItem(name));
    });
  });

  const form = [...document.querySelectorAll("#content-main form")].find(
    (each) => each.method === "post" && each.querySelector("textarea"));
  const offer = document.getElementById("draft");
  if (!form || !offer) return;

  const LEFT_OUT = ["password", "file", "submit", "button", "image", "reset"];
  const COUNT = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;

  function fields() {
    return [...form.elements].filter((field) => field.name && !LEFT_OUT.includes(field.type) &&
      field.name !== "csrfmiddlewaretoken" && !COUNT.test(field.name) &&
      !field.name.includes("__prefix__"));
  }

  function chosen(field) {
    return [...field.selectedOptions].map((option) => [option.value, option.text]);
  }

  /* [name, value]: text, ticked or not, or the options that are chosen. A hidden field tells
     which version of the entry the form was opened with, so that the server can still see
     whether somebody else was there in between. */
  function values() {
    return fields().map((field) => {
      if (field.type === "checkbox" || field.type === "radio") return [field.name, field.checked, field.value];
      return [field.name, field.options ? chosen(field) : field.value];
    });
  }

  function rows() {
    return [...form.elements].filter((field) => /-TOTAL_FORMS$/.test(field.name || ""))
      .map((field) => [field.name.replace(/-TOTAL_FORMS$/, ""), Number(field.value)]);
  }

  function snapshot() {
    return JSON.stringify({ values: values(), rows: rows() });
  }

  function addRows(wanted) {
    wanted.forEach(([prefix, count]) => {
      const total = form.elements[`${prefix}-TOTAL_FORMS`];
      const more = document.querySelector(`#${prefix}-group .add-row a`);
      for (let tries = count; total && more && Number(total.value) < count && tries > 0; tries -= 1) more.click();
    });
  }

  function choose(select, options) {
    options.forEach(([value, text]) => {
      if (![...select.options].some((option) => option.value === value)) select.add(new Option(text, value));
    });
    const wanted = options.map(([value]) => value);
    [...select.options].forEach((option) => { option.selected = wanted.includes(option.value); });
  }

  function putBack(kept) {
    addRows(kept.rows);
    kept.values.forEach(([name, value, which]) => {
      fields().filter((field) => field.name === name).forEach((field) => {
        if (typeof value === "boolean") {
          if (field.value === which) field.checked = value;
        } else if (field.options) choose(field, value);
        else field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
  }

  function forget() {
    sessionStorage.removeItem(key);
    offer.hidden = true;
  }

  // After a fault the page has what was typed; otherwise it is what the database has.
  const before = snapshot();
  const kept = sessionStorage.getItem(key);
  if (kept && kept !== before && !document.querySelector(".errornote")) offer.hidden = false;

  offer.querySelector("[data-put-back]").addEventListener("click", () => {
    putBack(JSON.parse(kept));
    offer.hidden = true;
    form.querySelector("input:not([type=hidden]), textarea").focus();
  });
  offer.querySelector("[data-throw-away]").addEventListener("click", forget);

  let timer;
  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (offer.hidden && snapshot() !== before) sessionStorage.setItem(key, snapshot());
    }, WAIT);
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    if (snapshot() !== before) sessionStorage.setItem(key, snapshot());
    sessionStorage.setItem(SAVED, key);
  });
})();
