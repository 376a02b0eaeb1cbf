// Security keys (WebAuthn): the browser talks to the key, the form carries its answer.
(() => {
  "use strict";
  const form = document.querySelector("[data-security-key]");
  const options = document.getElementById("key-options");
  if (!form || !options || !window.webauthnJSON) return;
  const failed = form.querySelector("[data-security-key-failed]");
  const impossible = form.querySelector("[data-security-key-impossible]");
  form.querySelector("[data-security-key-start]").addEventListener("click", async () => {
    const asked = JSON.parse(options.textContent);
    failed.hidden = impossible.hidden = true;
    try {
      const answer = form.dataset.securityKey === "create"
        ? await window.webauthnJSON.create(asked.creation_options)
        : await window.webauthnJSON.get(asked.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      // A key is tied to a name in https (or localhost): browsers refuse it to an address in figures.
      const isForbidden = !window.isSecureContext || error.name === "SecurityError";
      (isForbidden ? impossible : failed).hidden = false;
    }
  });
})();
