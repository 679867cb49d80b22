"use strict";
(() => {
  const filters = document.getElementById("filters");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const findings = all(".findings li");
  const byNumber = new Map(findings.map((item) => [item.dataset.n, item]));
  const numbers = (element) => [element.dataset.f, element.dataset.c].filter(Boolean).join(" ").split(" ").filter(Boolean);
  const words = new Map();
  for (const element of all("[data-f], [data-c]")) {
    for (const number of numbers(element)) {
      if (!words.has(number)) words.set(number, []);
      words.get(number).push(element);
    }
  }

  // Words and findings that belong together light up together.
  const light = (list, on) => {
    for (const number of list) {
      const item = byNumber.get(number);
      if (!item || item.hidden) continue;
      item.classList.toggle("lit", on);
      for (const element of words.get(number) || []) element.classList.toggle("lit", on);
    }
  };
  const related = (target) => {
    const element = target instanceof Element ? target.closest("[data-f], [data-c], [data-n]") : null;
    if (!element) return [];
    return element.dataset.n ? [element.dataset.n] : numbers(element);
  };
  let lit = [];
  const show = (list) => { light(lit, false); lit = list; light(lit, true); };
  document.addEventListener("pointerover", (event) => show(related(event.target)));
  document.addEventListener("focusin", (event) => show(related(event.target)));

  // Filters hide findings, their marks, and pairs without any.
  const apply = () => {
    const chosen = (name) => new Set(all(`input[name="${name}"]:checked`, filters).map((box) => box.value));
    const range = filters.elements.namedItem("confidence");
    if (!range) return;
    filters.querySelector("output").textContent = `${range.value}%`;
    const [severities, rules, only] = [chosen("severity"), chosen("rule"), filters.elements.namedItem("only").checked];
    show([]);
    let shown = 0;
    for (const item of findings) {
      const { severity, rule, confidence } = item.dataset;
      item.hidden = !(severities.has(severity) && rules.has(rule) && confidence * 100 >= range.value);
      shown += !item.hidden;
    }
    for (const element of all("mark")) {
      element.classList.toggle("off", element.dataset.f.split(" ").every((number) => byNumber.get(number).hidden));
    }
    for (const row of all(".row")) {
      row.hidden = only && !row.querySelector(".findings li:not([hidden])");
    }
    for (const element of all(".unquoted")) element.hidden = only;
    document.getElementById("shown").textContent = `${shown} of ${findings.length} findings shown`;
  };
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());

  document.addEventListener("click", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("[data-to]") : null;
    const row = cell && document.getElementById(cell.dataset.to);
    if (row && !row.hidden) row.scrollIntoView({ block: "center" });
    const mark = event.target instanceof Element ? event.target.closest("mark:not(.off)") : null;
    if (mark) byNumber.get(mark.dataset.f.split(" ")[0]).focus({ preventScroll: true });
  });

  // The theme follows the system until a person says otherwise.
  const themes = ["system", "light", "dark"];
  const button = document.getElementById("theme");
  const stored = () => { try { return localStorage.getItem("tui-reader-theme"); } catch { return null; } };
  const setTheme = (theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.querySelector("span").textContent = theme;
    try { localStorage.setItem("tui-reader-theme", theme); } catch { /* a page opened from a file may have no store */ }
  };
  const nextTheme = () => {
    const now = document.documentElement.dataset.theme || "system";
    setTheme(themes[(themes.indexOf(now) + 1) % themes.length]);
  };
  button.addEventListener("click", nextTheme);
  if (themes.includes(stored())) setTheme(stored());

  const keys = document.getElementById("keys");
  document.getElementById("help").addEventListener("click", () => keys.showModal());
  const step = (by) => {
    const visible = findings.filter((item) => item.offsetParent !== null);
    if (!visible.length) return;
    const at = visible.indexOf(document.activeElement);
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : (at + by + visible.length) % visible.length];
    next.focus();
    next.closest(".row").scrollIntoView({ block: "center" });
  };
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    t: nextTheme,
    o: () => { const box = filters.elements.namedItem("only"); if (box) { box.checked = !box.checked; apply(); } },
    "?": () => (keys.open ? keys.close() : keys.showModal()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || (keys.open && event.key !== "?")) return;
    if (event.key in actions) { event.preventDefault(); actions[event.key](); }
  });
  apply();
})();
