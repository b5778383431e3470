/* In the admin: warns before somebody is signed out for doing nothing, in whichever tab, and
   keeps in this tab what was typed and not saved, until it is saved or thrown away. */
"use strict";

(function () {
  const stay = document.getElementById("stay");
  if (!stay) return;

  const MINUTE = 60 * 1000;
  const idle = Number(stay.dataset.idleMinutes) * MINUTE;
  const warnFor = Math.min(5 * MINUTE, idle / 2);
  const SEEN = "parelkaart.seen"; // in every tab: the time of the last request
  const left = stay.querySelector("[data-left]");
  const ended = stay.querySelector("[data-ended]");
  const form = stay.querySelector("form");
  let timer;

  function seen() {
    localStorage.setItem(SEEN, Date.now());
    wait();
  }

  function wait() {
    clearTimeout(timer);
    const until = Number(localStorage.getItem(SEEN)) + idle - Date.now();
    if (until > warnFor) {
      stay.close();
      timer = setTimeout(wait, until - warnFor);
    } else {
      const over = until <= 0;
      left.textContent = Math.max(1, Math.round(until / MINUTE));
      ended.hidden = !over;
      form.hidden = over;
      if (!stay.open) stay.showModal();
      if (!over) timer = setTimeout(wait, Math.min(until, MINUTE / 2));
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.status === 204) seen();
      else localStorage.setItem(SEEN, Date.now() - idle);
    } catch {
      // No connection: the question stays, so that it can be tried again.
    }
    wait();
  });
  window.addEventListener("storage", (event) => { if (event.key === SEEN) wait(); });
  // A computer that slept did not count; on the way back, look at the clock.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wait(); });
  seen();
})();
