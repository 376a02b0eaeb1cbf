/* The words proposed follow the reason chosen, as long as nobody wrote other words. */
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-answer] select[name=choice], [data-answer] select[name=reason]");
  if (!field) return;
  const words = field.closest("[data-answer]").querySelector("textarea[name=words]");
  const drafts = [...document.querySelectorAll("[data-drafts] [data-reason]")];
  const [verb, reason] = field.name === "choice" ? field.value.split(":") : ["refuse", field.value];
  const isOurs = !words.value.trim() || drafts.some((draft) => draft.textContent === words.value);
  const draft = drafts.find((one) => one.dataset.reason === reason);
  if (isOurs) words.value = verb === "refuse" && draft ? draft.textContent : "";
});
