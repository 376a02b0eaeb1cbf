/* Comfort on pages that work without it. No dependency; htmx is used when present. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, scope = document) => [...scope.querySelectorAll(selector)];
  const on = (type, listener, options) => document.addEventListener(type, listener, options);
  const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  function make(tag, text = "", attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    set(element, attributes);
    return element;
  }
  let serial = 0;
  root.classList.add("js");

  /* Type-ahead: ARIA combobox over a text input and an optional hidden id. */
  function combo(box) {
    const input = box.querySelector("input:not([type=hidden])");
    const hidden = box.querySelector("input[type=hidden]");
    const id = `combo-${++serial}`;
    const name = box.closest(".field")?.querySelector("label")?.textContent.trim() || input.name;
    const list = make("ul", "", { id, class: "combo-list", hidden: "", role: "listbox", "aria-label": name });
    const status = make("p", "", { class: "sr-only", role: "status" });
    let timer, request, active = -1, chosen = hidden && hidden.value ? input.value : null;
    box.append(list, status);
    set(input, { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" });
    input.removeAttribute("list");

    const options = () => all("[role=option]", list);
    function open(isOpen) {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", isOpen);
      if (!isOpen) { active = -1; input.removeAttribute("aria-activedescendant"); }
    }
    function move(to) {
      const items = options();
      if (!items.length) return;
      active = (to + items.length) % items.length;
      items.forEach((item, i) => item.setAttribute("aria-selected", i === active));
      items[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[active].id);
    }
    function choose(item) {
      input.value = chosen = item.dataset.label;
      if (hidden) { hidden.value = item.dataset.id; hidden.dispatchEvent(new Event("change", { bubbles: true })); }
      open(false);
      box.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: { id: item.dataset.id, label: chosen } }));
    }
    function show(found) {
      list.replaceChildren(...found.map((one, i) => {
        const item = make("li", one.label, { id: `${id}-${i}`, role: "option", "aria-selected": "false", "data-id": one.id, "data-label": one.label });
        if (one.hint) item.append(make("small", one.hint));
        return item;
      }));
      status.textContent = found.length ? box.dataset.found : box.dataset.empty;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      open(found.length > 0);
    }
    async function suggest() {
      const words = input.value.trim();
      request?.abort();
      if (words.length < 2) return open(false);
      request = new AbortController();
      const url = new URL(box.dataset.suggestUrl, location.href);
      url.searchParams.set("q", words);
      try {
        const answer = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        const found = await answer.json();
        if (document.activeElement === input) show(found);
      } catch (error) {
        if (error.name !== "AbortError") { status.textContent = box.dataset.failed; open(false); }
      }
    }
    input.addEventListener("input", () => {
      if (hidden && input.value !== chosen) hidden.value = "";
      clearTimeout(timer);
      timer = setTimeout(suggest, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); list.hidden ? suggest() : move(active + 1); }
      else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); move(active < 0 ? -1 : active - 1); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(options()[active]); }
      else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); open(false); }
    });
    input.addEventListener("blur", () => open(false));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => { const item = event.target.closest("[role=option]"); if (item) choose(item); });
  }

  /* Checklists: count, limit, tick all. */
  function checklist(group) {
    const boxes = () => all("input[type=checkbox]", group);
    const max = Number(group.dataset.max) || Infinity;
    const count = group.querySelector("[data-checked-count]");
    const button = group.querySelector("[data-select-all]");
    function refresh() {
      const checked = boxes().filter((box) => box.checked).length;
      boxes().forEach((box) => { box.disabled = !box.checked && checked >= max; });
      if (count) count.textContent = count.dataset.text.replace("{count}", checked);
      if (button) button.textContent = checked ? button.dataset.off : button.dataset.on;
    }
    button?.addEventListener("click", () => {
      const fill = !boxes().some((box) => box.checked);
      boxes().forEach((box, i) => { box.checked = fill && i < max; });
      refresh();
    });
    group.addEventListener("change", refresh);
    refresh();
  }

  function fileDrop(zone) {
    const input = zone.querySelector("input[type=file]");
    const name = zone.querySelector("[data-file-name]");
    const bar = zone.querySelector("progress");
    const tell = () => { name.textContent = [...input.files].map((file) => file.name).join(", "); };
    input.addEventListener("change", tell);
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); input.files = event.dataTransfer.files; tell(); });
    input.form?.addEventListener("htmx:xhr:progress", (event) => {
      bar.hidden = false;
      bar.value = event.detail.total ? (event.detail.loaded / event.detail.total) * 100 : 0;
    });
  }

  function counter(line) {
    const area = document.getElementById(line.dataset.counterFor);
    if (!area || area.maxLength < 0) return;
    const tell = () => { line.textContent = `${area.maxLength - area.value.length} ${line.dataset.text}`; };
    area.addEventListener("input", tell);
    tell();
  }

  function timed(toast) {
    let left = 10000, since = 0, timer;
    const run = () => { since = Date.now(); timer = setTimeout(() => toast.remove(), left); };
    const hold = () => { clearTimeout(timer); left -= Date.now() - since; };
    for (const type of ["mouseenter", "focusin"]) toast.addEventListener(type, hold);
    for (const type of ["mouseleave", "focusout"]) toast.addEventListener(type, run);
    run();
  }

  function announce(text) {
    const zone = document.getElementById("toasts");
    if (!zone) return;
    const toast = make("div", "", { class: "toast toast-danger", role: "alert" });
    toast.append(make("p", text));
    zone.replaceChildren(toast);
  }

  /* Each enhanced once, also in what htmx brings later. */
  const enhancers = { "[data-combo]": combo, "[data-checklist]": checklist, "[data-file-drop]": fileDrop, "[data-counter-for]": counter, "[data-timed]": timed };
  function enhance(scope) {
    for (const [selector, start] of Object.entries(enhancers)) {
      all(selector, scope).concat(scope.matches?.(selector) ? [scope] : []).forEach((element) => {
        if (element.dataset.ready) return;
        element.dataset.ready = "1";
        start(element);
      });
    }
    all("dialog[data-auto-open]:not([open])", scope).forEach((dialog) => dialog.showModal());
    all("[data-shortcuts-switch]", scope).forEach((box) => { box.checked = shortcutsOn(); });
  }

  on("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[aria-disabled=true]")) { event.preventDefault(); event.stopPropagation(); return; }
    hit("[data-toast-close]")?.closest(".toast").remove();
    const opener = hit("[data-dialog-open]");
    const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
    if (hit("[data-dialog-close]")) hit("dialog").close();
    if (event.target.nodeName === "DIALOG") event.target.close();
    if (hit("[data-print]")) window.print();
    all("[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  }, true);

  on("change", (event) => {
    if (event.target.matches("[data-shortcuts-switch]")) localStorage.setItem("shortcuts", event.target.checked ? "on" : "off");
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("[type=checkbox], [type=radio], select")) form.requestSubmit();
  });

  /* A form leaves once; its button stays enabled: its value must be sent. */
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    form.dataset.sent = "1";
    event.submitter?.classList.add("is-busy");
  }, true);
  function release(scope) {
    all("form[data-sent]", scope).concat(scope.matches?.("form[data-sent]") ? [scope] : []).forEach((form) => {
      delete form.dataset.sent;
      all(".is-busy", form).forEach((button) => button.classList.remove("is-busy"));
    });
  }
  window.addEventListener("pageshow", () => release(document));
  on("htmx:afterRequest", (event) => release(event.target));

  /* Lists by keyboard; can be switched off (WCAG 2.1.4). */
  const shortcutsOn = () => localStorage.getItem("shortcuts") !== "off";
  function current(list) {
    return document.activeElement.closest("[data-key-item]") || list.querySelector("[data-key-item].is-selected, [data-key-item][aria-selected=true]");
  }
  on("keydown", (event) => {
    if (event.key === "Escape") all("[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    const list = document.querySelector("[data-keys]");
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog");
    if (!list || busy || !shortcutsOn() || event.key.length !== 1) return;
    const items = all("[data-key-item]", list);
    const item = current(list);
    if (event.key === "j" || event.key === "k") {
      const next = items[Math.min(items.length - 1, Math.max(0, items.indexOf(item) + (event.key === "j" ? 1 : -1)))];
      if (!next) return;
      event.preventDefault();
      const link = next.querySelector("[data-key=Enter], a");
      (link || next).focus();
      if (link && list.hasAttribute("data-follow")) link.click();
      return;
    }
    const selector = `[data-key="${CSS.escape(event.key)}"]`;
    const target = item?.querySelector(selector) || document.querySelector(selector);
    if (target) { event.preventDefault(); target.click(); }
  });

  /* After a swap: enhance, then focus where the reader is expected. */
  on("htmx:load", (event) => enhance(event.detail.elt));
  on("htmx:afterSettle", (event) => {
    const place = event.detail.elt;
    const wanted = place.querySelector?.("[data-focus]") || (place.matches?.("[data-focus]") ? place : null);
    if (wanted) { wanted.focus(); return; }
    if (document.activeElement !== document.body) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
  for (const type of ["htmx:responseError", "htmx:sendError"]) on(type, () => announce(document.body.dataset.failure));

  /* A sliding menu shows where one is. */
  const here = document.querySelector(".nav-link[aria-current]");
  if (here) here.closest("nav").scrollLeft = here.offsetLeft - 80;
  enhance(document);
  document.querySelector("[data-focus]")?.focus();
})();
