// Security keys (WebAuthn): the browser talks to the key, the form carries its answer.
(() => {
  "use strict";
  const form = document.querySelector("[data-security-key]");
  const options = document.getElementById("key-options");
  if (!form || !options || !window.webauthnJSON) return;
  const failed = form.querySelector("[data-security-key-failed]");
  form.querySelector("[data-security-key-start]").addEventListener("click", async () => {
    const asked = JSON.parse(options.textContent);
    failed.hidden = true;
    try {
      const answer = form.dataset.securityKey === "create"
        ? await window.webauthnJSON.create(asked.creation_options)
        : await window.webauthnJSON.get(asked.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
})();
