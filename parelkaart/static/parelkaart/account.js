/* Passkeys: shows what needs them where the browser can, and says it when one fails. */
"use strict";

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-needs-keys]").forEach((element) => { element.hidden = false; });
  document.querySelectorAll("[data-without-keys]").forEach((element) => { element.hidden = true; });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-key-problem]");
  document.getElementById("main").prepend(problem);
  problem.hidden = false;
});
