/* The list beside the profile: the card that was opened stays marked, so that j and k go on from it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-keys] [data-key-item] h3 a");
  if (!link) return;
  const opened = link.closest("[data-key-item]");
  for (const card of link.closest("[data-keys]").querySelectorAll("[data-key-item]")) card.classList.toggle("is-selected", card === opened);
});
